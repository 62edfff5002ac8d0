//===- EmitVectors.cpp - Test vectors for every engine --------------------===//
//
// One JSON object: {"vectors": [ … ]}. A vector is one step:
//
//   name         "addu/test/0"
//   word, pc     the instruction; all other code is 0xff
//   codeDepth, memDepth
//   pre          {"nextPc", "hi", "lo", "gpr": [32]}; the machine runs
//   memory       [[address, word], …]; all other data is zero
//   post         only in those worked out by hand (Tests in the spec):
//                {"pc", "nextPc", "hi", "lo", "gpr", "memory", "status",
//                "cause"}
//
// The others compare engines with each other: edge operands, registers that
// coincide, a delay slot, and words that differ from the instruction's in one
// fixed bit.
//
//===----------------------------------------------------------------------===//

#include "Templates.h"
#include "opml/isa/Emit.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/JSON.h"

using namespace llvm;
using namespace opml::isa;

namespace {

constexpr uint32_t defaultPc = 0x80;
constexpr uint32_t memAddress = 0x40; // of `mem` in the spec's Tests
constexpr unsigned smallDepth = 3;    // 256 bytes of code, and of data
constexpr unsigned wholeDepth = 27;   // 2^32 bytes

struct State {
  uint32_t pc = defaultPc, nextPc = defaultPc + 4, hi = 0xaaaa0001,
           lo = 0xaaaa0002;
  uint32_t gpr[32];
  std::map<uint32_t, uint32_t> memory = {{memAddress - 4, 0xbbbb0001},
                                         {memAddress, 0xbbbb0002},
                                         {memAddress + 4, 0xbbbb0003}};
  unsigned status = 0, cause = 0;

  /// Values that do not occur otherwise, so that a wrong write shows.
  State() {
    for (uint32_t i = 0; i < 32; ++i)
      gpr[i] = i ? 0xcccc0000 + i : 0;
  }
  void setGpr(unsigned number, uint32_t value) {
    if (number != 0)
      gpr[number] = value;
  }
};

/// rs, base: $t0; rt: $t1; rd: $t2.
unsigned defaultRegister(const Operand &operand) {
  return operand.low == 21 ? 8 : operand.low == 16 ? 9 : 10;
}

uint32_t withField(uint32_t word, const Operand &operand, uint32_t value) {
  uint32_t mask = maskTrailingOnes<uint32_t>(operand.width());
  return (word & ~(mask << operand.low)) | (value & mask) << operand.low;
}

uint32_t fieldOf(uint32_t word, const Operand &operand) {
  return word >> operand.low & maskTrailingOnes<uint32_t>(operand.width());
}

uint32_t defaultWord(const Instruction &instruction) {
  uint32_t word = instruction.match;
  for (const auto &operand : instruction.operands)
    if (operand->isRegister)
      word = withField(word, *operand, defaultRegister(*operand));
  return word;
}

class VectorPrinter {
public:
  VectorPrinter(const Instruction &instruction, json::OStream &json)
      : instruction(instruction), json(json) {}

  void printTests();
  void printEdges();
  void printAliases();
  void printDelaySlot();
  void printFlippedBits();

private:
  void apply(const std::map<std::string, uint64_t> &values, uint32_t word,
             State &state);
  void printVector(const Twine &name, uint32_t word, const State &pre,
                   const State *post = nullptr);
  void printState(const State &state);
  void printMemory(const State &state);

  const Instruction &instruction;
  json::OStream &json;
};

void VectorPrinter::printMemory(const State &state) {
  json.attributeArray("memory", [&] {
    for (auto [address, word] : state.memory)
      json.value(json::Array{int64_t(address), int64_t(word)});
  });
}

void VectorPrinter::printState(const State &state) {
  json.attribute("nextPc", int64_t(state.nextPc));
  json.attribute("hi", int64_t(state.hi));
  json.attribute("lo", int64_t(state.lo));
  json::Array gpr;
  for (uint32_t value : state.gpr)
    gpr.push_back(int64_t(value));
  json.attribute("gpr", std::move(gpr));
}

void VectorPrinter::printVector(const Twine &name, uint32_t word,
                                const State &pre, const State *post) {
  json.object([&] {
    json.attribute("name", (instruction.mnemonic + "/" + name).str());
    json.attribute("word", int64_t(word));
    json.attribute("pc", int64_t(pre.pc));
    json.attribute("codeDepth",
                   pre.pc >> (smallDepth + 5) ? wholeDepth : smallDepth);
    json.attribute("memDepth", smallDepth);
    json.attributeObject("pre", [&] { printState(pre); });
    printMemory(pre);
    if (!post)
      return;
    json.attributeObject("post", [&] {
      json.attribute("pc", int64_t(post->pc));
      printState(*post);
      printMemory(*post);
      json.attribute("status", post->status);
      json.attribute("cause", post->cause);
    });
  });
}

/// Register names and contents of a spec's vector go into a state.
void VectorPrinter::apply(const std::map<std::string, uint64_t> &values,
                          uint32_t word, State &state) {
  for (const auto &[name, wide] : values) {
    uint32_t value = uint32_t(wide);
    if (const Operand *operand = instruction.findOperand(name)) {
      if (operand->isRegister)
        state.setGpr(fieldOf(word, *operand), value);
    } else if (name == "hi")
      state.hi = value;
    else if (name == "lo")
      state.lo = value;
    else if (name == "mem")
      state.memory[memAddress] = value;
    else if (name == "pc")
      state.pc = value;
    else if (int number = generalRegister(name); number > 0)
      state.gpr[number] = value;
  }
}

void VectorPrinter::printTests() {
  for (size_t i = 0; i < instruction.tests.size(); ++i) {
    const TestVector &test = instruction.tests[i];
    uint32_t word = defaultWord(instruction);
    for (const auto &[name, value] : test.encoding)
      word = withField(word, *instruction.findOperand(name), value);
    for (const auto &[name, value] : test.pre)
      if (const Operand *operand = instruction.findOperand(name))
        if (!operand->isRegister)
          word = withField(word, *operand, value);
    State pre;
    apply(test.pre, word, pre);
    pre.nextPc = pre.pc + 4;

    State post = pre;
    apply(test.post, word, post);
    if (auto cause = test.post.find("cause"); cause != test.post.end()) {
      post.status = 2;
      post.cause = cause->second;
    } else if (test.post.count("halted")) {
      post.status = 1;
    } else {
      if (!test.post.count("pc"))
        post.pc = pre.nextPc;
      auto nextPc = test.post.find("nextPc");
      post.nextPc = nextPc != test.post.end() ? nextPc->second : pre.nextPc + 4;
    }
    printVector("test/" + Twine(i), word, pre, &post);
  }
}

/// Something that varies in the edge cases, and its values.
struct Dimension {
  std::string name;
  std::vector<uint64_t> values;
};

std::vector<Dimension> edgeDimensions(const Instruction &instruction) {
  std::vector<Dimension> dimensions;
  Reads reads = collectReads(instruction.semantics);
  Reads addressReads;
  if (instruction.access)
    addressReads = collectReads(ArrayRef(instruction.semantics)
                                    .take_front(instruction.access->statement));
  for (const auto &operand : instruction.operands) {
    uint64_t ones = maskTrailingOnes<uint64_t>(operand->width());
    if (addressReads.contents.count(operand.get()))
      dimensions.push_back(
          {operand->name.str(),
           {0x40, 0x41, 0x42, 0x43, 0xfc, 0xff, 0x100, 0xffffffff}});
    else if (operand->isRegister && reads.contents.count(operand.get()))
      dimensions.push_back(
          {operand->name.str(),
           {0, 1, 0xffffffff, 0x7fffffff, 0x80000000, 0x12345678, 31, 32}});
    else if (addressReads.fields.count(operand.get()))
      dimensions.push_back({operand->name.str(), {0, 1, 2, 3, ones, 0x8000}});
    else if (!operand->isRegister)
      dimensions.push_back(
          {operand->name.str(), {0, 1, ones / 2, ones / 2 + 1, ones}});
  }
  for (const Register *reg : reads.registers) {
    if (reg->number < 0)
      dimensions.push_back({reg->name.str(), {0, 1, 0xffffffff, 0x80000000}});
    else
      dimensions.push_back({reg->name.str(), {4001, 4004, 0}});
  }
  // Their order must not depend on where registers lie in memory.
  llvm::sort(dimensions, [](const Dimension &a, const Dimension &b) {
    return a.name < b.name;
  });
  return dimensions;
}

/// All combinations where they are few, else that many spread over them.
void VectorPrinter::printEdges() {
  constexpr uint64_t most = 36;
  std::vector<Dimension> dimensions = edgeDimensions(instruction);
  uint64_t combinations = 1;
  for (const Dimension &dimension : dimensions)
    combinations *= dimension.values.size();
  uint64_t count = std::min(combinations, most);
  for (uint64_t i = 0; i < count; ++i) {
    // 2654435761 is prime and no divisor of a product of small numbers, so the
    // combinations taken are distinct.
    uint64_t rest = count < combinations ? i * 2654435761 % combinations : i;
    std::map<std::string, uint64_t> values;
    uint32_t word = defaultWord(instruction);
    for (const Dimension &dimension : dimensions) {
      uint64_t value = dimension.values[rest % dimension.values.size()];
      rest /= dimension.values.size();
      values[dimension.name] = value;
      const Operand *operand = instruction.findOperand(dimension.name);
      if (operand && !operand->isRegister)
        word = withField(word, *operand, value);
    }
    State pre;
    apply(values, word, pre);
    printVector("edge/" + Twine(i), word, pre);
  }
}

/// Every assignment of $zero, $t0 and $ra to the register fields.
void VectorPrinter::printAliases() {
  std::vector<const Operand *> fields;
  for (const auto &operand : instruction.operands)
    if (operand->isRegister)
      fields.push_back(operand.get());
  unsigned count = 1;
  for (size_t i = 0; i < fields.size(); ++i)
    count *= 3;
  for (unsigned i = 0; i < count && count > 1; ++i) {
    uint32_t word = defaultWord(instruction);
    unsigned rest = i;
    for (const Operand *field : fields) {
      static constexpr unsigned choices[] = {0, 8, 31};
      word = withField(word, *field, choices[rest % 3]);
      rest /= 3;
    }
    State pre;
    pre.gpr[8] = 0x44;
    pre.gpr[31] = 0x8000003c;
    printVector("alias/" + Twine(i), word, pre);
  }
}

void VectorPrinter::printDelaySlot() {
  State pre;
  pre.nextPc = 0x20;
  pre.gpr[8] = 0x40;
  printVector("delay-slot", defaultWord(instruction), pre);
}

void VectorPrinter::printFlippedBits() {
  for (unsigned bit = 0; bit < 32; ++bit)
    if (instruction.mask >> bit & 1)
      printVector("flipped-bit/" + Twine(bit),
                  defaultWord(instruction) ^ 1u << bit, State());
}

} // namespace

void opml::isa::emitVectors(const Spec &spec, raw_ostream &os) {
  json::OStream json(os);
  json.object([&] {
    json.attributeArray("vectors", [&] {
      for (const auto &instruction : spec.instructions) {
        VectorPrinter printer(*instruction, json);
        os << "\n";
        printer.printTests();
        printer.printEdges();
        printer.printAliases();
        printer.printDelaySlot();
        printer.printFlippedBits();
      }
    });
  });
  os << "\n";
}
