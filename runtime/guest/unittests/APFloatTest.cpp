//===- APFloatTest.cpp - Soft float against LLVM's, on special values -----===//

#include "llvm/ADT/APFloat.h"
#include "GuestFunctions.h"
#include "gtest/gtest.h"

namespace {

using llvm::APFloat;

/// Zeros, subnormals, the ends of the normal range, ties, infinities and NaNs.
constexpr uint32_t specials[] = {
    0x00000000, 0x00000001, 0x00000002, 0x003fffff, 0x00400000, 0x007fffff,
    0x00800000, 0x00800001, 0x00ffffff, 0x01000000, 0x1f800000, 0x20000000,
    0x33ffffff, 0x34000000, 0x34000001, 0x3effffff, 0x3f000000, 0x3f7fffff,
    0x3f800000, 0x3f800001, 0x3fffffff, 0x40490fdb, 0x4b000000, 0x4b7fffff,
    0x5f800000, 0x7effffff, 0x7f000000, 0x7f7ffffe, 0x7f7fffff, 0x7f800000,
    0x7f800001, 0x7fc00000, 0x7fffffff};

APFloat floatOf(uint32_t bits) {
  return {APFloat::IEEEsingle(), llvm::APInt(32, bits)};
}

uint32_t bitsOf(const APFloat &value) {
  return value.isNaN() ? 0x7fc00000
                       : uint32_t(value.bitcastToAPInt().getZExtValue());
}

template <typename Visit> void forSpecials(Visit visit) {
  for (uint32_t magnitude : specials) {
    visit(magnitude);
    visit(magnitude | 0x80000000);
  }
}

TEST(APFloat, FusedMultiplyAdd) {
  forSpecials([](uint32_t a) {
    forSpecials([a](uint32_t b) {
      forSpecials([a, b](uint32_t c) {
        APFloat expected = floatOf(a);
        expected.fusedMultiplyAdd(floatOf(b), floatOf(c),
                                  APFloat::rmNearestTiesToEven);
        ASSERT_EQ(opml_guest_fmaf(a, b, c), bitsOf(expected))
            << std::hex << a << " " << b << " " << c;
      });
    });
  });
}

TEST(APFloat, Arithmetic) {
  forSpecials([](uint32_t a) {
    forSpecials([a](uint32_t b) {
      auto x = floatOf(a), y = floatOf(b);
      ASSERT_EQ(opml_guest___addsf3(a, b), bitsOf(x + y))
          << std::hex << a << " " << b;
      ASSERT_EQ(opml_guest___subsf3(a, b), bitsOf(x - y))
          << std::hex << a << " " << b;
      ASSERT_EQ(opml_guest___mulsf3(a, b), bitsOf(x * y))
          << std::hex << a << " " << b;
      ASSERT_EQ(opml_guest___divsf3(a, b), bitsOf(x / y))
          << std::hex << a << " " << b;
    });
  });
}

TEST(APFloat, Comparisons) {
  forSpecials([](uint32_t a) {
    forSpecials([a](uint32_t b) {
      APFloat::cmpResult order = floatOf(a).compare(floatOf(b));
      ASSERT_EQ(opml_guest___eqsf2(a, b) == 0, order == APFloat::cmpEqual);
      ASSERT_EQ(opml_guest___ltsf2(a, b) < 0, order == APFloat::cmpLessThan);
      ASSERT_EQ(opml_guest___gtsf2(a, b) > 0, order == APFloat::cmpGreaterThan);
      ASSERT_EQ(opml_guest___unordsf2(a, b) != 0,
                order == APFloat::cmpUnordered);
    });
  });
}

} // namespace
