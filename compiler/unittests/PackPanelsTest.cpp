//===- PackPanelsTest.cpp - The bytes of panels ---------------------------===//

#include "opml/Image/PackPanels.h"
#include "gtest/gtest.h"
#include <numeric>

using opml::compiler::packPanels;
using opml::runtime::Panels;

namespace {

TEST(PackPanels, ColumnsStandSideBySideWithZerosBehindTheLast) {
  // The matrix 2 x 18 with the elements 1 ... 36, row by row.
  std::vector<uint8_t> rows(36);
  std::iota(rows.begin(), rows.end(), 1);
  std::vector<uint8_t> expected(64);
  std::iota(expected.begin(), expected.begin() + 16, 1);
  std::iota(expected.begin() + 16, expected.begin() + 32, 19);
  expected[32] = 17;
  expected[33] = 18;
  expected[48] = 35;
  expected[49] = 36;
  EXPECT_EQ(packPanels(rows, {"w", 1, 2, 18, false}), expected);

  std::vector<uint8_t> columns;
  for (uint8_t column = 0; column < 18; ++column)
    for (uint8_t row : {0, 18})
      columns.push_back(rows[row + column]);
  EXPECT_EQ(packPanels(columns, {"w", 1, 2, 18, true}), expected);
}

TEST(PackPanels, MatricesComeOneAfterTheOther) {
  std::vector<uint8_t> expected(32);
  expected[0] = 1;
  expected[1] = 2;
  expected[16] = 3;
  expected[17] = 4;
  std::vector<uint8_t> bytes{1, 2, 3, 4};
  EXPECT_EQ(packPanels(bytes, {"w", 2, 1, 2, true}), expected);
}

TEST(PackPanels, ElementsMayHaveSeveralBytes) {
  std::vector<uint8_t> expected(32);
  expected[0] = 1;
  expected[1] = 2;
  expected[2] = 3;
  expected[3] = 4;
  std::vector<uint8_t> bytes{1, 2, 3, 4};
  EXPECT_EQ(packPanels(bytes, {"w", 1, 1, 2, false}), expected);
}

TEST(PackPanels, SizesThatExceedAnyTensorCountAsNone) {
  uint64_t large = uint64_t(1) << 33;
  EXPECT_EQ((Panels{"w", large, large, 1, false}.elements()), 0u);
  EXPECT_EQ((Panels{"w", 1, 1, UINT64_MAX, false}.paddedElements()), 0u);
  EXPECT_EQ((Panels{"w", 0, 1, 1, false}.elements()), 0u);
}

} // namespace
