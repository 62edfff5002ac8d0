//===- KeccakVectors.cpp - Published test vectors of Keccak ---------------===//

#include "KeccakVectors.h"
#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace opml::vm;

std::string opml::vm::keccakTestData(const std::string &name) {
  const char *dir = std::getenv("OPML_TESTDATA");
  return std::string(dir ? dir : OPML_DEFAULT_TESTDATA) + "/keccak/" + name;
}

static std::vector<uint8_t> fromHex(std::string_view text) {
  std::vector<uint8_t> bytes;
  for (size_t i = 0; i + 1 < text.size(); i += 2)
    bytes.push_back(
        uint8_t(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  return bytes;
}

std::optional<std::vector<MessageVector>>
opml::vm::readMessageVectors(const std::string &name) {
  std::ifstream file(keccakTestData(name));
  if (!file)
    return std::nullopt;
  std::vector<MessageVector> vectors;
  std::string key, equals, value;
  size_t bits = 0;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    if (!(words >> key >> equals >> value))
      continue;
    if (key == "Len") {
      bits = std::stoul(value);
    } else if (key == "Msg") {
      vectors.push_back({fromHex(value), {}});
      vectors.back().message.resize(bits / 8);
    } else if (key == "MD") {
      vectors.back().digest = fromHex(value);
    }
  }
  return vectors;
}

/// Five lines of five 64-bit words.
static KeccakState readState(std::istream &file) {
  KeccakState state;
  for (uint64_t &lane : state)
    file >> std::hex >> lane;
  return state;
}

std::optional<std::vector<PermutationVector>>
opml::vm::readPermutationVectors() {
  std::ifstream file(keccakTestData("KeccakF-1600-IntermediateValues.txt"));
  if (!file)
    return std::nullopt;
  std::vector<PermutationVector> vectors;
  for (std::string line; std::getline(file, line);) {
    // The file states each permutation's input, then its rounds.
    if (line.starts_with("Same, with lanes as 64-bit words"))
      vectors.push_back({readState(file)});
    else if (line.starts_with("After iota") && !vectors.empty())
      vectors.back().push_back(readState(file));
  }
  return vectors;
}
