//===- guest-steps.cpp - VM steps per call of the soft-float routines -----===//

#include "GuestCaller.h"
#include "OperandClasses.h"
#include <algorithm>
#include <cstdio>
#include <cstring>

using namespace opml::guest;

int main(int argc, char **argv) {
  if (argc > 1) {
    bool help = std::strcmp(argv[1], "--help") == 0;
    std::fprintf(
        help ? stdout : stderr,
        "usage: opml-bench-guest-steps\n"
        "Prints the VM steps that a call of each soft-float routine takes, by\n"
        "class of operands: mean and maximum of 10,000 calls, and its size.\n");
    return help ? 0 : 2;
  }
  auto caller = GuestCaller::load(OPML_GUEST_RUNTIME_ELF);
  if (!caller) {
    std::fprintf(stderr, "error: %s\n", caller.error().message.c_str());
    return 1;
  }
  std::printf("%-12s %-30s %8s %5s %6s\n", "routine", "operands", "mean", "max",
              "words");
  for (const OperandClass &kind : operandClasses) {
    constexpr int calls = 10'000;
    uint32_t state = 7;
    uint64_t total = 0, most = 0;
    for (int i = 0; i < calls; ++i) {
      GuestCaller::Result result =
          caller->call(kind.routine, kind.make(&state));
      if (!result.returned) {
        std::fprintf(stderr, "error: %s did not return\n", kind.routine);
        return 1;
      }
      total += result.steps;
      most = std::max(most, result.steps);
    }
    std::printf("%-12s %-30s %8.1f %5llu %6u\n", kind.routine, kind.name,
                double(total) / calls, (unsigned long long)most,
                caller->words(kind.routine));
  }
  return 0;
}
