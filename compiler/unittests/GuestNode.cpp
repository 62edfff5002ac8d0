//===- GuestNode.cpp - Node functions from text, run in the VM ------------===//

#include "GuestNode.h"
#include "mlir/InitAllDialects.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "opml/Dialect/Opml.h"
#include "opml/Image/GuestProgram.h"
#include "opml/Passes/Passes.h"
#include "opml/vm/Machine.h"

using namespace opml::compiler;
namespace vm = opml::vm;

namespace {

struct CompiledNode {
  NodeFunction function;
  GuestProgram program;
};

llvm::Expected<CompiledNode> compile(const std::string &text) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  opml::registerBufferizationModels(registry);
  mlir::registerBuiltinDialectTranslation(registry);
  mlir::registerLLVMDialectTranslation(registry);
  registry.insert<OpmlDialect>();
  mlir::MLIRContext context(registry);
  auto module = mlir::parseSourceString<mlir::ModuleOp>(text, &context);
  if (!module)
    return llvm::createStringError("the module does not parse");
  auto toBuffers = [](mlir::OpPassManager &manager) {
    opml::buildLinalgPipeline(manager);
    opml::buildBufferizePipeline(manager);
  };
  if (llvm::Error error = opml::runPasses(*module, toBuffers))
    return error;
  auto functions = nodeFunctions(*module);
  if (llvm::Error error =
          opml::runPasses(*module, opml::buildLowerToLLVMPipeline))
    return error;
  llvm::LLVMContext llvmContext;
  auto machine = mips::createTargetMachine();
  auto translated = mips::translate(*module, llvmContext, *machine);
  if (!translated)
    return translated.takeError();
  mips::optimise(**translated, *machine);
  auto program = buildGuestProgram(**translated, functions, *machine);
  if (!program)
    return program.takeError();
  return CompiledNode{functions.front(), std::move(*program)};
}

template <typename T> llvm::Expected<T> orError(opml::Expected<T> value) {
  if (!value)
    return llvm::createStringError(value.error().message);
  return std::move(*value);
}

} // namespace

llvm::Expected<std::vector<TensorBytes>>
opml::compiler::runNode(const std::string &text,
                        const std::vector<TensorBytes> &operands) {
  auto node = compile(text);
  if (!node)
    return node.takeError();
  const NodeProgram &entry = node->program.functions.at("node");
  std::span<const uint8_t> elf(
      reinterpret_cast<const uint8_t *>(node->program.elf.data()),
      node->program.elf.size());
  auto program = orError(vm::Program::fromElf(elf));
  if (!program)
    return program.takeError();
  auto memory = orError(vm::Memory::create(entry.layout.memDepth));
  if (!memory)
    return memory.takeError();
  for (size_t i = 0; i < operands.size(); ++i)
    if (auto written = memory->write(entry.layout.operands[i], operands[i]);
        !written)
      return llvm::createStringError(written.error().message);
  vm::Machine machine(std::make_shared<const vm::Program>(std::move(*program)),
                      std::move(*memory));
  machine.registers().pc = entry.entry;
  machine.registers().nextPc = entry.entry + 4;
  machine.registers().gpr[29] = entry.layout.stackPointer;
  machine.run(uint64_t(1) << entry.stepBits);
  if (machine.registers().status != vm::Status::Halted ||
      machine.registers().gpr[4] != 0)
    return llvm::createStringError(
        "the node did not halt with exit code 0 within its bound");
  std::vector<TensorBytes> results;
  for (size_t i = 0; i < node->function.resultBytes.size(); ++i) {
    auto bytes = machine.dataMemory().bytes().subspan(
        entry.layout.results[i], node->function.resultBytes[i]);
    results.emplace_back(bytes.begin(), bytes.end());
  }
  return results;
}
