//===- ProverTest.cpp - What a player of a dispute asks about a run -------===//

#include "opml/runtime/Prover.h"
#include "../../vm/unittests/GuestProgram.h"
#include "TempDir.h"
#include "TestImage.h"
#include "TestNative.h"
#include <thread>

using namespace opml;
using namespace opml::runtime;
using namespace opml::runtime::test;
using namespace opml::vm::test;

namespace {

using ImageRun = runtime::Run; // testing::Test has a member Run

class ProverTest : public testing::Test {
protected:
  Image write(const Manifest &manifest, const std::vector<uint8_t> &program) {
    TestWeights weights;
    EXPECT_TRUE(writeImage(path, manifest, program, weights));
    return std::move(*Image::open(path));
  }
  static std::vector<Tensor> inputs() {
    return {{{ElementType::Int32, {2}}, int32Bytes({1, -2})}};
  }
  Prover open(const Manifest &manifest, const std::vector<uint8_t> &program,
              std::shared_ptr<NativeEngine> native = nullptr) {
    Image image = write(manifest, program);
    auto makeEngine = [program = image.program()] {
      return Expected<std::unique_ptr<vm::Engine>>(
          vm::createInterpreter(program->code()));
    };
    Expected<Prover> prover = Prover::create(image, inputs(), makeEngine,
                                             {1 << 20, std::move(native)});
    EXPECT_TRUE(prover) << prover.error().message;
    return std::move(*prover);
  }
  Prover open() { return open(testManifest(), testProgram()); }
  /// With other code for node 0; node 1 enters at word 8.
  Prover open(Words code) {
    code.resize(16, nop);
    return open(testManifest(), elfFile({codeSegment(code)}));
  }
  /// Contexts by native code, in which one node may be wrong.
  Prover openNative(uint32_t wrongNode = NativeSettings().wrongNode) {
    Manifest manifest = write(testManifest(), testProgram()).manifest();
    keepTestNative(OPML_TEST_NATIVE, dir.file("cache"), manifest, wrongNode);
    auto native =
        NativeEngine::create(manifest, {dir.file("cache"), "", /*threads=*/2});
    EXPECT_TRUE(native) << native.error().message;
    return open(testManifest(), testProgram(), *native);
  }
  ImageRun reference() {
    return ImageRun(write(testManifest(), testProgram()), inputs());
  }

  TempDir dir;
  std::string path = dir.file("test.opml");
};

template <typename T> std::string errorOf(const Expected<T> &answer) {
  return answer ? "" : answer.error().message;
}

TEST_F(ProverTest, ContextsAreThoseOfARun) {
  ImageRun run = reference();
  std::vector<Hash> roots{run.contextRoot()};
  for (int node = 0; node < 2; ++node) {
    ASSERT_TRUE(run.runNode());
    roots.push_back(run.contextRoot());
  }
  // Also when a later one is asked for first.
  Prover prover = open();
  for (uint64_t nodes : {2, 0, 1, 2})
    EXPECT_EQ(prover.context(nodes)->root, roots[nodes]);
  EXPECT_EQ(errorOf(prover.context(17)),
            "there is no context after 17 nodes; the graph has 2^4");
}

TEST_F(ProverTest, ValuesAreProvedInEveryContext) {
  Prover prover = open();
  for (uint64_t nodes : {2, 1, 0})
    for (uint32_t value : {a, b, x, doubled, y}) {
      Expected<RootProof> proof = prover.value(nodes, value);
      ASSERT_TRUE(proof) << proof.error().message;
      EXPECT_TRUE(vm::verifyProof(prover.context(nodes)->root,
                                  prover.manifest().contextDepth(), proof->root,
                                  value, proof->siblings));
      bool exists = value < doubled || nodes > value - doubled;
      EXPECT_EQ(proof->root != Hash{}, exists);
    }
  EXPECT_EQ(errorOf(prover.value(0, 5)),
            "there is no value 5; the image has 5 values, numbered from 0");
}

TEST_F(ProverTest, StatesAreThoseOfTheMachine) {
  ImageRun run = reference();
  ASSERT_TRUE(run.runNode());
  Prover prover = open();
  std::vector<Hash> hashes;
  for (uint64_t step = 0; step <= 32; ++step) {
    vm::Machine machine = std::move(*run.machine(1));
    machine.run(step);
    hashes.push_back(machine.stateHash());
    EXPECT_EQ(*prover.stateHash(1, step), hashes[step]);
    if (step == 32)
      break;
    Expected<vm::ProvenStep> proven = prover.witness(1, step);
    ASSERT_TRUE(proven);
    EXPECT_EQ(proven->witness.calldata, machine.witnessStep().calldata);
  }
  EXPECT_EQ(*prover.section(1, 0, 32, 32),
            std::vector<Hash>(hashes.begin() + 1, hashes.end()));
  EXPECT_EQ(*prover.steps(0), 8u);
  EXPECT_EQ(*prover.steps(1), 14u);
}

TEST_F(ProverTest, NumbersOutOfRangeAreNamed) {
  Prover prover = open();
  EXPECT_EQ(errorOf(prover.stateHash(2, 0)),
            "there is no node 2; the image has 2 nodes, numbered from 0");
  EXPECT_EQ(errorOf(prover.stateHash(0, 17)),
            "step 17 is beyond the trace of node 0, which has 2^4 steps");
  EXPECT_EQ(errorOf(prover.witness(0, 16)),
            "step 16 is beyond the trace of node 0, which has 2^4 steps");
  EXPECT_EQ(errorOf(prover.section(0, 3, 2, 16)),
            "a section from step 3 cannot end at step 2");
  EXPECT_EQ(errorOf(prover.section(0, 2, UINT64_MAX, 16)),
            "step 18446744073709551615 is beyond the trace of node 0, which "
            "has 2^4 steps");
  for (uint64_t k : {0, 4097})
    EXPECT_EQ(errorOf(prover.section(0, 2, 3, k)),
              "a section has 1 to 4096 parts, not " + std::to_string(k));
  EXPECT_NE(errorOf(prover.steps(2)), "");
  EXPECT_NE(errorOf(prover.slots(0, 17)), "");
}

/// The hand-over: memory begins with the operands, and ends with the results.
TEST_F(ProverTest, SlotsAreProvedInMemory) {
  Prover prover = open();
  const Manifest &manifest = prover.manifest();
  for (uint64_t node : {0, 1})
    for (uint64_t step : {0, 5, 16}) {
      Expected<SlotRoots> slots = prover.slots(node, step);
      ASSERT_TRUE(slots) << slots.error().message;
      EXPECT_EQ(slots->steps, std::min(step, *prover.steps(node)));
      EXPECT_EQ(vm::keccak256(slots->packedState),
                *prover.stateHash(node, step));
      Hash memRoot;
      std::copy_n(slots->packedState.end() - 32, 32, memRoot.begin());
      auto check = [&](const std::vector<Slot> &all,
                       const std::vector<RootProof> &proofs, bool exist) {
        ASSERT_EQ(all.size(), proofs.size());
        for (size_t i = 0; i < all.size(); ++i) {
          uint64_t index = all[i].address / vm::leafBytes >> all[i].depth;
          unsigned memDepth = prover.manifest().nodes[node].memDepth;
          EXPECT_TRUE(vm::verifyProof(memRoot, memDepth - all[i].depth,
                                      proofs[i].root, index,
                                      proofs[i].siblings));
          if (exist)
            EXPECT_EQ(proofs[i].root,
                      prover.value(node + 1, all[i].value)->root);
        }
      };
      check(manifest.nodes[node].operands, slots->operands, true);
      check(manifest.nodes[node].results, slots->results,
            step >= *prover.steps(node));
    }
}

TEST_F(ProverTest, AFailedNodeEndsTheRun) {
  Prover prover = open({lw(t0, 2, zero)});
  std::string why =
      "node 'Twice' trapped: MisalignedLoad at pc 0x0: lw $t0, 2($zero)";
  EXPECT_FALSE(prover.context(0)->failure);
  for (uint64_t nodes : {1, 2}) {
    Expected<Context> context = prover.context(nodes);
    ASSERT_TRUE(context);
    EXPECT_EQ(context->root, failedContext());
    EXPECT_EQ(context->failure->message, why);
  }
  EXPECT_EQ(errorOf(prover.value(1, 0)),
            "the context after 1 nodes holds no values: " + why);
  EXPECT_EQ(errorOf(prover.stateHash(1, 0)), "node 1 has no machine: " + why);
  EXPECT_EQ(errorOf(prover.steps(1)), "node 1 has no machine: " + why);
  EXPECT_TRUE(prover.stateHash(0, 3)); // its machine is what is disputed
  EXPECT_EQ(*prover.steps(0), 1u);
}

TEST_F(ProverTest, FailedIsTheHashOfItsTag) {
  std::vector<uint8_t> tag(32);
  std::ranges::copy(std::string_view("opml.failed.v1"), tag.begin());
  EXPECT_EQ(failedContext(), vm::keccak256(tag));
}

/// N8 of docs/protocol.md: a root is the slot's, whatever lies in it. The next
/// node finds all of it; only a tensor cannot be made of it.
TEST_F(ProverTest, WhatANodeWritesBehindItsResultCounts) {
  Words code{addiu(t0, zero, 5), sw(t0, 0x40 + 8, zero), loadExit, systemCall};
  code.resize(8, nop);
  append(code, {lw(t0, 0x20 + 8, zero), sw(t0, 0x80 + 28, zero), loadExit,
                systemCall});
  code.resize(16, nop);
  std::vector<uint8_t> program = elfFile({codeSegment(code)});
  Prover prover = open(testManifest(), program);
  Hash doubledRoot{}, outputRoot{};
  doubledRoot[8] = outputRoot[28] = 5;
  EXPECT_EQ(prover.value(1, doubled)->root, doubledRoot);
  EXPECT_EQ(prover.slots(0, 16)->results[0].root, doubledRoot);
  EXPECT_EQ(prover.slots(1, 0)->operands[0].root, doubledRoot);
  EXPECT_EQ(prover.value(2, y)->root, outputRoot);
  EXPECT_EQ(prover.slots(1, 256)->results[0].root, outputRoot);

  ImageRun run(write(testManifest(), program), inputs());
  ASSERT_TRUE(run.runAll());
  EXPECT_EQ(run.contextRoot(), prover.context(2)->root);
  EXPECT_EQ(errorOf(run.outputs()), "output 'y' is no tensor: the node that "
                                    "computes it wrote behind its end");
}

TEST_F(ProverTest, ADamagedWeightIsAnErrorAndNoFailedNode) {
  Prover prover = open();
  flipBit(path + "/weights.bin", 0, 3);
  EXPECT_TRUE(prover.context(1));
  EXPECT_NE(errorOf(prover.context(2)).find("weight 'a' is damaged"),
            std::string::npos);
}

TEST_F(ProverTest, QuestionsAreGivenUp) {
  Manifest manifest = testManifest();
  manifest.nodes[0].stepBits = 48;
  Words endless{beq(zero, zero, -1), nop};
  endless.resize(16, nop);
  Prover prover = open(manifest, elfFile({codeSegment(endless)}));
  std::atomic<bool> cancel = false;
  uint64_t reports = 0;
  ProverWatch watch{&cancel, [&](const ProverProgress &progress) {
                      EXPECT_LE(progress.nodesDone, progress.nodes);
                      EXPECT_GT(progress.steps, 0u);
                      cancel = ++reports == 3;
                    }};
  EXPECT_EQ(errorOf(prover.context(1, watch)), "cancelled");
  EXPECT_EQ(reports, 3u);
  reports = 0;
  cancel = false;
  EXPECT_EQ(errorOf(prover.stateHash(0, uint64_t(1) << 40, watch)),
            "cancelled");
  EXPECT_EQ(reports, 3u);
  EXPECT_TRUE(prover.stateHash(0, 1000));
}

/// Every answer is the VM's.
TEST_F(ProverTest, NativeCodeComputesTheContexts) {
  Prover machines = open();
  Prover prover = openNative();
  for (uint64_t nodes : {1, 0, 2, 16})
    EXPECT_EQ(prover.context(nodes)->root, machines.context(nodes)->root);
  for (uint64_t node : {1, 0}) {
    EXPECT_EQ(*prover.steps(node), *machines.steps(node));
    EXPECT_EQ(*prover.section(node, 0, 16, 16),
              *machines.section(node, 0, 16, 16));
    Expected<SlotRoots> slots = prover.slots(node, 16);
    ASSERT_TRUE(slots) << slots.error().message;
    EXPECT_EQ(slots->packedState, machines.slots(node, 16)->packedState);
    EXPECT_EQ(prover.witness(node, 5)->witness.calldata,
              machines.witness(node, 5)->witness.calldata);
  }
}

/// Such a player would lose its bond; better it says so before it moves.
TEST_F(ProverTest, WrongNativeCodeIsNoticedAtTheHandOver) {
  Prover prover = openNative(/*wrongNode=*/0);
  EXPECT_TRUE(prover.slots(0, 16)); // before it has run
  ASSERT_TRUE(prover.context(2));
  EXPECT_NE(prover.context(1)->root, open().context(1)->root);
  EXPECT_EQ(errorOf(prover.slots(0, 16)),
            "native code and the VM disagree about value 'doubled' of node "
            "'Twice'");
  EXPECT_TRUE(prover.slots(0, 3));  // its results are not yet there
  EXPECT_TRUE(prover.slots(1, 16)); // right, from what came in
}

static void askFromThreads(Prover prover) {
  std::vector<std::thread> threads(4);
  for (std::thread &thread : threads)
    thread = std::thread([&] {
      for (uint64_t step = 0; step < 40; ++step) {
        EXPECT_TRUE(prover.stateHash(step % 2, step % 16));
        EXPECT_TRUE(prover.context(step % 3));
        EXPECT_TRUE(prover.witness(1 - step % 2, step % 16));
      }
    });
  for (std::thread &thread : threads)
    thread.join();
}

TEST_F(ProverTest, ThreadsMayAskAtOnce) {
  askFromThreads(open());
  askFromThreads(openNative());
}

} // namespace
