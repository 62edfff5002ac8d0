//===- NativeCode.cpp - Machine code of a model's nodes -------------------===//

#include "opml/Image/BackEnd.h"
#include "opml/Passes/Passes.h"
#include "opml/runtime/NativeCache.h"

using namespace mlir;
using namespace opml::compiler;
namespace runtime = opml::runtime;

llvm::Expected<NativeCode>
BackEnd::compileNative(ArrayRef<const native::Level *> levels) const {
  NativeCode code;
  for (const native::Level *level : levels) {
    OwningOpRef<ModuleOp> stages = (*bufferized).clone();
    auto lower = [&](OpPassManager &manager) {
      opml::buildLowerToNativePipeline(manager, level->vectors);
    };
    if (llvm::Error error = runPasses(*stages, lower))
      return error;
    auto object = native::compile(*stages, functions, *level);
    if (!object)
      return object.takeError();
    code.objects.emplace_back(level, std::move(*object));
  }
  return code;
}

llvm::Error NativeCode::keep(const std::string &cache,
                             const runtime::Hash &modelRoot) const {
  for (const auto &[level, object] : objects) {
    auto library = native::link(object, modelRoot, *level);
    if (!library)
      return library.takeError();
    std::span<const uint8_t> bytes(
        reinterpret_cast<const uint8_t *>(library->data()), library->size());
    auto kept = runtime::keepNativeLibrary(
        cache, modelRoot, std::string_view(level->name), bytes);
    if (!kept)
      return llvm::createStringError(kept.error().message);
  }
  return llvm::Error::success();
}
