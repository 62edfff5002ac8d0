//===- GuestRuntime.cpp ---------------------------------------------------===//

#include "opml/runtime/GuestRuntime.h"

extern "C" const uint8_t opmlGuestArchiveBegin[];
extern "C" const uint8_t opmlGuestArchiveEnd[];

namespace opml::guest {

std::span<const uint8_t> runtimeArchive() {
  return {opmlGuestArchiveBegin, opmlGuestArchiveEnd};
}

std::string_view targetTriple() { return OPML_GUEST_TRIPLE; }
std::string_view targetCpu() { return OPML_GUEST_CPU; }
std::string_view targetFeatures() { return OPML_GUEST_FEATURES; }
std::string_view llvmOptions() { return OPML_GUEST_LLVM_OPTIONS; }

namespace {
struct LongestPath {
  std::string_view symbol;
  uint32_t steps;
};
} // namespace

static constexpr LongestPath longestPaths[] = {
#include "StepBounds.inc"
};

std::optional<StepBound> stepBound(std::string_view symbol) {
  for (const LongestPath &routine : longestPaths)
    if (routine.symbol == symbol)
      return StepBound{routine.steps, 0};
  // Bytes that are copied or compared singly cost most.
  if (symbol == "memcpy" || symbol == "memmove" || symbol == "memset")
    return StepBound{64, 6};
  if (symbol == "memcmp" || symbol == "bcmp")
    return StepBound{64, 7};
  return std::nullopt;
}

} // namespace opml::guest
