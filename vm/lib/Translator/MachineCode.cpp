//===- MachineCode.cpp - From LLVM IR to the host's instructions ----------===//

#include "MachineCode.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/ExecutionEngine/Orc/CompileUtils.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Transforms/InstCombine/InstCombine.h"
#include "llvm/Transforms/Scalar/EarlyCSE.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"
#include "llvm/Transforms/Utils/Mem2Reg.h"

using namespace opml;
using namespace opml::vm;
using namespace llvm::orc;

template <typename T> static Expected<T> ours(llvm::Expected<T> value) {
  if (!value)
    return makeError("translator: " + llvm::toString(value.takeError()));
  return std::move(*value);
}

MachineCode::MachineCode(std::unique_ptr<LLJIT> jit,
                         std::unique_ptr<llvm::TargetMachine> machine)
    : jit(std::move(jit)), machine(std::move(machine)) {}

/// Loop strength reduction asks scalar evolution about every chain of counted
/// steps, which takes many seconds for some functions, and gives the number of
/// steps left a second counter. It has no other switch than LLVM's own command
/// line.
static void disableLoopStrengthReduction() {
  llvm::cl::Option *option =
      llvm::cl::getRegisteredOptions().lookup("disable-lsr");
  assert(option && "LLVM has no such option any more");
  static_cast<llvm::cl::opt<bool> *>(option)->setValue(true);
}

Expected<std::unique_ptr<MachineCode>> MachineCode::create() {
  disableLoopStrengthReduction();
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  auto host = ours(JITTargetMachineBuilder::detectHost());
  if (!host)
    return tl::unexpected(host.error());
  // More takes longer and makes the code no faster.
  host->setCodeGenOptLevel(llvm::CodeGenOptLevel::Less);
  // As LLJIT does for what it compiles itself.
  host->setRelocationModel(llvm::Reloc::PIC_);
  host->setCodeModel(llvm::CodeModel::Small);
  auto machine = ours(host->createTargetMachine());
  if (!machine)
    return tl::unexpected(machine.error());
  auto jit = ours(
      LLJITBuilder().setJITTargetMachineBuilder(std::move(*host)).create());
  if (!jit)
    return tl::unexpected(jit.error());
  return std::unique_ptr<MachineCode>(
      new MachineCode(std::move(*jit), std::move(*machine)));
}

std::string MachineCode::description() const {
  return LLVM_VERSION_STRING " " + machine->getTargetTriple().str() + " " +
         machine->getTargetCPU().str() + " " +
         machine->getTargetFeatureString().str();
}

/// Registers out of stack slots, and what that uncovers. LLVM's own pipelines
/// cost several times as much time and gain little on such code.
static void optimize(llvm::Module &module, llvm::TargetMachine *machine) {
  llvm::PassBuilder passes(machine);
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager callGraph;
  llvm::ModuleAnalysisManager modules;
  passes.registerModuleAnalyses(modules);
  passes.registerCGSCCAnalyses(callGraph);
  passes.registerFunctionAnalyses(functions);
  passes.registerLoopAnalyses(loops);
  passes.crossRegisterProxies(loops, functions, callGraph, modules);
  llvm::FunctionPassManager pipeline;
  pipeline.addPass(llvm::PromotePass());
  pipeline.addPass(llvm::EarlyCSEPass());
  pipeline.addPass(llvm::InstCombinePass());
  pipeline.addPass(llvm::SimplifyCFGPass());
  for (llvm::Function &function : module)
    if (!function.isDeclaration())
      pipeline.run(function, functions);
}

Expected<std::string>
MachineCode::compile(llvm::StringRef name,
                     llvm::function_ref<void(llvm::Module &)> build) {
  llvm::LLVMContext context;
  llvm::Module module(name, context);
  module.setDataLayout(jit->getDataLayout());
  module.setTargetTriple(jit->getTargetTriple());
  build(module);
  assert(!llvm::verifyModule(module, &llvm::errs()));
  optimize(module, machine.get());
  auto object = ours(SimpleCompiler(*machine)(module));
  if (!object)
    return tl::unexpected(object.error());
  return (*object)->getBuffer().str();
}

Expected<Piece *> MachineCode::load(llvm::StringRef name,
                                    llvm::StringRef object) {
  auto buffer = llvm::MemoryBuffer::getMemBufferCopy(object, name);
  if (llvm::Error error = jit->addObjectFile(std::move(buffer)))
    return makeError("translator: " + llvm::toString(std::move(error)));
  auto address = ours(jit->lookup(name));
  if (!address)
    return tl::unexpected(address.error());
  return address->toPtr<Piece *>();
}
