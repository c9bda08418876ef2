//===- Rows.cpp - rows that are the same ones again and again -------------===//

#include "runtime/execution/Context.h"

#include <cstring>

using namespace pdert;

/// Whether each row of so many bytes, but for the first ones of a block, is the
/// same as the one `period` rows before.
static bool repeats(int64_t blocks, int64_t rows, int64_t rowBytes,
                    const char *data, int64_t period) {
  // Row by row: where they differ, the first ones mostly do.
  for (int64_t row = 0; row < blocks * rows; ++row) {
    const char *start = data + row * rowBytes;
    if (row % rows >= period &&
        std::memcmp(start, start - period * rowBytes, rowBytes) != 0)
      return false;
  }
  return true;
}

int64_t pde_row_ring(pde_context *ctx, int64_t blocks, int64_t rows,
                     int64_t cells, const void *data) {
  int64_t rowBytes = cells * static_cast<int64_t>(ctx->elementSize());
  for (int64_t period : {1, 2})
    if (period < rows && repeats(blocks, rows, rowBytes,
                                 static_cast<const char *>(data), period))
      return period - 1;
  return -1;
}
