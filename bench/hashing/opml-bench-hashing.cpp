//===- opml-bench-hashing.cpp - What state commitment costs ---------------===//

#include "Hashing.h"
#include <cstdio>

using namespace opml::bench;

int main(int argc, char **argv) {
  if (argc > 1) {
    bool help = std::strcmp(argv[1], "--help") == 0;
    std::fprintf(help ? stdout : stderr,
                 "usage: opml-bench-hashing\n"
                 "Measures Keccak and the Merkle trees over memory: "
                 "permutations a second beside\nOpenSSL's, the root of 256 "
                 "MiB, a new root after some pages were written, and a\nnode "
                 "with 512 MiB of weights, which it writes to a temporary "
                 "file.\n");
    return help ? 0 : 2;
  }
  printThroughput();
  printPagesTouched();
  if (opml::Expected<void> ok = printLargeWeights(); !ok) {
    std::fprintf(stderr, "error: %s\n", ok.error().message.c_str());
    return 1;
  }
  return 0;
}
