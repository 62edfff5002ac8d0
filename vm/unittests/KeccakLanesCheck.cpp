//===- KeccakLanesCheck.cpp - One vector width, on an emulated CPU --------===//
//
// KeccakLanesTest's checks as a program by itself: built for another
// architecture, it needs neither its GoogleTest nor its Highway library.
//
//===----------------------------------------------------------------------===//

#include "KeccakLanesCheck.h"
#include <cstdio>
#include <cstdlib>

using namespace opml::vm;
using namespace opml::vm::test;

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: keccak-neon LANES\n");
    return 2;
  }
  std::mt19937_64 random(1);
  bool agrees = keccakLanes() == std::strtoul(argv[1], nullptr, 10);
  for (size_t count = 0; count < 30; ++count)
    agrees = agrees && permutationAgrees(random) &&
             pairsAgree(random, count, count % 3);
  auto permutations = readPermutationVectors();
  auto messages = readMessageVectors("ShortMsgKAT_256.txt");
  if (permutations && messages)
    agrees = agrees && publishedPermutationsAgree(*permutations) &&
             publishedNodesAgree(*messages);
  else
    std::printf("skipped the published vectors: no %s\n",
                keccakTestData("").c_str());
  std::printf("%zu lanes: %s\n", keccakLanes(), agrees ? "agree" : "WRONG");
  return agrees ? 0 : 1;
}
