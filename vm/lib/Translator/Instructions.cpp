//===- Instructions.cpp - The frame around the generated translations -----===//

#include "Instructions.h"
#include "llvm/IR/Intrinsics.h"

using namespace opml;
using llvm::Value;
using vm::BlockTranslator;
using vm::Builder;
using vm::HI;
using vm::LO;
// In the spec's Ir column these are LLVM's.
using llvm::Instruction;
namespace Intrinsic = llvm::Intrinsic;

/// LLVM leaves division by zero and of -2^31 by -1 undefined; the spec's
/// results are 0, and -2^31 with remainder 0, which is that of a division by 1.
static Value *guardedDivision(Builder &B, Instruction::BinaryOps operation,
                              Value *dividend, Value *divisor) {
  Value *byZero = B.CreateICmpEQ(divisor, B.getInt32(0));
  Value *unsafe = byZero;
  if (operation == Instruction::SDiv || operation == Instruction::SRem) {
    Value *overflows =
        B.CreateAnd(B.CreateICmpEQ(dividend, B.getInt32(0x80000000)),
                    B.CreateICmpEQ(divisor, B.getInt32(0xffffffff)));
    unsafe = B.CreateOr(byZero, overflows);
  }
  Value *result = B.CreateBinOp(operation, dividend,
                                B.CreateSelect(unsafe, B.getInt32(1), divisor));
  return B.CreateSelect(byZero, B.getInt32(0), result);
}

#define OPML_TRANSLATE(NAME)                                                   \
  static void translate##NAME([[maybe_unused]] BlockTranslator &at,            \
                              [[maybe_unused]] Builder &B,                     \
                              [[maybe_unused]] uint32_t word)

#define OPML_GET_TRANSLATIONS
#include "Mips32Llvm.inc"

namespace {
struct Translation {
  void (*build)(BlockTranslator &at, Builder &B, uint32_t word);
  bool hasDelaySlot;
};
} // namespace

static constexpr Translation translations[] = {
    {nullptr, false}, // reserved
#define OPML_TRANSLATION(NAME, DELAY_SLOT) {translate##NAME, DELAY_SLOT},
#define OPML_GET_TRANSLATION_TABLE
#include "Mips32Llvm.inc"
};

void vm::translateInstruction(BlockTranslator &at,
                              const vm::Instruction &instruction) {
  translations[instruction.opcode].build(at, at.builder(), instruction.word);
}

bool vm::hasDelaySlot(uint16_t opcode) {
  return translations[opcode].hasDelaySlot;
}

llvm::StringRef vm::translatorVersion() {
  return
#include "TranslatorVersion.inc"
      ;
}
