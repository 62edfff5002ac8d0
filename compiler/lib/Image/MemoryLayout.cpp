//===- MemoryLayout.cpp - A node's data memory ----------------------------===//

#include "opml/Image/MemoryLayout.h"
#include "opml/vm/Memory.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace opml::compiler;

/// Of the largest element.
static constexpr uint64_t scratchAlignment = 8;

std::vector<uint32_t> MemoryLayout::addresses() const {
  std::vector<uint32_t> all = operands;
  all.insert(all.end(), results.begin(), results.end());
  all.insert(all.end(), scratch.begin(), scratch.end());
  return all;
}

Expected<MemoryLayout>
opml::compiler::layOutMemory(const NodeFunction &function,
                             uint32_t stackBytes) {
  MemoryLayout layout;
  layout.stackPointer = stackBytes;
  std::vector<uint64_t> scratch;
  uint64_t bottom = stackBytes;
  for (uint64_t bytes : function.scratchBytes) {
    scratch.push_back(alignTo(bottom, scratchAlignment));
    bottom = scratch.back() + bytes;
  }

  std::vector<uint64_t> sizes;
  uint64_t total = alignTo(bottom, vm::leafBytes);
  for (const auto *list : {&function.operandBytes, &function.resultBytes})
    for (uint64_t bytes : *list) {
      sizes.push_back(uint64_t(vm::leafBytes) << vm::depthForBytes(bytes));
      total = SaturatingAdd(total, sizes.back());
    }
  layout.memDepth = vm::depthForBytes(total);
  if (layout.memDepth > vm::Memory::maxDepth)
    return createStringError("node function '" + Twine(function.name) +
                             "' needs " + Twine(total) +
                             " bytes of memory; the VM has at most 2^32");

  // Largest first from the top down: every address is a multiple of its size.
  uint64_t top = uint64_t(vm::leafBytes) << layout.memDepth;
  std::vector<uint32_t> slots(sizes.size());
  std::vector<unsigned> order = slotOrder(sizes);
  for (unsigned slot : llvm::reverse(order))
    slots[slot] = top -= sizes[slot];
  auto middle = slots.begin() + function.operandBytes.size();
  layout.operands.assign(slots.begin(), middle);
  layout.results.assign(middle, slots.end());
  layout.scratch.assign(scratch.begin(), scratch.end());
  return layout;
}
