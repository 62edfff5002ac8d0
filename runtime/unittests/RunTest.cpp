//===- RunTest.cpp - Running the test image -------------------------------===//

#include "opml/runtime/Run.h"
#include "../../vm/unittests/GuestProgram.h"
#include "TempDir.h"
#include "TestImage.h"

using namespace opml;
using namespace opml::runtime;
using namespace opml::runtime::test;
using namespace opml::vm::test;

namespace {

using ImageRun = runtime::Run; // testing::Test has a member Run

class RunTest : public testing::Test {
protected:
  /// Writes the image with other code, and opens it with x = [1, -2].
  ImageRun open(const Manifest &manifest, const std::vector<uint8_t> &program) {
    TestWeights weights;
    Expected<Manifest> written = writeImage(path, manifest, program, weights);
    EXPECT_TRUE(written) << written.error().message;
    Expected<Image> image = Image::open(path);
    EXPECT_TRUE(image) << image.error().message;
    return ImageRun(std::move(*image),
                    {{{ElementType::Int32, {2}}, int32Bytes({1, -2})}});
  }
  ImageRun open() { return open(testManifest(), testProgram()); }
  /// The error of node 0 when its code is this.
  std::string errorOf(Words code) {
    code.resize(16, nop); // node 1 enters at word 8
    ImageRun run = open(testManifest(), elfFile({codeSegment(code)}));
    Expected<NodeStats> stats = run.runNode();
    return stats ? "" : stats.error().message;
  }
  TempDir dir;
  std::string path = dir.file("test.opml");
};

TEST_F(RunTest, ComputesTheModel) {
  ImageRun run = open();
  std::vector<uint64_t> reported;
  Expected<std::vector<NodeStats>> stats =
      run.runAll([&](size_t done, size_t total, uint64_t steps) {
        EXPECT_EQ(total, 2u);
        EXPECT_LT(done, 2u);
        reported.push_back(steps);
      });
  ASSERT_TRUE(stats) << stats.error().message;
  ASSERT_EQ(stats->size(), 2u);
  EXPECT_EQ((*stats)[0].steps, 8u);
  EXPECT_EQ((*stats)[1].steps, 14u);
  EXPECT_EQ(reported, std::vector<uint64_t>({8, 22}));
  Expected<std::vector<Tensor>> outputs = run.outputs();
  ASSERT_TRUE(outputs);
  EXPECT_EQ((*outputs)[0].type.str(), "int32[1,2]");
  EXPECT_EQ((*outputs)[0].bytes,
            int32Bytes({2 * 1 + 100 - 7, 2 * -2 + 200 + 30000}));
}

TEST_F(RunTest, ContextsFollowTheNodes) {
  ImageRun run = open();
  auto leaf = [](const std::vector<int32_t> &values) {
    Hash hash{};
    std::memcpy(hash.data(), values.data(), values.size() * 4);
    return hash;
  };
  auto root = [](const Hash &a, const Hash &b, const Hash &x, const Hash &d,
                 const Hash &y) {
    using vm::hashPair;
    Hash upper = hashPair(hashPair(y, Hash{}), vm::zeroRoot(1));
    return hashPair(hashPair(hashPair(a, b), hashPair(x, d)), upper);
  };
  Hash a = leaf({100, 200}), b = leaf({-7, 30000}), x = leaf({1, -2});
  Hash d = leaf({2, -4}), y = leaf({95, 30196});
  EXPECT_EQ(initialContext(run.manifest()), root(a, b, {}, {}, {}));
  EXPECT_EQ(run.contextRoot(), root(a, b, x, {}, {}));
  ASSERT_TRUE(run.runNode());
  EXPECT_EQ(run.contextRoot(), root(a, b, x, d, {}));
  ASSERT_TRUE(run.runNode());
  EXPECT_EQ(run.contextRoot(), root(a, b, x, d, y));
}

TEST_F(RunTest, OperandRootsAreNodesOfTheMemoryTree) {
  ImageRun run = open();
  Expected<vm::Machine> machine = run.machine(run.nextNode());
  ASSERT_TRUE(machine);
  Hash x{};
  std::memcpy(x.data(), int32Bytes({1, -2}).data(), 8);
  EXPECT_EQ(machine->memoryTree().root(),
            vm::foldProof(x, 1, std::array{vm::zeroRoot(0), vm::zeroRoot(1)}));
}

// Weights of whole pages, and of part of one more.
TEST_F(RunTest, WeightsAreMappedAndTheirTreesKnown) {
  for (int64_t pages : {1, 3, 8})
    for (int64_t more : {0, 4, 2000}) {
      int64_t elements = pages * 1024 + more;
      Manifest manifest = testManifest();
      Value &weight = manifest.values[b];
      weight.type.shape = {elements};
      Slot &slot = manifest.nodes[1].operands[2];
      slot.depth = uint8_t(weight.depth());
      slot.address = uint32_t(32) << slot.depth;
      manifest.nodes[1].memDepth = slot.depth + 1;
      TestWeights weights;
      weights.values[1].resize(elements);
      for (int64_t i = 0; i < elements; ++i)
        weights.values[1][i] = int32_t(i * 0x9e3779b9);
      Expected<Manifest> written =
          writeImage(path, manifest, testProgram(), weights);
      ASSERT_TRUE(written) << written.error().message;
      Expected<Image> image = Image::open(path);
      ASSERT_TRUE(image) << image.error().message;
      EXPECT_TRUE(image->verifyWeights());

      ImageRun run(std::move(*image),
                   {{{ElementType::Int32, {2}}, int32Bytes({1, -2})}});
      ASSERT_TRUE(run.runNode());
      Expected<vm::Machine> machine = run.machine(run.nextNode());
      ASSERT_TRUE(machine) << machine.error().message;
      std::span<const uint8_t> memory = machine->dataMemory().bytes();
      EXPECT_TRUE(std::ranges::equal(memory.subspan(slot.address, elements * 4),
                                     weights.bytes(b)));
      EXPECT_EQ(machine->memoryTree().root(),
                vm::merkleRoot(memory, manifest.nodes[1].memDepth));
      EXPECT_EQ(
          machine->memoryTree().subtreeRoot(memory, slot.address, slot.depth),
          written->values[b].root);
      // What the machine writes, no other machine sees.
      ASSERT_TRUE(machine->dataMemory().write(slot.address, {{1, 2, 3, 4, 5}}));
      Expected<vm::Machine> fresh = run.machine(run.nextNode());
      ASSERT_TRUE(fresh);
      EXPECT_TRUE(std::ranges::equal(
          fresh->dataMemory().bytes().subspan(slot.address, elements * 4),
          weights.bytes(b)));
      EXPECT_NE(machine->stateHash(), fresh->stateHash());
    }
}

TEST_F(RunTest, ACopyRunsOnItsOwn) {
  ImageRun run = open(), copy = run;
  ASSERT_TRUE(copy.runAll());
  EXPECT_EQ(run.nextNode(), 0u);
  ASSERT_TRUE(run.runAll());
  EXPECT_EQ(run.outputRoot(), copy.outputRoot());
}

TEST_F(RunTest, ANodeThatFailsIsNamed) {
  EXPECT_EQ(errorOf({lw(t0, 2, zero)}),
            "node 'Twice' trapped: MisalignedLoad at pc 0x0: lw $t0, 2($zero)");
  EXPECT_EQ(errorOf({addiu(a0, zero, 3), loadExit, systemCall}),
            "node 'Twice' exited with code 3");
  EXPECT_EQ(errorOf({beq(zero, zero, -1), nop}),
            "node 'Twice' did not halt within its bound of 2^4 steps");
}

TEST_F(RunTest, ADamagedWeightStopsTheNodeThatReadsIt) {
  open();
  flipBit(path + "/weights.bin", 0, 3);
  ImageRun run(std::move(*Image::open(path)),
               {{{ElementType::Int32, {2}}, int32Bytes({1, -2})}});
  EXPECT_TRUE(run.runNode());
  Expected<NodeStats> stats = run.runNode();
  ASSERT_FALSE(stats);
  EXPECT_NE(stats.error().message.find("weight 'a' is damaged"),
            std::string::npos);
}

class InputsTest : public RunTest {
protected:
  std::string errorOf(const std::vector<InputArgument> &arguments) {
    Expected<std::vector<Tensor>> inputs =
        readInputs(testManifest(), arguments);
    return inputs ? "" : inputs.error().message;
  }
  std::string write(const std::string &name, const Tensor &tensor) {
    EXPECT_TRUE(writeTensor(dir.file(name), tensor));
    return dir.file(name);
  }
  std::string good =
      write("x.npy", {{ElementType::Int32, {2}}, int32Bytes({1, -2})});
};

TEST_F(InputsTest, AreBoundByNameOrOrder) {
  EXPECT_EQ(errorOf({{"x", good}}), "");
  EXPECT_EQ(errorOf({{"", good}}), "");
  EXPECT_EQ(parseInputArgument("x=a.npy").name, "x");
  EXPECT_EQ(parseInputArgument("x=a=b.npy").path, "a=b.npy");
  EXPECT_EQ(parseInputArgument("a.npy").name, "");
}

TEST_F(InputsTest, MissingUnknownAndRepeatedNamesAreErrors) {
  EXPECT_EQ(errorOf({}),
            "input 'x' (int32[2]) is missing; give it with --input 'x=FILE'");
  EXPECT_EQ(errorOf({{"z", good}}),
            "the model has no input 'z'; its inputs are 'x' (int32[2])");
  EXPECT_EQ(errorOf({{"x", good}, {"x", good}}), "input 'x' is given twice");
  EXPECT_EQ(errorOf({{"x", good}, {"", good}}),
            "'" + good +
                "' is one input too many; the model's inputs are 'x' "
                "(int32[2])");
}

TEST_F(InputsTest, WrongTypesAndShapesAreErrors) {
  std::string type =
      write("t.npy", {{ElementType::Float32, {2}}, std::vector<uint8_t>(8)});
  EXPECT_EQ(errorOf({{"x", type}}),
            "input 'x' is int32[2], but '" + type + "' holds float32[2]");
  std::string shape =
      write("s.npy", {{ElementType::Int32, {1, 2}}, std::vector<uint8_t>(8)});
  EXPECT_EQ(errorOf({{"x", shape}}),
            "input 'x' is int32[2], but '" + shape + "' holds int32[1,2]");
}

} // namespace
