//===- Throughput.cpp - Keccak permutations a second ----------------------===//

#include "Hashing.h"
#include "opml/vm/KeccakLanes.h"
#include "opml/vm/MerkleTree.h"
#include "opml/vm/Parallel.h"
#include <array>
#include <cstdio>
#include <functional>
#include <openssl/evp.h>

using namespace opml::bench;
using namespace opml::vm;

namespace {

constexpr unsigned treeDepth = 23; // 256 MiB
constexpr size_t treeBytes = size_t(leafBytes) << treeDepth;
constexpr size_t treeNodes = (size_t(1) << treeDepth) - 1;
// About a tenth of a second each with the reference.
constexpr size_t permutations = 1 << 18;
constexpr size_t repetitions = 7;

/// Nodes to hash that fit into the first-level cache.
constexpr size_t cachedNodes = 256;

void permuteReference() {
  std::array<uint64_t, 25> state{};
  for (size_t i = 0; i < permutations; ++i)
    keccakF1600(state);
  if (state[0] == 0)
    std::abort(); // so that the loop is not optimised away
}

void permuteLanes() {
  std::array<uint64_t, 25 * maxKeccakLanes> states{};
  for (size_t i = 0; i < permutations; i += keccakLanes())
    keccakF1600Lanes(states.data());
}

void hashNodes(std::span<uint8_t> children) {
  std::array<uint8_t, 32 * cachedNodes> nodes;
  for (size_t i = 0; i < permutations; i += cachedNodes)
    hashPairs(children.data(), nodes.data(), cachedNodes);
}

void hashNodesWithReference() {
  Hash node{};
  for (size_t i = 0; i < permutations; ++i)
    node = hashPair(node, node);
}

/// SHA3-256 is the same permutation and block behind another padding byte; the
/// OpenSSL 3.0 of Debian 12 has no Keccak-256.
void hashWithOpenSSL(std::span<const uint8_t> bytes, size_t messageBytes) {
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  const EVP_MD *algorithm = EVP_sha3_256();
  std::array<uint8_t, 32> digest;
  if (EVP_DigestInit_ex(context, algorithm, nullptr) != 1)
    std::abort();
  for (size_t done = 0; done < permutations;) {
    EVP_DigestInit_ex(context, nullptr, nullptr);
    EVP_DigestUpdate(context, bytes.data(), messageBytes);
    EVP_DigestFinal_ex(context, digest.data(), nullptr);
    done += messageBytes / 136 + 1;
  }
  EVP_MD_CTX_free(context);
}

struct Row {
  const char *name;
  size_t count; // permutations
  unsigned threads;
  std::function<void()> run;
  std::array<double, repetitions> cpu = {}, wall = {};

  void measure(size_t repetition) {
    Time time = timeOf(run);
    wall[repetition] = time.wall;
    cpu[repetition] = time.cpu;
  }
  double cpuEach() const {
    return median({cpu.begin(), cpu.end()}) / double(count);
  }
  double wallEach() const {
    return median({wall.begin(), wall.end()}) / double(count);
  }
};

} // namespace

void opml::bench::printThroughput() {
  std::vector<uint8_t> memory(treeBytes);
  fillRandomly(memory, 1);
  std::span<uint8_t> bytes = memory;
  unsigned all = availableThreads();
  auto root = [&](unsigned threads) {
    merkleRoot(bytes, treeDepth, 0, threads);
  };
  std::vector<Row> rows = {
      {"reference, permutation", permutations, 1, permuteReference},
      {"reference, 64-byte nodes", permutations, 1, hashNodesWithReference},
      {"OpenSSL SHA3-256, 64-byte nodes", permutations, 1,
       [&] { hashWithOpenSSL(bytes, 64); }},
      {"OpenSSL SHA3-256, long messages", permutations, 1,
       [&] { hashWithOpenSSL(bytes, 136 * (permutations / 8) - 1); }},
      {"vectors, permutation", permutations, 1, permuteLanes},
      {"vectors, 64-byte nodes", permutations, 1, [&] { hashNodes(bytes); }},
      {"vectors, permutation, all threads", all * permutations, all,
       [&] {
         parallelFor(all, 1, all, [](size_t, size_t) { permuteLanes(); });
       }},
      {"root of 256 MiB, 1 thread", treeNodes, 1, [&] { root(1); }},
      {"root of 256 MiB, all threads", treeNodes, all, [&] { root(all); }}};
  // Each in turn, so that all meet the same noise.
  for (size_t i = 0; i < repetitions; ++i)
    for (Row &row : rows)
      row.measure(i);

  std::printf("%zu lanes, %u threads; median of %zu, in turn\n\n"
              "%-34s %9s %11s %11s %11s %11s\n",
              keccakLanes(), all, repetitions, "", "CPU ns", "x reference",
              "x vectors", "million/s", "threads' %");
  double reference = rows[0].cpuEach(), vectors = rows[4].cpuEach();
  for (const Row &row : rows) {
    double cpu = row.cpuEach(), wall = row.wallEach();
    std::printf("%-34s %9.1f %11.2f %11.2f %11.2f %11.0f\n", row.name,
                cpu * 1e9, reference / cpu, vectors / cpu, 1e-6 / wall,
                100 * cpu / wall / row.threads);
  }
  std::printf("CPU time for each permutation, its speed as a multiple of both "
              "permutations';\nby the clock, how many a second, and how much "
              "of the time the threads had a CPU.\n\n");
}
