//===- opml-vm-vectors.cpp - Step proofs of test vectors ------------------===//
//
// Turns single steps into step proofs as opml-vm prove writes them, one JSON
// object a line, so that the steps that unit tests run on interpreter and
// translator run on the contract, too.
//
//===----------------------------------------------------------------------===//

#include "KnownTraps.h"
#include "StepProof.h"
#include <charconv>
#include <cstdio>
#include <cstring>

using namespace opml;
using namespace opml::vm;

static constexpr const char *usage =
    R"(usage: opml-vm-vectors VECTORS.json [SET [NUMBER]]

Prints step proofs for opml-dispute arbitrate: of the vectors that opml-isa-gen
--emit=vectors wrote, or of another set of steps.
  known-traps          sequences with outcomes worked out by hand
  instructions ROUNDS  from at least 1,000 random and edge states of each
                       instruction in VECTORS.json, ROUNDS times
  words COUNT          of COUNT random words of each kind: any, one bit away from
                       an instruction's, with a field that must be zero but is
                       not)";

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
  std::string set = arguments.size() > 1 ? arguments[1] : "spec";
  bool isCounted = set == "instructions" || set == "words";
  bool isKnown = isCounted || set == "spec" || set == "known-traps";
  size_t expected = isCounted ? 3 : set == "spec" ? 1 : 2;
  if (!isKnown || arguments.size() != expected)
    return makeError("expected VECTORS.json [SET [NUMBER]]; see "
                     "opml-vm-vectors --help");
  auto spec = readVectors(arguments[0]);
  if (!spec)
    return tl::unexpected(spec.error());
  if (set == "spec")
    return printAll(*spec);
  if (set == "known-traps")
    return printAll(knownTraps());
  uint64_t number = 0;
  std::string_view text(arguments[2]);
  auto [end, error] = std::from_chars(text.begin(), text.end(), number);
  if (error != std::errc() || end != text.end())
    return makeError("'" + std::string(text) + "' is not a number");
  std::vector<Encoding> encodings = findEncodings(*spec);
  if (encodings.empty())
    return makeError(std::string(arguments[0]) + ": holds no vector");
  return set == "words" ? printWords(encodings, number)
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
