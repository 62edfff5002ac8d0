//===- FusedMultiplyAddTest.cpp - fma without an instruction for it -------===//
//
// What native code for plain x86-64 does, compiled for the machine at hand and
// held against the C library's fmaf, on single floats and on vectors.
//
//===----------------------------------------------------------------------===//

#include "../../runtime/guest/unittests/Operands.h"
#include "opml/Target/Native.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "gtest/gtest.h"
#include <bit>
#include <cmath>

using namespace opml::compiler;

namespace {

constexpr unsigned lanes = 16;
using Kernel = void (*)(const float *a, const float *b, const float *c,
                        float *result);

/// *result = fma(*a, *b, *c) on values of `type`, expanded.
std::unique_ptr<llvm::Module> buildModule(llvm::LLVMContext &context,
                                          llvm::StringRef name,
                                          llvm::Type *type) {
  auto module = std::make_unique<llvm::Module>(name, context);
  llvm::IRBuilder<> builder(context);
  std::vector<llvm::Type *> pointers(4, builder.getPtrTy());
  auto *function = llvm::Function::Create(
      llvm::FunctionType::get(builder.getVoidTy(), pointers, false),
      llvm::Function::ExternalLinkage, name, *module);
  builder.SetInsertPoint(llvm::BasicBlock::Create(context, "", function));
  std::vector<llvm::Value *> operands;
  operands.reserve(3);
  for (unsigned i = 0; i < 3; ++i)
    operands.push_back(
        builder.CreateAlignedLoad(type, function->getArg(i), llvm::Align(4)));
  llvm::Value *fma =
      builder.CreateIntrinsic(llvm::Intrinsic::fma, {type}, operands);
  builder.CreateAlignedStore(fma, function->getArg(3), llvm::Align(4));
  builder.CreateRetVoid();
  native::expandFusedMultiplyAdd(*module);
  for (llvm::Function &declaration : *module)
    EXPECT_TRUE(&declaration == function || declaration.use_empty());
  return module;
}

class FusedMultiplyAdd : public testing::Test {
protected:
  void SetUp() override {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
    jit = llvm::cantFail(llvm::orc::LLJITBuilder().create());
  }

  Kernel compile(llvm::StringRef name, unsigned width) {
    auto context = std::make_unique<llvm::LLVMContext>();
    llvm::Type *type = llvm::Type::getFloatTy(*context);
    if (width > 1)
      type = llvm::FixedVectorType::get(type, width);
    auto module = buildModule(*context, name, type);
    module->setDataLayout(jit->getDataLayout());
    llvm::cantFail(jit->addIRModule({std::move(module), std::move(context)}));
    return llvm::cantFail(jit->lookup(name)).toPtr<Kernel>();
  }

  std::unique_ptr<llvm::orc::LLJIT> jit;
};

/// The bits, of which those of a NaN say nothing.
uint32_t comparable(float value) {
  return std::isnan(value) ? 0x7fc00000 : std::bit_cast<uint32_t>(value);
}

TEST_F(FusedMultiplyAdd, IsRoundedOnce) {
  Kernel scalar = compile("scalar", 1), vector = compile("vector", lanes);
  constexpr unsigned rounds = 1'000'000 / lanes;
  uint32_t state = 1;
  for (unsigned round = 0; round < rounds; ++round) {
    float a[lanes], b[lanes], c[lanes], one[lanes], all[lanes];
    for (unsigned i = 0; i < lanes; ++i) {
      a[i] = std::bit_cast<float>(nextOperand(&state));
      b[i] = std::bit_cast<float>(nextOperand(&state));
      c[i] = std::bit_cast<float>(nextOperand(&state));
      // Half of the sums nearly cancel.
      if (nextRandom(&state) & 1)
        c[i] = std::bit_cast<float>(std::bit_cast<uint32_t>(-a[i] * b[i]) ^
                                    (nextRandom(&state) & 3));
      scalar(&a[i], &b[i], &c[i], &one[i]);
    }
    vector(a, b, c, all);
    for (unsigned i = 0; i < lanes; ++i) {
      uint32_t expected = comparable(std::fmaf(a[i], b[i], c[i]));
      ASSERT_EQ(comparable(one[i]), expected)
          << a[i] << " " << b[i] << " " << c[i];
      ASSERT_EQ(comparable(all[i]), expected)
          << a[i] << " " << b[i] << " " << c[i];
    }
  }
}

} // namespace
