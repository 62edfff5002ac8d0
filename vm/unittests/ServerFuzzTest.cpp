//===- ServerFuzzTest.cpp - opml-vm serve under mutated input -------------===//
//
// Requests are damaged in every way that a mutation fuzzer knows; the random
// numbers are the same in every run. Each line has exactly one answer, and the
// server still tells the truth afterwards. The long set is ten million bytes.
//
//===----------------------------------------------------------------------===//

#include "Nightly.h"
#include "ServerFixture.h"
#include "TestEngines.h"
#include <random>

using namespace opml::vm::serve;

namespace {

const std::vector<std::string> seeds = {
    R"({"id":1,"op":"model"})",
    R"({"id":"a","op":"node","node":1})",
    R"({"id":2,"op":"context","nodes":2})",
    R"({"id":3,"op":"contexts"})",
    R"({"id":4,"op":"value","nodes":1,"value":3})",
    R"({"id":5,"op":"steps","node":0})",
    R"({"id":6,"op":"state","node":1,"step":30})",
    R"({"id":7,"op":"section","node":0,"from":0,"to":16,"k":16})",
    R"({"id":8,"op":"witness","node":1,"step":3})",
    R"({"id":9,"op":"slots","node":0,"step":16})",
    R"({"id":10,"op":"cancel","request":6})",
};

const std::vector<std::string> fragments = {
    "\"",         "\\",
    "{",          "}",
    "[",          "]",
    ",",          ":",
    "null",       "true",
    "-",          "1e999",
    "\\u0000",    "\\ud800",
    "\xff",       "\xc3",
    "\n",         "\r",
    " ",          "0x1",
    "4294967296", "id",
    "op",         "node",
    "step",       "from",
    "to",         "k",
    "state",      "cancel",
    "model",      "9.5e-3",
    "[[[[",       "18446744073709551615"};

class Mutator {
public:
  explicit Mutator(uint64_t seed) : random(seed) {}

  std::string next() {
    std::string line = pick(seeds);
    for (size_t i = below(6); i > 0; --i)
      mutate(line);
    return line;
  }

private:
  size_t below(size_t n) { return random() % n; }
  const std::string &pick(const std::vector<std::string> &all) {
    return all[below(all.size())];
  }

  void mutate(std::string &line) {
    size_t at = below(line.size() + 1);
    switch (below(7)) {
    case 0: // flip a bit
      if (at < line.size())
        line[at] = char(line[at] ^ (1 << below(8)));
      break;
    case 1:
      line.erase(at, 1 + below(4));
      break;
    case 2:
      line.insert(at, pick(fragments));
      break;
    case 3: // repeat a part
      line.insert(at, line.substr(below(line.size() + 1), below(40)));
      break;
    case 4: // go on as another request
      line = line.substr(0, at) + pick(seeds).substr(below(20));
      break;
    case 5: // another number
      if (size_t digit = line.find_first_of("0123456789", at);
          digit != std::string::npos)
        line.replace(digit, 1, std::to_string(random() >> below(64)));
      break;
    case 6: // far too long, or deep
      if (below(20) == 0)
        line.insert(at, std::string(below(6000), pick(fragments)[0]));
      break;
    }
  }

  std::mt19937_64 random;
};

/// Lines that are not blank, as the server counts them.
size_t countLines(const std::string &text) {
  size_t count = 0;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = text.find('\n', begin);
    std::string_view line(&text[begin], end - begin);
    count += line.find_first_not_of(" \t\r") != std::string_view::npos;
    begin = end + 1;
  }
  return count;
}

class ServerFuzz : public test::ServerFixture {};

TEST_F(ServerFuzz, EveryLineHasOneAnswer) {
  start();
  std::string context = ask(seeds[2]).dump(), state = ask(seeds[6]).dump();
  Mutator mutator(20);
  size_t answered = 0, bytes = 0;
  for (int round = 0; round < (opml::test::isNightly() ? 400 : 40); ++round) {
    std::string input;
    for (int i = 0; i < 300; ++i)
      input += mutator.next() + "\n";
    bytes += input.size();
    server->receive(input);
    for (size_t left = countLines(input); left > 0; --left) {
      Json reply = receive();
      ASSERT_EQ(reply.size(), 2u) << reply;
      ASSERT_TRUE(reply.contains("id")) << reply;
      ASSERT_NE(reply.contains("result"), reply.contains("error")) << reply;
      answered += reply.contains("result");
    }
    ASSERT_EQ(ask(seeds[2]).dump(), context);
    ASSERT_EQ(ask(seeds[6]).dump(), state);
  }
  EXPECT_GT(answered, bytes / 1000); // not everything is refused
  EXPECT_TRUE(finish().empty());
}

} // namespace
