//===- GuestFunction.cpp - Decoding a linked guest program ----------------===//
//
// Field names and encodings: MIPS32 Architecture for Programmers, volume II.
//
//===----------------------------------------------------------------------===//

#include "GuestFunction.h"
#include "opml/vm/Interpreter.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace opml::compiler;
using mips::GuestFunction;

namespace {

constexpr unsigned spRegister = 29;
constexpr unsigned raRegister = 31;

/// The fields of an instruction word that control flow and $sp depend on.
struct Word {
  uint32_t bits;
  unsigned op() const { return bits >> 26; }
  unsigned rs() const { return bits >> 21 & 31; }
  unsigned rt() const { return bits >> 16 & 31; }
  unsigned rd() const { return bits >> 11 & 31; }
  unsigned funct() const { return bits & 63; }
  int32_t immediate() const { return SignExtend32<16>(bits); }

  bool isSpecial() const { return op() == 0; }
  bool isReturn() const {
    return isSpecial() && funct() == 8 && rs() == raRegister;
  }
  /// jr and jalr of another register, and the branches that link.
  bool isIndirectOrLinkingBranch() const {
    return (isSpecial() && (funct() == 8 || funct() == 9) && !isReturn()) ||
           (op() == 1 && rt() >= 16 && rt() < 24);
  }
  bool isJump() const { return op() == 2; }
  bool isCall() const { return op() == 3; }
  uint32_t jumpTarget(uint32_t pc) const {
    return ((pc + 4) & 0xf0000000) | (bits & 0x03ffffff) << 2;
  }
  /// regimm bltz and bgez; beq, bne, blez, bgtz and their likely forms.
  bool isBranch() const {
    return (op() == 1 && rt() < 4) || (op() >= 4 && op() <= 7) ||
           (op() >= 20 && op() <= 23);
  }
  uint32_t branchTarget(uint32_t pc) const {
    return pc + 4 + uint32_t(immediate()) * 4;
  }

  bool adjustsStack() const {
    return op() == 9 && rs() == spRegister && rt() == spRegister;
  }
  bool writesStackPointer() const {
    bool immediateOrLoad =
        (op() >= 8 && op() < 16) || (op() >= 32 && op() < 40);
    return (immediateOrLoad && rt() == spRegister) ||
           ((isSpecial() || op() == 28) && rd() == spRegister) ||
           (op() == 31 && (rt() == spRegister || rd() == spRegister));
  }
};

Error errorAt(const GuestFunction &function, uint32_t pc, uint32_t word,
              const Twine &what) {
  return createStringError(
      formatv("guest code at {0:x8} ({1} + {2:x}), word {3:x8}: {4}", pc,
              function.name, pc - function.address, word, what.str())
          .str());
}

Error scanWord(GuestFunction &function, uint32_t pc, Word word) {
  uint32_t end = function.address + 4 * function.words;
  if (opml::vm::decode(word.bits).opcode == 0)
    return errorAt(function, pc, word.bits, "the VM has no such instruction");
  if (word.isIndirectOrLinkingBranch())
    return errorAt(function, pc, word.bits,
                   "an indirect jump, whose target is unknown");
  if (word.adjustsStack())
    function.frameBytes +=
        word.immediate() < 0 ? uint32_t(-word.immediate()) : 0;
  else if (word.writesStackPointer())
    return errorAt(function, pc, word.bits,
                   "sets $sp to a value that is not known");
  if (word.isCall() || word.isJump()) {
    uint32_t target = word.jumpTarget(pc);
    bool inside = target > function.address && target < end;
    if (word.isCall() || !inside)
      function.callees.push_back(target);
    else
      function.loops |= target <= pc;
  }
  if (word.isBranch()) {
    uint32_t target = word.branchTarget(pc);
    if (target < function.address || target >= end)
      return errorAt(function, pc, word.bits, "branches out of its function");
    function.loops |= target <= pc;
  }
  return Error::success();
}

Expected<std::vector<GuestFunction>>
readSymbols(const object::ELFObjectFileBase &file) {
  std::vector<GuestFunction> functions;
  for (const object::ELFSymbolRef &symbol : file.symbols()) {
    if (symbol.getELFType() != ELF::STT_FUNC)
      continue;
    Expected<StringRef> name = symbol.getName();
    if (!name)
      return name.takeError();
    Expected<uint64_t> address = symbol.getAddress();
    if (!address)
      return address.takeError();
    GuestFunction function;
    function.name = name->str();
    function.address = *address;
    function.words = symbol.getSize() / 4;
    functions.push_back(std::move(function));
  }
  llvm::sort(functions, [](auto &a, auto &b) { return a.address < b.address; });
  return functions;
}

} // namespace

Expected<std::vector<GuestFunction>> mips::readGuestFunctions(StringRef elf) {
  auto object =
      object::ObjectFile::createELFObjectFile(MemoryBufferRef(elf, "program"));
  if (!object)
    return object.takeError();
  auto &file = cast<object::ELFObjectFileBase>(**object);
  auto functions = readSymbols(file);
  if (!functions)
    return functions.takeError();
  StringRef text;
  for (const object::SectionRef &section : file.sections())
    if (section.isText()) {
      auto contents = section.getContents();
      if (!contents)
        return contents.takeError();
      text = *contents;
    }
  uint64_t next = 0;
  for (GuestFunction &function : *functions) {
    if (function.address != next || function.words == 0)
      return createStringError("guest code before '" + function.name +
                               "' belongs to no function");
    next = function.address + 4 * uint64_t(function.words);
    if (next > text.size())
      return createStringError("guest function '" + function.name +
                               "' is outside the code");
    for (uint32_t pc = function.address; pc < next; pc += 4)
      if (Error error = scanWord(
              function, pc, Word{support::endian::read32le(text.data() + pc)}))
        return error;
  }
  if (next != text.size())
    return createStringError(
        "guest code after the last function belongs to no function");
  return functions;
}
