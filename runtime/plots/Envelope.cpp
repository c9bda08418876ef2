//===- Envelope.cpp - a curve with few points -----------------------------===//

#include "runtime/plots/Envelope.h"
#include "runtime/execution/Parallel.h"

using namespace pdert;

/// About as many as a plot has pixels across.
static constexpr int64_t numColumns = 640;

template <typename T>
static void reduceColumn(const T *data, int64_t begin, int64_t end,
                         CurvePoint *points) {
  int64_t low = begin, high = begin;
  for (int64_t i = begin; i < end; ++i) {
    if (data[i] < data[low])
      low = i;
    if (data[i] > data[high])
      high = i;
  }
  int64_t first = std::min(low, high), second = std::max(low, high);
  points[0] = {static_cast<double>(first), static_cast<double>(data[first])};
  points[1] = {static_cast<double>(second), static_cast<double>(data[second])};
}

template <typename T>
static std::vector<CurvePoint> compute(pde_context &ctx, const T *data,
                                       int64_t count) {
  std::vector<CurvePoint> points;
  if (count <= 2 * numColumns) {
    for (int64_t i = 0; i < count; ++i)
      points.push_back({static_cast<double>(i), static_cast<double>(data[i])});
    return points;
  }
  points.resize(2 * numColumns);
  parallelFor(ctx, numColumns, [&](int64_t column) {
    // Cut so that no product leaves 64 bits.
    int64_t share = count / numColumns, rest = count % numColumns;
    int64_t begin = column * share + std::min(column, rest);
    reduceColumn(data, begin, begin + share + (column < rest),
                 points.data() + 2 * column);
  });
  // The ends belong to the picture even where they are no extremes.
  points.insert(points.begin(), {0, static_cast<double>(data[0])});
  points.push_back(
      {static_cast<double>(count - 1), static_cast<double>(data[count - 1])});
  return points;
}

std::vector<CurvePoint>
pdert::computeEnvelope(pde_context &ctx, const void *data, int64_t count) {
  std::vector<CurvePoint> points;
  withType(ctx, [&](auto zero) {
    points = compute(ctx, static_cast<const decltype(zero) *>(data), count);
  });
  return points;
}
