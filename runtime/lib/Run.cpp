//===- Run.cpp - Running an image node by node ----------------------------===//

#include "opml/runtime/Run.h"
#include <algorithm>
#include <chrono>

using namespace opml;
using namespace opml::runtime;

// MIPS O32: the first argument, here of exit.
static constexpr unsigned exitCodeRegister = 4;
static constexpr unsigned stackPointerRegister = 29;
// Some tenths of a second.
static constexpr uint64_t stepsPerReport = uint64_t(1) << 26;

Run::Run(Image opened, std::vector<Tensor> inputs,
         std::shared_ptr<vm::Engine> given)
    : image(std::move(opened)), engine(std::move(given)) {
  if (!engine)
    engine = vm::createInterpreter(image.program()->code());
  values.resize(manifest().values.size());
  exists.resize(manifest().values.size());
  for (size_t i = 0; i < inputs.size(); ++i) {
    uint32_t value = manifest().inputs[i].value;
    values[value] = std::move(inputs[i].bytes);
    exists[value] = true;
  }
}

size_t Run::nodeCount() const { return manifest().nodes.size(); }

Expected<std::span<const uint8_t>> Run::bytes(uint32_t value) const {
  if (manifest().values[value].kind == Value::Kind::Weight)
    return image.weight(value);
  return std::span<const uint8_t>(values[value]);
}

Expected<vm::Machine> Run::machine() const {
  const Node &node = manifest().nodes[next];
  Expected<vm::Memory> memory = vm::Memory::create(node.memDepth);
  if (!memory)
    return makeError("node '" + node.name + "': " + memory.error().message);
  vm::Machine machine(image.program(), std::move(*memory));
  for (const Slot &slot : node.operands) {
    bool isWeight = manifest().values[slot.value].kind == Value::Kind::Weight;
    Expected<void> ok =
        isWeight ? image.loadWeight(machine, slot)
                 : machine.dataMemory().write(slot.address, values[slot.value]);
    if (!ok)
      return tl::unexpected(ok.error());
  }
  machine.registers().pc = node.entry;
  machine.registers().nextPc = node.entry + 4;
  machine.registers().gpr[stackPointerRegister] = node.stackPointer;
  return machine;
}

/// The successor of a node that ends in any other way is FAILED.
static Expected<void> checkHalted(const Node &node,
                                  const vm::Machine &machine) {
  const vm::Registers &registers = machine.registers();
  std::string where = "node '" + node.name + "' ";
  if (registers.status == vm::Status::Trapped)
    return makeError(where + "trapped: " + machine.describeTrap());
  if (registers.status != vm::Status::Halted)
    return makeError(where + "did not halt within its bound of 2^" +
                     std::to_string(node.stepBits) + " steps");
  if (uint32_t code = registers.gpr[exitCodeRegister]; code != 0)
    return makeError(where + "exited with code " + std::to_string(code));
  return {};
}

Expected<void> Run::completeNode(const vm::Machine &machine) {
  const Node &node = manifest().nodes[next];
  if (Expected<void> ok = checkHalted(node, machine); !ok)
    return ok;
  for (const Slot &slot : node.results) {
    const Value &value = manifest().values[slot.value];
    std::span<const uint8_t> padded = machine.dataMemory().bytes().subspan(
        slot.address, uint64_t(vm::leafBytes) << slot.depth);
    std::span<const uint8_t> result = padded.first(value.type.bytes());
    if (std::ranges::any_of(padded.subspan(result.size()),
                            [](uint8_t byte) { return byte != 0; }))
      return makeError("node '" + node.name + "' wrote behind its result '" +
                       value.name + "'");
    values[slot.value].assign(result.begin(), result.end());
    exists[slot.value] = true;
  }
  ++next;
  return {};
}

Expected<NodeStats> Run::runNode(const StepProgress &progress) {
  auto start = std::chrono::steady_clock::now();
  uint64_t bound = uint64_t(1) << manifest().nodes[next].stepBits;
  Expected<vm::Machine> fresh = machine();
  if (!fresh)
    return tl::unexpected(fresh.error());
  NodeStats stats;
  while (fresh->running() && stats.steps < bound) {
    stats.steps +=
        fresh->run(std::min(bound - stats.steps, stepsPerReport), *engine);
    if (progress)
      progress(stats.steps);
  }
  if (Expected<void> ok = completeNode(*fresh); !ok)
    return tl::unexpected(ok.error());
  stats.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
  return stats;
}

Expected<std::vector<NodeStats>> Run::runAll(const RunProgress &progress,
                                             size_t end) {
  std::vector<NodeStats> all;
  uint64_t before = 0;
  while (next < std::min(end, nodeCount())) {
    Expected<NodeStats> stats = runNode([&](uint64_t steps) {
      if (progress)
        progress(next, nodeCount(), before + steps);
    });
    if (!stats)
      return tl::unexpected(stats.error());
    all.push_back(*stats);
    before += stats->steps;
  }
  return all;
}

std::vector<Hash> Run::valueRoots() const {
  const std::vector<Value> &all = manifest().values;
  std::vector<Hash> roots;
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i].kind == Value::Kind::Weight)
      roots.push_back(all[i].root);
    else if (exists[i])
      roots.push_back(vm::merkleRoot(values[i], all[i].depth()));
    else
      roots.emplace_back();
  }
  return roots;
}

Hash Run::contextRoot() const {
  return runtime::contextRoot(manifest(), valueRoots());
}

Hash Run::outputRoot() const {
  return runtime::outputRoot(manifest(), valueRoots());
}

Expected<std::vector<Tensor>> Run::outputs() const {
  std::vector<Tensor> tensors;
  for (const Port &port : manifest().outputs) {
    Expected<std::span<const uint8_t>> output = bytes(port.value);
    if (!output)
      return tl::unexpected(output.error());
    tensors.push_back({port.type, {output->begin(), output->end()}});
  }
  return tensors;
}
