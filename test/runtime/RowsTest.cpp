//===- RowsTest.cpp - rows that are the same ones again and again ---------===//

#include "InRun.h"

#include <limits>
#include <vector>

namespace {

/// pde_row_ring() inside a run.
template <typename T>
int64_t ring(int64_t blocks, int64_t rows, const std::vector<T> &values) {
  int64_t result = 99;
  inRun<T>(1, [&](pde_context *ctx) {
    int64_t cells = static_cast<int64_t>(values.size()) / (blocks * rows);
    result = pde_row_ring(ctx, blocks, rows, cells, values.data());
  });
  return result;
}

template <typename T> void findsRows() {
  EXPECT_EQ(ring<T>(1, 3, {1, 2, 1, 2, 1, 2}), 0);
  EXPECT_EQ(ring<T>(1, 3, {1, 2, 3, 4, 1, 2}), 1);
  EXPECT_EQ(ring<T>(1, 4, {1, 2, 3, 4, 1, 2, 3, 5}), -1);
  EXPECT_EQ(ring<T>(1, 3, {1, 2, 3, 4, 1, 3}), -1);
  // Rows of a block are compared with each other only.
  EXPECT_EQ(ring<T>(2, 2, {1, 2, 1, 2, 7, 8, 7, 8}), 0);
  EXPECT_EQ(ring<T>(2, 3, {1, 2, 1, 7, 8, 7}), 1);
  EXPECT_EQ(ring<T>(2, 3, {1, 2, 1, 7, 8, 9}), -1);
  // There is nothing to compare with.
  EXPECT_EQ(ring<T>(1, 1, {1, 2}), -1);
  EXPECT_EQ(ring<T>(1, 2, {1, 2}), -1);
  EXPECT_EQ(ring<T>(1, 2, {1, 1}), 0);
}

TEST(Rows, Repeat) {
  findsRows<double>();
  findsRows<float>();
}

TEST(Rows, AreComparedBitByBit) {
  EXPECT_EQ(ring<double>(1, 2, {0.0, -0.0}), -1);
  double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(ring<double>(1, 2, {nan, nan}), 0);
}

} // namespace
