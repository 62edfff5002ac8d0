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

TEST(Memory, MappedPagesAreUnmarkedAndItsOwn) {
  std::FILE *file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  Bytes bytes(3 * 4096);
  for (size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = uint8_t(i * 7 + i / 4096);
  ASSERT_EQ(std::fwrite(bytes.data(), 1, bytes.size(), file), bytes.size());
  std::fflush(file);
  Memory memory = std::move(*Memory::create(12)),
         other(std::move(*Memory::create(12)));
  for (Memory *each : {&memory, &other})
    ASSERT_TRUE(each->map(30 * 4096, fileno(file), 4096, 2 * 4096));
  EXPECT_EQ(memory.takeWrittenPages(), Pages());
  ASSERT_TRUE(memory.write(31 * 4096 + 1, Bytes{0xee}));
  EXPECT_EQ(memory.takeWrittenPages(), Pages{31});
  Bytes expected(29 * 4096);
  expected.insert(expected.end(), 4096, 0);
  expected.insert(expected.end(), bytes.begin() + 4096, bytes.end());
  EXPECT_EQ(bytesOf(other), expected);
  expected[31 * 4096 + 1] = 0xee;
  EXPECT_EQ(bytesOf(memory), expected);
  EXPECT_FALSE(memory.map(31 * 4096, fileno(file), 0, 2 * 4096));
  std::fclose(file);
  EXPECT_FALSE(memory.map(0, -1, 0, 4096));
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

TEST(Memory, DiscardedPagesAreAsAtFirst) {
  std::FILE *file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  Bytes content(4096, 5);
  ASSERT_EQ(std::fwrite(content.data(), 1, 4096, file), 4096u);
  std::fflush(file);
  Memory memory = std::move(*Memory::create(9)); // 4 pages
  ASSERT_TRUE(memory.map(8192, fileno(file), 0, 4096));
  ASSERT_TRUE(memory.write(0, Bytes(16384, 9)));
  memory.takeWrittenPages();
  memory.discard(Pages{0, 2, 3});
  EXPECT_EQ(memory.takeWrittenPages(), Pages());
  Bytes expected(16384);
  std::fill_n(expected.begin() + 4096, 4096, 9);
  std::fill_n(expected.begin() + 8192, 4096, 5);
  EXPECT_EQ(bytesOf(memory), expected);
  std::fclose(file);
}

TEST(Memory, ASmallOneCanBeDiscarded) {
  Memory memory = memoryOf(Bytes(64, 1));
  memory.discard(Pages{0});
  EXPECT_EQ(bytesOf(memory), Bytes(64));
}

} // namespace
