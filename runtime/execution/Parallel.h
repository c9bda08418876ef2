//===- Parallel.h - parallel loops inside the runtime -----------*- C++ -*-===//

#ifndef PDE_RUNTIME_PARALLEL_H
#define PDE_RUNTIME_PARALLEL_H

#include "runtime/execution/Context.h"

#include <algorithm>

namespace pdert {

/// pde_parallel, throwing a Failure when there is no memory for scratch or the
/// run is ended.
void runParallel(pde_context &ctx, int64_t count, pde_body body, void *closure,
                 int64_t scratchBytes);

/// Calls body(i) for each i of [0, count) on the run's threads. The body must
/// not throw.
template <typename Body>
void parallelFor(pde_context &ctx, int64_t count, Body &&body) {
  auto call = [](void *closure, int64_t begin, int64_t end, void *) {
    for (int64_t i = begin; i < end; ++i)
      (*static_cast<std::remove_reference_t<Body> *>(closure))(i);
  };
  runParallel(ctx, count, call, &body, 0);
}

/// Cells that one call of a span's body handles at most, or a few more.
constexpr int64_t spanCells = 32768;

/// Calls body(begin, end) for pieces of [0, count), the same whatever the
/// number of threads.
template <typename Body>
void forEachPiece(pde_context &ctx, int64_t count, Body &&body) {
  parallelFor(ctx, (count + spanCells - 1) / spanCells, [&](int64_t piece) {
    int64_t begin = piece * spanCells;
    body(begin, std::min(count, begin + spanCells));
  });
}

/// Calls body(i, j, begin, end) for pieces of the rows (i, j, .) of an array of
/// three axes.
template <typename Body>
void forEachRowPiece(pde_context &ctx, const int64_t (&sizes)[PDE_MAX_RANK],
                     Body &&body) {
  int64_t length = sizes[2], rows = sizes[0] * sizes[1];
  int64_t pieces = std::max<int64_t>(1, (length + spanCells - 1) / spanCells);
  int64_t rowsAtOnce =
      std::max<int64_t>(1, spanCells / std::max<int64_t>(1, length));
  if (pieces > 1)
    rowsAtOnce = 1;
  int64_t groups = (rows + rowsAtOnce - 1) / rowsAtOnce;
  parallelFor(ctx, groups * pieces, [&](int64_t task) {
    int64_t group = task / pieces, begin = task % pieces * spanCells;
    int64_t end = pieces > 1 ? std::min(length, begin + spanCells) : length;
    int64_t lastRow = std::min(rows, (group + 1) * rowsAtOnce);
    for (int64_t row = group * rowsAtOnce; row < lastRow; ++row)
      body(row / sizes[1], row % sizes[1], begin, end);
  });
}

} // namespace pdert

#endif // PDE_RUNTIME_PARALLEL_H
