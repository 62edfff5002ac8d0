//===- MachineCode.cpp - From LLVM IR to the host's instructions ----------===//

#include "MachineCode.h"
#include "RegionBuilder.h"
#include "llvm/ExecutionEngine/Orc/ThreadSafeModule.h"
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

/// A C function that calls a piece of code by its own convention.
static void buildEnter(llvm::Module &module) {
  llvm::LLVMContext &context = module.getContext();
  llvm::FunctionType *piece = pieceType(context);
  std::vector<llvm::Type *> types = {llvm::PointerType::get(context, 0)};
  llvm::append_range(types, piece->params());
  llvm::Function *function = llvm::Function::Create(
      llvm::FunctionType::get(piece->getReturnType(), types, false),
      llvm::Function::ExternalLinkage, "enter", module);
  llvm::IRBuilder<> B(llvm::BasicBlock::Create(context, "entry", function));
  std::vector<llvm::Value *> arguments;
  for (llvm::Argument &argument : llvm::drop_begin(function->args()))
    arguments.push_back(&argument);
  llvm::CallInst *call = B.CreateCall(piece, function->getArg(0), arguments);
  call->setCallingConv(llvm::CallingConv::PreserveNone);
  B.CreateRet(call);
}

/// Loop strength reduction asks scalar evolution about every chain of counted
/// steps, which takes many seconds for some functions and speeds up nothing. It
/// has no other switch than LLVM's own command line.
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
  auto machine = ours(host->createTargetMachine());
  if (!machine)
    return tl::unexpected(machine.error());
  auto jit = ours(
      LLJITBuilder().setJITTargetMachineBuilder(std::move(*host)).create());
  if (!jit)
    return tl::unexpected(jit.error());
  std::unique_ptr<MachineCode> result(
      new MachineCode(std::move(*jit), std::move(*machine)));
  Expected<PieceAddress> enter = result->compile("enter", buildEnter);
  if (!enter)
    return tl::unexpected(enter.error());
  result->enter = reinterpret_cast<Enter>(*enter);
  return result;
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

Expected<PieceAddress>
MachineCode::compile(llvm::StringRef name,
                     llvm::function_ref<void(llvm::Module &)> build) {
  auto context = std::make_unique<llvm::LLVMContext>();
  auto module = std::make_unique<llvm::Module>(name, *context);
  module->setDataLayout(jit->getDataLayout());
  module->setTargetTriple(jit->getTargetTriple());
  build(*module);
  assert(!llvm::verifyModule(*module, &llvm::errs()));
  optimize(*module, machine.get());
  ThreadSafeModule wrapped(std::move(module), std::move(context));
  if (llvm::Error error = jit->addIRModule(std::move(wrapped)))
    return makeError("translator: " + llvm::toString(std::move(error)));
  auto address = ours(jit->lookup(name));
  if (!address)
    return tl::unexpected(address.error());
  return address->toPtr<PieceAddress>();
}
