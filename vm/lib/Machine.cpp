//===- Machine.cpp - State commitment and step witnesses ------------------===//

#include "opml/vm/Machine.h"
#include <cstdio>

using namespace opml;
using namespace opml::vm;

namespace {

/// Appends to a fixed buffer.
struct Packer {
  uint8_t *next;

  void word(uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
      byte(uint8_t(value >> shift));
  }
  void byte(uint8_t value) { *next++ = value; }
  void hash(const Hash &value) {
    for (uint8_t b : value)
      byte(b);
  }
};

void append(std::vector<uint8_t> &calldata, std::span<const uint8_t> bytes) {
  calldata.insert(calldata.end(), bytes.begin(), bytes.end());
}

void appendProof(std::vector<uint8_t> &calldata, const Hash &leaf,
                 const std::vector<Hash> &siblings) {
  append(calldata, leaf);
  for (const Hash &sibling : siblings)
    append(calldata, sibling);
}

} // namespace

std::array<uint8_t, packedStateBytes>
opml::vm::packState(const Registers &registers, const Hash &codeRoot,
                    unsigned codeDepth, unsigned memDepth,
                    const Hash &memRoot) {
  std::array<uint8_t, packedStateBytes> packed;
  Packer packer{packed.data()};
  packer.word(registers.pc);
  packer.word(registers.nextPc);
  packer.word(registers.hi);
  packer.word(registers.lo);
  for (unsigned i = 1; i < 32; ++i)
    packer.word(registers.gpr[i]);
  packer.byte(uint8_t(registers.status));
  packer.byte(registers.cause);
  packer.hash(codeRoot);
  packer.byte(uint8_t(codeDepth));
  packer.byte(uint8_t(memDepth));
  packer.hash(memRoot);
  return packed;
}

Expected<Machine> Machine::start(std::shared_ptr<const Program> program,
                                 unsigned memDepth) {
  Expected<Memory> memory = Memory::create(memDepth);
  if (!memory)
    return tl::unexpected(memory.error());
  for (const Program::DataSegment &segment : program->data()) {
    uint64_t end = uint64_t(segment.address) + segment.memorySize;
    if (end > memory->size())
      return makeError("data segment at address " +
                       std::to_string(segment.address) + " ends at " +
                       std::to_string(end) + ", beyond a data memory of " +
                       std::to_string(memory->size()) + " bytes");
    if (Expected<void> ok = memory->write(segment.address, segment.bytes); !ok)
      return tl::unexpected(ok.error());
  }
  uint32_t entry = program->entry();
  Machine machine(std::move(program), std::move(*memory));
  machine.regs.pc = entry;
  machine.regs.nextPc = entry + 4;
  return machine;
}

uint64_t Machine::run(uint64_t maxSteps) {
  return interpret(regs, program->code(), memory, maxSteps);
}

std::array<uint8_t, packedStateBytes>
Machine::packed(const Hash &memRoot) const {
  return packState(regs, program->codeRoot(), program->codeDepth(),
                   memory.depth(), memRoot);
}

const MerkleTree &Machine::memoryTree() {
  tree.update(memory.bytes(), memory.takeWrittenPages());
  return tree;
}

Hash Machine::stateHash() { return keccak256(packed(memoryTree().root())); }

std::string Machine::describeTrap() const {
  char pc[16];
  std::snprintf(pc, sizeof pc, "0x%x", regs.pc);
  std::string text(causeName(regs.cause));
  text += std::string(" at pc ") + pc;
  Code code = program->code();
  if (fetchesCode({.pc = regs.pc, .nextPc = regs.nextPc}, code) &&
      regs.pc / 4 < code.instructions.size())
    text += ": " + disassemble(code.instructions[regs.pc / 4].word, regs.pc);
  return text;
}

Witness Machine::witnessStep() {
  Hash memRoot = memoryTree().root();
  Code code = program->code();
  std::optional<uint32_t> data = touchedWord(regs, code, memory.size());

  Witness witness;
  std::array<uint8_t, packedStateBytes> before = packed(memRoot);
  witness.preState = keccak256(before);
  append(witness.calldata, before);
  if (fetchesCode(regs, code)) {
    if (regs.pc / 4 < code.instructions.size())
      witness.opcode = code.instructions[regs.pc / 4].opcode;
    const MerkleTree &codeTree = program->codeTree();
    appendProof(witness.calldata, codeTree.leaf(program->codeBytes(), regs.pc),
                codeTree.proof(program->codeBytes(), regs.pc));
  }
  std::vector<Hash> siblings;
  if (data) {
    siblings = tree.proof(memory.bytes(), *data);
    appendProof(witness.calldata, tree.leaf(memory.bytes(), *data), siblings);
  }

  run(1);
  // A step writes at most the word that it proves.
  if (data)
    memRoot = foldProof(tree.leaf(memory.bytes(), *data), *data / leafBytes,
                        siblings);
  witness.postState = keccak256(packed(memRoot));
  return witness;
}
