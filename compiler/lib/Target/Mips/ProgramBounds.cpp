//===- ProgramBounds.cpp - Stack and steps of every entry -----------------===//
//
// The step bound. Cut a call of a function where it takes a back edge: between
// two cuts no instruction runs twice, so the call takes at most
//
//   (back edges + 1) * (words of the function + bound of each call instruction)
//
// steps. The back edges come from the loops of the final LLVM IR
// (LoopBounds.cpp); calls of memset and memcpy are counted there too, with
// their sizes. Functions of the guest runtime have bounds of their own.
//
//===----------------------------------------------------------------------===//

#include "GuestFunction.h"
#include "opml/Target/Mips.h"
#include "opml/runtime/GuestRuntime.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace opml::compiler;
using namespace opml::compiler::mips;
namespace guest = opml::guest;

namespace {

class ProgramBounds {
public:
  ProgramBounds(ArrayRef<GuestFunction> functions,
                const StringMap<LoopBounds> &loops)
      : loops(loops) {
    for (const GuestFunction &function : functions)
      byAddress[function.address] = &function;
  }

  struct Bounds {
    uint64_t steps = 0;
    uint64_t stackBytes = 0;
  };

  Expected<Bounds> bound(uint32_t address) {
    auto done = finished.find(address);
    if (done != finished.end())
      return done->second;
    auto found = byAddress.find(address);
    if (found == byAddress.end())
      return createStringError("guest code calls address 0x" +
                               utohexstr(address) +
                               ", where no function begins");
    const GuestFunction &function = *found->second;
    if (!active.insert(address).second)
      return createStringError("guest function '" + function.name +
                               "' is recursive");
    Expected<Bounds> bounds = boundFunction(function);
    active.erase(address);
    if (bounds)
      finished[address] = *bounds;
    return bounds;
  }

private:
  Expected<Bounds> boundFunction(const GuestFunction &function) {
    if (auto own = guest::stepBound(function.name))
      return Bounds{own->fixed, function.frameBytes};
    auto found = loops.find(function.name);
    LoopBounds loop = found == loops.end() ? LoopBounds() : found->second;
    if (function.loops && loop.backEdges == 0)
      return createStringError("guest function '" + function.name +
                               "' has a loop whose trip count is not known");
    Bounds bounds;
    uint64_t segment = function.words;
    for (uint32_t callee : function.callees) {
      Expected<Bounds> inner = bound(callee);
      if (!inner)
        return inner.takeError();
      const std::string &name = byAddress.lookup(callee)->name;
      auto own = guest::stepBound(name);
      if (own && own->perByte != 0 && loop.memoryOps == 0)
        return createStringError("guest function '" + function.name +
                                 "' calls " + name +
                                 " with a size that is not known");
      bounds.stackBytes = std::max(bounds.stackBytes, inner->stackBytes);
      segment = SaturatingAdd(segment, inner->steps);
    }
    bounds.stackBytes += function.frameBytes;
    bounds.steps =
        SaturatingMultiply(SaturatingAdd(loop.backEdges, uint64_t(1)), segment);
    bounds.steps = SaturatingAdd(bounds.steps, memorySteps(loop));
    return bounds;
  }

  /// Steps of a function's memset and memcpy calls beyond the fixed part that
  /// their call instructions are charged with.
  static uint64_t memorySteps(const LoopBounds &loop) {
    uint64_t steps = 0;
    for (StringRef symbol : {"memset", "memcpy", "memmove"})
      if (auto own = guest::stepBound(symbol))
        steps = std::max(steps, SaturatingMultiplyAdd(
                                    loop.memoryBytes, uint64_t(own->perByte),
                                    SaturatingMultiply(loop.memoryOps,
                                                       uint64_t(own->fixed))));
    return steps;
  }

  const StringMap<LoopBounds> &loops;
  DenseMap<uint32_t, const GuestFunction *> byAddress;
  DenseMap<uint32_t, Bounds> finished;
  DenseSet<uint32_t> active;
};

} // namespace

Expected<StringMap<EntryBounds>>
mips::boundProgram(StringRef elf, ArrayRef<std::string> entries,
                   const StringMap<LoopBounds> &loops) {
  auto functions = readGuestFunctions(elf);
  if (!functions)
    return functions.takeError();
  StringMap<uint32_t> addresses;
  for (const GuestFunction &function : *functions)
    addresses[function.name] = function.address;
  ProgramBounds program(*functions, loops);
  StringMap<EntryBounds> result;
  for (const std::string &entry : entries) {
    auto found = addresses.find(entry);
    if (found == addresses.end())
      return createStringError("the guest program has no entry '" + entry +
                               "'");
    auto bounds = program.bound(found->second);
    if (!bounds)
      return bounds.takeError();
    result[entry] = {found->second, uint32_t(alignTo(bounds->stackBytes, 8)),
                     bounds->steps};
  }
  return result;
}
