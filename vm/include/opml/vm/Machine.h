//===- Machine.h - Program, machine and step witness ------------*- C++ -*-===//
//
// A machine is a program (immutable, shared), registers and data memory. Its
// state is committed to as keccak256 of the 208 packed bytes; a witness is
// the calldata with which the contract re-executes one step.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_VM_MACHINE_H
#define OPML_VM_MACHINE_H

#include "opml/vm/Engine.h"
#include "opml/vm/Memory.h"
#include "opml/vm/MerkleTree.h"
#include <memory>
#include <optional>

namespace opml::vm {

/// The code of an ELF file, decoded once and hashed once.
class Program {
public:
  /// A segment of initial data memory of a bare program.
  struct DataSegment {
    uint32_t address;
    std::vector<uint8_t> bytes; // p_filesz bytes; the rest is zero
    uint32_t memorySize;
  };

  /// Reads a little-endian MIPS32 ET_EXEC file. Executable PT_LOAD segments
  /// become code at their virtual addresses, gaps between them padding; all
  /// others become data. Fails with what is wrong and where: every offset,
  /// size and address of the file is checked before it is used.
  static Expected<Program> fromElf(std::span<const uint8_t> file);

  uint32_t entry() const { return entryPc; }
  unsigned codeDepth() const { return depth; }
  const Hash &codeRoot() const { return tree.root(); }
  /// Little-endian words from code address 0, without the tree's padding.
  std::span<const uint8_t> codeBytes() const { return bytes; }
  Code code() const { return {decoded, depth}; }
  const std::vector<DataSegment> &data() const { return segments; }

  /// The Merkle tree of codeBytes(), padding included.
  const MerkleTree &codeTree() const { return tree; }

  /// Every byte of the padding of the code tree; 0xffffffff is reserved.
  static constexpr uint8_t codePad = 0xff;
  /// Code must end at or below this address, so that a hostile file cannot
  /// make us allocate and decode gigabytes of padding.
  static constexpr uint32_t maxCodeEnd = uint32_t(1) << 26;

private:
  void decodeAndHash();

  uint32_t entryPc = 0;
  unsigned depth = 0;
  MerkleTree tree{0};
  std::vector<uint8_t> bytes;
  std::vector<Instruction> decoded;
  std::vector<DataSegment> segments;
};

inline constexpr size_t packedStateBytes = 208;

/// pc nextPc hi lo gpr[1..31] (32-bit big-endian words), status cause (bytes),
/// codeRoot, codeDepth memDepth (bytes), memRoot.
std::array<uint8_t, packedStateBytes>
packState(const Registers &registers, const Hash &codeRoot, unsigned codeDepth,
          unsigned memDepth, const Hash &memRoot);

/// Everything the contract needs to execute one step, and what must come out.
struct Witness {
  Hash preState{};
  Hash postState{};
  /// state ‖ [code leaf ‖ siblings [‖ memory leaf ‖ siblings]]; the bracketed
  /// parts are there exactly when the step fetches, and touches memory.
  std::vector<uint8_t> calldata;
  uint16_t opcode = 0; // of the executed instruction, 0 if none was fetched
};

class Machine {
public:
  Machine(std::shared_ptr<const Program> program, Memory memory)
      : program(std::move(program)), memory(std::move(memory)),
        tree(this->memory.depth()) {}

  /// About to execute a bare program: its data in 2^(memDepth + 5) bytes of
  /// memory, pc at its entry, all else zero. Fails if the data does not fit.
  static Expected<Machine> start(std::shared_ptr<const Program> program,
                                 unsigned memDepth);

  Registers &registers() { return regs; }
  const Registers &registers() const { return regs; }
  Memory &dataMemory() { return memory; }
  const Memory &dataMemory() const { return memory; }
  const Program &code() const { return *program; }
  bool running() const { return regs.status == Status::Running; }

  /// See interpret().
  uint64_t run(uint64_t maxSteps);
  /// The same by an engine made for code().code().
  uint64_t run(uint64_t maxSteps, Engine &engine) {
    return engine.run(regs, memory, maxSteps);
  }

  /// The tree of data memory as it is now. Hashes the pages written since it
  /// was last asked for.
  const MerkleTree &memoryTree();
  /// Tells that data memory at `address` has the bytes of `subtree`, so that
  /// only those of its pages that are marked need to be hashed.
  void graft(uint64_t address, const MerkleTree &subtree) {
    tree.graft(address, subtree);
  }
  /// For those who take the memory's written pages themselves: hashes these
  /// pages, ascending, or goes on from another tree of this memory.
  void rehash(std::span<const uint32_t> pages) {
    tree.update(memory.bytes(), pages);
  }
  const MerkleTree &hashedTree() const { return tree; }
  void setTree(MerkleTree newTree) { tree = std::move(newTree); }
  Hash stateHash();
  /// The 208 bytes behind stateHash(), for a memory root known already.
  std::array<uint8_t, packedStateBytes> packed(const Hash &memRoot) const;

  /// "MisalignedLoad at pc 0x4: lw $t0, 2($zero)"; requires a trapped machine.
  std::string describeTrap() const;

  /// Builds the witness of the next step and takes the step.
  Witness witnessStep();

private:
  std::shared_ptr<const Program> program;
  Memory memory;
  Registers regs;
  MerkleTree tree; // of the memory without the pages marked as written
};

} // namespace opml::vm

#endif // OPML_VM_MACHINE_H
