//===- Link.cpp - An object to a shared library of one model --------------===//

#include "opml/Target/Linker.h"
#include "opml/Target/Native.h"
#include "opml/runtime/NativeAbi.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TargetParser/Triple.h"

using namespace llvm;
using namespace opml::compiler;

/// An object with the model's root.
static Expected<native::Bytes>
modelRootObject(const std::array<uint8_t, 32> &modelRoot,
                const native::Level &level) {
  LLVMContext context;
  Module module("opml-model-root", context);
  std::unique_ptr<TargetMachine> machine = native::createTargetMachine(level);
  module.setTargetTriple(machine->getTargetTriple());
  module.setDataLayout(machine->createDataLayout());
  Constant *bytes =
      ConstantDataArray::get(context, ArrayRef<uint8_t>(modelRoot));
  auto *symbol = new GlobalVariable(module, bytes->getType(), true,
                                    GlobalValue::ExternalLinkage, bytes,
                                    native::modelRootSymbol);
  symbol->setVisibility(GlobalValue::HiddenVisibility);
  native::Bytes object;
  raw_svector_ostream stream(object);
  legacy::PassManager passes;
  if (machine->addPassesToEmitFile(passes, stream, nullptr,
                                   CodeGenFileType::ObjectFile))
    return createStringError("the back end of " + level.name +
                             " cannot emit object files");
  passes.run(module);
  return object;
}

Expected<native::Bytes> native::link(const Bytes &object,
                                     const std::array<uint8_t, 32> &modelRoot,
                                     const Level &level) {
  auto rootObject = modelRootObject(modelRoot, level);
  if (!rootObject)
    return rootObject.takeError();
  const char *emulation =
      Triple(level.triple).isAArch64() ? "aarch64linux" : "elf_x86_64";
  auto library = runLinker(
      {"-m", emulation, "-shared", "--build-id=none", "--hash-style=gnu",
       "--strip-debug", "-z", "now", "-z", "noexecstack"},
      {{"nodes.o", StringRef(object.data(), object.size())},
       {"root.o", StringRef(rootObject->data(), rootObject->size())}});
  if (!library)
    return createStringError("the native library does not link: " +
                             toString(library.takeError()));
  return library;
}
