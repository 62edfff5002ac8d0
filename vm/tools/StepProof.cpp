//===- StepProof.cpp - A vector's step as the contract gets it ------------===//

#include "StepProof.h"
#include "SparseTree.h"
#include <algorithm>
#include <cstring>

using namespace opml;
using namespace opml::vm;

static void append(std::vector<uint8_t> &bytes, std::span<const uint8_t> more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

static void appendProof(std::vector<uint8_t> &bytes, const SparseTree &tree,
                        uint64_t address) {
  append(bytes, tree.leaf(address / leafBytes));
  for (const Hash &sibling : tree.proof(address / leafBytes))
    append(bytes, sibling);
}

/// One leaf with the word, all others padding.
static SparseTree codeTree(const StepVector &vector) {
  SparseTree tree(vector.codeDepth, Program::codePad);
  uint64_t index = codeAddress(vector) / leafBytes;
  Hash leaf = tree.leaf(index);
  std::memcpy(&leaf[codeAddress(vector) % leafBytes], &vector.word, 4);
  tree.set(index, leaf);
  return tree;
}

static Expected<Memory> initialMemory(const StepVector &vector) {
  auto memory = Memory::create(vector.memDepth);
  for (auto [address, word] : vector.memory) {
    uint8_t bytes[4];
    std::memcpy(bytes, &word, 4);
    if (!memory)
      return memory;
    if (auto written = memory->write(address, bytes); !written)
      return tl::unexpected(written.error());
  }
  return memory;
}

/// Takes over the pages written since the last time.
static void update(SparseTree &tree, Memory &memory) {
  for (uint64_t page : memory.takeWrittenPages()) {
    uint64_t begin = page << Memory::pageBits;
    uint64_t end = std::min(begin + Memory::pageBytes, memory.size());
    for (uint64_t address = begin; address < end; address += leafBytes) {
      Hash leaf;
      std::memcpy(leaf.data(), &memory.bytes()[address], leafBytes);
      if (leaf != tree.leaf(address / leafBytes))
        tree.set(address / leafBytes, leaf);
    }
  }
}

Expected<Witness> opml::vm::proveStep(const StepVector &vector) {
  Expected<Memory> memory = initialMemory(vector);
  if (!memory)
    return tl::unexpected(memory.error());
  SparseTree codeLeaves = codeTree(vector);
  SparseTree data(vector.memDepth, 0);
  update(data, *memory);
  Hash codeRoot = codeLeaves.root();
  auto pack = [&](const Registers &registers) {
    return packState(registers, codeRoot, vector.codeDepth, vector.memDepth,
                     data.root());
  };

  OneInstruction program(vector.word, codeAddress(vector), vector.codeDepth);
  Witness witness;
  auto before = pack(vector.pre);
  append(witness.calldata, before);
  if (fetchesCode(vector.pre, program.code())) {
    witness.opcode = decode(vector.word).opcode;
    appendProof(witness.calldata, codeLeaves, codeAddress(vector));
  }
  if (auto touched = touchedWord(vector.pre, program.code(), memory->size()))
    appendProof(witness.calldata, data, *touched);
  Registers registers = vector.pre;
  interpret(registers, program.code(), *memory, 1);
  update(data, *memory);
  witness.preState = keccak256(before);
  witness.postState = keccak256(pack(registers));
  return witness;
}
