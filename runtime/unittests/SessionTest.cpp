//===- SessionTest.cpp - Native code, and its check in the VM -------------===//

#include "opml/runtime/Session.h"
#include "TempDir.h"
#include "TestImage.h"
#include "TestNative.h"
#include "opml/runtime/Run.h"

using namespace opml;
using namespace opml::runtime;
using namespace opml::runtime::test;

namespace {

class SessionTest : public testing::Test {
protected:
  std::shared_ptr<NativeEngine>
  engine(uint32_t wrongNode = NativeSettings().wrongNode) {
    keepTestNative(OPML_TEST_NATIVE, dir.file("cache"), manifest, wrongNode);
    auto engine =
        NativeEngine::create(manifest, {dir.file("cache"), "", /*threads=*/2});
    EXPECT_TRUE(engine) << engine.error().message;
    return std::move(*engine);
  }
  Image image() { return *Image::open(path); }
  runtime::Run run(uint32_t wrongNode = NativeSettings().wrongNode) {
    runtime::Run run(image(),
                     {{{ElementType::Int32, {2}}, int32Bytes({1, -2})}},
                     engine(wrongNode));
    EXPECT_TRUE(run.runAll());
    return run;
  }
  /// What the check of a node says, if anything.
  std::string check(const runtime::Run &run, size_t node) {
    std::shared_ptr<const vm::Program> program = image().program();
    auto interpreter = vm::createInterpreter(program->code());
    Expected<void> ok = run.check(node, *interpreter);
    return ok ? "" : ok.error().message;
  }

  TempDir dir;
  std::string path = dir.file("test.opml");
  Manifest manifest = writeTestImage(path);
};

TEST_F(SessionTest, RunsOnOneInputAfterTheOther) {
  auto session = Session::create(image(), engine());
  ASSERT_TRUE(session) << session.error().message;
  for (int32_t first : {1, -5, 1000}) {
    std::vector<uint8_t> x = int32Bytes({first, -2});
    std::ranges::copy(x, (*session)->input(0).begin());
    (*session)->run();
    std::span<const uint8_t> y = (*session)->output(0);
    EXPECT_EQ(std::vector<uint8_t>(y.begin(), y.end()),
              int32Bytes({2 * first + 100 - 7, 2 * -2 + 200 + 30000}));
  }
}

TEST_F(SessionTest, ShowsWhatANodeHasMade) {
  auto session = Session::create(image(), engine());
  ASSERT_TRUE(session) << session.error().message;
  std::ranges::copy(int32Bytes({3, 4}), (*session)->input(0).begin());
  std::vector<size_t> nodes;
  (*session)->run([&](size_t node) {
    nodes.push_back(node);
    if (node == 0)
      EXPECT_TRUE(
          std::ranges::equal((*session)->value(doubled), int32Bytes({6, 8})));
  });
  EXPECT_EQ(nodes, std::vector<size_t>({0, 1}));
}

TEST_F(SessionTest, ADamagedWeightIsAnError) {
  flipBit(path + "/weights.bin", 0, 0);
  auto session = Session::create(image(), engine());
  ASSERT_FALSE(session);
}

TEST_F(SessionTest, ARightRunStandsTheCheck) {
  runtime::Run native = run();
  for (size_t node : {0, 1})
    EXPECT_EQ(check(native, node), "");
}

// Node 1 computes rightly from what a wrong node 0 gave it.
TEST_F(SessionTest, TheCheckFindsAWrongNode) {
  for (uint32_t wrong : {0, 1}) {
    runtime::Run native = run(wrong);
    EXPECT_EQ(check(native, 1 - wrong), "");
    EXPECT_NE(check(native, wrong)
                  .find(wrong ? "node 'Sum': value 'y' has root 0x"
                              : "node 'Twice': value 'doubled' has root 0x"),
              std::string::npos);
  }
}

TEST(RandomNodes, AreDistinctAndAscending) {
  EXPECT_EQ(randomNodes(3, 9), std::vector<size_t>({0, 1, 2}));
  std::vector<size_t> some = randomNodes(1000, 10);
  EXPECT_EQ(some.size(), 10u);
  EXPECT_TRUE(std::ranges::is_sorted(some, std::ranges::less_equal()));
  EXPECT_LT(some.back(), 1000u);
}

} // namespace
