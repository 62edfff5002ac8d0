//===- Translator.cpp - Running translated and interpreted code by turns --===//

#include "opml/vm/Translator.h"
#include "Instructions.h"
#include "MachineCode.h"
#include "ObjectCache.h"
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
  LazyTranslator(const Code &code, std::unique_ptr<MachineCode> machineCode,
                 TranslatorOptions options);

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
  Piece *pieceAt(uint32_t pc);
  bool mayTranslate() const;
  void translateFrom(uint32_t pc);
  Expected<Translation> translation(uint32_t pc);
  Expected<Translation> compile(uint32_t pc);
  Hash cacheKey(uint32_t pc) const;
  uint64_t runTranslated(Piece *piece, Registers &registers, Memory &memory,
                         uint64_t left);
  uint64_t interpretUntilEntry(Registers &registers, Memory &memory,
                               uint64_t left);
  uint64_t interpretSteps(Registers &registers, Memory &memory,
                          uint64_t maxSteps);

  Code code;
  std::unique_ptr<MachineCode> machineCode;
  // By word of the code; pages that nobody has asked for cost nothing.
  std::unique_ptr<Piece *[], decltype(&std::free)> pieces;
  std::unordered_set<uint32_t> translatedWords; // part of some piece
  TranslatorStats counts;
  bool hasFailed = false; // LLVM could not compile something
  std::function<void(const std::string &)> onFailure;
  std::optional<ObjectCache> cache;
  Hash codeHash{}; // of the program, where there is a cache
};

} // namespace

/// Of the words, which is all that a translation reads.
static Hash hashOf(const Code &code) {
  std::vector<uint8_t> bytes(code.instructions.size() * sizeof(uint32_t));
  for (size_t i = 0; i < code.instructions.size(); ++i)
    std::memcpy(&bytes[i * sizeof(uint32_t)], &code.instructions[i].word,
                sizeof(uint32_t));
  return keccak256(bytes);
}

LazyTranslator::LazyTranslator(const Code &code,
                               std::unique_ptr<MachineCode> machineCode,
                               TranslatorOptions options)
    : code(code), machineCode(std::move(machineCode)),
      pieces(static_cast<Piece **>(
                 llvm::safe_calloc(code.instructions.size(), sizeof(Piece *))),
             &std::free),
      onFailure(std::move(options.onFailure)) {
  if (options.cache.empty())
    return;
  cache.emplace(std::move(options.cache));
  codeHash = hashOf(code);
}

Expected<std::unique_ptr<Translator>>
Translator::create(const Code &code, TranslatorOptions options) {
  auto machineCode = MachineCode::create();
  if (!machineCode)
    return tl::unexpected(machineCode.error());
  return std::make_unique<LazyTranslator>(code, std::move(*machineCode),
                                          std::move(options));
}

/// Every turn executes a step.
uint64_t LazyTranslator::run(Registers &registers, Memory &memory,
                             uint64_t maxSteps) {
  uint64_t left = maxSteps;
  while (left > 0 && registers.status == Status::Running) {
    bool isInDelaySlot = registers.nextPc != registers.pc + 4;
    if (isInDelaySlot || !hasCode(registers.pc))
      left -= interpretSteps(registers, memory, 1);
    else if (Piece *piece = pieceAt(registers.pc))
      left = runTranslated(piece, registers, memory, left);
    else
      left -= interpretUntilEntry(registers, memory, left);
  }
  return maxSteps - left;
}

/// The piece that is entered there. Words that are part of a piece already are
/// translated again only from places that interpretUntilEntry chooses.
Piece *LazyTranslator::pieceAt(uint32_t pc) {
  uint32_t index = wordIndex(pc);
  if (!pieces[index] && !translatedWords.contains(index) && mayTranslate())
    translateFrom(pc);
  return pieces[index];
}

bool LazyTranslator::mayTranslate() const {
  return !hasFailed && counts.translatedInstructions <
                           maxTranslationsPerWord * code.instructions.size();
}

static std::string pieceName(uint32_t pc) {
  return "piece" + std::to_string(pc);
}

void LazyTranslator::translateFrom(uint32_t pc) {
  auto start = std::chrono::steady_clock::now();
  ++counts.pieces;
  Expected<Translation> translated = translation(pc);
  Expected<Piece *> piece =
      translated ? machineCode->load(pieceName(pc), translated->object)
                 : tl::unexpected(translated.error());
  if (piece) {
    for (auto [address, instructions] : translated->blocks) {
      counts.translatedInstructions += instructions + 1;
      for (unsigned i = 0; i < instructions; ++i)
        translatedWords.insert(wordIndex(address) + i);
    }
    for (uint32_t entry : translated->entries)
      if (Piece *&place = pieces[wordIndex(entry)]; !place || entry == pc)
        place = *piece;
  } else {
    hasFailed = true;
    if (onFailure)
      onFailure(piece.error().message);
  }
  counts.compileSeconds +=
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
          .count();
}

Hash LazyTranslator::cacheKey(uint32_t pc) const {
  std::string text = "opml translation " + translatorVersion().str() + "\n" +
                     machineCode->description() + "\n" + std::to_string(pc) +
                     "\n";
  text.append(codeHash.begin(), codeHash.end());
  return keccak256(
      {reinterpret_cast<const uint8_t *>(text.data()), text.size()});
}

Expected<Translation> LazyTranslator::translation(uint32_t pc) {
  if (!cache)
    return compile(pc);
  const Hash key = cacheKey(pc);
  auto isInCode = [&](uint32_t entry) { return hasCode(entry); };
  if (std::optional<Translation> kept = cache->load(key);
      kept && std::ranges::all_of(kept->entries, isInCode)) {
    ++counts.cachedPieces;
    return std::move(*kept);
  }
  Expected<Translation> fresh = compile(pc);
  if (fresh)
    cache->store(key, *fresh);
  return fresh;
}

Expected<Translation> LazyTranslator::compile(uint32_t pc) {
  Translation result;
  auto build = [&](llvm::Module &module) {
    RegionBuilder region(code, module);
    result.entries = region.build(pc, module.getName());
    result.blocks = region.extents();
  };
  Expected<std::string> object = machineCode->compile(pieceName(pc), build);
  if (!object)
    return tl::unexpected(object.error());
  result.object = std::move(*object);
  return result;
}

uint64_t LazyTranslator::runTranslated(Piece *piece, Registers &registers,
                                       Memory &memory, uint64_t left) {
  auto &state =
      *reinterpret_cast<GuestState *>(memory.pages() - Memory::engineBefore);
  std::memcpy(state.registers, registers.gpr, sizeof registers.gpr);
  state.registers[HI] = registers.hi;
  state.registers[LO] = registers.lo;
  state.pieces = pieces.get();
  for (unsigned i = 0; i < std::size(state.outsideMemory); ++i)
    state.outsideMemory[i] = ~(memory.size() - 1) | ((1u << i) - 1);
  left = piece(memory.pages(), left, registers.pc);
  std::memcpy(registers.gpr, state.registers, sizeof registers.gpr);
  registers.hi = state.registers[HI];
  registers.lo = state.registers[LO];
  registers.pc = state.pc;
  registers.nextPc = state.nextPc;
  // A trap or the halt is the last of a block's steps, and a block that was not
  // begun had more instructions than there are steps left.
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
