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

uint32_t canonical(uint32_t bits) {
  return (bits << 1) > 0xff000000 ? 0x7fc00000 : bits;
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
    uint32_t f[5] = {};
    int count = 0;
    for (char *at = line, *end = nullptr; count < 5; ++count, at = end) {
      f[count] = uint32_t(std::strtoul(at, &end, 16));
      if (end == at)
        break;
    }
    ++lines;
    ASSERT_TRUE(check(f, count)) << member << " line " << lines << ": " << line;
  }
  ASSERT_GT(lines, 300u) << command;
}

TEST(TestFloat, FusedMultiplyAdd) {
  forVectors("f32_mulAdd.every16th", [](const uint32_t *f, int count) {
    return count == 5 && opml_guest_fmaf(f[0], f[1], f[2]) == canonical(f[3]);
  });
}

template <typename Routine>
void checkBinary(const char *member, Routine routine) {
  forVectors(member, [&](const uint32_t *f, int count) {
    return count == 4 && routine(f[0], f[1]) == canonical(f[2]);
  });
}
TEST(TestFloat, Addition) { checkBinary("f32_add", opml_guest___addsf3); }
TEST(TestFloat, Subtraction) { checkBinary("f32_sub", opml_guest___subsf3); }
TEST(TestFloat, Multiplication) { checkBinary("f32_mul", opml_guest___mulsf3); }
TEST(TestFloat, Division) { checkBinary("f32_div", opml_guest___divsf3); }

TEST(TestFloat, Comparisons) {
  checkBinary("f32_eq", [](uint32_t a, uint32_t b) {
    return uint32_t(opml_guest___eqsf2(a, b) == 0);
  });
  checkBinary("f32_le", [](uint32_t a, uint32_t b) {
    return uint32_t(opml_guest___lesf2(a, b) <= 0);
  });
  checkBinary("f32_lt", [](uint32_t a, uint32_t b) {
    return uint32_t(opml_guest___ltsf2(a, b) < 0);
  });
}

template <typename Routine>
void checkUnary(const char *member, Routine routine) {
  forVectors(member, [&](const uint32_t *f, int count) {
    return count == 3 && routine(f[0]) == canonical(f[1]);
  });
}
TEST(TestFloat, SquareRoot) { checkUnary("f32_sqrt", opml_guest_sqrtf); }
TEST(TestFloat, FromSigned) {
  checkUnary("i32_to_f32", opml_guest___floatsisf);
}
TEST(TestFloat, FromUnsigned) {
  checkUnary("ui32_to_f32", opml_guest___floatunsisf);
}

// The vectors hold x86's answers where the value is out of range (the invalid
// flag, 0x10); what saturation gives is checked against hardware elsewhere.
TEST(TestFloat, ToIntegers) {
  forVectors("f32_to_i32", [](const uint32_t *f, int count) {
    return count == 3 &&
           ((f[2] & 0x10) || uint32_t(opml_guest___fixsfsi(f[0])) == f[1]);
  });
  forVectors("f32_to_ui32", [](const uint32_t *f, int count) {
    return count == 3 &&
           ((f[2] & 0x10) || opml_guest___fixunssfsi(f[0]) == f[1]);
  });
}

} // namespace
