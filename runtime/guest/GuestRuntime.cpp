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

std::optional<StepBound> loopStepBound(std::string_view symbol) {
  if (symbol == "__udivdi3" || symbol == "__umoddi3" || symbol == "__divdi3" ||
      symbol == "__moddi3")
    return StepBound{64 * 32, 0};
  if (symbol == "memcpy" || symbol == "memmove" || symbol == "memset")
    return StepBound{64, 6};
  return std::nullopt;
}

} // namespace opml::guest
