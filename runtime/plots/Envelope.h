//===- Envelope.h - a curve with few points ---------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_ENVELOPE_H
#define PDE_RUNTIME_ENVELOPE_H

#include "runtime/execution/Context.h"

#include <vector>

namespace pdert {

/// A point of a curve over the cells of an axis.
struct CurvePoint {
  double cell; ///< position in cells, 0 the first
  double value;
};

/// The points of a curve through `count` cells: all of them when they are few,
/// else for each of some hundred columns the smallest and the largest value, in
/// the order in which they come, so that a line through them covers the same
/// ink. `data` has the program's type and only finite values.
std::vector<CurvePoint> computeEnvelope(pde_context &ctx, const void *data,
                                        int64_t count);

} // namespace pdert

#endif // PDE_RUNTIME_ENVELOPE_H
