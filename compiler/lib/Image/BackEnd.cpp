//===- BackEnd.cpp - From canonical linalg to an image --------------------===//

#include "opml/Image/BackEnd.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "opml/Image/BuildManifest.h"
#include "opml/Image/PackPanels.h"
#include "opml/Passes/Passes.h"
#include "opml/runtime/Progress.h"

using namespace mlir;
using namespace opml::compiler;
namespace runtime = opml::runtime;

llvm::Expected<BackEnd> BackEnd::lower(ModuleOp module) {
  auto graph = readGraph(module);
  if (!graph)
    return graph.takeError();
  BackEnd result(module, std::move(*graph));
  module.lookupSymbol("main")->erase();

  DialectRegistry registry;
  registerBufferizationModels(registry);
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  module.getContext()->appendDialectRegistry(registry);
  if (llvm::Error error = runPasses(module, buildBufferizePipeline))
    return error;
  result.functions = nodeFunctions(module);
  result.bufferized = module.clone();
  if (llvm::Error error = runPasses(module, buildLowerToLLVMPipeline))
    return error;
  return result;
}

namespace {

/// The optimised LLVM module with what it needs to live.
struct Optimised {
  std::unique_ptr<llvm::LLVMContext> context =
      std::make_unique<llvm::LLVMContext>();
  std::unique_ptr<llvm::TargetMachine> machine = mips::createTargetMachine();
  std::unique_ptr<llvm::Module> module;
};

llvm::Expected<Optimised> optimise(ModuleOp module) {
  Optimised result;
  auto translated = mips::translate(module, *result.context, *result.machine);
  if (!translated)
    return translated.takeError();
  result.module = std::move(*translated);
  mips::optimise(*result.module, *result.machine);
  return result;
}

/// The weights of a manifest, by their tensors' names and packed as it says,
/// with a progress bar.
class NamedWeights : public runtime::WeightSource {
public:
  NamedWeights(const std::vector<runtime::Value> &values,
               const FindWeight &find)
      : values(values), find(find) {
    for (const runtime::Value &value : values)
      if (value.kind == runtime::Value::Kind::Weight)
        total += value.type.bytes();
  }

  std::span<const uint8_t> bytes(uint32_t index) override {
    progress.updateBytes(done, total);
    const runtime::Value &value = values[index];
    done += value.type.bytes();
    if (!value.panels)
      return *find(value.name);
    packed = packPanels(*find(value.panels->tensor), *value.panels);
    return packed;
  }

  llvm::Error check() const {
    for (const runtime::Value &value : values) {
      if (value.kind != runtime::Value::Kind::Weight)
        continue;
      const std::string &tensor =
          value.panels ? value.panels->tensor : value.name;
      uint64_t elements =
          value.panels ? value.panels->elements() : value.type.elements();
      auto bytes = find(tensor);
      if (!bytes || bytes->size() != elements * runtime::elementBytes(
                                                    value.type.elementType))
        return llvm::createStringError("weight '" + tensor + "' of type " +
                                       value.type.str() +
                                       " has no bytes, or not as many");
    }
    return llvm::Error::success();
  }

private:
  const std::vector<runtime::Value> &values;
  const FindWeight &find;
  std::vector<uint8_t> packed; // the panels last asked for
  runtime::Progress progress;
  uint64_t done = 0, total = 0;
};

} // namespace

llvm::Expected<std::string> BackEnd::assembly() const {
  auto optimised = optimise(module);
  if (!optimised)
    return optimised.takeError();
  auto text = mips::emit(*optimised->module, *optimised->machine,
                         llvm::CodeGenFileType::AssemblyFile);
  if (!text)
    return text.takeError();
  return std::string(text->begin(), text->end());
}

llvm::Expected<runtime::Hash>
BackEnd::writeImage(const std::string &path, const FindWeight &weights) const {
  auto optimised = optimise(module);
  if (!optimised)
    return optimised.takeError();
  auto program =
      buildGuestProgram(*optimised->module, functions, *optimised->machine);
  if (!program)
    return program.takeError();
  NamedWeights source(graph.values, weights);
  if (llvm::Error error = source.check())
    return error;
  std::span<const uint8_t> elf(
      reinterpret_cast<const uint8_t *>(program->elf.data()),
      program->elf.size());
  auto written =
      runtime::writeImage(path, buildManifest(graph, *program), elf, source);
  if (!written)
    return llvm::createStringError(written.error().message);
  return written->modelRoot;
}
