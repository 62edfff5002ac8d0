//===- TestFloatTest.cpp - Soft float against Berkeley TestFloat ----------===//
//
// Level-1 vectors, round to nearest even: lines of operands, result and
// exception flags in hexadecimal. Their NaN results are quieted operands, as
// on x86; ours are canonical.
//
//===----------------------------------------------------------------------===//

#include "GuestFunctions.h"
#include "gtest/gtest.h"
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace {

std::string archivePath() {
  const char *root = std::getenv("OPML_TESTDATA");
  return std::string(root ? root : OPML_DEFAULT_TESTDATA) +
         "/fp/testfloat-level1-near-even.tar.xz";
}

uint64_t canonical16(uint64_t bits) {
  return (bits & 0x7fff) > 0x7c00 ? 0x7e00 : bits;
}
uint64_t canonical32(uint64_t bits) {
  return (bits & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : bits;
}
uint64_t canonical64(uint64_t bits) {
  return bits << 1 > 0xffe0000000000000 ? 0x7ff8000000000000 : bits;
}

/// Calls check(fields, count) for every line of one member of the archive.
template <typename Check>
void forVectors(const std::string &member, Check check) {
  if (!std::filesystem::exists(archivePath()))
    GTEST_SKIP() << "no " << archivePath() << "; set OPML_TESTDATA";
  std::string command = "tar -xJOf '" + archivePath() +
                        "' vectors-l1-near_even/" + member + ".txt.xz | xz -dc";
  // NOLINTNEXTLINE(bugprone-command-processor): no user input is in it.
  std::unique_ptr<FILE, int (*)(FILE *)> pipe(popen(command.c_str(), "r"),
                                              pclose);
  ASSERT_TRUE(pipe);
  size_t lines = 0;
  char line[128];
  while (std::fgets(line, sizeof line, pipe.get())) {
    uint64_t f[5] = {};
    int count = 0;
    for (char *at = line, *end = nullptr; count < 5; ++count, at = end) {
      f[count] = std::strtoull(at, &end, 16);
      if (end == at)
        break;
    }
    ++lines;
    ASSERT_TRUE(check(f, count)) << member << " line " << lines << ": " << line;
  }
  ASSERT_GT(lines, 300u) << command;
}

TEST(TestFloat, FusedMultiplyAdd) {
  forVectors("f32_mulAdd.every16th", [](const uint64_t *f, int count) {
    return count == 5 && opml_guest_fmaf(uint32_t(f[0]), uint32_t(f[1]),
                                         uint32_t(f[2])) == canonical32(f[3]);
  });
}

/// Vectors of two numbers, whose result, if it is one, has canonical NaNs.
template <typename Bits, typename Result>
void checkBinary(const char *member, Result (*routine)(Bits, Bits),
                 uint64_t (*canonical)(uint64_t)) {
  forVectors(member, [&](const uint64_t *f, int count) {
    return count == 4 &&
           uint64_t(routine(Bits(f[0]), Bits(f[1]))) == canonical(f[2]);
  });
}
TEST(TestFloat, Addition) {
  checkBinary("f32_add", opml_guest___addsf3, canonical32);
  checkBinary("f64_add", opml_guest___adddf3, canonical64);
}
TEST(TestFloat, Subtraction) {
  checkBinary("f32_sub", opml_guest___subsf3, canonical32);
  checkBinary("f64_sub", opml_guest___subdf3, canonical64);
}
TEST(TestFloat, Multiplication) {
  checkBinary("f32_mul", opml_guest___mulsf3, canonical32);
  checkBinary("f64_mul", opml_guest___muldf3, canonical64);
}
TEST(TestFloat, Division) {
  checkBinary("f32_div", opml_guest___divsf3, canonical32);
  checkBinary("f64_div", opml_guest___divdf3, canonical64);
}

template <typename Bits>
void checkComparisons(const std::string &format, int32_t (*equal)(Bits, Bits),
                      int32_t (*lessOrEqual)(Bits, Bits),
                      int32_t (*less)(Bits, Bits)) {
  forVectors(format + "_eq", [&](const uint64_t *f, int count) {
    return count == 4 && (equal(Bits(f[0]), Bits(f[1])) == 0) == f[2];
  });
  forVectors(format + "_le", [&](const uint64_t *f, int count) {
    return count == 4 && (lessOrEqual(Bits(f[0]), Bits(f[1])) <= 0) == f[2];
  });
  forVectors(format + "_lt", [&](const uint64_t *f, int count) {
    return count == 4 && (less(Bits(f[0]), Bits(f[1])) < 0) == f[2];
  });
}
TEST(TestFloat, Comparisons) {
  checkComparisons("f32", opml_guest___eqsf2, opml_guest___lesf2,
                   opml_guest___ltsf2);
  checkComparisons("f64", opml_guest___eqdf2, opml_guest___ledf2,
                   opml_guest___ltdf2);
}

template <typename Bits, typename Result>
void checkUnary(const char *member, Result (*routine)(Bits),
                uint64_t (*canonical)(uint64_t)) {
  forVectors(member, [&](const uint64_t *f, int count) {
    return count == 3 && routine(Bits(f[0])) == canonical(f[1]);
  });
}
TEST(TestFloat, SquareRoot) {
  checkUnary("f32_sqrt", opml_guest_sqrtf, canonical32);
  checkUnary("f64_sqrt", opml_guest_sqrt, canonical64);
}
TEST(TestFloat, ToIntegralNumbers) {
  checkUnary("f32_roundToInt", opml_guest_roundevenf, canonical32);
}
TEST(TestFloat, BetweenFormats) {
  checkUnary("f32_to_f64", opml_guest___extendsfdf2, canonical64);
  checkUnary("f64_to_f32", opml_guest___truncdfsf2, canonical32);
  checkUnary("f16_to_f32", opml_guest___extendhfsf2, canonical32);
  checkUnary("f32_to_f16", opml_guest___truncsfhf2, canonical16);
}
TEST(TestFloat, FromIntegers) {
  checkUnary("i32_to_f32", opml_guest___floatsisf, canonical32);
  checkUnary("ui32_to_f32", opml_guest___floatunsisf, canonical32);
  checkUnary("i64_to_f32", opml_guest___floatdisf, canonical32);
  checkUnary("i32_to_f64", opml_guest___floatsidf, canonical64);
}

// The vectors hold x86's answers where the value is out of range (the invalid
// flag, 0x10); what saturation gives is checked against hardware elsewhere.
template <typename Bits, typename Integer>
void checkToInteger(const char *member, Integer (*routine)(Bits)) {
  forVectors(member, [&](const uint64_t *f, int count) {
    return count == 3 &&
           ((f[2] & 0x10) || routine(Bits(f[0])) == Integer(f[1]));
  });
}
TEST(TestFloat, ToIntegers) {
  checkToInteger("f32_to_i32", opml_guest___fixsfsi);
  checkToInteger("f32_to_ui32", opml_guest___fixunssfsi);
  checkToInteger("f32_to_i64", opml_guest___fixsfdi);
  checkToInteger("f64_to_i32", opml_guest___fixdfsi);
}

} // namespace
