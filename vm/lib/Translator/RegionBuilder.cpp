//===- RegionBuilder.cpp - An LLVM function of many blocks ----------------===//

#include "RegionBuilder.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/IR/Module.h"
#include <cstddef>

using namespace opml::vm;
using llvm::BasicBlock;
using llvm::Value;

/// LLVM takes more than linear time for large functions.
static constexpr unsigned maxInstructions = 4096;

/// That of a Piece.
static llvm::FunctionType *pieceType(llvm::LLVMContext &context) {
  llvm::Type *pointer = llvm::PointerType::get(context, 0);
  llvm::Type *i64 = llvm::Type::getInt64Ty(context);
  return llvm::FunctionType::get(
      i64, {pointer, pointer, i64, i64, llvm::Type::getInt32Ty(context)},
      false);
}

RegionBuilder::RegionBuilder(const Code &code, llvm::Module &module)
    : code(code), module(module), B(module.getContext()) {}

std::vector<uint32_t> RegionBuilder::build(uint32_t root,
                                           llvm::StringRef name) {
  createFunction(name);
  addEntry(root);
  translateBlocks();
  findWritten();
  findLive();
  for (auto &[pc, block] : blocks)
    for (const Exit &exit : block.exits)
      fillExit(exit, exit.written | written[pc]);
  fillEntry();
  return entries;
}

void RegionBuilder::createFunction(llvm::StringRef name) {
  llvm::Function *function =
      llvm::Function::Create(pieceType(module.getContext()),
                             llvm::Function::ExternalLinkage, name, module);
  function->setCallingConv(llvm::CallingConv::PreserveNone);
  function->addParamAttr(0, llvm::Attribute::NoAlias);
  function->addParamAttr(1, llvm::Attribute::NoAlias);
  function->addFnAttr(llvm::Attribute::NoUnwind);
  frame.function = function;
  frame.state = function->getArg(0);
  frame.memory = function->getArg(1);
  frame.memorySize = function->getArg(2);
  entryBlock = BasicBlock::Create(B.getContext(), "entry", function);
  B.SetInsertPoint(entryBlock);
  for (llvm::AllocaInst *&slot : frame.registers)
    slot = B.CreateAlloca(B.getInt32Ty());
  frame.left = B.CreateAlloca(B.getInt64Ty());
  B.CreateStore(function->getArg(3), frame.left);
  for (unsigned shift = 0; shift < 3; ++shift)
    frame.sizeIn[shift] = B.CreateLShr(frame.memorySize, shift);
}

//===- Blocks -------------------------------------------------------------===//

/// The block there; null if the region is full or the address no place of
/// code.
GuestBlock *RegionBuilder::blockAt(uint32_t pc) {
  auto [found, isNew] = blocks.try_emplace(pc);
  GuestBlock &block = found->second;
  if (!isNew)
    return &block;
  if (llvm::rotr(pc, 2) >= code.instructions.size() ||
      instructions >= maxInstructions) {
    blocks.erase(found);
    return nullptr;
  }
  block.pc = pc;
  block.start = BasicBlock::Create(B.getContext(), "block", frame.function);
  worklist.push_back(pc);
  return &block;
}

void RegionBuilder::addEntry(uint32_t pc) {
  if (!llvm::is_contained(entries, pc) && blockAt(pc))
    entries.push_back(pc);
}

void RegionBuilder::translateBlocks() {
  while (!worklist.empty()) {
    GuestBlock &block = blocks.at(worklist.back());
    worklist.pop_back();
    BlockTranslator translator(code, frame, block, B);
    BlockEnd end = translator.translate();
    instructions += translator.instructionCount();
    blockExtents.push_back({block.pc, translator.instructionCount()});
    if (!end.isLeft)
      finishBlock(translator, block, end);
  }
}

void RegionBuilder::finishBlock(BlockTranslator &translator, GuestBlock &block,
                                const BlockEnd &end) {
  if (end.isCall)
    addEntry(end.other);
  auto *constant = llvm::dyn_cast_or_null<llvm::ConstantInt>(end.condition);
  bool isAlways = constant && constant->isOne();
  bool isNever = !end.condition || (constant && constant->isZero());
  BasicBlock *taken = nullptr, *other = nullptr;
  if (!isNever)
    taken = end.isLikely
                ? delaySlot(block, end)
                : destination(translator, block, end.taken, end.isCall);
  if (!isAlways)
    other = destination(translator, block, B.getInt32(end.other), false);
  if (taken && other)
    B.CreateCondBr(end.condition, taken, other);
  else
    B.CreateBr(taken ? taken : other);
}

/// The delay slot of the likely branch that ends the block. Other blocks may
/// end in the same branch.
BasicBlock *RegionBuilder::delaySlot(GuestBlock &block, const BlockEnd &end) {
  uint32_t pc = end.other - 4, key = delaySlotKey(pc);
  block.successors.push_back(key);
  auto [found, isNew] = blocks.try_emplace(key);
  GuestBlock &slot = found->second;
  if (isNew) {
    slot.pc = pc;
    slot.start = BasicBlock::Create(B.getContext(), "slot", frame.function);
    slot.branch = end;
    worklist.push_back(key);
  }
  return slot.start;
}

BasicBlock *RegionBuilder::destination(BlockTranslator &translator,
                                       GuestBlock &block, Value *pc,
                                       bool isCall) {
  if (auto *constant = llvm::dyn_cast<llvm::ConstantInt>(pc);
      constant && !isCall)
    if (auto to = uint32_t(constant->getZExtValue());
        GuestBlock *next = blockAt(to)) {
      block.successors.push_back(to);
      return next->start;
    }
  return translator.jumpOut(pc);
}

//===- Registers ----------------------------------------------------------===//

void RegionBuilder::findWritten() {
  for (bool changes = true; changes;) {
    changes = false;
    for (const auto &[pc, block] : blocks)
      for (uint32_t next : block.successors) {
        RegisterSet &there = written[next];
        RegisterSet more = there | written[pc] | block.writes;
        changes |= more != there;
        there = more;
      }
  }
}

void RegionBuilder::findLive() {
  for (bool changes = true; changes;) {
    changes = false;
    for (const auto &[pc, block] : llvm::reverse(blocks)) {
      RegisterSet after = 0;
      for (uint32_t next : block.successors)
        after |= live[next];
      RegisterSet before = block.reads | (after & ~block.writes);
      for (const Exit &exit : block.exits)
        before |= written[pc] & ~exit.written;
      changes |= before != live[pc];
      live[pc] = before;
    }
  }
}

//===- Ways in and out ----------------------------------------------------===//

Value *RegionBuilder::stateField(size_t offset) {
  return B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), frame.state, offset);
}

static size_t registerOffset(unsigned number) {
  return offsetof(GuestState, registers) + sizeof(uint32_t) * number;
}

void RegionBuilder::fillExit(const Exit &exit, RegisterSet changed) {
  B.SetInsertPoint(exit.block);
  for (unsigned number = 0; number < registerCount; ++number)
    if (changed >> number & 1)
      B.CreateStore(B.CreateLoad(B.getInt32Ty(), frame.registers[number]),
                    stateField(registerOffset(number)));
  if (exit.nextPc)
    returnToDriver(exit, exit.nextPc, true);
  else
    fillJump(exit);
}

void RegionBuilder::returnToDriver(const Exit &exit, Value *nextPc,
                                   bool isForInterpreter) {
  B.CreateStore(exit.pc, stateField(offsetof(GuestState, pc)));
  B.CreateStore(nextPc, stateField(offsetof(GuestState, nextPc)));
  B.CreateStore(B.getInt32(isForInterpreter),
                stateField(offsetof(GuestState, isForInterpreter)));
  B.CreateRet(exit.left);
}

/// Goes on in the piece that the table holds for exit.pc. A misaligned address
/// is beyond all code when rotated right by 2.
void RegionBuilder::fillJump(const Exit &exit) {
  llvm::LLVMContext &context = B.getContext();
  BasicBlock *look = BasicBlock::Create(context, "look", frame.function);
  BasicBlock *go = BasicBlock::Create(context, "go", frame.function);
  BasicBlock *stop = BasicBlock::Create(context, "stop", frame.function);
  llvm::MDNode *unlikely =
      llvm::MDBuilder(context).createUnlikelyBranchWeights();
  Value *index = B.CreateIntrinsic(llvm::Intrinsic::fshr, {B.getInt32Ty()},
                                   {exit.pc, exit.pc, B.getInt32(2)});
  Value *outside =
      B.CreateICmpUGE(index, B.getInt32(uint32_t(code.instructions.size())));
  B.CreateCondBr(outside, stop, look, unlikely);

  B.SetInsertPoint(look);
  Value *base =
      B.CreateLoad(B.getPtrTy(), stateField(offsetof(GuestState, pieces)));
  Value *element = B.CreateInBoundsGEP(B.getPtrTy(), base,
                                       B.CreateZExt(index, B.getInt64Ty()));
  Value *piece = B.CreateLoad(B.getPtrTy(), element);
  B.CreateCondBr(B.CreateIsNull(piece), stop, go, unlikely);

  B.SetInsertPoint(go);
  llvm::CallInst *call = B.CreateCall(
      pieceType(context), piece,
      {frame.state, frame.memory, frame.memorySize, exit.left, exit.pc});
  call->setCallingConv(llvm::CallingConv::PreserveNone);
  call->setTailCallKind(llvm::CallInst::TCK_MustTail);
  B.CreateRet(call);

  B.SetInsertPoint(stop);
  returnToDriver(exit, B.CreateAdd(exit.pc, B.getInt32(4)), false);
}

/// Reads what matters from the state and goes to the entry asked for.
void RegionBuilder::fillEntry() {
  BasicBlock *unknown =
      BasicBlock::Create(B.getContext(), "unknown", frame.function);
  B.SetInsertPoint(unknown);
  B.CreateUnreachable();
  B.SetInsertPoint(entryBlock);
  llvm::SwitchInst *choice =
      B.CreateSwitch(frame.function->getArg(4), unknown, entries.size());
  for (uint32_t pc : entries) {
    BasicBlock *enter =
        BasicBlock::Create(B.getContext(), "enter", frame.function);
    choice->addCase(B.getInt32(pc), enter);
    B.SetInsertPoint(enter);
    for (unsigned number = 0; number < registerCount; ++number)
      if (live[pc] >> number & 1)
        B.CreateStore(
            B.CreateLoad(B.getInt32Ty(), stateField(registerOffset(number))),
            frame.registers[number]);
    B.CreateBr(blocks.at(pc).start);
  }
}
