//===- Compile.cpp - The stages of opml-compile ---------------------------===//

#include "Compile.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "opml/Passes/Passes.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using llvm::createStringError;

namespace opml::compiler {

/// To options.output, which appears whole or not at all, or standard output.
static llvm::Error writeText(const Options &options, StringRef text) {
  if (options.output.empty() || options.output == "-") {
    llvm::outs() << text;
    return llvm::Error::success();
  }
  llvm::Error failed =
      llvm::writeToOutput(options.output, [&](llvm::raw_ostream &os) {
        os << text;
        return llvm::Error::success();
      });
  if (failed)
    return createStringError(options.output + ": " +
                             llvm::toString(std::move(failed)));
  return failed;
}

static llvm::Error writeModule(const Options &options, ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream os(text);
  module.print(os, OpPrintingFlags().enableDebugInfo());
  return writeText(options, text + "\n");
}

/// Runs passes on the module; an error carries the first diagnostic.
static llvm::Error runPasses(ModuleOp module,
                             llvm::function_ref<void(OpPassManager &)> build) {
  PassManager manager(module.getContext());
  build(manager);
  std::string message;
  ScopedDiagnosticHandler handler(
      module.getContext(), [&](Diagnostic &diagnostic) {
        if (diagnostic.getSeverity() == DiagnosticSeverity::Error &&
            message.empty()) {
          llvm::raw_string_ostream os(message);
          os << diagnostic.getLocation() << ": " << diagnostic;
        }
        return success();
      });
  if (succeeded(manager.run(module)))
    return llvm::Error::success();
  return createStringError(message);
}

llvm::Error compile(const Options &options) {
  if (options.stage == Stage::Onnx) {
    auto text = printModel(options.model);
    return text ? writeText(options, *text) : text.takeError();
  }
  DialectRegistry registry;
  MLIRContext context(registry);
  auto model = importModel(context, options.model, options.import);
  if (!model)
    return model.takeError();
  for (const std::string &warning : model->warnings)
    llvm::errs() << "warning: " << options.model << ": " << warning << "\n";
  ModuleOp module = *model->module;
  if (llvm::Error failed = runPasses(module, [](OpPassManager &manager) {
        manager.addNestedPass<func::FuncOp>(createSimplify());
      }))
    return failed;
  return writeModule(options, module);
}

} // namespace opml::compiler
