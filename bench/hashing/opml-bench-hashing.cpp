//===- opml-bench-hashing.cpp - What state commitment costs ---------------===//

#include "Hashing.h"
#include <cstdio>

using namespace opml::bench;

int main(int argc, char **argv) {
  if (argc > 1) {
    bool help = std::strcmp(argv[1], "--help") == 0;
    std::fprintf(
        help ? stdout : stderr,
        "usage: opml-bench-hashing\n"
        "Measures Keccak and the Merkle trees over memory: "
        "permutations a second beside\nOpenSSL's, the root of 256 MiB, "
        "and a new root after some pages were written.\n");
    return help ? 0 : 2;
  }
  printThroughput();
  printPagesTouched();
  return 0;
}
