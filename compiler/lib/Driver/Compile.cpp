//===- Compile.cpp - The stages of opml-compile ---------------------------===//

#include "opml/Driver/Compile.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "opml/Image/BackEnd.h"
#include "opml/Passes/Passes.h"
#include "opml/runtime/CommandLine.h"
#include "opml/runtime/File.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using llvm::createStringError;

namespace opml::compiler {

/// To options.output, which appears whole or not at all, or standard output.
static llvm::Error writeText(const CompileOptions &options, StringRef text) {
  if (options.output.empty() || options.output == "-") {
    llvm::outs() << text;
    return llvm::Error::success();
  }
  auto file = runtime::AtomicFile::create(options.output);
  if (!file)
    return createStringError(file.error().message);
  auto written = file->write(std::string_view(text));
  if (written)
    written = file->commit();
  return written ? llvm::Error::success()
                 : createStringError(written.error().message);
}

static llvm::Error writeModule(const CompileOptions &options, ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module.print(os, OpPrintingFlags().enableDebugInfo());
  return writeText(options, text + "\n");
}

static llvm::Expected<std::vector<const native::Level *>>
chooseLevels(llvm::ArrayRef<std::string> names) {
  std::vector<const native::Level *> levels;
  for (llvm::StringRef name : names) {
    const native::Level *level = native::findLevel(name);
    if (!level)
      return llvm::createStringError("there is no CPU level '" + name + "'");
    levels.push_back(level);
  }
  if (names.empty())
    for (const native::Level &level : native::hostLevels())
      levels.push_back(&level);
  return levels;
}

static llvm::Error writeImage(const CompileOptions &options,
                              const BackEnd &backEnd,
                              const WeightTable &weights) {
  std::optional<NativeCode> native;
  if (!options.nativeCache.empty()) {
    auto levels = chooseLevels(options.nativeLevels);
    if (!levels)
      return levels.takeError();
    auto code = backEnd.compileNative(*levels);
    if (!code)
      return code.takeError();
    native = std::move(*code);
  }
  auto modelRoot = backEnd.writeImage(
      options.output, [&](StringRef name) { return weights.find(name); });
  if (!modelRoot)
    return modelRoot.takeError();
  if (native)
    if (llvm::Error error = native->keep(options.nativeCache, *modelRoot))
      llvm::errs() << "warning: native code is not kept: "
                   << runtime::printable(llvm::toString(std::move(error)))
                   << "\n";
  return llvm::Error::success();
}

/// The stages after opml, as far as asked for.
static llvm::Error compileGraph(const CompileOptions &options, ModuleOp module,
                                const WeightTable &weights) {
  auto outline = [&](OpPassManager &manager) {
    OutlineNodesOptions nodes;
    nodes.singleNode = options.phases == 1;
    manager.addPass(createOutlineNodes(nodes));
  };
  if (llvm::Error failed = runPasses(module, outline))
    return failed;
  if (options.stage == Stage::Nodes)
    return writeModule(options, module);
  if (llvm::Error failed = runPasses(module, buildLinalgPipeline))
    return failed;
  if (options.stage == Stage::Linalg)
    return writeModule(options, module);
  auto backEnd = BackEnd::lower(module);
  if (!backEnd)
    return backEnd.takeError();
  if (options.stage == Stage::Llvm)
    return writeModule(options, module);
  if (options.stage == Stage::Asm) {
    auto text = backEnd->assembly();
    return text ? writeText(options, *text) : text.takeError();
  }
  return writeImage(options, *backEnd, weights);
}

llvm::Error compileImported(const CompileOptions &options,
                            ImportedModel &model) {
  ModuleOp module = *model.module;
  if (llvm::Error failed = runPasses(module, [](OpPassManager &manager) {
        manager.addNestedPass<func::FuncOp>(createSimplify());
      }))
    return failed;
  if (options.stage == Stage::Opml)
    return writeModule(options, module);
  return compileGraph(options, module, model.weights);
}

llvm::Error compile(const CompileOptions &options) {
  if (options.stage == Stage::Onnx) {
    auto text = printModel(options.model);
    return text ? writeText(options, *text) : text.takeError();
  }
  MLIRContext context;
  auto model = importModel(context, options.model, options.import);
  if (!model)
    return model.takeError();
  for (const std::string &warning : model->warnings)
    llvm::errs() << "warning: " << options.model << ": "
                 << runtime::printable(warning) << "\n";
  return compileImported(options, *model);
}

} // namespace opml::compiler
