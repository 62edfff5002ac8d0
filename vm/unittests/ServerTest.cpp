//===- ServerTest.cpp - opml-vm serve -------------------------------------===//

#include "ServerFixture.h"
#include "opml/runtime/Hex.h"

using namespace opml;
using namespace opml::runtime;
using namespace opml::vm;
using namespace opml::vm::serve;

namespace {

class ServerTest : public serve::test::ServerFixture {};

std::string errorOf(const Json &reply) { return reply.value("error", ""); }

TEST_F(ServerTest, AnswersWhatTheProverSays) {
  start();
  EXPECT_EQ(
      ask(R"({"id": 1, "op": "context", "nodes": 2})"),
      Json({{"id", 1},
            {"result",
             {{"nodes", 2}, {"root", toHex(prover->context(2)->root)}}}}));
  EXPECT_EQ(ask(R"({"id": "x", "op": "state", "node": 1, "step": 5})"),
            Json({{"id", "x"},
                  {"result",
                   {{"node", 1},
                    {"step", 5},
                    {"hash", toHex(*prover->stateHash(1, 5))}}}}));
  EXPECT_EQ(ask(R"({"id": -3, "op": "steps", "node": 1})"),
            Json({{"id", -3}, {"result", {{"node", 1}, {"steps", 14}}}}));

  Json section = ask(
      R"({"op": "section", "k": 3, "node": 0, "from": 1, "to": 9, "id": 4})");
  EXPECT_EQ(section["result"]["steps"], Json({3, 6, 9}));
  for (size_t i = 0; i < 3; ++i)
    EXPECT_EQ(section["result"]["hashes"][i],
              toHex(*prover->stateHash(0, 3 * (i + 1))));

  Json contexts = ask(R"({"id": 5, "op": "contexts"})");
  ASSERT_EQ(contexts["result"]["roots"].size(), 3u);
  for (size_t i = 0; i < 3; ++i)
    EXPECT_EQ(contexts["result"]["roots"][i], toHex(prover->context(i)->root));
}

Hash hashOf(const Json &text) {
  Hash hash{};
  EXPECT_TRUE(parseHash(text.get<std::string>(), hash)) << text;
  return hash;
}

Hash fold(const Json &root, uint64_t index, const Json &siblings) {
  std::vector<Hash> path;
  for (const Json &sibling : siblings)
    path.push_back(hashOf(sibling));
  return foldProof(hashOf(root), index, path);
}

TEST_F(ServerTest, ProofsFoldToTheRootsTheyAreOf) {
  start();
  Json model = ask(R"({"id": 0, "op": "model"})")["result"];
  EXPECT_EQ(model["modelRoot"], toHex(prover->manifest().modelRoot));
  EXPECT_EQ(model["nodes"], 2);
  EXPECT_EQ(model["inputs"][0]["name"], "x");
  for (uint64_t node : {0, 1}) {
    std::string number = std::to_string(node);
    Json found = ask(R"({"id": 1, "op": "node", "node": )" + number + "}");
    const Json &descriptor = found["result"];
    EXPECT_EQ(fold(descriptor["nodeHash"], node, descriptor["siblings"]),
              hashOf(model["nodesRoot"]));
    Json context =
        ask(R"({"id": 1, "op": "context", "nodes": )" + number + "}")["result"];
    Json slots = ask(R"({"id": 1, "op": "slots", "step": 0, "node": )" +
                     number + "}")["result"];
    auto state = slots["packedState"].get<std::string>();
    for (size_t i = 0; i < slots["operands"].size(); ++i) {
      const Json &slot = descriptor["operands"][i];
      const Json &proof = slots["operands"][i];
      uint64_t depth = slot["depth"], address = slot["address"];
      EXPECT_EQ(fold(proof["root"], address >> 5 >> depth, proof["siblings"]),
                hashOf("0x" + state.substr(state.size() - 64)));
      Json value = ask(R"({"id": 1, "op": "value", "nodes": )" + number +
                       R"(, "value": )" + slot["value"].dump() + "}");
      EXPECT_EQ(value["result"]["root"], proof["root"]);
      EXPECT_EQ(fold(proof["root"], slot["value"], value["result"]["siblings"]),
                hashOf(context["root"]));
    }
  }
}

TEST_F(ServerTest, AWitnessIsWhatProveWrites) {
  start();
  Json witness = ask(R"({"id": 1, "op": "witness", "node": 1, "step": 3})");
  Expected<ProvenStep> proven = prover->witness(1, 3);
  EXPECT_EQ(witness["result"]["calldata"], toHex(proven->witness.calldata));
  EXPECT_EQ(witness["result"]["mnemonic"], "lw");
  EXPECT_EQ(witness["result"]["memoryProof"]["siblings"].size(), 3u);
}

TEST_F(ServerTest, MistakesAreNamedAndTheServerLivesOn) {
  start();
  const struct {
    const char *line, *id, *error;
  } mistakes[] = {
      {"{", "null", "the line is not a JSON object"},
      {"[1]", "null", "the line is not a JSON object"},
      {"7", "null", "the line is not a JSON object"},
      {"{} {}", "null", "the line is not a JSON object"},
      {"\xff", "null", "the line is not a JSON object"},
      {R"({"id":"\xff"})", "null", "the line is not a JSON object"},
      {R"({"id":1e999})", "null", "the line is not a JSON object"},
      {"{}", "null", "'id' is missing"},
      {R"({"op":"model"})", "null", "'id' is missing"},
      {R"({"id":1.5,"op":"model"})", "null",
       "'id' is neither an integer nor a string of at most 64 bytes"},
      {R"({"id":null,"op":"model"})", "null",
       "'id' is neither an integer nor a string of at most 64 bytes"},
      {R"({"id":{"a":1},"op":"model"})", "null",
       "a request holds no lists or objects"},
      {R"({"id":1,"id":2,"op":"model"})", "null", "'id' is there twice"},
      {R"({"id":1})", "1", "'op' is missing"},
      {R"({"id":1,"op":2})", "1", "'op' is not a string"},
      {R"({"id":1,"op":"State"})", "1",
       "there is no op 'State'; there are model, node, context, contexts, "
       "value, steps, state, section, witness, slots, cancel"},
      {R"({"id":1,"op":"state","node":0})", "1", "'step' is missing"},
      {R"({"id":1,"op":"state","node":"0","step":0})", "1",
       "'node' is not an integer from 0 to 2^64 - 1"},
      {R"({"id":1,"op":"state","node":0,"step":-1})", "1",
       "'step' is not an integer from 0 to 2^64 - 1"},
      {R"({"id":1,"op":"state","node":0,"step":18446744073709551616})", "1",
       "'step' is not an integer from 0 to 2^64 - 1"},
      {R"({"id":1,"op":"state","node":0,"step":1.0})", "1",
       "'step' is not an integer from 0 to 2^64 - 1"},
      {R"({"id":1,"op":"state","node":0,"step":0,"k":1})", "1",
       "'k' does not belong to op 'state'"},
      {R"({"id":1,"op":"cancel"})", "1", "'request' is missing"},
      {R"({"id":1,"op":"cancel","request":true})", "1",
       "'request' is neither an integer nor a string of at most 64 bytes"},
      {R"({"id":1,"op":"node","node":16})", "1",
       "there is no node 16; the graph has 2^4 nodes with its padding, "
       "numbered from 0"},
      {R"({"id":1,"op":"section","node":0,"from":2,"to":1,"k":16})", "1",
       "a section from step 2 cannot end at step 1"},
      {R"({"id":1,"op":"section","node":0,"from":0,"to":1,"k":0})", "1",
       "a section has 1 to 4096 parts, not 0"},
  };
  for (const auto &mistake : mistakes) {
    Json reply = ask(mistake.line);
    EXPECT_EQ(reply["id"].dump(), mistake.id) << mistake.line;
    EXPECT_EQ(errorOf(reply), mistake.error) << mistake.line;
  }
  std::string longId(65, 'x'), goodId(64, 'x');
  EXPECT_TRUE(ask(R"({"op":"model","id":")" + longId + "\"}")["id"].is_null());
  EXPECT_TRUE(
      ask(R"({"op":"model","id":")" + goodId + "\"}").contains("result"));
}

TEST_F(ServerTest, LinesMayBeSplitAnywhereButNotBeTooLong) {
  start();
  std::string request = R"({"id":1,"op":"steps","node":0})";
  for (char c : "\r\n  \n" + request + "\r\n")
    if (c != 0)
      server->receive({&c, 1});
  EXPECT_EQ(receive()["result"]["steps"], 8);
  std::string second = R"({"id":2,"op":"steps","node":0})";
  server->receive(request + "\n" + second.substr(0, 5));
  server->receive(second.substr(5) + "\n");
  EXPECT_EQ(receive()["result"]["steps"], 8);
  EXPECT_EQ(receive()["result"]["steps"], 8);

  std::string padded = request + std::string(4096 - request.size(), ' ');
  EXPECT_EQ(ask(padded)["result"]["steps"], 8);
  EXPECT_EQ(errorOf(ask(padded + " ")), "the line is longer than 4096 bytes");
  for (int i = 0; i < 1000; ++i)
    server->receive(std::string(1000, '['));
  EXPECT_EQ(errorOf(ask("]")), "the line is longer than 4096 bytes");
  EXPECT_EQ(ask(request)["result"]["steps"], 8);
}

TEST_F(ServerTest, ARequestIsCancelled) {
  start(/*endless=*/true);
  send(R"({"id":"long","op":"context","nodes":1})");
  EXPECT_EQ(ask(R"({"id":2,"op":"cancel","request":"other"})").dump(),
            R"({"id":2,"result":{"cancelled":false}})");
  send(R"({"id":3,"op":"cancel","request":"long"})");
  std::vector<std::string> replies{receive().dump(), receive().dump()};
  std::ranges::sort(replies);
  EXPECT_EQ(replies, std::vector<std::string>(
                         {R"({"id":"long","error":"cancelled"})",
                          R"({"id":3,"result":{"cancelled":true}})"}));
  EXPECT_EQ(ask(R"({"id":4,"op":"state","node":0,"step":99})")["id"], 4);
}

TEST_F(ServerTest, LongRequestsShowProgress) {
  start(/*endless=*/true);
  send(R"({"id":7,"op":"state","node":0,"step":1000000000000})");
  std::unique_lock<std::mutex> lock(mutex);
  arrived.wait(lock, [this] { return lines.size() >= 2; });
  uint64_t before = 0;
  for (const std::string &line : lines) {
    Json progress = Json::parse(line)["progress"];
    EXPECT_GT(progress["steps"].get<uint64_t>(), before);
    EXPECT_EQ(progress["of"], 1000000000000);
    before = progress["steps"];
  }
  lock.unlock();
  server->finish();
}

TEST_F(ServerTest, AnIdIsUsedOnceAtATime) {
  start(/*endless=*/true);
  send(R"({"id":1,"op":"context","nodes":1})");
  Json reply = ask(R"({"id":1,"op":"model"})");
  EXPECT_TRUE(reply["id"].is_null());
  EXPECT_EQ(errorOf(reply), "a request with id 1 is in flight");
  // Neither a cancel nor a mistake may pass for the answer.
  reply = ask(R"({"id":1,"op":"cancel","request":1})");
  EXPECT_TRUE(reply["id"].is_null());
  EXPECT_EQ(errorOf(reply), "a request with id 1 is in flight");
  reply = ask(R"({"id":1,"op":"state"})");
  EXPECT_TRUE(reply["id"].is_null());
  EXPECT_EQ(errorOf(reply), "'node' is missing");
  EXPECT_TRUE(ask(R"({"id":"1","op":"model"})").contains("result"));
  for (int i = 0; i < 100; ++i)
    EXPECT_TRUE(ask(R"({"id":2,"op":"model"})").contains("result"));
}

TEST_F(ServerTest, TooManyRequestsAreRefusedAndAllAreAnsweredAtTheEnd) {
  start(/*endless=*/true);
  constexpr size_t count = Server::maxInFlight + 5;
  for (size_t i = 0; i < count; ++i)
    send(R"({"op":"context","nodes":1,"id":)" + std::to_string(i) + "}");
  server->receive("{");
  size_t cancelled = 0, refused = 0, broken = 0;
  for (const std::string &line : finish()) {
    Json reply = Json::parse(line);
    if (reply.contains("progress"))
      continue;
    std::string error = errorOf(reply);
    cancelled += error == "cancelled";
    refused += error.ends_with("1024 others are in flight");
    broken += error == "the input ends within a line";
  }
  EXPECT_EQ(cancelled, Server::maxInFlight);
  EXPECT_EQ(refused, 5u);
  EXPECT_EQ(broken, 1u);
}

} // namespace
