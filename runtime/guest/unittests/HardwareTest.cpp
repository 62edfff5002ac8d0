//===- HardwareTest.cpp - Soft float against the host's hardware ----------===//

#include "GuestFunctions.h"
#include "HostFormat.h"
#include "Saturation.h"
#include "gtest/gtest.h"

using namespace opml::guest;

namespace {

constexpr int iterations = 10'000'000;

template <typename Float, typename Guest> void compareFma(Guest guest) {
  uint32_t state = 1;
  for (int i = 0; i < iterations; ++i) {
    auto a = HostFormat<Float>::next(&state);
    auto b = HostFormat<Float>::next(&state);
    auto c = HostFormat<Float>::next(&state);
    auto x = std::bit_cast<Float>(a), y = std::bit_cast<Float>(b);
    // Every fourth addend nearly cancels the product.
    if (i % 4 == 0)
      c = bitsOf(-(x * y)) + (nextRandom(&state) % 5) - 2;
    ASSERT_EQ(guest(a, b, c), bitsOf(std::fma(x, y, std::bit_cast<Float>(c))))
        << std::hex << a << " " << b << " " << c;
  }
}
TEST(Hardware, FusedMultiplyAdd) {
  compareFma<float>(opml_guest_fmaf);
  compareFma<double>(opml_guest_fma);
}

template <typename Float, typename Guest, typename Host>
void compareBinary(Guest guest, Host host) {
  uint32_t state = 2;
  for (int i = 0; i < iterations; ++i) {
    auto a = HostFormat<Float>::next(&state);
    auto b = HostFormat<Float>::next(&state);
    if (i % 4 == 0) // nearly equal, or nearly opposite
      b = bitsOf(
              std::copysign(std::bit_cast<Float>(a), std::bit_cast<Float>(b))) +
          (nextRandom(&state) % 5) - 2;
    ASSERT_EQ(guest(a, b),
              host(std::bit_cast<Float>(a), std::bit_cast<Float>(b)))
        << std::hex << a << " " << b;
  }
}

template <typename Float, typename Guest, typename Host>
void compareArithmetic(Guest guest, Host host) {
  compareBinary<Float>(guest,
                       [&](Float a, Float b) { return bitsOf(host(a, b)); });
}
TEST(Hardware, Addition) {
  auto host = [](auto a, auto b) { return a + b; };
  compareArithmetic<float>(opml_guest___addsf3, host);
  compareArithmetic<double>(opml_guest___adddf3, host);
}
TEST(Hardware, Subtraction) {
  auto host = [](auto a, auto b) { return a - b; };
  compareArithmetic<float>(opml_guest___subsf3, host);
  compareArithmetic<double>(opml_guest___subdf3, host);
}
TEST(Hardware, Multiplication) {
  auto host = [](auto a, auto b) { return a * b; };
  compareArithmetic<float>(opml_guest___mulsf3, host);
  compareArithmetic<double>(opml_guest___muldf3, host);
}
TEST(Hardware, Division) {
  auto host = [](auto a, auto b) { return a / b; };
  compareArithmetic<float>(opml_guest___divsf3, host);
  compareArithmetic<double>(opml_guest___divdf3, host);
}

/// One bit for each relation that holds.
template <typename Float> unsigned relations(Float a, Float b) {
  return (a == b) | (a != b) << 1 | (a < b) << 2 | (a <= b) << 3 |
         (a > b) << 4 | (a >= b) << 5 | std::isunordered(a, b) << 6;
}
TEST(Hardware, Comparisons) {
  compareBinary<float>(
      [](uint32_t a, uint32_t b) {
        return unsigned((opml_guest___eqsf2(a, b) == 0) |
                        (opml_guest___nesf2(a, b) != 0) << 1 |
                        (opml_guest___ltsf2(a, b) < 0) << 2 |
                        (opml_guest___lesf2(a, b) <= 0) << 3 |
                        (opml_guest___gtsf2(a, b) > 0) << 4 |
                        (opml_guest___gesf2(a, b) >= 0) << 5 |
                        (opml_guest___unordsf2(a, b) != 0) << 6);
      },
      relations<float>);
  compareBinary<double>(
      [](uint64_t a, uint64_t b) {
        return unsigned((opml_guest___eqdf2(a, b) == 0) |
                        (opml_guest___nedf2(a, b) != 0) << 1 |
                        (opml_guest___ltdf2(a, b) < 0) << 2 |
                        (opml_guest___ledf2(a, b) <= 0) << 3 |
                        (opml_guest___gtdf2(a, b) > 0) << 4 |
                        (opml_guest___gedf2(a, b) >= 0) << 5 |
                        (opml_guest___unorddf2(a, b) != 0) << 6);
      },
      relations<double>);
}

/// check(bits, the same as a number)
template <typename Float, typename Check> void forOperands(Check check) {
  uint32_t state = 3;
  for (int i = 0; i < iterations; ++i) {
    auto a = HostFormat<Float>::next(&state);
    ASSERT_TRUE(check(a, std::bit_cast<Float>(a))) << std::hex << a;
  }
}

TEST(Hardware, SquareRoot) {
  forOperands<float>([](uint32_t a, float x) {
    return opml_guest_sqrtf(a) == bitsOf(std::sqrt(x));
  });
  forOperands<double>([](uint64_t a, double x) {
    return opml_guest_sqrt(a) == bitsOf(std::sqrt(x));
  });
}

TEST(Hardware, ToIntegralNumbers) {
  forOperands<float>([](uint32_t a, float x) {
    return opml_guest_floorf(a) == bitsOf(std::floor(x)) &&
           opml_guest_ceilf(a) == bitsOf(std::ceil(x)) &&
           opml_guest_truncf(a) == bitsOf(std::trunc(x)) &&
           opml_guest_roundf(a) == bitsOf(std::round(x)) &&
           opml_guest_roundevenf(a) == bitsOf(std::rint(x)) &&
           opml_guest_rintf(a) == bitsOf(std::rint(x)) &&
           opml_guest_nearbyintf(a) == bitsOf(std::rint(x));
  });
  forOperands<double>([](uint64_t a, double x) {
    return opml_guest_floor(a) == bitsOf(std::floor(x)) &&
           opml_guest_ceil(a) == bitsOf(std::ceil(x)) &&
           opml_guest_trunc(a) == bitsOf(std::trunc(x)) &&
           opml_guest_round(a) == bitsOf(std::round(x)) &&
           opml_guest_roundeven(a) == bitsOf(std::rint(x)) &&
           opml_guest_rint(a) == bitsOf(std::rint(x)) &&
           opml_guest_nearbyint(a) == bitsOf(std::rint(x));
  });
}

TEST(Hardware, BetweenFormats) {
  forOperands<float>([](uint32_t a, float x) {
    return opml_guest___extendsfdf2(a) == bitsOf(double(x));
  });
  forOperands<double>([](uint64_t a, double x) {
    return opml_guest___truncdfsf2(a) == bitsOf(float(x));
  });
}

TEST(Hardware, FromIntegers) {
  uint32_t state = 4;
  for (int i = 0; i < iterations; ++i) {
    uint64_t a = nextRandom64(&state) >> (nextRandom(&state) & 63);
    if (i % 2)
      a = -a;
    auto low = uint32_t(a);
    ASSERT_EQ(opml_guest___floatsisf(low), bitsOf(float(int32_t(low)))) << low;
    ASSERT_EQ(opml_guest___floatunsisf(low), bitsOf(float(low))) << low;
    ASSERT_EQ(opml_guest___floatdisf(a), bitsOf(float(int64_t(a)))) << a;
    ASSERT_EQ(opml_guest___floatundisf(a), bitsOf(float(a))) << a;
    ASSERT_EQ(opml_guest___floatsidf(low), bitsOf(double(int32_t(low)))) << low;
    ASSERT_EQ(opml_guest___floatunsidf(low), bitsOf(double(low))) << low;
    ASSERT_EQ(opml_guest___floatdidf(a), bitsOf(double(int64_t(a)))) << a;
    ASSERT_EQ(opml_guest___floatundidf(a), bitsOf(double(a))) << a;
  }
}

TEST(Hardware, ToIntegers) {
  forOperands<float>([](uint32_t a, float x) {
    return opml_guest___fixsfsi(a) == saturate<int32_t>(x) &&
           opml_guest___fixunssfsi(a) == saturate<uint32_t>(x) &&
           opml_guest___fixsfdi(a) == saturate<int64_t>(x) &&
           opml_guest___fixunssfdi(a) == saturate<uint64_t>(x);
  });
  forOperands<double>([](uint64_t a, double x) {
    return opml_guest___fixdfsi(a) == saturate<int32_t>(x) &&
           opml_guest___fixunsdfsi(a) == saturate<uint32_t>(x) &&
           opml_guest___fixdfdi(a) == saturate<int64_t>(x) &&
           opml_guest___fixunsdfdi(a) == saturate<uint64_t>(x);
  });
}

} // namespace
