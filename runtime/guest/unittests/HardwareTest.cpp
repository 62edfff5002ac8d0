//===- HardwareTest.cpp - Soft float against the host's hardware ----------===//

#include "GuestFunctions.h"
#include "Operands.h"
#include "gtest/gtest.h"
#include <bit>
#include <cmath>

namespace {

constexpr int iterations = 10'000'000;

uint32_t bitsOf(float value) {
  return std::isnan(value) ? 0x7fc00000 : std::bit_cast<uint32_t>(value);
}
float floatOf(uint32_t bits) { return std::bit_cast<float>(bits); }

TEST(Hardware, FusedMultiplyAdd) {
  uint32_t state = 1;
  for (int i = 0; i < iterations; ++i) {
    uint32_t a = nextOperand(&state), b = nextOperand(&state);
    uint32_t c = nextOperand(&state);
    // Every fourth addend nearly cancels the product.
    if (i % 4 == 0)
      c = (bitsOf(floatOf(a) * floatOf(b)) ^ 0x80000000) +
          (nextRandom(&state) % 5) - 2;
    ASSERT_EQ(opml_guest_fmaf(a, b, c),
              bitsOf(std::fma(floatOf(a), floatOf(b), floatOf(c))))
        << std::hex << a << " " << b << " " << c;
  }
}

template <typename Guest, typename Host>
void compareBinary(Guest guest, Host host) {
  uint32_t state = 2;
  for (int i = 0; i < iterations; ++i) {
    uint32_t a = nextOperand(&state), b = nextOperand(&state);
    if (i % 4 == 0)
      b = (a ^ (nextRandom(&state) & 0x80000000)) + (nextRandom(&state) % 5) -
          2;
    ASSERT_EQ(guest(a, b), host(floatOf(a), floatOf(b)))
        << std::hex << a << " " << b;
  }
}

TEST(Hardware, Addition) {
  compareBinary(opml_guest___addsf3,
                [](float a, float b) { return bitsOf(a + b); });
}
TEST(Hardware, Subtraction) {
  compareBinary(opml_guest___subsf3,
                [](float a, float b) { return bitsOf(a - b); });
}
TEST(Hardware, Multiplication) {
  compareBinary(opml_guest___mulsf3,
                [](float a, float b) { return bitsOf(a * b); });
}
TEST(Hardware, Division) {
  compareBinary(opml_guest___divsf3,
                [](float a, float b) { return bitsOf(a / b); });
}

TEST(Hardware, Comparisons) {
  compareBinary(
      [](uint32_t a, uint32_t b) { return opml_guest___eqsf2(a, b) == 0; },
      [](float a, float b) { return a == b; });
  compareBinary(
      [](uint32_t a, uint32_t b) { return opml_guest___nesf2(a, b) != 0; },
      [](float a, float b) { return a != b; });
  compareBinary(
      [](uint32_t a, uint32_t b) { return opml_guest___ltsf2(a, b) < 0; },
      [](float a, float b) { return a < b; });
  compareBinary(
      [](uint32_t a, uint32_t b) { return opml_guest___lesf2(a, b) <= 0; },
      [](float a, float b) { return a <= b; });
  compareBinary(
      [](uint32_t a, uint32_t b) { return opml_guest___gtsf2(a, b) > 0; },
      [](float a, float b) { return a > b; });
  compareBinary(
      [](uint32_t a, uint32_t b) { return opml_guest___gesf2(a, b) >= 0; },
      [](float a, float b) { return a >= b; });
  compareBinary(
      [](uint32_t a, uint32_t b) { return opml_guest___unordsf2(a, b) != 0; },
      [](float a, float b) { return std::isunordered(a, b); });
}

template <typename Check> void forOperands(Check check) {
  uint32_t state = 3;
  for (int i = 0; i < iterations; ++i)
    ASSERT_TRUE(check(nextOperand(&state))) << "iteration " << i;
}

TEST(Hardware, SquareRoot) {
  forOperands([](uint32_t a) {
    return opml_guest_sqrtf(a) == bitsOf(std::sqrt(floatOf(a)));
  });
}

TEST(Hardware, FromIntegers) {
  forOperands([](uint32_t a) {
    return opml_guest___floatsisf(a) == bitsOf(float(int32_t(a))) &&
           opml_guest___floatunsisf(a) == bitsOf(float(a));
  });
}

// Saturating, NaN gives 0: through binary64, where every bound is exact.
TEST(Hardware, ToIntegers) {
  auto clamped = [](uint32_t a, double low, double high) {
    double value = floatOf(a);
    return std::isnan(value)
               ? 0.0
               : std::trunc(std::fmin(std::fmax(value, low), high));
  };
  forOperands([&](uint32_t a) {
    return opml_guest___fixsfsi(a) ==
               int32_t(clamped(a, INT32_MIN, INT32_MAX)) &&
           opml_guest___fixunssfsi(a) == uint32_t(clamped(a, 0, UINT32_MAX));
  });
}

} // namespace
