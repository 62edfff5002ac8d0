//===- GuestProgram.cpp - Node functions to a linked program --------------===//
//
// Addresses depend on the stack, which is known only once all is linked, and
// the entry code's frame depends on its addresses, which it may have to spill.
// So the program is linked, first with entry code that passes address 0, until
// every stack fits.
//
//===----------------------------------------------------------------------===//

#include "opml/Image/GuestProgram.h"
#include "opml/runtime/Image.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace opml::compiler;
namespace runtime = opml::runtime;

/// docs/image-format.md, rule 2.
static constexpr unsigned maxStepBits = 48;

namespace {

/// The functions without the scratch buffers that optimisation has left without
/// a use: a window that only had a shape, a copy that is made in its place.
std::vector<NodeFunction> withUsedScratch(ArrayRef<NodeFunction> functions,
                                          const Module &module) {
  std::vector<NodeFunction> result = functions.vec();
  for (NodeFunction &function : result) {
    const Function *code = module.getFunction(function.name);
    size_t first = function.operandBytes.size() + function.resultBytes.size();
    for (auto [i, bytes] : enumerate(function.scratchBytes))
      if (code->getArg(unsigned(first + i))->use_empty())
        bytes = 0;
  }
  return result;
}

class ProgramBuilder {
public:
  ProgramBuilder(TargetMachine &machine,
                 std::vector<NodeFunction> nodeFunctions,
                 StringMap<mips::LoopBounds> loops)
      : machine(machine), functions(std::move(nodeFunctions)),
        loops(std::move(loops)) {
    for (const NodeFunction &function : functions)
      roots.push_back(mips::entrySymbol(function.name));
  }

  Expected<GuestProgram> build(mips::Bytes nodeObject) {
    object = std::move(nodeObject);
    std::vector<mips::EntryCode> entries;
    for (const NodeFunction &function : functions) {
      size_t arguments = function.operandBytes.size() +
                         function.resultBytes.size() +
                         function.scratchBytes.size();
      entries.push_back({function.name, std::vector<uint32_t>(arguments)});
    }
    for (bool changed = true; changed;) {
      if (Error error = linkWith(entries))
        return error;
      auto laidOut = layOutFunctions(entries);
      if (!laidOut)
        return laidOut.takeError();
      changed = *laidOut;
    }
    if (Error error = finishFunctions())
      return error;
    return std::move(program);
  }

private:
  /// Links the node code with this entry code and bounds the result.
  Error linkWith(ArrayRef<mips::EntryCode> entries) {
    auto entryObject = mips::emitEntryCode(entries, machine);
    if (!entryObject)
      return entryObject.takeError();
    auto elf = mips::link({std::move(*entryObject), object}, roots);
    if (!elf)
      return elf.takeError();
    program.elf = std::move(*elf);
    StringRef bytes(program.elf.data(), program.elf.size());
    auto bounded = mips::boundProgram(bytes, roots, loops);
    if (!bounded)
      return bounded.takeError();
    bounds = std::move(*bounded);
    return Error::success();
  }

  /// A new layout for every function whose stack does not fit the one it has;
  /// true if there is one.
  Expected<bool> layOutFunctions(MutableArrayRef<mips::EntryCode> entries) {
    bool changed = false;
    for (auto [function, entry, root] : zip_equal(functions, entries, roots)) {
      auto [node, isNew] = program.functions.try_emplace(function.name);
      uint32_t stackBytes = bounds[root].stackBytes;
      if (!isNew && stackBytes <= node->second.layout.stackPointer)
        continue;
      auto layout = layOutMemory(function, stackBytes);
      if (!layout)
        return layout.takeError();
      entry.addresses = layout->addresses();
      node->second.layout = std::move(*layout);
      changed = true;
    }
    return changed;
  }

  Error finishFunctions() {
    for (auto [function, root] : zip_equal(functions, roots)) {
      NodeProgram &node = program.functions[function.name];
      const mips::EntryBounds &bound = bounds[root];
      node.entry = bound.address;
      node.stepBits = alignTo(std::max(Log2_64_Ceil(bound.steps), 1u),
                              runtime::sectionBits);
      if (node.stepBits > maxStepBits)
        return createStringError(
            "node function '" + Twine(function.name) + "' may take 2^" +
            Twine(unsigned(node.stepBits)) +
            " steps; a node may take at most 2^" + Twine(maxStepBits));
    }
    return Error::success();
  }

  TargetMachine &machine;
  std::vector<NodeFunction> functions;
  StringMap<mips::LoopBounds> loops;
  std::vector<std::string> roots;
  mips::Bytes object;
  StringMap<mips::EntryBounds> bounds;
  GuestProgram program;
};

} // namespace

Expected<GuestProgram> opml::compiler::buildGuestProgram(
    Module &module, ArrayRef<NodeFunction> functions, TargetMachine &machine) {
  auto loops = mips::boundLoops(module, machine);
  if (!loops)
    return loops.takeError();
  auto object = mips::emit(module, machine, CodeGenFileType::ObjectFile);
  if (!object)
    return object.takeError();
  return ProgramBuilder(machine, withUsedScratch(functions, module),
                        std::move(*loops))
      .build(std::move(*object));
}
