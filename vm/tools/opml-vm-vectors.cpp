//===- opml-vm-vectors.cpp - Step proofs of test vectors ------------------===//
//
// Turns single steps into step proofs as opml-vm prove writes them, one JSON
// object a line, so that the steps that unit tests run on interpreter and
// translator run on the contract, too.
//
//===----------------------------------------------------------------------===//

#include "StepProof.h"
#include <charconv>
#include <cstdio>
#include <cstring>

using namespace opml;
using namespace opml::vm;

static constexpr const char *usage =
    "usage: opml-vm-vectors VECTORS.json [--instructions ROUNDS | --words "
    "COUNT]\n\n"
    "Prints a step proof for each vector that opml-isa-gen --emit=vectors "
    "wrote, for\nopml-dispute arbitrate. Or, for the instructions that have a "
    "vector there:\n"
    "  --instructions  at least 1,000 random and edge states of each\n"
    "  --words COUNT   COUNT random words of each kind: any, one bit away from "
    "an\n                  instruction's, with a field that must be zero and "
    "is "
    "not";

static void appendHex(std::string &text, const char *key,
                      std::span<const uint8_t> bytes) {
  text += ",\"";
  text += key;
  text += "\":\"0x";
  for (uint8_t byte : bytes) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  text += '"';
}

static Expected<void> print(const StepVector &vector) {
  static uint64_t number = 0;
  auto witness = proveStep(vector);
  if (!witness)
    return makeError(vector.name + ": " + witness.error().message);
  std::string line = "{\"node\":0,\"step\":" + std::to_string(number++) +
                     ",\"pc\":" + std::to_string(vector.pre.pc) +
                     ",\"mnemonic\":\"" +
                     std::string(mnemonic(witness->opcode)) +
                     "\",\"vector\":\"" + vector.name + '"';
  appendHex(line, "calldata", witness->calldata);
  appendHex(line, "preState", witness->preState);
  appendHex(line, "postState", witness->postState);
  line += '}';
  std::puts(line.c_str());
  return {};
}

static Expected<void> printAll(const std::vector<StepVector> &vectors) {
  for (const StepVector &vector : vectors)
    if (auto printed = print(vector); !printed)
      return printed;
  return {};
}

static Expected<void> printInstructions(const std::vector<Encoding> &encodings,
                                        uint64_t rounds) {
  for (uint64_t round = 0; round < rounds; ++round)
    for (const Encoding &encoding : encodings)
      for (const StepGroup &group : instructionSteps(encoding, round))
        if (auto printed = printAll(group.steps); !printed)
          return printed;
  return {};
}

static Expected<void> printWords(const std::vector<Encoding> &encodings,
                                 uint64_t count) {
  for (const StepGroup &group : wordSteps(encodings, count))
    if (auto printed = printAll(group.steps); !printed)
      return printed;
  return {};
}

static Expected<void> run(std::span<char *const> arguments) {
  bool isPlain = arguments.size() == 1;
  std::string_view option = arguments.size() == 3 ? arguments[1] : "";
  if (!isPlain && option != "--instructions" && option != "--words")
    return makeError("expected VECTORS.json [--instructions ROUNDS | --words "
                     "COUNT]; see opml-vm-vectors --help");
  auto spec = readVectors(arguments[0]);
  if (!spec)
    return tl::unexpected(spec.error());
  if (isPlain)
    return printAll(*spec);
  uint64_t number = 0;
  std::string_view text(arguments[2]);
  auto [end, error] = std::from_chars(text.begin(), text.end(), number);
  if (error != std::errc() || end != text.end())
    return makeError("'" + std::string(text) + "' is not a number");
  std::vector<Encoding> encodings = findEncodings(*spec);
  if (encodings.empty())
    return makeError(std::string(arguments[0]) + ": holds no vector");
  return option == "--words" ? printWords(encodings, number)
                             : printInstructions(encodings, number);
}

int main(int argc, char **argv) {
  if (argc == 2 && std::strcmp(argv[1], "--help") == 0) {
    std::puts(usage);
    return 0;
  }
  if (auto done = run(std::span(argv, size_t(argc)).subspan(1)); !done) {
    std::fprintf(stderr, "error: %s\n", done.error().message.c_str());
    return 1;
  }
  return 0;
}
