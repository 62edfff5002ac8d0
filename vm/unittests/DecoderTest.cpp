//===- DecoderTest.cpp - The decoder against LLVM's disassembler ----------===//
//
// Encodings are checked against an outsider: words of every shape are given to
// our decoder and to LLVM's MIPS disassembler, and must get the same mnemonic.
// Where LLVM knows an instruction and we do not, the spec names it and says
// why; LLVM's own mistake stands in expectAgreement.
//
//===----------------------------------------------------------------------===//

#include "../tools/RandomWords.h"
#include "opml/vm/Interpreter.h"
#include "llvm-c/Disassembler.h"
#include "llvm-c/Target.h"
#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <random>
#include <set>

using namespace opml::vm;

namespace {

constexpr uint32_t special = 0, regImm = 1, special2 = 0x1c, special3 = 0x1f;

class LlvmDisassembler {
public:
  LlvmDisassembler() {
    LLVMInitializeMipsTargetInfo();
    LLVMInitializeMipsTargetMC();
    LLVMInitializeMipsDisassembler();
    context = LLVMCreateDisasmCPUFeatures("mipsel-linux-gnu", "mips32r2",
                                          "+soft-float", nullptr, 0, nullptr,
                                          nullptr);
  }
  ~LlvmDisassembler() { LLVMDisasmDispose(context); }
  LlvmDisassembler(const LlvmDisassembler &) = delete;
  LlvmDisassembler &operator=(const LlvmDisassembler &) = delete;

  bool works() const { return context != nullptr; }

  /// "reserved" for what LLVM does not know.
  std::string mnemonic(uint32_t word) {
    uint8_t bytes[4];
    std::memcpy(bytes, &word, sizeof(bytes));
    char text[128];
    if (LLVMDisasmInstruction(context, bytes, sizeof(bytes), 0, text,
                              sizeof(text)) != sizeof(bytes))
      return "reserved";
    return std::strtok(text, "\t ");
  }

private:
  LLVMDisasmContextRef context;
};

/// LLVM prints shorter names for some operands of these.
std::string withoutAlias(const std::string &mnemonic, const std::string &ours) {
  static const std::multimap<std::string, std::string> aliases = {
      {"nop", "sll"},    {"ssnop", "sll"},  {"ehb", "sll"},
      {"pause", "sll"},  {"move", "or"},    {"move", "addu"},
      {"not", "nor"},    {"neg", "sub"},    {"b", "beq"},
      {"negu", "subu"},  {"beqz", "beq"},   {"bnez", "bne"},
      {"jr", "jalr"},    {"bal", "bgezal"}, {"jr.hb", "jalr.hb"},
      {"beqzl", "beql"}, {"bnezl", "bnel"},
  };
  auto [begin, end] = aliases.equal_range(mnemonic);
  for (auto alias = begin; alias != end; ++alias)
    if (alias->second == ours)
      return ours;
  return mnemonic;
}

/// What the spec says it leaves out. LLVM prints rdhwr with a .set before it.
bool isLeftOut(const std::string &mnemonic) {
  static const std::set<std::string> names = {
      ".set",
#define OPML_OMISSION(MNEMONIC) MNEMONIC,
#define OPML_GET_OMISSIONS
#include "Mips32.inc"
  };
  return names.count(mnemonic) != 0;
}

/// What LLVM cannot know.
bool isExtension(const std::string &mnemonic) {
  static const std::set<std::string> names = {
#define OPML_EXTENSION(MNEMONIC) MNEMONIC,
#define OPML_GET_EXTENSIONS
#include "Mips32.inc"
  };
  return names.count(mnemonic) != 0;
}

/// Words with every major opcode, every function of the SPECIAL opcodes and
/// every minor one of REGIMM; fields random, some of them cleared.
std::vector<uint32_t> sampleWords(uint32_t seed) {
  constexpr uint32_t cleared[] = {0,         0x7c0,     0x3e007c0, 0xffc0,
                                  0x1fffc0,  0x1f07c0,  0x3ff07c0, 0x1f0000,
                                  0x3e00000, 0x3fff800, 0x3e0ffc0};
  std::mt19937 random(seed);
  std::vector<uint32_t> words;
  auto add = [&](uint32_t fixedMask, uint32_t fixed) {
    for (uint32_t clear : cleared)
      for (int i = 0; i < 24; ++i)
        words.push_back((random() & ~fixedMask & ~clear) | fixed);
  };
  for (uint32_t opcode = 0; opcode < 64; ++opcode)
    add(0xfc000000, opcode << 26);
  for (uint32_t opcode : {special, special2, special3})
    for (uint32_t function = 0; function < 64; ++function)
      add(0xfc00003f, opcode << 26 | function);
  for (uint32_t jumpRegister : {0x08, 0x09}) // with a hazard barrier
    add(0xfc0007ff, special << 26 | 0x400 | jumpRegister);
  for (uint32_t minor = 0; minor < 32; ++minor) {
    add(0xfc1f0000, regImm << 26 | minor << 16);
    add(0xffe007ff, special3 << 26 | minor << 6 | 0x20); // seb, seh, wsbh
  }
  return words;
}

class Decoder : public testing::Test {
protected:
  void SetUp() override { ASSERT_TRUE(llvm.works()); }
  void expectAgreement(const std::vector<uint32_t> &words);

  LlvmDisassembler llvm;
  std::set<std::string> seen;
  unsigned valid = 0;
};

void Decoder::expectAgreement(const std::vector<uint32_t> &words) {
  for (uint32_t word : words) {
    std::string ours(mnemonic(decode(word).opcode));
    std::string theirs = withoutAlias(llvm.mnemonic(word), ours);
    if (isLeftOut(theirs))
      theirs = "reserved";
    // LLVM ignores fields of sync that must be zero.
    if (theirs == "sync" && (word & 0x03fff800) != 0)
      theirs = "reserved";
    seen.insert(ours);
    valid += ours != "reserved";
    if (isExtension(ours))
      ours = "reserved";
    ASSERT_EQ(ours, theirs) << std::hex << word << " " << disassemble(word, 0);
  }
}

} // namespace

TEST_F(Decoder, AgreesWithLlvm) {
  expectAgreement(sampleWords(/*seed=*/1));
  // All of ours, and the reserved one.
  EXPECT_EQ(seen.size(), opcodeCount());
}

TEST_F(Decoder, AgreesWithLlvmOnRandomWords) {
  auto spec = readVectors(OPML_ISA_VECTORS);
  ASSERT_TRUE(spec) << spec.error().message;
  std::vector<Encoding> encodings = findEncodings(*spec);
  constexpr size_t count = 500'000;
  for (WordKind kind :
       {WordKind::Any, WordKind::OneBitAway, WordKind::NonzeroField})
    expectAgreement(randomWords(kind, encodings, count, /*seed=*/1));
  EXPECT_GT(valid, count / 2);
  EXPECT_LT(valid, 3 * count - count / 2);
  RecordProperty("valid", std::to_string(valid));
}
