//===- APFloatTest.cpp - Soft float against LLVM's, on special values -----===//

#include "llvm/ADT/APFloat.h"
#include "GuestFunctions.h"
#include "gtest/gtest.h"
#include <vector>

namespace {

using llvm::APFloat;

/// A format and, of either sign, its zeros, subnormals, ends of the normal
/// range, ties, powers of two that products and sums meet at, infinities and
/// NaNs.
template <typename Bits> struct Format {
  const llvm::fltSemantics &semantics;
  Bits canonicalNaN;
  std::vector<Bits> specials;

  Format(const llvm::fltSemantics &semantics,
         const std::vector<Bits> &magnitudes)
      : semantics(semantics),
        canonicalNaN(
            Bits(APFloat::getNaN(semantics).bitcastToAPInt().getZExtValue())) {
    for (Bits magnitude : magnitudes)
      for (Bits sign : {Bits(0), Bits(1)})
        specials.push_back(magnitude | sign << (8 * sizeof(Bits) - 1));
  }

  APFloat number(Bits bits) const {
    return {semantics, llvm::APInt(8 * sizeof(Bits), bits)};
  }
  Bits bits(const APFloat &value) const {
    return value.isNaN() ? canonicalNaN
                         : Bits(value.bitcastToAPInt().getZExtValue());
  }
};

const Format<uint32_t> &binary32() {
  static const Format<uint32_t> format(
      APFloat::IEEEsingle(),
      {0x00000000, 0x00000001, 0x00000002, 0x003fffff, 0x00400000, 0x007fffff,
       0x00800000, 0x00800001, 0x00ffffff, 0x01000000, 0x1f800000, 0x20000000,
       0x33ffffff, 0x34000000, 0x34000001, 0x3effffff, 0x3f000000, 0x3f7fffff,
       0x3f800000, 0x3f800001, 0x3fffffff, 0x40490fdb, 0x4b000000, 0x4b7fffff,
       0x5f800000, 0x7effffff, 0x7f000000, 0x7f7ffffe, 0x7f7fffff, 0x7f800000,
       0x7f800001, 0x7fc00000, 0x7fffffff});
  return format;
}

const Format<uint64_t> &binary64() {
  static const Format<uint64_t> format(
      APFloat::IEEEdouble(),
      {0x0000000000000000, 0x0000000000000001, 0x0000000000000002,
       0x0007ffffffffffff, 0x0008000000000000, 0x000fffffffffffff,
       0x0010000000000000, 0x0010000000000001, 0x001fffffffffffff,
       0x0020000000000000, 0x1ff0000000000000, 0x2000000000000000,
       0x3c9fffffffffffff, 0x3ca0000000000000, 0x3ca0000000000001,
       0x3fdfffffffffffff, 0x3fe0000000000000, 0x3fefffffffffffff,
       0x3ff0000000000000, 0x3ff0000000000001, 0x3fffffffffffffff,
       0x400921fb54442d18, 0x4330000000000000, 0x433fffffffffffff,
       0x5ff0000000000000, 0x7fdfffffffffffff, 0x7fe0000000000000,
       0x7feffffffffffffe, 0x7fefffffffffffff, 0x7ff0000000000000,
       0x7ff0000000000001, 0x7ff8000000000000, 0x7fffffffffffffff});
  return format;
}

template <typename Bits>
void checkFma(const Format<Bits> &format, Bits (*fma)(Bits, Bits, Bits)) {
  for (Bits a : format.specials)
    for (Bits b : format.specials)
      for (Bits c : format.specials) {
        APFloat expected = format.number(a);
        expected.fusedMultiplyAdd(format.number(b), format.number(c),
                                  APFloat::rmNearestTiesToEven);
        ASSERT_EQ(fma(a, b, c), format.bits(expected))
            << std::hex << a << " " << b << " " << c;
      }
}
TEST(APFloat, FusedMultiplyAdd) {
  checkFma(binary32(), opml_guest_fmaf);
  checkFma(binary64(), opml_guest_fma);
}

template <typename Bits> struct Arithmetic {
  Bits (*add)(Bits, Bits);
  Bits (*subtract)(Bits, Bits);
  Bits (*multiply)(Bits, Bits);
  Bits (*divide)(Bits, Bits);
};
template <typename Bits>
void checkArithmetic(const Format<Bits> &format, Arithmetic<Bits> guest) {
  for (Bits a : format.specials)
    for (Bits b : format.specials) {
      APFloat x = format.number(a), y = format.number(b);
      ASSERT_EQ(guest.add(a, b), format.bits(x + y)) << a << " " << b;
      ASSERT_EQ(guest.subtract(a, b), format.bits(x - y)) << a << " " << b;
      ASSERT_EQ(guest.multiply(a, b), format.bits(x * y)) << a << " " << b;
      ASSERT_EQ(guest.divide(a, b), format.bits(x / y)) << a << " " << b;
    }
}
TEST(APFloat, Arithmetic) {
  checkArithmetic<uint32_t>(binary32(),
                            {opml_guest___addsf3, opml_guest___subsf3,
                             opml_guest___mulsf3, opml_guest___divsf3});
  checkArithmetic<uint64_t>(binary64(),
                            {opml_guest___adddf3, opml_guest___subdf3,
                             opml_guest___muldf3, opml_guest___divdf3});
}

template <typename Bits> struct Comparisons {
  int32_t (*equal)(Bits, Bits);
  int32_t (*less)(Bits, Bits);
  int32_t (*greater)(Bits, Bits);
  int32_t (*unordered)(Bits, Bits);
};
template <typename Bits>
void checkComparisons(const Format<Bits> &format, Comparisons<Bits> guest) {
  for (Bits a : format.specials)
    for (Bits b : format.specials) {
      APFloat::cmpResult order = format.number(a).compare(format.number(b));
      ASSERT_EQ(guest.equal(a, b) == 0, order == APFloat::cmpEqual);
      ASSERT_EQ(guest.less(a, b) < 0, order == APFloat::cmpLessThan);
      ASSERT_EQ(guest.greater(a, b) > 0, order == APFloat::cmpGreaterThan);
      ASSERT_EQ(guest.unordered(a, b) != 0, order == APFloat::cmpUnordered);
    }
}
TEST(APFloat, Comparisons) {
  checkComparisons<uint32_t>(binary32(),
                             {opml_guest___eqsf2, opml_guest___ltsf2,
                              opml_guest___gtsf2, opml_guest___unordsf2});
  checkComparisons<uint64_t>(binary64(),
                             {opml_guest___eqdf2, opml_guest___ltdf2,
                              opml_guest___gtdf2, opml_guest___unorddf2});
}

template <typename Bits> using Unary = Bits (*)(Bits);
template <typename Bits>
void checkRounding(const Format<Bits> &format, APFloat::roundingMode mode,
                   std::initializer_list<Unary<Bits>> routines) {
  for (Bits a : format.specials) {
    APFloat expected = format.number(a);
    expected.roundToIntegral(mode);
    for (Unary<Bits> routine : routines)
      ASSERT_EQ(routine(a), format.bits(expected)) << std::hex << a;
  }
}
TEST(APFloat, ToIntegralNumbers) {
  checkRounding(binary32(), APFloat::rmTowardNegative, {opml_guest_floorf});
  checkRounding(binary64(), APFloat::rmTowardNegative, {opml_guest_floor});
  checkRounding(binary32(), APFloat::rmTowardPositive, {opml_guest_ceilf});
  checkRounding(binary64(), APFloat::rmTowardPositive, {opml_guest_ceil});
  checkRounding(binary32(), APFloat::rmTowardZero, {opml_guest_truncf});
  checkRounding(binary64(), APFloat::rmTowardZero, {opml_guest_trunc});
  checkRounding(binary32(), APFloat::rmNearestTiesToAway, {opml_guest_roundf});
  checkRounding(binary64(), APFloat::rmNearestTiesToAway, {opml_guest_round});
  checkRounding(
      binary32(), APFloat::rmNearestTiesToEven,
      {opml_guest_roundevenf, opml_guest_rintf, opml_guest_nearbyintf});
  checkRounding(binary64(), APFloat::rmNearestTiesToEven,
                {opml_guest_roundeven, opml_guest_rint, opml_guest_nearbyint});
}

template <typename Bits> using Binary = Bits (*)(Bits, Bits);
template <typename Bits>
void checkExtremum(const Format<Bits> &format,
                   APFloat (*expected)(const APFloat &, const APFloat &),
                   std::initializer_list<Binary<Bits>> routines) {
  for (Bits a : format.specials)
    for (Bits b : format.specials)
      for (Binary<Bits> routine : routines)
        ASSERT_EQ(routine(a, b),
                  format.bits(expected(format.number(a), format.number(b))))
            << std::hex << a << " " << b;
}
TEST(APFloat, MinimumAndMaximum) {
  checkExtremum(binary32(), llvm::minimum, {opml_guest_fminimumf});
  checkExtremum(binary64(), llvm::minimum, {opml_guest_fminimum});
  checkExtremum(binary32(), llvm::maximum, {opml_guest_fmaximumf});
  checkExtremum(binary64(), llvm::maximum, {opml_guest_fmaximum});
  checkExtremum(binary32(), llvm::minimumnum,
                {opml_guest_fminf, opml_guest_fminimum_numf});
  checkExtremum(binary64(), llvm::minimumnum,
                {opml_guest_fmin, opml_guest_fminimum_num});
  checkExtremum(binary32(), llvm::maximumnum,
                {opml_guest_fmaxf, opml_guest_fmaximum_numf});
  checkExtremum(binary64(), llvm::maximumnum,
                {opml_guest_fmax, opml_guest_fmaximum_num});
}

/// A routine against APFloat's conversion of the same number.
template <typename From, typename Routine>
void checkConversion(const llvm::fltSemantics &from,
                     const llvm::fltSemantics &to, Routine routine, From a) {
  APFloat value(from, llvm::APInt(8 * sizeof(From), a));
  bool losesInformation;
  value.convert(to, APFloat::rmNearestTiesToEven, &losesInformation);
  if (value.isNaN())
    value = APFloat::getNaN(to);
  ASSERT_EQ(routine(a), value.bitcastToAPInt().getZExtValue()) << std::hex << a;
}

TEST(APFloat, BetweenBinary32AndBinary64) {
  for (uint32_t a : binary32().specials)
    checkConversion(APFloat::IEEEsingle(), APFloat::IEEEdouble(),
                    opml_guest___extendsfdf2, a);
  for (uint64_t a : binary64().specials)
    checkConversion(APFloat::IEEEdouble(), APFloat::IEEEsingle(),
                    opml_guest___truncdfsf2, a);
}

TEST(APFloat, EveryBinary16) {
  for (unsigned a = 0; a < 1u << 16; ++a)
    checkConversion(APFloat::IEEEhalf(), APFloat::IEEEsingle(),
                    opml_guest___extendhfsf2, uint16_t(a));
}

/// Around every number of a format of 16 bits and every tie between two:
/// checks what rounds to it.
template <typename Bits, typename Routine>
void checkNarrowing(const llvm::fltSemantics &to, const Format<Bits> &from,
                    Routine routine) {
  for (Bits a : from.specials)
    checkConversion(from.semantics, to, routine, a);
  unsigned fraction = APFloat::semanticsPrecision(from.semantics) - 1;
  Bits half = Bits(1) << (fraction - APFloat::semanticsPrecision(to));
  for (unsigned bits = 0; bits < 1u << 16; ++bits) {
    APFloat exact(to, llvm::APInt(16, bits));
    bool losesInformation;
    exact.convert(from.semantics, APFloat::rmNearestTiesToEven,
                  &losesInformation);
    auto a = Bits(exact.bitcastToAPInt().getZExtValue());
    for (Bits near : {Bits(a - 1), a, Bits(a + 1), Bits(a + half - 1),
                      Bits(a + half), Bits(a + half + 1)})
      checkConversion(from.semantics, to, routine, near);
  }
}
TEST(APFloat, ToBinary16) {
  checkNarrowing(APFloat::IEEEhalf(), binary32(), opml_guest___truncsfhf2);
  checkNarrowing(APFloat::IEEEhalf(), binary64(), opml_guest___truncdfhf2);
}
TEST(APFloat, ToBFloat16) {
  checkNarrowing(APFloat::BFloat(), binary32(), opml_guest___truncsfbf2);
  checkNarrowing(APFloat::BFloat(), binary64(), opml_guest___truncdfbf2);
}

} // namespace
