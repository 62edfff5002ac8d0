//===- opml-vm-vectors.cpp - Step proofs of the spec's test vectors -------===//
//
// Turns the file that opml-isa-gen --emit=vectors writes into step proofs as
// opml-vm prove writes them, one JSON object a line, so that the same vectors
// run on the interpreter and, through opml-dispute arbitrate, on the contract.
// Or proofs of random steps, for engines that agree where nobody thought of it.
//
//===----------------------------------------------------------------------===//

#include "RandomVectors.h"
#include "opml/vm/Machine.h"
#include <charconv>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

using namespace opml;
using namespace opml::vm;

static std::string hex(std::span<const uint8_t> bytes) {
  std::string text = "0x";
  for (uint8_t byte : bytes) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

static void append(std::vector<uint8_t> &bytes, std::span<const uint8_t> more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
}

/// The code tree of a vector: one leaf with the word, all others padding.
struct CodeProof {
  Hash leaf, root;
  std::vector<Hash> siblings;

  explicit CodeProof(const StepVector &vector) {
    Hash padding;
    padding.fill(Program::codePad);
    leaf = padding;
    std::memcpy(&leaf[codeAddress(vector) % leafBytes], &vector.word, 4);
    for (unsigned height = 0; height < vector.codeDepth; ++height)
      siblings.push_back(uniformRoot(padding, height));
    root = foldProof(leaf, codeAddress(vector) / leafBytes, siblings);
  }
};

static Expected<nlohmann::ordered_json> prove(const StepVector &vector) {
  auto memory = Memory::create(vector.memDepth);
  if (!memory)
    return tl::unexpected(memory.error());
  for (auto [address, word] : vector.memory) {
    uint8_t bytes[4];
    std::memcpy(bytes, &word, 4);
    if (auto written = memory->write(address, bytes); !written)
      return tl::unexpected(written.error());
  }
  CodeProof proof(vector);
  OneInstruction program(vector.word, codeAddress(vector), vector.codeDepth);
  MerkleTree tree(vector.memDepth);
  auto pack = [&](const Registers &registers) {
    tree.update(memory->bytes(), memory->takeWrittenPages());
    return packState(registers, proof.root, vector.codeDepth, vector.memDepth,
                     tree.root());
  };

  auto before = pack(vector.pre);
  std::vector<uint8_t> calldata(before.begin(), before.end());
  if (fetchesCode(vector.pre, program.code())) {
    append(calldata, proof.leaf);
    for (const Hash &sibling : proof.siblings)
      append(calldata, sibling);
  }
  if (auto data = touchedWord(vector.pre, program.code(), memory->size())) {
    append(calldata, tree.leaf(memory->bytes(), *data));
    for (const Hash &sibling : tree.proof(memory->bytes(), *data))
      append(calldata, sibling);
  }
  Registers registers = vector.pre;
  interpret(registers, program.code(), *memory, 1);
  return nlohmann::ordered_json{
      {"node", 0},
      {"step", 0},
      {"pc", vector.pre.pc},
      {"mnemonic", mnemonic(decode(vector.word).opcode)},
      {"vector", vector.name},
      {"calldata", hex(calldata)},
      {"preState", hex(keccak256(before))},
      {"postState", hex(keccak256(pack(registers)))}};
}

static int fail(const std::string &message) {
  std::fprintf(stderr, "error: %s\n", message.c_str());
  return 1;
}

/// The vectors to prove, for `VECTORS.json [COUNT SEED]`.
static Expected<std::vector<StepVector>>
chooseVectors(std::span<char *const> arguments) {
  if (arguments.size() != 1 && arguments.size() != 3)
    return makeError("expected VECTORS.json [COUNT SEED]; see opml-vm-vectors "
                     "--help");
  Expected<std::vector<StepVector>> spec = readVectors(arguments[0]);
  if (!spec || arguments.size() == 1)
    return spec;
  uint64_t numbers[2];
  for (size_t i = 0; i < 2; ++i) {
    std::string_view text(arguments[i + 1]);
    auto [end, error] = std::from_chars(text.begin(), text.end(), numbers[i]);
    if (error != std::errc() || end != text.end())
      return makeError("'" + std::string(text) + "' is not a number");
  }
  if (spec->empty())
    return makeError(std::string(arguments[0]) + ": holds no vector");
  return randomVectors(*spec, numbers[0], numbers[1]);
}

int main(int argc, char **argv) {
  if (argc == 2 && std::strcmp(argv[1], "--help") == 0) {
    std::puts("usage: opml-vm-vectors VECTORS.json [COUNT SEED]\n\n"
              "Prints a step proof for each vector that opml-isa-gen "
              "--emit=vectors wrote,\nfor opml-dispute arbitrate; or instead "
              "for COUNT random steps.");
    return 0;
  }
  auto vectors = chooseVectors(std::span(argv, size_t(argc)).subspan(1));
  if (!vectors)
    return fail(vectors.error().message);
  for (size_t i = 0; i < vectors->size(); ++i) {
    auto line = prove((*vectors)[i]);
    if (!line)
      return fail((*vectors)[i].name + ": " + line.error().message);
    (*line)["step"] = i;
    std::puts(line->dump().c_str());
  }
  return 0;
}
