//===- MemoryTest.cpp - Which pages count as written ----------------------===//

#include "GuestProgram.h"
#include "TestMemory.h"
#include "opml/vm/Interpreter.h"
#include <gtest/gtest.h>

using namespace opml::vm;
using namespace opml::vm::test;

namespace {

using Pages = std::vector<uint32_t>;

TEST(Memory, WrittenPagesAreTakenOnce) {
  Memory memory = std::move(*Memory::create(12)); // 32 pages
  EXPECT_EQ(memory.takeWrittenPages(), Pages());
  ASSERT_TRUE(memory.write(4095, Bytes(2)));
  ASSERT_TRUE(memory.write(3 * 4096, Bytes(4096)));
  ASSERT_TRUE(memory.write(131071, Bytes(1)));
  ASSERT_TRUE(memory.write(5 * 4096, Bytes()));
  EXPECT_EQ(memory.takeWrittenPages(), (Pages{0, 1, 3, 31}));
  EXPECT_EQ(memory.takeWrittenPages(), Pages());
}

TEST(Memory, SmallerThanAPageHasOne) {
  Memory memory = std::move(*Memory::create(0));
  ASSERT_TRUE(memory.write(31, Bytes(1)));
  EXPECT_EQ(memory.takeWrittenPages(), Pages{0});
}

TEST(Memory, TheLastPageOfAllHasAMark) {
  Memory memory = std::move(*Memory::create(Memory::maxDepth));
  ASSERT_TRUE(memory.write(0xffffffff, Bytes(1)));
  EXPECT_EQ(memory.takeWrittenPages(), Pages{0xfffff});
}

TEST(Memory, AWriteOutsideMarksNothing) {
  Memory memory = std::move(*Memory::create(12));
  EXPECT_FALSE(memory.write(131071, Bytes(2)));
  EXPECT_FALSE(memory.write(UINT64_MAX, Bytes(2)));
  EXPECT_EQ(memory.takeWrittenPages(), Pages());
}

TEST(Memory, StoresMarkTheirPageAndLoadsNone) {
  const Words words = {sw(t0, 0, t1), lw(v0, 0, sp), sb(t0, 3, a0)};
  const std::vector<Instruction> code = decodeProgram(words);
  Memory memory = std::move(*Memory::create(12));
  Registers registers;
  registers.gpr[t1] = 0x1ffc;
  registers.gpr[sp] = 0x8000;
  registers.gpr[a0] = 0x4ffc;
  EXPECT_EQ(interpret(registers, {code, 0}, memory, 3), 3u);
  EXPECT_EQ(memory.takeWrittenPages(), (Pages{1, 4}));
}

} // namespace
