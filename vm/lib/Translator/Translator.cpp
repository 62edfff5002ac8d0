//===- Translator.cpp - Running translated and interpreted code by turns --===//

#include "opml/vm/Translator.h"
#include "MachineCode.h"
#include "RegionBuilder.h"
#include "opml/vm/Memory.h"
#include "llvm/Support/MemAlloc.h"
#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <unordered_set>

using namespace opml;
using namespace opml::vm;

/// pc / 4 where pc is aligned, else beyond any program.
static uint32_t wordIndex(uint32_t pc) { return std::rotr(pc, 2); }

namespace {

class LazyTranslator final : public Translator {
public:
  LazyTranslator(const Code &code, std::unique_ptr<MachineCode> machineCode);

  uint64_t run(Registers &registers, Memory &memory,
               uint64_t maxSteps) override;
  TranslatorStats stats() const override { return counts; }

private:
  /// A program can jump into the middle of its functions, each time to another
  /// place; what is translated twice must not grow with their square.
  static constexpr uint64_t maxTranslationsPerWord = 8;

  /// Interpreted at once where nothing better is known.
  static constexpr uint64_t stepsWithoutPieces = 4096;

  bool hasCode(uint32_t pc) const {
    return wordIndex(pc) < code.instructions.size();
  }
  PieceAddress pieceAt(uint32_t pc);
  bool mayTranslate() const;
  void translateFrom(uint32_t pc);
  uint64_t runTranslated(PieceAddress piece, Registers &registers,
                         Memory &memory, uint64_t left);
  uint64_t interpretUntilEntry(Registers &registers, Memory &memory,
                               uint64_t left);
  uint64_t interpretSteps(Registers &registers, Memory &memory,
                          uint64_t maxSteps);

  Code code;
  std::unique_ptr<MachineCode> machineCode;
  // By word of the code; pages that nobody has asked for cost nothing.
  std::unique_ptr<PieceAddress[], decltype(&std::free)> pieces;
  std::unordered_set<uint32_t> translatedWords; // part of some piece
  TranslatorStats counts;
  bool hasFailed = false; // LLVM could not compile something
};

} // namespace

LazyTranslator::LazyTranslator(const Code &code,
                               std::unique_ptr<MachineCode> machineCode)
    : code(code), machineCode(std::move(machineCode)),
      pieces(static_cast<PieceAddress *>(llvm::safe_calloc(
                 code.instructions.size(), sizeof(PieceAddress))),
             &std::free) {}

Expected<std::unique_ptr<Translator>> Translator::create(const Code &code) {
  auto machineCode = MachineCode::create();
  if (!machineCode)
    return tl::unexpected(machineCode.error());
  return std::make_unique<LazyTranslator>(code, std::move(*machineCode));
}

/// Every turn executes a step.
uint64_t LazyTranslator::run(Registers &registers, Memory &memory,
                             uint64_t maxSteps) {
  uint64_t left = maxSteps;
  while (left > 0 && registers.status == Status::Running) {
    bool isInDelaySlot = registers.nextPc != registers.pc + 4;
    if (isInDelaySlot || !hasCode(registers.pc))
      left -= interpretSteps(registers, memory, 1);
    else if (PieceAddress piece = pieceAt(registers.pc))
      left = runTranslated(piece, registers, memory, left);
    else
      left -= interpretUntilEntry(registers, memory, left);
  }
  return maxSteps - left;
}

/// The piece that is entered there. Words that are part of a piece already are
/// translated again only from places that interpretUntilEntry chooses.
PieceAddress LazyTranslator::pieceAt(uint32_t pc) {
  uint32_t index = wordIndex(pc);
  if (!pieces[index] && !translatedWords.contains(index) && mayTranslate())
    translateFrom(pc);
  return pieces[index];
}

bool LazyTranslator::mayTranslate() const {
  return !hasFailed && counts.translatedInstructions <
                           maxTranslationsPerWord * code.instructions.size();
}

void LazyTranslator::translateFrom(uint32_t pc) {
  auto start = std::chrono::steady_clock::now();
  std::vector<uint32_t> entries;
  auto build = [&](llvm::Module &module) {
    RegionBuilder region(code, pieces.get(), module);
    entries = region.build(pc, module.getName());
    for (auto [address, words] : region.extents()) {
      counts.translatedInstructions += words + 1;
      for (unsigned i = 0; i < words; ++i)
        translatedWords.insert(wordIndex(address) + i);
    }
  };
  Expected<PieceAddress> piece =
      machineCode->compile("piece" + std::to_string(counts.pieces++), build);
  if (!piece) // The interpreter does as well.
    hasFailed = true;
  else
    for (uint32_t entry : entries)
      if (PieceAddress &place = pieces[wordIndex(entry)]; !place || entry == pc)
        place = *piece;
  counts.compileSeconds +=
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
}

uint64_t LazyTranslator::runTranslated(PieceAddress piece, Registers &registers,
                                       Memory &memory, uint64_t left) {
  GuestState state;
  std::memcpy(state.registers, registers.gpr, sizeof registers.gpr);
  state.registers[HI] = registers.hi;
  state.registers[LO] = registers.lo;
  left = machineCode->enter(piece, &state, memory.pages(), memory.size(), left,
                            registers.pc);
  std::memcpy(registers.gpr, state.registers, sizeof registers.gpr);
  registers.hi = state.registers[HI];
  registers.lo = state.registers[LO];
  registers.pc = state.pc;
  registers.nextPc = state.nextPc;
  // A trap or the halt is one step, and a block that was not begun had more
  // instructions than there are steps left.
  if (state.isForInterpreter)
    left -= interpretSteps(registers, memory,
                           std::min<uint64_t>(left, maxBlockInstructions));
  return left;
}

/// After a limit in the middle of a piece, or where LLVM has failed. Goes on
/// until it meets an entry, or else a backward jump: a loop is worth another
/// piece.
uint64_t LazyTranslator::interpretUntilEntry(Registers &registers,
                                             Memory &memory, uint64_t left) {
  uint64_t atOnce = mayTranslate() ? 1 : stepsWithoutPieces;
  uint64_t steps = 0;
  while (steps < left && registers.status == Status::Running) {
    uint32_t before = registers.pc;
    steps += interpretSteps(registers, memory, std::min(left - steps, atOnce));
    if (registers.nextPc != registers.pc + 4)
      continue;
    if (!hasCode(registers.pc) || pieces[wordIndex(registers.pc)])
      break;
    if (registers.pc <= before && mayTranslate())
      translateFrom(registers.pc);
    else if (translatedWords.contains(wordIndex(registers.pc)))
      continue;
    break;
  }
  return steps;
}

uint64_t LazyTranslator::interpretSteps(Registers &registers, Memory &memory,
                                        uint64_t maxSteps) {
  uint64_t steps = interpret(registers, code, memory, maxSteps);
  counts.interpretedSteps += steps;
  return steps;
}
