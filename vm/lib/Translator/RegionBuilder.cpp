//===- RegionBuilder.cpp - An LLVM function of many blocks ----------------===//

#include "RegionBuilder.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
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
  llvm::Type *i32 = llvm::Type::getInt32Ty(context);
  return llvm::FunctionType::get(i64, {pointer, i64, i32}, false);
}

RegionBuilder::RegionBuilder(const Code &code, llvm::Module &module)
    : code(code), module(module),
      B(module.getContext(), llvm::InstSimplifyFolder(module.getDataLayout())) {
}

std::vector<uint32_t> RegionBuilder::build(uint32_t root,
                                           llvm::StringRef name) {
  createFunction(name);
  addEntry(root);
  translateBlocks();
  RegisterFlow flow(blocks, entries);
  for (auto &[key, block] : blocks) {
    chooseHomes(block, flow);
    connect(block, flow);
    for (const Exit &exit : block.exits)
      fillExit(block, exit, flow.keptIn(key));
  }
  B.SetInsertPoint(interpret->block);
  giveUp(interpret->pc, B.CreateAdd(interpret->pc, B.getInt32(4)),
         interpret->stepsLeft(B), true);
  B.SetInsertPoint(lookUp->block);
  giveUp(lookUp->pc, B.CreateAdd(lookUp->pc, B.getInt32(4)),
         lookUp->stepsLeft(B), false);
  fillEntry(flow);
  return entries;
}

std::vector<Translation::Extent> RegionBuilder::extents() const {
  std::vector<Translation::Extent> result;
  for (const auto &[key, block] : blocks)
    result.push_back({block.pc, block.instructions});
  return result;
}

void RegionBuilder::createFunction(llvm::StringRef name) {
  llvm::Function *function =
      llvm::Function::Create(pieceType(module.getContext()),
                             llvm::Function::ExternalLinkage, name, module);
  function->setCallingConv(llvm::CallingConv::PreserveNone);
  function->addFnAttr(llvm::Attribute::NoUnwind);
  frame.function = function;
  frame.memory = function->getArg(0);
  llvm::MDBuilder metadata(B.getContext());
  llvm::MDNode *accessed = metadata.createTBAARoot("translated code");
  auto createTag = [&](llvm::StringRef what) {
    llvm::MDNode *type = metadata.createTBAAScalarTypeNode(what, accessed);
    return metadata.createTBAAStructTagNode(type, type, 0);
  };
  frame.state = createTag("state");
  frame.bytes = createTag("memory");
  frame.marks = createTag("marks");
  entryBlock = frame.newBlock("entry");
  B.SetInsertPoint(entryBlock);
  for (llvm::AllocaInst *&slot : frame.registers)
    slot = B.CreateAlloca(B.getInt32Ty());
  frame.left = B.CreateAlloca(B.getInt64Ty());
  B.CreateStore(function->getArg(1), frame.left);
  interpret.emplace(frame, "interpret");
  lookUp.emplace(frame, "lookUp");
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
  block.start = frame.newBlock("block");
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
    instructions += block.instructions + 1;
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
  GuestBlock slot;
  slot.pc = end.other - 4;
  slot.branch = end;
  uint32_t key = slot.key();
  block.successors.push_back(key);
  auto [found, isNew] = blocks.try_emplace(key, std::move(slot));
  if (isNew) {
    found->second.start = frame.newBlock("slot");
    worklist.push_back(key);
  }
  return found->second.start;
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

//===- Ways out -----------------------------------------------------------===//

/// Reads registers from the GuestState that slots do not have, and undoes the
/// writing of those that stay in slots.
void RegionBuilder::chooseHomes(GuestBlock &block, const RegisterFlow &flow) {
  for (auto [number, load] : block.loads)
    if (!(flow.inSlots(block.key()) >> number & 1)) {
      B.SetInsertPoint(load);
      load->setOperand(0, stateField(B, frame, registerOffset(number)));
      load->setMetadata(llvm::LLVMContext::MD_tbaa, frame.state);
      B.SetInsertPoint(load->getNextNode());
      B.CreateStore(load, frame.registers[number]);
    }
  for (auto [number, store] : block.stores)
    if (flow.keptIn(block.key()) >> number & 1)
      store->eraseFromParent();
}

/// Puts what has to be done between two blocks there.
void RegionBuilder::connect(GuestBlock &block, const RegisterFlow &flow) {
  for (uint32_t next : block.successors) {
    RegisterSet written = flow.writtenBetween(block.key(), next);
    RegisterSet read = flow.readBetween(block.key(), next);
    if (!written && !read)
      continue;
    BasicBlock *after = blocks.at(next).start;
    BasicBlock *way = frame.newBlock("way");
    block.end->getTerminator()->replaceSuccessorWith(after, way);
    B.SetInsertPoint(way);
    writeToState(written);
    readFromState(read);
    B.CreateBr(after);
  }
}

void RegionBuilder::readFromState(RegisterSet registers) {
  for (unsigned number = 0; number < registerCount; ++number)
    if (registers >> number & 1)
      B.CreateStore(loadState(B, frame, B.getInt32Ty(), registerOffset(number)),
                    frame.registers[number]);
}

/// Writes contents at the start of the block that the builder stands in or, if
/// that is the block of an exit, before the exit.
void RegionBuilder::writeToState(RegisterSet registers, const Exit *exit) {
  Value *contents[registerCount] = {};
  if (exit)
    for (auto [number, content] : exit->contents)
      contents[number] = content;
  for (unsigned number = 0; number < registerCount; ++number) {
    if (!(registers >> number & 1))
      continue;
    if (!contents[number])
      contents[number] = B.CreateLoad(B.getInt32Ty(), frame.registers[number]);
    storeState(B, frame, contents[number], registerOffset(number));
  }
}

void RegionBuilder::fillExit(const GuestBlock &block, const Exit &exit,
                             RegisterSet kept) {
  B.SetInsertPoint(exit.block);
  writeToState(kept, &exit);
  if (!exit.nextPc)
    return fillJump(block, exit);
  if (exit.nextPc == B.CreateAdd(exit.pc, B.getInt32(4))) {
    interpret->comeFrom(exit.block, block, exit);
    B.CreateBr(interpret->block);
    return;
  }
  unsigned notDone = block.instructions - exit.done;
  giveUp(exit.pc, exit.nextPc,
         B.CreateAdd(block.leftAtEnd, B.getInt64(notDone)), true);
}

/// Goes on in the piece that the table holds for exit.pc. A misaligned address
/// is beyond all code when rotated right by 2.
void RegionBuilder::fillJump(const GuestBlock &block, const Exit &exit) {
  BasicBlock *look = frame.newBlock("look");
  BasicBlock *go = frame.newBlock("go");
  auto stopIf = [&](Value *condition, BasicBlock *otherwise) {
    lookUp->comeFrom(B.GetInsertBlock(), block, exit);
    branchUnlikely(B, condition, lookUp->block, otherwise);
    B.SetInsertPoint(otherwise);
  };
  Value *index = B.CreateOr(B.CreateLShr(exit.pc, 2), B.CreateShl(exit.pc, 30));
  stopIf(B.CreateICmpUGE(index, B.getInt32(uint32_t(code.instructions.size()))),
         look);
  Value *table =
      loadConstantField(B, frame, B.getPtrTy(), offsetof(GuestState, pieces));
  Value *element = B.CreateInBoundsGEP(B.getPtrTy(), table,
                                       B.CreateZExt(index, B.getInt64Ty()));
  Value *piece = B.CreateLoad(B.getPtrTy(), element);
  stopIf(B.CreateIsNull(piece), go);
  llvm::CallInst *call = B.CreateCall(pieceType(B.getContext()), piece,
                                      {frame.memory, block.leftAtEnd, exit.pc});
  call->setCallingConv(llvm::CallingConv::PreserveNone);
  call->setTailCallKind(llvm::CallInst::TCK_MustTail);
  B.CreateRet(call);
}

RegionBuilder::Return::Return(const FunctionFrame &frame, const char *name)
    : block(frame.newBlock(name)) {
  llvm::IRBuilder<> B(block);
  pc = B.CreatePHI(B.getInt32Ty(), 0);
  left = B.CreatePHI(B.getInt64Ty(), 0);
  notDone = B.CreatePHI(B.getInt64Ty(), 0);
}

void RegionBuilder::Return::comeFrom(BasicBlock *from, const GuestBlock &block,
                                     const Exit &exit) {
  pc->addIncoming(exit.pc, from);
  left->addIncoming(block.leftAtEnd, from);
  notDone->addIncoming(llvm::ConstantInt::get(notDone->getType(),
                                              block.instructions - exit.done),
                       from);
}

void RegionBuilder::giveUp(Value *pc, Value *nextPc, Value *left,
                           bool isForInterpreter) {
  storeState(B, frame, pc, offsetof(GuestState, pc));
  storeState(B, frame, nextPc, offsetof(GuestState, nextPc));
  storeState(B, frame, B.getInt32(isForInterpreter),
             offsetof(GuestState, isForInterpreter));
  B.CreateRet(left);
}

//===- The way in ---------------------------------------------------------===//

void RegionBuilder::fillEntry(const RegisterFlow &flow) {
  BasicBlock *unknown = frame.newBlock("unknown");
  B.SetInsertPoint(unknown);
  B.CreateUnreachable();
  B.SetInsertPoint(entryBlock);
  llvm::SwitchInst *choice =
      B.CreateSwitch(frame.function->getArg(2), unknown, entries.size());
  for (uint32_t pc : entries) {
    BasicBlock *enter = frame.newBlock("enter");
    choice->addCase(B.getInt32(pc), enter);
    B.SetInsertPoint(enter);
    readFromState(flow.readAtEntry(pc));
    B.CreateBr(blocks.at(pc).start);
  }
}
