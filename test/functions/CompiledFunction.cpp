//===- CompiledFunction.cpp - A scalar operation in native code -----------===//

#include "CompiledFunction.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "opml/Dialect/Opml.h"
#include "opml/Passes/Passes.h"
#include "opml/Target/Native.h"
#include "llvm/Support/FileSystem.h"
#include <dlfcn.h>

using namespace opml::compiler;

namespace opml::functions {

static std::string moduleText(const std::string &body) {
  std::string type = "tensor<" + std::to_string(blockSize) + "xf32>";
  return "#id = affine_map<(i) -> (i)>\n"
         "func.func private @node(%a: " +
         type + ", %b: " + type + ") -> " + type +
         " attributes {opml.node} {\n"
         "%e = tensor.empty() : " +
         type +
         "\n%r = linalg.generic {indexing_maps = [#id, #id, #id], "
         "iterator_types = [\"parallel\"]} ins(%a, %b : " +
         type + ", " + type + ") outs(%e : " + type +
         ") {\n^bb0(%x: f32, %y: f32, %out: f32):\n" + body +
         "\nlinalg.yield %z : f32\n} -> " + type + "\nreturn %r : " + type +
         "\n}\n";
}

static llvm::Expected<native::Bytes> buildLibrary(const std::string &body) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  registerBufferizationModels(registry);
  mlir::registerBuiltinDialectTranslation(registry);
  mlir::registerLLVMDialectTranslation(registry);
  registry.insert<OpmlDialect>();
  mlir::MLIRContext context(registry);
  auto module =
      mlir::parseSourceString<mlir::ModuleOp>(moduleText(body), &context);
  if (!module)
    return llvm::createStringError("the module does not parse");
  auto toBuffers = [](mlir::OpPassManager &manager) {
    buildLinalgPipeline(manager);
    buildBufferizePipeline(manager);
  };
  if (llvm::Error error = runPasses(*module, toBuffers))
    return error;
  auto functions = nodeFunctions(*module);
  // The plainest level, which every CPU has.
  const native::Level &level = native::hostLevels().back();
  auto lower = [&](mlir::OpPassManager &manager) {
    buildLowerToNativePipeline(manager, level.vectors);
  };
  if (llvm::Error error = runPasses(*module, lower))
    return error;
  auto object = native::compile(*module, functions, level);
  if (!object)
    return object.takeError();
  return native::link(*object, {}, level);
}

/// Loads a library and removes its file.
static llvm::Expected<const runtime::NativeTable *>
load(const native::Bytes &library) {
  int file = 0;
  llvm::SmallString<64> path;
  if (std::error_code error =
          llvm::sys::fs::createTemporaryFile("opml-function", "so", file, path))
    return llvm::createStringError(error, "cannot create a temporary file");
  llvm::raw_fd_ostream(file, /*shouldClose=*/true)
      .write(library.data(), library.size());
  void *handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  std::string message = handle ? "" : dlerror();
  if (std::error_code error = llvm::sys::fs::remove(path))
    return llvm::createStringError(error, "cannot remove a temporary file");
  if (!handle)
    return llvm::createStringError(message);
  return static_cast<const runtime::NativeTable *>(
      dlsym(handle, runtime::nativeTableSymbol));
}

llvm::Expected<CompiledFunction>
CompiledFunction::compile(const std::string &body) {
  auto library = buildLibrary(body);
  if (!library)
    return library.takeError();
  auto table = load(*library);
  if (!table)
    return table.takeError();
  CompiledFunction result;
  result.function = &(*table)->functions[0];
  return result;
}

void CompiledFunction::run(const Block &x, const Block &y,
                           Block &result) const {
  std::vector<void *> buffers{const_cast<float *>(x.data()),
                              const_cast<float *>(y.data()), result.data()};
  std::vector<std::vector<uint8_t>> scratch;
  for (uint64_t i = 0; i < function->scratchCount; ++i)
    buffers.push_back(
        scratch.emplace_back(function->bufferBytes[3 + i]).data());
  for (uint64_t i = 0; i < function->stageCount; ++i)
    function->stages[i].run(buffers.data(), 0, function->stages[i].iterations);
}

} // namespace opml::functions
