//===- IntegerTest.cpp - 64-bit and memory helpers ------------------------===//

#include "GuestFunctions.h"
#include "Operands.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>

namespace {

/// 64-bit numbers of every width, and such whose 16-bit digits are at their
/// ends, where a quotient's digits are guessed wrong.
uint64_t nextWide(uint32_t *state) {
  uint64_t value = nextRandom64(state);
  if (nextRandom(state) >> 31)
    for (int digit = 0; digit < 64; digit += 16) {
      constexpr uint64_t ends[] = {0,      1,      0x7fff, 0x8000,
                                   0x8001, 0xfffe, 0xffff};
      uint64_t end = ends[nextRandom(state) % std::size(ends)];
      value = (value & ~(uint64_t(0xffff) << digit)) | end << digit;
    }
  return value >> (nextRandom(state) >> 26);
}

TEST(Integer, SixtyFourBitHelpersMatchTheHost) {
  uint32_t state = 4;
  for (int i = 0; i < 5'000'000; ++i) {
    uint64_t a = nextWide(&state), b = nextWide(&state);
    if (i % 4 == 0) // close to a multiple
      a = b * (nextWide(&state)) - 1 + (i / 4) % 3;
    auto signedA = int64_t(a), signedB = int64_t(b);
    uint32_t shift = uint32_t(b) & 63;
    ASSERT_EQ(opml_guest___muldi3(a, b), a * b);
    ASSERT_EQ(opml_guest___ashldi3(a, shift), a << shift);
    ASSERT_EQ(opml_guest___lshrdi3(a, shift), a >> shift);
    ASSERT_EQ(opml_guest___ashrdi3(signedA, shift), signedA >> shift);
    if (b == 0 || (signedA == INT64_MIN && signedB == -1))
      continue;
    ASSERT_EQ(opml_guest___udivdi3(a, b), a / b);
    ASSERT_EQ(opml_guest___umoddi3(a, b), a % b);
    ASSERT_EQ(opml_guest___divdi3(signedA, signedB), signedA / signedB);
    ASSERT_EQ(opml_guest___moddi3(signedA, signedB), signedA % signedB);
  }
}

TEST(Integer, DivisionIsTotal) {
  EXPECT_EQ(opml_guest___udivdi3(7, 0), UINT64_MAX);
  EXPECT_EQ(opml_guest___umoddi3(7, 0), 7u);
  EXPECT_EQ(opml_guest___divdi3(INT64_MIN, -1), INT64_MIN);
  EXPECT_EQ(opml_guest___moddi3(INT64_MIN, -1), 0);
}

TEST(Memory, CopiesAndFillsAtEveryAlignmentAndOverlap) {
  std::array<unsigned char, 80> original{};
  for (size_t i = 0; i < original.size(); ++i)
    original[i] = static_cast<unsigned char>(i * 37 + 1);
  for (size_t to = 0; to < 40; ++to)
    for (size_t from = 0; from < 40; ++from)
      for (size_t size = 0; size <= 40; ++size) {
        alignas(8) auto expected = original;
        alignas(8) auto actual = original;
        std::memmove(&expected[to], &original[from], size);
        ASSERT_EQ(opml_guest_memmove(&actual[to], &actual[from], size),
                  &actual[to]);
        ASSERT_EQ(actual, expected) << to << " " << from << " " << size;
        actual = original;
        ASSERT_EQ(opml_guest_memcpy(&actual[to], &original[from], size),
                  &actual[to]);
        ASSERT_EQ(actual, expected) << to << " " << from << " " << size;
      }
  for (size_t to = 0; to < 40; ++to)
    for (size_t size = 0; size <= 40; ++size) {
      alignas(8) auto expected = original;
      alignas(8) auto actual = original;
      std::memset(&expected[to], 0xa5, size);
      ASSERT_EQ(opml_guest_memset(&actual[to], 0x1a5, size), &actual[to]);
      ASSERT_EQ(actual, expected) << to << " " << size;
    }
}

TEST(Memory, ComparesAtEveryAlignmentAndPlaceOfDifference) {
  auto sign = [](int x) { return (x > 0) - (x < 0); };
  for (size_t left = 0; left < 8; ++left)
    for (size_t right = 0; right < 8; ++right)
      for (size_t size = 0; size <= 20; ++size)
        for (size_t place = 0; place <= size; ++place)
          for (int change : {-1, 1}) {
            alignas(8) std::array<unsigned char, 40> a{}, b{};
            std::fill(a.begin(), a.end(), 0x80);
            std::fill(b.begin(), b.end(), 0x80);
            b[right + place] = static_cast<unsigned char>(0x80 + change);
            int expected = std::memcmp(&a[left], &b[right], size);
            ASSERT_EQ(sign(opml_guest_memcmp(&a[left], &b[right], size)),
                      sign(expected))
                << left << " " << right << " " << size << " " << place;
            ASSERT_EQ(opml_guest_bcmp(&a[left], &b[right], size) != 0,
                      expected != 0);
          }
}

} // namespace
