//===- ExhaustiveTest.cpp - One-operand routines on all of 32 bits --------===//
//
// Every operand of 32 bits, against the host's hardware, in the long set; an
// even sample of them otherwise. binary16 is the hardware's where it has it,
// bfloat16 LLVM's APFloat's: no instruction rounds to it with subnormals kept.
//
//===----------------------------------------------------------------------===//

#include "GuestFunctions.h"
#include "HostFormat.h"
#include "Nightly.h"
#include "Saturation.h"
#include "llvm/ADT/APFloat.h"
#include "gtest/gtest.h"
#include <atomic>
#include <thread>
#include <vector>
#ifdef __x86_64__
#include <immintrin.h>
#endif

using namespace opml::guest;

namespace {

/// Whether check(bits) holds for all of them; shares them out to all threads.
template <typename Check> void forAll(Check check) {
  constexpr uint64_t count = uint64_t(1) << 32;
  // Odd, so that every value of the low bits comes up.
  const uint64_t step = opml::test::isNightly() ? 1 : 2047;
  const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  std::atomic<uint64_t> failed = count, checked = 0;
  std::vector<std::thread> pool;
  pool.reserve(threads);
  for (unsigned thread = 0; thread < threads; ++thread)
    pool.emplace_back([&, thread] {
      uint64_t mine = 0;
      for (uint64_t a = thread * step; a < count && failed == count;
           a += threads * step, ++mine)
        if (!check(uint32_t(a)))
          failed = a;
      checked += mine;
    });
  for (std::thread &thread : pool)
    thread.join();
  ASSERT_EQ(failed, count) << std::hex << "first seen at " << failed;
  ASSERT_EQ(checked, (count + step - 1) / step);
}

/// A routine and what it has to give for the same number.
template <typename Guest, typename Host> void compare(Guest guest, Host host) {
  forAll([=](uint32_t a) {
    return guest(a) == bitsOf(host(std::bit_cast<float>(a)));
  });
}
TEST(Exhaustive, SquareRoot) {
  compare(opml_guest_sqrtf, [](float x) { return std::sqrt(x); });
}
TEST(Exhaustive, Floor) {
  compare(opml_guest_floorf, [](float x) { return std::floor(x); });
}
TEST(Exhaustive, Ceil) {
  compare(opml_guest_ceilf, [](float x) { return std::ceil(x); });
}
TEST(Exhaustive, Trunc) {
  compare(opml_guest_truncf, [](float x) { return std::trunc(x); });
}
TEST(Exhaustive, Round) {
  compare(opml_guest_roundf, [](float x) { return std::round(x); });
}
TEST(Exhaustive, RoundToEven) {
  forAll([](uint32_t a) {
    uint32_t expected = bitsOf(std::rint(std::bit_cast<float>(a)));
    return opml_guest_roundevenf(a) == expected &&
           opml_guest_rintf(a) == expected &&
           opml_guest_nearbyintf(a) == expected;
  });
}
TEST(Exhaustive, ToBinary64) {
  compare(opml_guest___extendsfdf2, [](float x) { return double(x); });
}

TEST(Exhaustive, ToIntegers) {
  forAll([](uint32_t a) {
    auto x = std::bit_cast<float>(a);
    return opml_guest___fixsfsi(a) == saturate<int32_t>(x) &&
           opml_guest___fixunssfsi(a) == saturate<uint32_t>(x) &&
           opml_guest___fixsfdi(a) == saturate<int64_t>(x) &&
           opml_guest___fixunssfdi(a) == saturate<uint64_t>(x);
  });
}
TEST(Exhaustive, FromIntegers) {
  forAll([](uint32_t a) {
    return opml_guest___floatsisf(a) == bitsOf(float(int32_t(a))) &&
           opml_guest___floatunsisf(a) == bitsOf(float(a)) &&
           opml_guest___floatsidf(a) == bitsOf(double(int32_t(a))) &&
           opml_guest___floatunsidf(a) == bitsOf(double(a));
  });
}

uint32_t bfloat16Of(uint32_t a) {
  llvm::APFloat value(std::bit_cast<float>(a));
  bool losesInformation;
  value.convert(llvm::APFloat::BFloat(), llvm::APFloat::rmNearestTiesToEven,
                &losesInformation);
  return value.isNaN() ? 0x7fc0
                       : uint32_t(value.bitcastToAPInt().getZExtValue());
}
TEST(Exhaustive, ToBFloat16) {
  forAll(
      [](uint32_t a) { return opml_guest___truncsfbf2(a) == bfloat16Of(a); });
}

#ifdef __x86_64__
__attribute__((target("f16c"))) uint32_t binary16Of(uint32_t a) {
  auto x = std::bit_cast<float>(a);
  return std::isnan(x) ? 0x7e00 : _cvtss_sh(x, _MM_FROUND_TO_NEAREST_INT);
}
TEST(Exhaustive, ToBinary16) {
  if (!__builtin_cpu_supports("f16c"))
    GTEST_SKIP() << "this processor has no binary16";
  forAll(
      [](uint32_t a) { return opml_guest___truncsfhf2(a) == binary16Of(a); });
}
#endif

} // namespace
