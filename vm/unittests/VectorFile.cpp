//===- VectorFile.cpp - The spec's test vectors, read back ----------------===//

#include "VectorFile.h"
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sys/mman.h>

using namespace opml;
using namespace opml::vm;
using nlohmann::json;

// The file is the generator's own, so its shape is only asserted by the parse.
static Registers readRegisters(const json &state) {
  Registers registers;
  registers.nextPc = state["nextPc"];
  registers.hi = state["hi"];
  registers.lo = state["lo"];
  for (size_t i = 0; i < 32; ++i)
    registers.gpr[i] = state["gpr"][i];
  return registers;
}

static SparseMemory readMemory(const json &words) {
  SparseMemory memory;
  for (const json &word : words)
    memory[word[0]] = word[1];
  return memory;
}

Expected<std::vector<StepVector>>
opml::vm::readVectors(const std::string &path) {
  std::ifstream file(path);
  json parsed = json::parse(file, nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_object() || !parsed["vectors"].is_array())
    return makeError(path + ": no vector file; expected the output of "
                            "opml-isa-gen --emit=vectors");
  std::vector<StepVector> vectors;
  for (const json &object : parsed["vectors"]) {
    StepVector vector;
    vector.name = object["name"];
    vector.word = object["word"];
    vector.codeDepth = object["codeDepth"];
    vector.memDepth = object["memDepth"];
    vector.pre = readRegisters(object["pre"]);
    vector.pre.pc = object["pc"];
    vector.memory = readMemory(object["memory"]);
    if (object.contains("post")) {
      const json &post = object["post"];
      vector.post = readRegisters(post);
      vector.post->pc = post["pc"];
      vector.post->status = Status(uint8_t(post["status"]));
      vector.post->cause = post["cause"];
      vector.postMemory = readMemory(post["memory"]);
    }
    vectors.push_back(std::move(vector));
  }
  return vectors;
}

std::vector<uint8_t> opml::vm::denseMemory(const SparseMemory &words,
                                           unsigned depth) {
  std::vector<uint8_t> bytes(size_t(32) << depth);
  for (auto [address, word] : words)
    std::memcpy(&bytes[address], &word, sizeof word);
  return bytes;
}

OneInstruction::OneInstruction(uint32_t word, uint32_t pc, unsigned depth)
    : count(size_t(pc) / 4 + 1), depth(depth) {
  void *pages =
      mmap(nullptr, count * sizeof(Instruction), PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (pages == MAP_FAILED)
    std::abort(); // a test machine without address space
  base = static_cast<Instruction *>(pages);
  base[count - 1] = decode(word);
}

OneInstruction::~OneInstruction() { munmap(base, count * sizeof(Instruction)); }
