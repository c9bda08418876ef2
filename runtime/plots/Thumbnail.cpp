//===- Thumbnail.cpp - a small image of a field ---------------------------===//

#include "runtime/plots/Thumbnail.h"
#include "runtime/execution/Parallel.h"

#include <utility>

using namespace pdert;

/// More than a panel has screen pixels across.
static constexpr int64_t mostPixels = 512;

static int64_t ceilDiv(int64_t a, int64_t b) { return a / b + (a % b != 0); }

/// Computes one row of pixels from up to cells[0] rows of `width` cells.
template <typename T>
static void reduceRows(const T *data, int64_t height, int64_t width,
                       int64_t cellsAcross, double *pixels) {
  for (int64_t begin = 0; begin < width; begin += cellsAcross) {
    int64_t end = std::min(width, begin + cellsAcross);
    double share = static_cast<double>(height * (end - begin)), mean = 0;
    // Divided first, since a sum may overflow.
    for (int64_t row = 0; row < height; ++row)
      for (int64_t column = begin; column < end; ++column)
        mean += static_cast<double>(data[row * width + column]) / share;
    *pixels++ = mean;
  }
}

Thumbnail pdert::turnUpwards(const Thumbnail &thumbnail) {
  Thumbnail turned = thumbnail;
  std::swap(turned.rows, turned.columns);
  std::swap(turned.cells[0], turned.cells[1]);
  for (int64_t i = 0; i < turned.rows; ++i)
    for (int64_t j = 0; j < turned.columns; ++j)
      turned.pixels[i * turned.columns + j] =
          thumbnail.pixels[(j + 1) * thumbnail.columns - 1 - i];
  return turned;
}

Thumbnail pdert::makeThumbnail(pde_context &ctx, const void *data,
                               const int64_t *sizes, int rank) {
  Thumbnail result;
  int64_t height = sizes[rank - 2], width = sizes[rank - 1];
  result.slice = rank == 3 ? sizes[0] / 2 : 0;
  result.cells[0] = ceilDiv(height, mostPixels);
  result.cells[1] = ceilDiv(width, mostPixels);
  result.rows = ceilDiv(height, result.cells[0]);
  result.columns = ceilDiv(width, result.cells[1]);
  result.pixels.resize(result.rows * result.columns);
  withType(ctx, [&](auto zero) {
    auto *cells = static_cast<const decltype(zero) *>(data) +
                  result.slice * height * width;
    parallelFor(ctx, result.rows, [&](int64_t row) {
      int64_t begin = row * result.cells[0];
      int64_t end = std::min(height, begin + result.cells[0]);
      reduceRows(cells + begin * width, end - begin, width, result.cells[1],
                 result.pixels.data() + row * result.columns);
    });
  });
  return result;
}
