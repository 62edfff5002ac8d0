//===- Run.cpp - Running an image node by node ----------------------------===//

#include "opml/runtime/Run.h"
#include "opml/runtime/Hex.h"
#include "opml/vm/Watch.h"
#include <algorithm>
#include <chrono>
#include <numeric>
#include <random>

using namespace opml;
using namespace opml::runtime;

// MIPS O32: the first argument, here of exit.
static constexpr unsigned exitCodeRegister = 4;
static constexpr unsigned stackPointerRegister = 29;
// Some tenths of a second.
static constexpr uint64_t stepsPerReport = uint64_t(1) << 26;

Run::Run(Image opened, std::vector<Tensor> inputs,
         std::shared_ptr<NativeEngine> given)
    : Run(std::move(opened), std::move(inputs), nullptr, std::move(given)) {}

Run::Run(Image opened, std::vector<Tensor> inputs,
         std::shared_ptr<vm::Engine> given,
         std::shared_ptr<NativeEngine> givenNative)
    : image(std::move(opened)), engine(std::move(given)),
      native(std::move(givenNative)) {
  if (!engine)
    engine = vm::createInterpreter(image.program()->code());
  values.resize(manifest().values.size());
  exists.resize(manifest().values.size());
  roots.resize(manifest().values.size());
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

Expected<vm::Machine> Run::machine(size_t index) const {
  const Node &node = manifest().nodes[index];
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

std::optional<Error> Run::failure(size_t index,
                                  const vm::Machine &machine) const {
  const Node &node = manifest().nodes[index];
  const vm::Registers &registers = machine.registers();
  std::string where = "node '" + node.name + "' ";
  if (registers.status == vm::Status::Trapped)
    return Error{where + "trapped: " + machine.describeTrap()};
  if (registers.status != vm::Status::Halted)
    return Error{where + "did not halt within its bound of 2^" +
                 std::to_string(node.stepBits) + " steps"};
  if (uint32_t code = registers.gpr[exitCodeRegister]; code != 0)
    return Error{where + "exited with code " + std::to_string(code)};
  return {};
}

std::span<const uint8_t> Run::result(const Slot &slot,
                                     const vm::Machine &machine) const {
  std::span<const uint8_t> all = machine.dataMemory().bytes().subspan(
      slot.address, uint64_t(vm::leafBytes) << slot.depth);
  uint64_t bytes = manifest().values[slot.value].type.bytes();
  // Few nodes leave anything else behind: it counts, for a root is a slot's.
  bool isTensor = std::ranges::all_of(all.subspan(bytes),
                                      [](uint8_t byte) { return byte == 0; });
  return isTensor ? all.first(bytes) : all;
}

Expected<void> Run::completeNode(const vm::Machine &machine) {
  if (std::optional<Error> error = failure(next, machine))
    return tl::unexpected(*error);
  for (const Slot &slot : manifest().nodes[next].results) {
    std::span<const uint8_t> bytes = result(slot, machine);
    values[slot.value].assign(bytes.begin(), bytes.end());
    exists[slot.value] = true;
  }
  ++next;
  return {};
}

static double secondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
}

Expected<vm::Machine> Run::executeNode(NodeStats &stats,
                                       const StepProgress &progress) const {
  return execute(next, *engine, stats, progress);
}

Expected<vm::Machine> Run::execute(size_t node, vm::Engine &with,
                                   NodeStats &stats,
                                   const StepProgress &progress) const {
  auto start = std::chrono::steady_clock::now();
  uint64_t bound = uint64_t(1) << manifest().nodes[node].stepBits;
  Expected<vm::Machine> fresh = machine(node);
  if (!fresh)
    return fresh;
  stats = {};
  while (fresh->running() && stats.steps < bound) {
    stats.steps +=
        fresh->run(std::min(bound - stats.steps, stepsPerReport), with);
    if (progress && !progress(stats.steps))
      return vm::cancelledError();
  }
  stats.seconds = secondsSince(start);
  return fresh;
}

Expected<Run::NodeResults> Run::computeNode() const {
  const Node &node = manifest().nodes[next];
  std::vector<const void *> operands;
  for (const Slot &slot : node.operands) {
    Expected<std::span<const uint8_t>> operand = bytes(slot.value);
    if (!operand)
      return tl::unexpected(operand.error());
    operands.push_back(operand->data());
  }
  NodeResults computed;
  std::vector<void *> results;
  for (const Slot &slot : node.results) {
    computed.emplace_back(manifest().values[slot.value].type.bytes());
    results.push_back(computed.back().data());
  }
  native->run(next, native->buffers(next, operands, results));
  return computed;
}

void Run::completeNode(NodeResults results) {
  const std::vector<Slot> &slots = manifest().nodes[next].results;
  for (size_t i = 0; i < slots.size(); ++i) {
    values[slots[i].value] = std::move(results[i]);
    exists[slots[i].value] = true;
  }
  ++next;
}

Expected<NodeStats> Run::runNatively() {
  auto start = std::chrono::steady_clock::now();
  Expected<NodeResults> results = computeNode();
  if (!results)
    return tl::unexpected(results.error());
  completeNode(std::move(*results));
  return NodeStats{0, secondsSince(start)};
}

Expected<NodeStats> Run::runNode(const StepProgress &progress) {
  if (native)
    return runNatively();
  NodeStats stats;
  Expected<vm::Machine> machine = executeNode(stats, progress);
  if (!machine)
    return tl::unexpected(machine.error());
  if (Expected<void> ok = completeNode(*machine); !ok)
    return tl::unexpected(ok.error());
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
      return true;
    });
    if (!stats)
      return tl::unexpected(stats.error());
    all.push_back(*stats);
    before += stats->steps;
  }
  return all;
}

Expected<void> Run::check(size_t index, vm::Engine &with,
                          const StepProgress &progress) const {
  NodeStats stats;
  Expected<vm::Machine> machine = execute(index, with, stats, progress);
  if (!machine)
    return tl::unexpected(machine.error());
  if (std::optional<Error> error = failure(index, *machine))
    return tl::unexpected(*error);
  const Node &node = manifest().nodes[index];
  for (const Slot &slot : node.results) {
    Hash root = vm::merkleRoot(result(slot, *machine), slot.depth);
    if (root != valueRoot(slot.value))
      return makeError("node '" + node.name + "': value '" +
                       manifest().values[slot.value].name + "' has root " +
                       toHex(root) + " in the VM, and " +
                       toHex(valueRoot(slot.value)) + " in this run");
  }
  return {};
}

std::vector<size_t> opml::runtime::randomNodes(size_t nodes, uint64_t count) {
  std::vector<size_t> all(nodes), chosen;
  std::iota(all.begin(), all.end(), size_t(0));
  std::random_device random;
  std::ranges::sample(all, std::back_inserter(chosen),
                      std::ptrdiff_t(std::min<uint64_t>(nodes, count)), random);
  return chosen;
}

Hash Run::valueRoot(uint32_t value) const {
  const Value &described = manifest().values[value];
  if (described.kind == Value::Kind::Weight)
    return described.root;
  if (!exists[value])
    return Hash{};
  // A value that exists stays as it is.
  if (!roots[value])
    roots[value] = vm::merkleRoot(values[value], described.depth());
  return *roots[value];
}

std::vector<Hash> Run::valueRoots() const {
  std::vector<Hash> all(manifest().values.size());
  for (uint32_t i = 0; i < all.size(); ++i)
    all[i] = valueRoot(i);
  return all;
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
    if (output->size() > port.type.bytes())
      return makeError("output '" + port.name +
                       "' is no tensor: the node that computes it wrote "
                       "behind its end");
    tensors.push_back({port.type, {output->begin(), output->end()}});
  }
  return tensors;
}
