//===- Frame.h - What the blocks of a translated function share -*- C++ -*-===//

#ifndef OPML_VM_LIB_TRANSLATOR_FRAME_H
#define OPML_VM_LIB_TRANSLATOR_FRAME_H

#include "GuestState.h"
#include "opml/vm/Memory.h"
#include "llvm/Analysis/InstSimplifyFolder.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/MDBuilder.h"

namespace opml::vm {

/// Simplifies as it builds: less for LLVM's passes to do.
using Builder = llvm::IRBuilder<llvm::InstSimplifyFolder>;

/// The values that all blocks of a function share. Guest registers live in
/// stack slots, which LLVM turns into machine registers.
struct FunctionFrame {
  llvm::Function *function = nullptr;
  llvm::Value *memory = nullptr;
  llvm::AllocaInst *registers[registerCount] = {};
  llvm::AllocaInst *left = nullptr;
  // What is accessed: the GuestState, the guest's memory, the marks of pages.
  llvm::MDNode *state = nullptr, *bytes = nullptr, *marks = nullptr;

  llvm::BasicBlock *newBlock(const char *name) const {
    return llvm::BasicBlock::Create(function->getContext(), name, function);
  }
};

/// The address of a byte of the GuestState.
inline llvm::Value *stateField(Builder &B, const FunctionFrame &frame,
                               size_t offset) {
  return B.CreateConstInBoundsGEP1_64(B.getInt8Ty(), frame.memory,
                                      offset - uint64_t(Memory::engineBefore));
}

/// The place of a register in the GuestState.
inline size_t registerOffset(unsigned number) {
  return offsetof(GuestState, registers) + sizeof(uint32_t) * number;
}

inline llvm::LoadInst *loadState(Builder &B, const FunctionFrame &frame,
                                 llvm::Type *type, size_t offset) {
  llvm::LoadInst *load = B.CreateLoad(type, stateField(B, frame, offset));
  load->setMetadata(llvm::LLVMContext::MD_tbaa, frame.state);
  return load;
}

inline llvm::StoreInst *storeState(Builder &B, const FunctionFrame &frame,
                                   llvm::Value *value, size_t offset) {
  llvm::StoreInst *store = B.CreateStore(value, stateField(B, frame, offset));
  store->setMetadata(llvm::LLVMContext::MD_tbaa, frame.state);
  return store;
}

/// A field of the GuestState that translated code never writes.
inline llvm::Value *loadConstantField(Builder &B, const FunctionFrame &frame,
                                      llvm::Type *type, size_t offset) {
  llvm::LoadInst *load = loadState(B, frame, type, offset);
  load->setMetadata(llvm::LLVMContext::MD_invariant_load,
                    llvm::MDNode::get(B.getContext(), {}));
  return load;
}

/// A branch that is hardly ever taken.
inline void branchUnlikely(Builder &B, llvm::Value *condition,
                           llvm::BasicBlock *taken, llvm::BasicBlock *other) {
  B.CreateCondBr(condition, taken, other,
                 llvm::MDBuilder(B.getContext()).createUnlikelyBranchWeights());
}

} // namespace opml::vm

#endif // OPML_VM_LIB_TRANSLATOR_FRAME_H
