//===- Spec.cpp - Queries on a spec, decode tree --------------------------===//

#include "opml/isa/Spec.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace opml::isa;

bool Instruction::branches() const {
  return any_of(semantics, [](const Statement &statement) {
    return statement.kind == Statement::Kind::Branch;
  });
}

bool Instruction::nullifies() const {
  return any_of(semantics, [](const Statement &statement) {
    return statement.kind == Statement::Kind::Branch && statement.isLikely;
  });
}

bool Instruction::halts() const {
  return any_of(semantics, [](const Statement &statement) {
    return statement.kind == Statement::Kind::Halt;
  });
}

const Operand *Instruction::destination() const {
  for (const Statement &statement : semantics)
    if (statement.kind == Statement::Kind::Set && statement.operand)
      return statement.operand;
  return nullptr;
}

const Operand *Instruction::findOperand(StringRef operandName) const {
  for (const auto &operand : operands)
    if (operand->name == operandName)
      return operand.get();
  return nullptr;
}

const Cause *Spec::findCause(StringRef name) const {
  for (const auto &cause : causes)
    if (cause->name == name)
      return cause.get();
  return nullptr;
}

/// The highest run of bits that all candidates fix and that tells at least two
/// of them apart; false if there is none.
static bool chooseField(ArrayRef<DecodeTree::Candidate> candidates,
                        unsigned &high, unsigned &low) {
  uint32_t fixed = ~0u, ones = ~0u, zeros = ~0u;
  for (const auto &candidate : candidates) {
    fixed &= candidate.mask;
    ones &= candidate.match;
    zeros &= ~candidate.match;
  }
  uint32_t telling = fixed & ~ones & ~zeros;
  if (!telling)
    return false;
  high = Log2_32(telling);
  low = high;
  while (low > 0 && (fixed >> (low - 1) & 1))
    --low;
  // Bits on which all agree tell nothing at the low end.
  while (!(telling >> low & 1))
    ++low;
  while (high < 31 && (fixed >> (high + 1) & 1))
    ++high;
  return true;
}

static DecodeTree build(std::vector<DecodeTree::Candidate> candidates) {
  DecodeTree tree;
  if (candidates.size() < 2 || !chooseField(candidates, tree.high, tree.low)) {
    tree.candidates = std::move(candidates);
    return tree;
  }
  uint32_t width = tree.high - tree.low + 1;
  uint32_t field = maskTrailingOnes<uint32_t>(width) << tree.low;
  std::map<uint32_t, std::vector<DecodeTree::Candidate>> groups;
  for (const auto &candidate : candidates)
    groups[(candidate.match & field) >> tree.low].push_back(
        {candidate.instruction, candidate.mask & ~field,
         candidate.match & ~field});
  for (auto &[value, group] : groups)
    tree.children.emplace(value, build(std::move(group)));
  return tree;
}

DecodeTree opml::isa::buildDecodeTree(const Spec &spec) {
  std::vector<DecodeTree::Candidate> candidates;
  candidates.reserve(spec.instructions.size());
  for (const auto &instruction : spec.instructions)
    candidates.push_back(
        {instruction.get(), instruction->mask, instruction->match});
  return build(std::move(candidates));
}
