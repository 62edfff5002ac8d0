//===- LoopBoundsTest.cpp - Worst-case trip counts ------------------------===//

#include "opml/Target/Mips.h"
#include "llvm/AsmParser/Parser.h"
#include "llvm/Support/SourceMgr.h"
#include "gtest/gtest.h"

using namespace opml::compiler;

namespace {

class LoopBounds : public testing::Test {
protected:
  llvm::Expected<mips::LoopBounds> bound(const std::string &text) {
    llvm::SMDiagnostic diagnostic;
    auto module = llvm::parseAssemblyString(text, diagnostic, context);
    if (!module)
      return llvm::createStringError(diagnostic.getMessage());
    module->setTargetTriple(machine->getTargetTriple());
    module->setDataLayout(machine->createDataLayout());
    auto all = mips::boundLoops(*module, *machine);
    if (!all)
      return all.takeError();
    return all->lookup("f");
  }

  llvm::LLVMContext context;
  std::unique_ptr<llvm::TargetMachine> machine = mips::createTargetMachine();
};

// for (i = 0; i != 3; ++i) for (j = 0; j != 5; ++j) BODY
std::string nest(const std::string &body, const std::string &end = "5") {
  return R"(
declare void @llvm.memset.p0.i32(ptr, i8, i32, i1)
define void @f(ptr %p, i32 %n) {
entry:
  br label %outer
outer:
  %i = phi i32 [0, %entry], [%i1, %latch]
  br label %inner
inner:
  %j = phi i32 [0, %outer], [%j1, %inner]
)" + body +
         R"(
  %j1 = add i32 %j, 1
  %more = icmp ult i32 %j1, )" +
         end + R"(
  br i1 %more, label %inner, label %latch
latch:
  %i1 = add i32 %i, 1
  %again = icmp ne i32 %i1, 3
  br i1 %again, label %outer, label %exit
exit:
  ret void
}
)";
}

TEST_F(LoopBounds, StraightCodeHasNone) {
  auto bounds = bound("define void @f() { ret void }");
  ASSERT_TRUE(bool(bounds));
  EXPECT_EQ(bounds->backEdges, 0u);
  EXPECT_EQ(bounds->memoryOps, 0u);
}

TEST_F(LoopBounds, ANestTakesInnerBackEdgesForEveryOuterIteration) {
  auto bounds = bound(nest(""));
  ASSERT_TRUE(bool(bounds));
  EXPECT_EQ(bounds->backEdges, 2u + 3u * 4u);
}

TEST_F(LoopBounds, MemoryOperationsCountWithTheirLoops) {
  auto bounds = bound(
      nest("call void @llvm.memset.p0.i32(ptr %p, i8 0, i32 100, i1 false)"));
  ASSERT_TRUE(bool(bounds));
  EXPECT_EQ(bounds->memoryOps, 15u);
  EXPECT_EQ(bounds->memoryBytes, 1500u);
}

TEST_F(LoopBounds, MemoryOperationOfUnknownSizeIsRefused) {
  auto bounds = bound(
      nest("call void @llvm.memset.p0.i32(ptr %p, i8 0, i32 %n, i1 false)"));
  ASSERT_FALSE(bool(bounds));
  EXPECT_EQ(llvm::toString(bounds.takeError()),
            "node function 'f': a memory operation of unknown size");
}

TEST_F(LoopBounds, UnboundedLoopIsRefused) {
  auto bounds = bound(R"(
define void @f(ptr %p) {
entry:
  br label %loop
loop:
  %v = load volatile i32, ptr %p
  %more = icmp ne i32 %v, 0
  br i1 %more, label %loop, label %exit
exit:
  ret void
}
)");
  ASSERT_FALSE(bool(bounds));
  EXPECT_EQ(llvm::toString(bounds.takeError()),
            "node function 'f': a loop has no constant bound, so neither have "
            "its steps");
}

// A bounded loop beside it must not hide it.
TEST_F(LoopBounds, CycleWithTwoEntriesIsRefused) {
  auto bounds = bound(R"(
define void @f(ptr %p, i1 %c) {
entry:
  br label %loop
loop:
  %i = phi i32 [0, %entry], [%i1, %loop]
  %i1 = add i32 %i, 1
  %more = icmp ne i32 %i1, 3
  br i1 %more, label %loop, label %choose
choose:
  br i1 %c, label %left, label %right
left:
  %v = load volatile i1, ptr %p
  br i1 %v, label %right, label %exit
right:
  %w = load volatile i1, ptr %p
  br i1 %w, label %left, label %exit
exit:
  ret void
}
)");
  ASSERT_FALSE(bool(bounds));
  EXPECT_EQ(llvm::toString(bounds.takeError()),
            "node function 'f': a cycle is not a loop, so its steps have no "
            "bound");
}

} // namespace
