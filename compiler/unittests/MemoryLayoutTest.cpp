//===- MemoryLayoutTest.cpp - A node's data memory ------------------------===//

#include "opml/Image/MemoryLayout.h"
#include "opml/vm/Merkle.h"
#include "gtest/gtest.h"
#include <algorithm>

using namespace opml::compiler;

namespace {

struct Region {
  uint64_t begin, end;
};

/// All regions of a layout; slots with their padded sizes, whose alignment is
/// checked.
std::vector<Region> regions(const NodeFunction &function,
                            const MemoryLayout &layout) {
  std::vector<Region> result{{0, layout.stackPointer}};
  auto addSlots = [&](const std::vector<uint64_t> &bytes,
                      const std::vector<uint32_t> &addresses) {
    ASSERT_EQ(bytes.size(), addresses.size());
    for (size_t i = 0; i < bytes.size(); ++i) {
      uint64_t size = uint64_t(opml::vm::leafBytes)
                      << opml::vm::depthForBytes(bytes[i]);
      EXPECT_EQ(addresses[i] % size, 0u);
      result.push_back({addresses[i], addresses[i] + size});
    }
  };
  addSlots(function.operandBytes, layout.operands);
  addSlots(function.resultBytes, layout.results);
  for (size_t i = 0; i < function.scratchBytes.size(); ++i)
    result.push_back(
        {layout.scratch[i], layout.scratch[i] + function.scratchBytes[i]});
  return result;
}

void expectDisjointInside(std::vector<Region> all, unsigned memDepth) {
  std::sort(all.begin(), all.end(),
            [](auto &a, auto &b) { return a.begin < b.begin; });
  for (size_t i = 1; i < all.size(); ++i)
    EXPECT_LE(all[i - 1].end, all[i].begin);
  EXPECT_LE(all.back().end, uint64_t(opml::vm::leafBytes) << memDepth);
}

TEST(MemoryLayout, RegionsAreDisjointAlignedAndInside) {
  NodeFunction function{"f", {12800, 3136, 64, 0, 1}, {12544, 33}, {10368, 7}};
  auto layout = layOutMemory(function, 112);
  ASSERT_TRUE(bool(layout));
  expectDisjointInside(regions(function, *layout), layout->memDepth);
  EXPECT_EQ(layout->stackPointer, 112u);
  EXPECT_EQ(layout->scratch[0] % 8, 0u);
  EXPECT_EQ(layout->scratch[1] % 8, 0u);
}

TEST(MemoryLayout, AddressesAscendInSlotOrder) {
  NodeFunction function{"f", {100, 0, 33, 32, 64, 99}, {40, 8, 41}, {}};
  EXPECT_EQ(slotOrder(function.operandBytes),
            (std::vector<unsigned>{1, 3, 2, 4, 0, 5}));
  auto layout = layOutMemory(function, 112);
  ASSERT_TRUE(bool(layout));
  auto expectAscending = [](auto &bytes, auto &addresses) {
    std::vector<uint32_t> inOrder;
    for (unsigned argument : slotOrder(bytes))
      inOrder.push_back(addresses[argument]);
    EXPECT_TRUE(std::is_sorted(inOrder.begin(), inOrder.end()));
  };
  expectAscending(function.operandBytes, layout->operands);
  expectAscending(function.resultBytes, layout->results);
}

TEST(MemoryLayout, MemoryIsTheSmallestThatHoldsAll) {
  // 32 of stack and slots of 32, 64 and 128 bytes fill 256 bytes exactly.
  EXPECT_EQ(layOutMemory({"f", {128, 20}, {40}, {}}, 32)->memDepth, 3);
  EXPECT_EQ(layOutMemory({"f", {128, 20}, {40}, {}}, 40)->memDepth, 4);
  // Also with 8 bytes of scratch behind 24 of stack, and none elsewhere.
  EXPECT_EQ(layOutMemory({"f", {128, 20}, {40}, {0, 8, 0}}, 24)->memDepth, 3);
  EXPECT_EQ(layOutMemory({"f", {128, 20}, {40}, {1, 8}}, 24)->memDepth, 4);
}

TEST(MemoryLayout, ArgumentsAreOperandsResultsScratch) {
  auto layout = layOutMemory({"f", {32}, {64}, {100}}, 24);
  EXPECT_EQ(layout->addresses(),
            (std::vector<uint32_t>{layout->operands[0], layout->results[0],
                                   layout->scratch[0]}));
}

TEST(MemoryLayout, MoreThan32BitsOfMemoryAreRefused) {
  auto layout =
      layOutMemory({"big", {uint64_t(1) << 31}, {uint64_t(1) << 31}, {}}, 24);
  ASSERT_FALSE(bool(layout));
  EXPECT_EQ(llvm::toString(layout.takeError()),
            "node function 'big' needs 4294967328 bytes of memory; the VM has "
            "at most 2^32");
}

} // namespace
