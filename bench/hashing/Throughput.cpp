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
  std::array<double, repetitions> seconds = {};

  double nanoseconds() const {
    return median({seconds.begin(), seconds.end()}) / double(count) * 1e9;
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
      row.seconds[i] = secondsOf(row.run);

  std::printf("%zu lanes, %u threads; median of %zu, in turn\n\n"
              "%-33s %11s %11s %13s %13s\n",
              keccakLanes(), all, repetitions, "", "ns each", "million/s",
              "x reference", "x vectors");
  double reference = rows[0].nanoseconds(), vectors = rows[4].nanoseconds();
  for (const Row &row : rows) {
    double each = row.nanoseconds();
    std::printf("%-33s %11.1f %11.2f %13.2f %13.2f\n", row.name, each,
                1e3 / each, reference / each / row.threads,
                vectors / each / row.threads);
  }
  std::printf("The last two columns are speeds per thread, as multiples of "
              "the two permutations'.\n\n");
}
