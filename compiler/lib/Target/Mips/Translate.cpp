//===- Translate.cpp - LLVM dialect to optimised LLVM IR ------------------===//

#include "mlir/Target/LLVMIR/Export.h"
#include "opml/Target/Mips.h"
#include "llvm/Analysis/CGSCCPassManager.h"
#include "llvm/Passes/PassBuilder.h"

using namespace llvm;
using namespace opml::compiler;

Expected<std::unique_ptr<Module>> mips::translate(mlir::ModuleOp module,
                                                  LLVMContext &context,
                                                  TargetMachine &machine) {
  std::unique_ptr<Module> result =
      mlir::translateModuleToLLVMIR(module, context, "opml");
  if (!result)
    return createStringError(
        "the LLVM dialect could not be translated to LLVM IR");
  result->setTargetTriple(machine.getTargetTriple());
  result->setDataLayout(machine.createDataLayout());
  for (Function &function : *result) {
    if (function.isDeclaration())
      continue;
    function.setLinkage(GlobalValue::ExternalLinkage);
    function.addFnAttr(Attribute::NoUnwind);
    function.addFnAttr(Attribute::NoInline);
    // A jump table would be initialised data, and its jr an indirect branch.
    function.addFnAttr("no-jump-tables", "true");
  }
  return result;
}

void mips::optimise(Module &module, TargetMachine &machine) {
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager callGraph;
  ModuleAnalysisManager modules;
  PassBuilder builder(&machine);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(callGraph);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, callGraph, modules);
  builder.buildPerModuleDefaultPipeline(OptimizationLevel::O2)
      .run(module, modules);
}
