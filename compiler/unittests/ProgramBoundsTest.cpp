//===- ProgramBoundsTest.cpp - Decoding and bounding linked programs ------===//

#include "opml/Target/Mips.h"
#include "opml/runtime/GuestRuntime.h"
#include "llvm/AsmParser/Parser.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/TargetSelect.h"
#include "gtest/gtest.h"

using namespace opml::compiler;

namespace {

class ProgramBounds : public testing::Test {
protected:
  ProgramBounds() { LLVMInitializeMipsAsmParser(); }

  /// A function in assembly; `.set noreorder` leaves delay slots as written.
  static std::string function(const std::string &name,
                              const std::string &body) {
    return ".section .text." + name + ",\"ax\"\n.set noreorder\n.globl " +
           name + "\n.type " + name + ",@function\n.ent " + name + "\n" + name +
           ":\n" + body + "\n.end " + name + "\n.size " + name + ", .-" + name +
           "\n";
  }

  /// Links assembly with the runtime and bounds it from `entry`.
  llvm::Expected<mips::EntryBounds>
  bound(const std::string &assembly,
        const llvm::StringMap<mips::LoopBounds> &loops = {}) {
    llvm::LLVMContext context;
    llvm::Module module("test", context);
    module.setTargetTriple(machine->getTargetTriple());
    module.setDataLayout(machine->createDataLayout());
    module.setModuleInlineAsm(assembly);
    auto object =
        mips::emit(module, *machine, llvm::CodeGenFileType::ObjectFile);
    if (!object)
      return object.takeError();
    auto elf = mips::link({std::move(*object)}, {"entry"});
    if (!elf)
      return elf.takeError();
    auto bounds = mips::boundProgram(llvm::StringRef(elf->data(), elf->size()),
                                     {"entry"}, loops);
    if (!bounds)
      return bounds.takeError();
    return bounds->lookup("entry");
  }

  std::string error(const std::string &assembly) {
    auto bounds = bound(assembly);
    return bounds ? "bounded" : llvm::toString(bounds.takeError());
  }

  std::unique_ptr<llvm::TargetMachine> machine = mips::createTargetMachine();
};

TEST_F(ProgramBounds, WordsAndFramesAddUpOverCalls) {
  auto bounds = bound(
      function("entry", "addiu $sp, $sp, -24\njal leaf\nnop\njal leaf\nnop\n") +
      function("leaf", "addiu $sp, $sp, -8\njr $ra\naddiu $sp, $sp, 8\n"));
  ASSERT_TRUE(bool(bounds)) << llvm::toString(bounds.takeError());
  EXPECT_EQ(bounds->steps, 5u + 2u * 3u);
  EXPECT_EQ(bounds->stackBytes, 32u);
}

TEST_F(ProgramBounds, ALoopMultipliesItsFunctionAndWhatItCalls) {
  auto bounds =
      bound(function("entry", "loop:\njal __addsf3\nnop\nbnez $2, loop\nnop\n"),
            {{"entry", {99, 0, 0}}});
  ASSERT_TRUE(bool(bounds)) << llvm::toString(bounds.takeError());
  EXPECT_EQ(bounds->steps,
            100u * (4u + opml::guest::stepBound("__addsf3")->fixed));
}

TEST_F(ProgramBounds, MemoryOperationsAddTheirBytes) {
  auto bounds =
      bound(function("entry", "jal memset\nnop\n"), {{"entry", {0, 1, 1000}}});
  ASSERT_TRUE(bool(bounds)) << llvm::toString(bounds.takeError());
  auto memset = *opml::guest::stepBound("memset");
  EXPECT_GE(bounds->steps, 2u + memset.fixed + 1000u * memset.perByte);
}

TEST_F(ProgramBounds, MemoryOperationOfUnknownSizeIsRefused) {
  EXPECT_EQ(
      error(function("entry", "jal memset\nnop\n")),
      "guest function 'entry' calls memset with a size that is not known");
}

TEST_F(ProgramBounds, ReservedWordIsRefusedWithItsPlace) {
  EXPECT_EQ(
      error(function("entry", "nop\n.word 0xffffffff\n")),
      "guest code at 0x00000004 (entry + 0x4), word 0xffffffff: the VM has "
      "no such "
      "instruction");
}

TEST_F(ProgramBounds, FloatingPointInstructionIsRefused) {
  EXPECT_EQ(
      error(function("entry", ".word 0x46020000\n")), // add.s $f0, $f0, $f2
      "guest code at 0x00000000 (entry + 0x0), word 0x46020000: the VM has no "
      "such "
      "instruction");
}

TEST_F(ProgramBounds, IndirectJumpIsRefused) {
  EXPECT_EQ(error(function("entry", "jr $2\nnop\n")),
            "guest code at 0x00000000 (entry + 0x0), word 0x00400008: an "
            "indirect jump, whose "
            "target is unknown");
  EXPECT_EQ(error(function("entry", "jalr $2\nnop\n")),
            "guest code at 0x00000000 (entry + 0x0), word 0x0040f809: an "
            "indirect jump, whose "
            "target is unknown");
}

TEST_F(ProgramBounds, UnknownStackPointerIsRefused) {
  EXPECT_EQ(error(function("entry", "addu $sp, $2, $3\n")),
            "guest code at 0x00000000 (entry + 0x0), word 0x0043e821: sets $sp "
            "to a value that is "
            "not known");
}

TEST_F(ProgramBounds, RecursionIsRefused) {
  EXPECT_EQ(error(function("entry", "jal other\nnop\n") +
                  function("other", "j entry\nnop\n")),
            "guest function 'entry' is recursive");
}

TEST_F(ProgramBounds, LoopWithoutTripCountIsRefused) {
  EXPECT_EQ(error(function("entry", "loop:\nbnez $2, loop\nnop\n")),
            "guest function 'entry' has a loop whose trip count is not known");
}

TEST_F(ProgramBounds, UndefinedSymbolIsRefusedByName) {
  EXPECT_NE(error(function("entry", "jal expf\nnop\n"))
                .find("undefined symbol: expf"),
            std::string::npos);
}

TEST_F(ProgramBounds, StaticDataIsRefused) {
  EXPECT_EQ(error(function("entry", "nop\n") + ".data\n.word 1\n"),
            "generated code has static data in section '.data'; a guest "
            "program has code only");
}

} // namespace
