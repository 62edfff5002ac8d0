//===- PagesTouched.cpp - What a new root costs ---------------------------===//

#include "Hashing.h"
#include "opml/vm/MerkleTree.h"
#include <cstdio>
#include <numeric>

using namespace opml::bench;
using namespace opml::vm;

static constexpr unsigned treeDepth = 23; // 256 MiB
static constexpr size_t pageBytes = 4096;
static constexpr size_t allPages = (size_t(leafBytes) << treeDepth) / pageBytes;

/// `count` of all pages, ascending.
static std::vector<uint32_t> choosePages(size_t count, std::mt19937 &random) {
  std::vector<uint32_t> all(allPages), chosen;
  std::iota(all.begin(), all.end(), 0);
  std::ranges::sample(all, std::back_inserter(chosen), count, random);
  return chosen;
}

void opml::bench::printPagesTouched() {
  std::vector<uint8_t> bytes(allPages * pageBytes);
  fillRandomly(bytes, 2);
  MerkleTree tree(bytes, treeDepth);
  std::mt19937 random(3);

  std::printf("%9s %11s %11s %13s %11s\n", "pages", "hashes", "a page",
              "CPU us", "a page");
  for (size_t count = 1; count <= allPages; count = count < 10'000 ? count * 10
                                                    : count == allPages
                                                        ? allPages + 1
                                                        : allPages) {
    std::vector<double> seconds;
    uint64_t hashes = 0;
    for (int repetition = 0; repetition < 7; ++repetition) {
      std::vector<uint32_t> pages = choosePages(count, random);
      for (uint32_t page : pages)
        ++bytes[page * pageBytes + random() % pageBytes];
      seconds.push_back(
          timeOf([&] { hashes = tree.update(bytes, pages); }).cpu);
    }
    double time = median(seconds) * 1e6;
    std::printf("%9zu %11llu %11.1f %13.1f %11.2f\n", count,
                (unsigned long long)hashes, double(hashes) / double(count),
                time, time / double(count));
  }
  std::printf("Pages of 256 MiB, chosen uniformly. A page has 127 nodes of its "
              "own\nand shares the 16 above it.\n\n");
}
