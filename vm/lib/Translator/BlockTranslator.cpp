//===- BlockTranslator.cpp - One basic block of guest code ----------------===//

#include "BlockTranslator.h"
#include "Instructions.h"
#include "llvm/ADT/bit.h"

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
  address = block.pc;
  nextPc = block.branch ? block.branch->taken : B.getInt32(address + 4);
  beginGroup();
  BasicBlock *body = frame.newBlock("body");
  checks.addSite(block.start, body, groupExit);
  B.SetInsertPoint(body);
  if (block.branch) {
    end.condition = B.getTrue();
    end.taken = block.branch->taken;
    end.isCall = block.branch->isCall;
    translateDelaySlot();
  } else {
    translateLine();
  }
  if (end.isLeft)
    B.CreateUnreachable();
  else
    endGroup();
  block.end = B.GetInsertBlock();
  checks.finish(B);
  countSteps();
  B.SetInsertPoint(block.end);
  if (!end.isLeft)
    for (unsigned number = 1; number < registerCount; ++number)
      if (block.writes >> number & 1)
        B.CreateStore(contents[number], frame.registers[number]);
  return end;
}

/// From the block's start to a branch, with its delay slot if it has one.
void BlockTranslator::translateLine() {
  for (;; address += 4) {
    nextPc = B.getInt32(address + 4);
    translateOne();
    if (end.isLeft)
      return;
    if (end.condition) {
      end.isCall = writesReturnAddress;
      address += 4;
      if (end.isLikely)
        end.other = address + 4;
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
  writesReturnAddress = false;
  const Instruction *instruction = instructionAt(address);
  if (!instruction || instruction->opcode == 0)
    leave();
  else
    translateInstruction(*this, *instruction);
  if (!end.isLeft)
    ++done;
}

void BlockTranslator::translateDelaySlot() {
  end.other = address + 4;
  nextPc = B.CreateSelect(end.condition, end.taken, B.getInt32(end.other));
  const Instruction *instruction = instructionAt(address);
  if (instruction && hasDelaySlot(instruction->opcode))
    leave();
  else
    translateOne();
}

/// Before everything else: are enough steps left?
void BlockTranslator::countSteps() {
  block.instructions = done;
  BasicBlock *body = block.start->splitBasicBlock(block.start->begin());
  block.start->getTerminator()->eraseFromParent();
  B.SetInsertPoint(block.start);
  Value *pair = B.CreateIntrinsic(
      llvm::Intrinsic::usub_with_overflow, {B.getInt64Ty()},
      {B.CreateLoad(B.getInt64Ty(), frame.left), B.getInt64(done)});
  block.leftAtEnd = B.CreateExtractValue(pair, 0);
  B.CreateStore(block.leftAtEnd, frame.left);
  branchUnlikely(B, B.CreateExtractValue(pair, 1), block.exits.front().block,
                 body);
}

//===- Groups -------------------------------------------------------------===//

BasicBlock *BlockTranslator::addExit(Value *pc, Value *next) {
  BasicBlock *out = frame.newBlock("exit");
  block.exits.push_back({out, done, pc, next, {}});
  return out;
}

void BlockTranslator::beginGroup() {
  groupExit = addExit(B.getInt32(address), nextPc);
  for (unsigned number = 1; number < registerCount; ++number)
    if (block.writes >> number & 1)
      block.exits.back().contents.emplace_back(number, contents[number]);
  groupWrites = 0;
  hasStores = false;
}

void BlockTranslator::endGroup() {
  checks.markPages(B);
  for (unsigned number = 1; number < registerCount; ++number)
    if (groupWrites >> number & 1)
      block.stores.emplace_back(number, storeState(B, frame, contents[number],
                                                   registerOffset(number)));
}

BasicBlock *BlockTranslator::exitBeforeStores() {
  if (hasStores) {
    endGroup();
    beginGroup();
  }
  return groupExit;
}

BasicBlock *BlockTranslator::jumpOut(Value *pc) { return addExit(pc, nullptr); }

//===- The semantics of instructions --------------------------------------===//

Value *BlockTranslator::read(unsigned number) {
  if (number == 0)
    return B.getInt32(0);
  if (!contents[number]) {
    block.reads |= RegisterSet(1) << number;
    Builder::InsertPointGuard guard(B);
    B.SetInsertPoint(block.start, block.start->begin());
    llvm::LoadInst *load =
        B.CreateLoad(B.getInt32Ty(), frame.registers[number]);
    block.loads.emplace_back(number, load);
    contents[number] = load;
  }
  return contents[number];
}

void BlockTranslator::write(unsigned number, Value *value) {
  if (number == 0)
    return;
  contents[number] = value;
  block.writes |= RegisterSet(1) << number;
  groupWrites |= RegisterSet(1) << number;
  if (auto *constant = llvm::dyn_cast<llvm::ConstantInt>(value))
    if (constant->getZExtValue() == uint32_t(address + 8))
      writesReturnAddress = true;
}

void BlockTranslator::leaveIf(Value *condition) {
  auto *constant = llvm::dyn_cast<llvm::ConstantInt>(condition);
  if (constant && constant->isZero())
    return;
  if (constant) {
    // What has been done so far counts.
    end.isLeft = true;
    hasStores = true;
  }
  BasicBlock *out = exitBeforeStores();
  BasicBlock *stay = frame.newBlock("body");
  checks.endBlock(B.GetInsertBlock());
  branchUnlikely(B, condition, out, stay);
  B.SetInsertPoint(stay);
}

void BlockTranslator::checkAccess(Value *address, unsigned width) {
  access = checks.check(address, width / 8);
  if (access.range)
    return;
  BasicBlock *out = exitBeforeStores();
  BasicBlock *stay = frame.newBlock("body");
  checks.addSite(B.GetInsertBlock(), stay, out);
  B.SetInsertPoint(stay);
  access = checks.check(address, width / 8);
}

Value *BlockTranslator::load(Value *address, unsigned width) {
  llvm::LoadInst *load = B.CreateAlignedLoad(
      B.getIntNTy(width), checks.pointer(B, access), llvm::Align(width / 8));
  load->setMetadata(llvm::LLVMContext::MD_tbaa, frame.bytes);
  return load;
}

void BlockTranslator::store(Value *address, Value *value) {
  unsigned width = value->getType()->getIntegerBitWidth();
  B.CreateAlignedStore(value, checks.pointer(B, access), llvm::Align(width / 8))
      ->setMetadata(llvm::LLVMContext::MD_tbaa, frame.bytes);
  checks.addStore(access);
  hasStores = true;
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
