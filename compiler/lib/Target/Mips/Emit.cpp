//===- Emit.cpp - LLVM IR to MIPS machine code ----------------------------===//

#include "opml/Target/Mips.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace opml::compiler;

Expected<mips::Bytes> mips::emit(Module &module, TargetMachine &machine,
                                 CodeGenFileType fileType) {
  Bytes bytes;
  raw_svector_ostream stream(bytes);
  legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, stream, nullptr, fileType))
    return createStringError("the MIPS back end cannot emit this kind of file");
  passes.run(module);
  return bytes;
}

std::string mips::entrySymbol(StringRef function) {
  return ("__opml_entry_" + function).str();
}

namespace {

/// void entry() { function(addresses…); opml_exit(0); }
void buildEntry(Module &module, const mips::EntryCode &entry) {
  LLVMContext &context = module.getContext();
  IRBuilder<> builder(context);
  Type *voidType = builder.getVoidTy();
  Type *pointer = builder.getPtrTy();
  SmallVector<Type *> types(entry.addresses.size(), pointer);
  FunctionCallee callee = module.getOrInsertFunction(
      entry.function, FunctionType::get(voidType, types, false));
  FunctionCallee exit =
      module.getOrInsertFunction("opml_exit", voidType, builder.getInt32Ty());

  auto *function = Function::Create(FunctionType::get(voidType, false),
                                    GlobalValue::ExternalLinkage,
                                    mips::entrySymbol(entry.function), module);
  function->addFnAttr(Attribute::NoUnwind);
  builder.SetInsertPoint(BasicBlock::Create(context, "", function));
  SmallVector<Value *> arguments;
  for (uint32_t address : entry.addresses)
    arguments.push_back(
        builder.CreateIntToPtr(builder.getInt32(address), pointer));
  builder.CreateCall(callee, arguments);
  builder.CreateCall(exit, builder.getInt32(0));
  builder.CreateUnreachable();
}

} // namespace

Expected<mips::Bytes> mips::emitEntryCode(ArrayRef<EntryCode> entries,
                                          TargetMachine &machine) {
  LLVMContext context;
  Module module("opml-entries", context);
  module.setTargetTriple(machine.getTargetTriple());
  module.setDataLayout(machine.createDataLayout());
  for (const EntryCode &entry : entries)
    buildEntry(module, entry);
  return emit(module, machine, CodeGenFileType::ObjectFile);
}
