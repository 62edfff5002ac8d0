//===- ArithmeticTest.cpp - Edge cases of canonical arithmetic in the VM --===//
//
// Expected values are those of IEEE 754-2019 and of docs/numerics.md.
//
//===----------------------------------------------------------------------===//

#include "GuestNode.h"
#include "gtest/gtest.h"
#include <cstring>

using namespace opml::compiler;

namespace {

constexpr uint32_t canonicalNaN = 0x7fc00000, signallingNaN = 0xff812345,
                   infinity = 0x7f800000, minusZero = 0x80000000,
                   one = 0x3f800000, minusOne = 0xbf800000;

TensorBytes bytes(const std::vector<uint32_t> &words) {
  TensorBytes result(words.size() * 4);
  std::memcpy(result.data(), words.data(), result.size());
  return result;
}

std::vector<uint32_t> words(const TensorBytes &bytes) {
  std::vector<uint32_t> result(bytes.size() / 4);
  std::memcpy(result.data(), bytes.data(), bytes.size());
  return result;
}

/// Runs `body`, which yields from %x and %y of type `type`, on each pair of
/// elements.
std::vector<uint32_t> apply(const std::string &type, const std::string &body,
                            const std::vector<uint32_t> &x,
                            const std::vector<uint32_t> &y,
                            std::string resultType = "") {
  if (resultType.empty())
    resultType = type;
  std::string count = std::to_string(x.size());
  std::string operand = "tensor<" + count + "x" + type + ">";
  std::string result = "tensor<" + count + "x" + resultType + ">";
  std::string text =
      "#id = affine_map<(i) -> (i)>\nfunc.func private @node(%a: " + operand +
      ", %b: " + operand + ") -> " + result +
      " attributes {opml.node} {\n%e = tensor.empty() : " + result +
      "\n%r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types "
      "= "
      "[\"parallel\"]} ins(%a, %b : " +
      operand + ", " + operand + ") outs(%e : " + result +
      ") {\n^bb0(%x: " + type + ", %y: " + type + ", %out: " + resultType +
      "):\n" + body + "\nlinalg.yield %z : " + resultType + "\n} -> " + result +
      "\nreturn %r : " + result + "\n}\n";
  auto results = runNode(text, {bytes(x), bytes(y)});
  if (!results) {
    ADD_FAILURE() << llvm::toString(results.takeError()) << "\n" << text;
    return {};
  }
  return words(results->front());
}

TEST(Arithmetic, MaximumOrdersZerosAndPropagatesNaN) {
  EXPECT_EQ(apply("f32", "%z = arith.maximumf %x, %y : f32",
                  {minusZero, 0, one, signallingNaN, one, minusOne, infinity},
                  {0, minusZero, minusOne, one, canonicalNaN, minusZero, one}),
            (std::vector<uint32_t>{0, 0, one, canonicalNaN, canonicalNaN,
                                   minusZero, infinity}));
}

TEST(Arithmetic, MinimumOrdersZerosAndPropagatesNaN) {
  EXPECT_EQ(apply("f32", "%z = arith.minimumf %x, %y : f32",
                  {minusZero, 0, one, signallingNaN, one, minusOne},
                  {0, minusZero, minusOne, one, canonicalNaN, minusZero}),
            (std::vector<uint32_t>{minusZero, minusZero, minusOne, canonicalNaN,
                                   canonicalNaN, minusOne}));
}

TEST(Arithmetic, ComputedNaNIsCanonicalEvenWhereTheOptimiserMovesBits) {
  // x + -0 is x, and x * 1 too, so LLVM may drop both and with them the
  // quieting.
  EXPECT_EQ(
      apply("f32",
            "%c = arith.constant -0.0 : f32\n%z = arith.addf %x, %c : f32",
            {signallingNaN, one, minusZero}, {0, 0, 0}),
      (std::vector<uint32_t>{canonicalNaN, one, minusZero}));
  EXPECT_EQ(apply("f32",
                  "%c = arith.constant 1.0 : f32\n%z = arith.mulf %x, %c : f32",
                  {signallingNaN, one, minusZero}, {0, 0, 0}),
            (std::vector<uint32_t>{canonicalNaN, one, minusZero}));
}

TEST(Arithmetic, InfinityTimesZeroIsCanonicalNaN) {
  EXPECT_EQ(
      apply("f32", "%z = math.fma %x, %y, %x : f32", {infinity, 0}, {0, one}),
      (std::vector<uint32_t>{canonicalNaN, 0}));
}

TEST(Arithmetic, FmaRoundsOnce) {
  // (1 + 2^-23) * (1 - 2^-23) - 1 = -2^-46; with a rounded product it would be
  // 0.
  EXPECT_EQ(
      apply("f32",
            "%c = arith.constant -1.0 : f32\n%z = math.fma %x, %y, %c : f32",
            {0x3f800001}, {0x3f7ffffe}),
      (std::vector<uint32_t>{0xa8800000}));
}

TEST(Arithmetic, ProductAndSumAreNotContracted) {
  EXPECT_EQ(apply("f32",
                  "%c = arith.constant -1.0 : f32\n%p = arith.mulf %x, %y : "
                  "f32\n%z = arith.addf "
                  "%p, %c : f32",
                  {0x3f800001}, {0x3f7ffffe}),
            (std::vector<uint32_t>{0}));
}

TEST(Arithmetic, SubnormalsAreKept) {
  EXPECT_EQ(apply("f32", "%z = arith.addf %x, %y : f32", {1, 0x00800000},
                  {1, 0x80000001}),
            (std::vector<uint32_t>{2, 0x007fffff}));
}

TEST(Arithmetic, SignedDivisionIsTotal) {
  EXPECT_EQ(apply("i32", "%z = arith.divsi %x, %y : i32",
                  {7, 0x80000000, uint32_t(-7)}, {0, 0xffffffff, 2}),
            (std::vector<uint32_t>{7, 0x80000000, uint32_t(-3)}));
  EXPECT_EQ(apply("i32", "%z = arith.remsi %x, %y : i32",
                  {7, 0x80000000, uint32_t(-7)}, {0, 0xffffffff, 2}),
            (std::vector<uint32_t>{0, 0, uint32_t(-1)}));
}

TEST(Arithmetic, UnsignedDivisionIsTotal) {
  EXPECT_EQ(apply("i32", "%z = arith.divui %x, %y : i32",
                  {7, 0x80000000, 0xffffffff}, {0, 0xffffffff, 2}),
            (std::vector<uint32_t>{7, 0, 0x7fffffff}));
}

TEST(Arithmetic, ShiftAmountsAreModuloTheWidth) {
  EXPECT_EQ(
      apply("i32", "%z = arith.shli %x, %y : i32", {1, 1, 1}, {31, 32, 33}),
      (std::vector<uint32_t>{0x80000000, 1, 2}));
  EXPECT_EQ(apply("i32", "%z = arith.shrsi %x, %y : i32",
                  {0x80000000, 0x80000000}, {31, 35}),
            (std::vector<uint32_t>{0xffffffff, 0xf0000000}));
}

TEST(Arithmetic, FloatToIntegerClampsAndNaNIsZero) {
  // 2147483648, -2147483648, -2147483904, 1e20, infinity, a NaN, -1.5, 1.5
  EXPECT_EQ(
      apply("f32", "%z = arith.fptosi %x : f32 to i32",
            {0x4f000000, 0xcf000000, 0xcf000001, 0x60ad78ec, infinity,
             signallingNaN, 0xbfc00000, 0x3fc00000},
            std::vector<uint32_t>(8), "i32"),
      (std::vector<uint32_t>{0x7fffffff, 0x80000000, 0x80000000, 0x7fffffff,
                             0x7fffffff, 0, uint32_t(-1), 1}));
  EXPECT_EQ(apply("f32", "%z = arith.fptoui %x : f32 to i32",
                  {0x4f800000, 0x4f000000, minusOne, 0xbf000000, canonicalNaN},
                  std::vector<uint32_t>(5), "i32"),
            (std::vector<uint32_t>{0xffffffff, 0x80000000, 0, 0, 0}));
}

TEST(Arithmetic, CopiedNaNKeepsItsBits) {
  auto results = runNode(
      "func.func private @node(%a: tensor<2xf32>) -> tensor<2xf32> attributes "
      "{opml.node} {\nreturn %a : tensor<2xf32>\n}",
      {bytes({signallingNaN, 0xffc00001})});
  ASSERT_TRUE(bool(results)) << llvm::toString(results.takeError());
  EXPECT_EQ(words(results->front()),
            (std::vector<uint32_t>{signallingNaN, 0xffc00001}));
}

} // namespace
