//===- Statistics.h - facts about a field -----------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_STATISTICS_H
#define PDE_RUNTIME_STATISTICS_H

#include "runtime/execution/Context.h"

namespace pdert {

/// The first of `count` elements of the program's type that is nan or
/// infinite, or -1.
int64_t firstNonFinite(pde_context &ctx, const void *data, int64_t count);

/// What the summary says of a field.
struct Statistics {
  double min = 0, max = 0, mean = 0;
  double norm = 0; ///< square root of the sum of the squares
};

/// The same bits for any number of threads, and no overflow on the way.
/// `count` >= 1, all elements finite.
Statistics computeStatistics(pde_context &ctx, const void *data, int64_t count);

} // namespace pdert

#endif // PDE_RUNTIME_STATISTICS_H
