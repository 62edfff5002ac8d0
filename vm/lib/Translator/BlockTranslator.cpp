//===- BlockTranslator.cpp - One basic block of guest code ----------------===//

#include "BlockTranslator.h"
#include "Instructions.h"
#include "opml/vm/Memory.h"
#include "llvm/ADT/bit.h"
#include "llvm/IR/MDBuilder.h"

using namespace opml::vm;
using llvm::BasicBlock;
using llvm::Value;

const Instruction *BlockTranslator::instructionAt(uint32_t pc) const {
  uint32_t index = llvm::rotr(pc, 2);
  if (index >= code.instructions.size())
    return nullptr;
  return &code.instructions[index];
}

BlockEnd BlockTranslator::translate() {
  BasicBlock *body = newBlock("body");
  B.SetInsertPoint(block.start);
  leftAtStart = B.CreateLoad(B.getInt64Ty(), frame.left);
  B.SetInsertPoint(body);
  Value *second = B.getInt32(block.pc + 4);
  if (block.branch) {
    second = block.branch->taken;
    end.condition = B.getTrue();
    end.taken = second;
    end.isCall = block.branch->isCall;
    address = block.pc - 4;
    translateDelaySlot();
  } else {
    translateLine();
  }
  if (end.isLeft)
    B.CreateUnreachable();
  else
    B.CreateStore(stepsLeft(), frame.left);
  BasicBlock *last = B.GetInsertBlock();
  B.SetInsertPoint(block.start);
  Value *tooFew = B.CreateICmpULT(leftAtStart, B.getInt64(done));
  RegisterSet written = std::exchange(block.writes, 0);
  BasicBlock *out = addExit(leftAtStart, B.getInt32(block.pc), second);
  block.writes = written;
  B.CreateCondBr(tooFew, out, body,
                 llvm::MDBuilder(B.getContext()).createUnlikelyBranchWeights());
  B.SetInsertPoint(last);
  return end;
}

/// From the block's start to a branch, with its delay slot if it has one.
void BlockTranslator::translateLine() {
  for (address = block.pc;; address += 4) {
    nextPc = B.getInt32(address + 4);
    writesReturnAddress = false;
    translateOne();
    if (end.isLeft)
      return;
    if (end.condition) {
      end.isCall = writesReturnAddress;
      if (end.isLikely)
        end.other = address + 8;
      else
        translateDelaySlot();
      return;
    }
    if (done == maxBlockInstructions - 1) {
      end.other = address + 4;
      return;
    }
  }
}

void BlockTranslator::translateOne() {
  const Instruction *instruction = instructionAt(address);
  if (!instruction || instruction->opcode == 0)
    leave();
  else
    translateInstruction(*this, *instruction);
  if (!end.isLeft)
    ++done;
}

void BlockTranslator::translateDelaySlot() {
  address += 4;
  end.other = address + 4;
  nextPc = B.CreateSelect(end.condition, end.taken, B.getInt32(end.other));
  const Instruction *instruction = instructionAt(address);
  if (instruction && hasDelaySlot(instruction->opcode))
    leave();
  else
    translateOne();
}

BasicBlock *BlockTranslator::newBlock(const char *name) {
  return BasicBlock::Create(B.getContext(), name, frame.function);
}

Value *BlockTranslator::stepsLeft() {
  return B.CreateSub(leftAtStart, B.getInt64(done));
}

BasicBlock *BlockTranslator::addExit(Value *left, Value *pc, Value *next) {
  BasicBlock *out = newBlock("exit");
  block.exits.push_back({out, block.writes, left, pc, next});
  return out;
}

BasicBlock *BlockTranslator::jumpOut(Value *pc) {
  Value *left = B.CreateLoad(B.getInt64Ty(), frame.left);
  return addExit(left, pc, nullptr);
}

//===- The semantics of instructions --------------------------------------===//

Value *BlockTranslator::read(unsigned number) {
  if (number == 0)
    return B.getInt32(0);
  if (RegisterSet bit = RegisterSet(1) << number; !(block.writes & bit))
    block.reads |= bit;
  return B.CreateLoad(B.getInt32Ty(), frame.registers[number]);
}

void BlockTranslator::write(unsigned number, Value *value) {
  if (number == 0)
    return;
  block.writes |= RegisterSet(1) << number;
  B.CreateStore(value, frame.registers[number]);
  if (auto *constant = llvm::dyn_cast<llvm::ConstantInt>(value))
    if (constant->getZExtValue() == uint32_t(address + 8))
      writesReturnAddress = true;
}

void BlockTranslator::leaveIf(Value *condition) {
  auto *constant = llvm::dyn_cast<llvm::ConstantInt>(condition);
  if (constant && constant->isZero())
    return;
  if (constant)
    end.isLeft = true;
  Value *left = stepsLeft();
  BasicBlock *out = addExit(left, B.getInt32(address), nextPc);
  BasicBlock *stay = newBlock("body");
  B.CreateCondBr(condition, out, stay,
                 llvm::MDBuilder(B.getContext()).createUnlikelyBranchWeights());
  B.SetInsertPoint(stay);
}

/// A misaligned address, rotated right by the width's logarithm, is out of
/// range, too: one comparison finds both.
void BlockTranslator::checkAccess(Value *address, unsigned width) {
  unsigned shift = llvm::countr_zero(width / 8);
  Value *unit = address;
  if (shift)
    unit = B.CreateIntrinsic(llvm::Intrinsic::fshr, {B.getInt32Ty()},
                             {address, address, B.getInt32(shift)});
  leaveIf(
      B.CreateICmpUGE(B.CreateZExt(unit, B.getInt64Ty()), frame.sizeIn[shift]));
}

static Value *pointer(llvm::IRBuilder<> &B, Value *memory, Value *address) {
  return B.CreateInBoundsGEP(B.getInt8Ty(), memory,
                             B.CreateZExt(address, B.getInt64Ty()));
}

Value *BlockTranslator::load(Value *address, unsigned width) {
  return B.CreateAlignedLoad(B.getIntNTy(width),
                             pointer(B, frame.memory, address),
                             llvm::Align(width / 8));
}

void BlockTranslator::store(Value *address, Value *value) {
  unsigned width = value->getType()->getIntegerBitWidth();
  B.CreateAlignedStore(value, pointer(B, frame.memory, address),
                       llvm::Align(width / 8));
  Value *page = B.CreateLShr(address, Memory::pageBits);
  Value *mark = B.CreateSub(B.CreateZExt(page, B.getInt64Ty()),
                            B.getInt64(Memory::marksBefore));
  B.CreateStore(B.getInt8(1),
                B.CreateInBoundsGEP(B.getInt8Ty(), frame.memory, mark));
}

void BlockTranslator::branch(Value *condition, Value *target) {
  end.condition = condition;
  end.taken = target;
}

/// Only for a target known here is the delay slot translated.
void BlockTranslator::branchLikely(Value *condition, Value *target) {
  if (!llvm::isa<llvm::ConstantInt>(target))
    return leave();
  branch(condition, target);
  end.isLikely = true;
}
