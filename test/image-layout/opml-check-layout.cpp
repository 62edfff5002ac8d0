//===- opml-check-layout.cpp - Is an image's address space tight? ---------===//
//
// Looks at an image from outside: its manifest, its machine code, and what
// each node's machine writes below its slots. Proofs are as long as the trees
// are deep, so nothing may make these deeper than needed.
//
//===----------------------------------------------------------------------===//

#include "opml/runtime/CommandLine.h"
#include "opml/runtime/Run.h"
#include <algorithm>
#include <bit>
#include <cstdio>
#include <map>

using namespace opml;
using namespace opml::runtime;

namespace {

constexpr Option options[] = {
    {"--input", "[NAME=]FILE", "as for opml-run", true}};
constexpr Command command = {
    "opml-check-layout", "IMAGE",
    "Fails if a node's memory or the code tree is deeper than it needs to be.",
    options};

tl::unexpected<Error> wrong(const Node &node, const std::string &what) {
  return makeError("node '" + node.name + "': " + what);
}

uint64_t bytesOf(const Slot &slot) { return uint64_t(32) << slot.depth; }

std::vector<Slot> slotsUpwards(const Node &node) {
  std::vector<Slot> slots = node.operands;
  slots.insert(slots.end(), node.results.begin(), node.results.end());
  std::ranges::sort(slots, {}, &Slot::address);
  return slots;
}

/// The end of what a node's machine writes below its slots: runs it with other
/// bytes there than a machine begins with, which it does not read.
Expected<uint64_t> endOfWrites(const Run &run, uint64_t lowestSlot) {
  constexpr uint8_t unwritten = 0xa5;
  Expected<vm::Machine> machine = run.machine(run.nextNode());
  if (!machine)
    return tl::unexpected(machine.error());
  std::vector<uint8_t> filling(lowestSlot, unwritten);
  if (Expected<void> ok = machine->dataMemory().write(0, filling); !ok)
    return tl::unexpected(ok.error());
  machine->run(UINT64_MAX);
  if (std::optional<Error> failure = run.failure(run.nextNode(), *machine))
    return tl::unexpected(*failure);
  std::span<const uint8_t> below =
      machine->dataMemory().bytes().first(lowestSlot);
  auto last = std::find_if(below.rbegin(), below.rend(),
                           [](uint8_t byte) { return byte != unwritten; });
  return uint64_t(below.rend() - last);
}

/// Slots end where memory ends, without gaps; below them are the stack and
/// scratch, for which half of the memory would not suffice.
Expected<void> checkMemory(const Node &node, uint64_t writes) {
  uint64_t top = uint64_t(32) << node.memDepth, half = top / 2, bytes = 0;
  std::vector<Slot> slots = slotsUpwards(node);
  for (const Slot &slot : slots)
    bytes += bytesOf(slot);
  uint64_t lowest = slots.front().address, next = lowest;
  for (const Slot &slot : slots) {
    if (slot.address != next)
      return wrong(node, "there is a gap before the slot at " +
                             std::to_string(slot.address));
    next += bytesOf(slot);
  }
  if (next != top)
    return wrong(node, "the slots end at " + std::to_string(next));
  if (node.stackPointer > lowest)
    return wrong(node, "the stack reaches into the slots");
  uint64_t used = bytes + std::max<uint64_t>(node.stackPointer, writes);
  if (node.memDepth > 0 && used <= half)
    return wrong(node, "memory of depth " + std::to_string(node.memDepth) +
                           " for " + std::to_string(used) + " bytes");
  return {};
}

/// Nodes of one function differ in what their slots hold and in nothing else.
Expected<void> checkShared(const Manifest &manifest) {
  std::map<std::string, const Node *> firsts;
  for (const Node &node : manifest.nodes) {
    const Node &first = *firsts.try_emplace(node.function, &node).first->second;
    auto place = [](const Slot &slot) {
      return std::pair(slot.address, slot.depth);
    };
    bool isEqual =
        node.entry == first.entry && node.stackPointer == first.stackPointer &&
        node.memDepth == first.memDepth && node.stepBits == first.stepBits &&
        std::ranges::equal(node.operands, first.operands, {}, place, place) &&
        std::ranges::equal(node.results, first.results, {}, place, place);
    if (!isEqual)
      return wrong(node, "is laid out otherwise than '" + first.name + "'");
  }
  return {};
}

//===- Code ---------------------------------------------------------------===//

/// Words that can be executed, from the entries on. There are no indirect
/// jumps but returns.
std::vector<bool> reachableWords(const Manifest &manifest,
                                 std::span<const vm::Instruction> code) {
  std::vector<bool> reached(code.size());
  std::vector<uint32_t> open;
  std::ranges::transform(manifest.nodes, std::back_inserter(open),
                         [](const Node &node) { return node.entry / 4; });
  while (!open.empty()) {
    uint32_t at = open.back();
    open.pop_back();
    while (at < code.size() && !reached[at]) {
      reached[at] = true;
      uint32_t word = code[at].word, opcode = word >> 26;
      bool isJump = opcode == 2 || opcode == 3;
      bool isBranch = opcode == 1 || (opcode >= 4 && opcode <= 7);
      bool isReturn = opcode == 0 && (word & 63) == 8;
      if (isJump)
        open.push_back(word & 0x3ffffff);
      if (isBranch)
        open.push_back(at + 1 + uint32_t(int32_t(int16_t(word))));
      ++at;
      if ((opcode == 2 || isReturn) && at < code.size()) {
        reached[at] = true; // the delay slot
        break;
      }
    }
  }
  return reached;
}

Expected<void> checkCode(const Image &image) {
  const vm::Program &program = *image.program();
  std::span<const vm::Instruction> code = program.code().instructions;
  uint64_t bytes = program.codeBytes().size();
  unsigned depth = bytes <= 32 ? 0 : unsigned(std::bit_width((bytes - 1) / 32));
  if (image.manifest().codeDepth != depth)
    return makeError(std::to_string(bytes) + " bytes of code have a tree of " +
                     "depth " + std::to_string(image.manifest().codeDepth));
  if (image.manifest().nodes.empty())
    return {};
  std::vector<bool> reached = reachableWords(image.manifest(), code);
  for (size_t i = 0; i < code.size(); ++i)
    if (!reached[i] && code[i].word != 0)
      return makeError("the word at " + std::to_string(4 * i) +
                       " can never be executed");
  return {};
}

//===- The tool -----------------------------------------------------------===//

Expected<void> checkNodes(Run &run) {
  for (const Node &node : run.manifest().nodes) {
    Expected<uint64_t> writes =
        endOfWrites(run, slotsUpwards(node).front().address);
    if (!writes)
      return tl::unexpected(writes.error());
    if (Expected<void> ok = checkMemory(node, *writes); !ok)
      return ok;
    if (Expected<NodeStats> stats = run.runNode(); !stats)
      return tl::unexpected(stats.error());
  }
  return {};
}

Expected<void> checkImage(const Arguments &arguments) {
  Expected<Image> image = Image::open(arguments.positional(0));
  if (!image)
    return tl::unexpected(image.error());
  std::vector<InputArgument> files;
  for (const std::string &text : arguments.all("--input"))
    files.push_back(parseInputArgument(text));
  Expected<std::vector<Tensor>> inputs = readInputs(image->manifest(), files);
  if (!inputs)
    return tl::unexpected(inputs.error());
  if (Expected<void> ok = checkShared(image->manifest()); !ok)
    return ok;
  if (Expected<void> ok = checkCode(*image); !ok)
    return ok;
  Run run(*image, std::move(*inputs));
  return checkNodes(run);
}

} // namespace

int main(int argc, char **argv) {
  std::vector<std::string_view> words(argv + 1, argv + argc);
  if (asksForHelp(words)) {
    std::fputs(helpText(command).c_str(), stdout);
    return finishOutput();
  }
  Expected<Arguments> arguments = Arguments::parse(command, words);
  if (!arguments)
    return reportError(arguments.error());
  if (Expected<void> ok = checkImage(*arguments); !ok)
    return reportError(ok.error());
  return 0;
}
