//===- Compile.cpp - LLVM dialect to an object file of a host -------------===//

#include "mlir/Target/LLVMIR/Export.h"
#include "opml/Target/Native.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Analysis/CGSCCPassManager.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;
using namespace opml::compiler;

static Expected<std::unique_ptr<Module>>
translate(mlir::ModuleOp stages, LLVMContext &context, TargetMachine &machine) {
  std::unique_ptr<Module> module =
      mlir::translateModuleToLLVMIR(stages, context, "opml");
  if (!module)
    return createStringError(
        "the LLVM dialect could not be translated to LLVM IR");
  module->setTargetTriple(machine.getTargetTriple());
  module->setDataLayout(machine.createDataLayout());
  for (Function &function : *module) {
    if (function.isDeclaration())
      continue;
    function.setLinkage(GlobalValue::InternalLinkage);
    function.addFnAttr(Attribute::NoUnwind);
    // Inlined into the entry that loads its arguments, it would lose what
    // noalias says of them.
    function.addFnAttr(Attribute::NoInline);
    // Else vectors of 64 bytes are split, whatever the features say.
    function.addFnAttr("prefer-vector-width", "512");
    function.addFnAttr("min-legal-vector-width", "512");
  }
  return module;
}

/// The unroller is off: the kernels have as many accumulators as there are
/// registers.
static void optimise(Module &module, TargetMachine &machine) {
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager callGraph;
  ModuleAnalysisManager modules;
  PipelineTuningOptions tuning;
  tuning.LoopUnrolling = false;
  PassBuilder builder(&machine, tuning);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(callGraph);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, callGraph, modules);
  builder.buildPerModuleDefaultPipeline(OptimizationLevel::O2)
      .run(module, modules);
}

/// What the code generator makes of copies and fills. Every other function is
/// arithmetic that a library would do its own way.
static bool isMemoryFunction(StringRef symbol) {
  return StringSwitch<bool>(symbol)
      .Cases({"memcpy", "memmove", "memset"}, true)
      .Case(native::modelRootSymbol, true)
      .Default(false);
}

static Error checkSymbols(const native::Bytes &object) {
  auto file = object::ObjectFile::createELFObjectFile(
      MemoryBufferRef(StringRef(object.data(), object.size()), "native code"));
  if (!file)
    return file.takeError();
  for (const object::SymbolRef &symbol : (*file)->symbols()) {
    Expected<uint32_t> flags = symbol.getFlags();
    Expected<StringRef> name = symbol.getName();
    if (!flags)
      return flags.takeError();
    if (!name)
      return name.takeError();
    if ((*flags & object::SymbolRef::SF_Undefined) && !name->empty() &&
        !isMemoryFunction(*name))
      return createStringError("native code calls '" + *name +
                               "', whose result may differ on other machines");
  }
  return Error::success();
}

Expected<native::Bytes> native::compile(mlir::ModuleOp stages,
                                        ArrayRef<NodeFunction> functions,
                                        const Level &level) {
  LLVMContext context;
  std::unique_ptr<TargetMachine> machine = createTargetMachine(level);
  auto module = translate(stages, context, *machine);
  if (!module)
    return module.takeError();
  if (!level.hasFma)
    expandFusedMultiplyAdd(**module);
  addTable(**module, stages, functions);
  optimise(**module, *machine);

  Bytes object;
  raw_svector_ostream stream(object);
  legacy::PassManager passes;
  if (machine->addPassesToEmitFile(passes, stream, nullptr,
                                   CodeGenFileType::ObjectFile))
    return createStringError("the back end of " + level.name +
                             " cannot emit object files");
  passes.run(**module);
  if (Error error = checkSymbols(object))
    return error;
  return object;
}
