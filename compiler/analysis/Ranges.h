//===- Ranges.h - ranges of functions by branch and bound -------*- C++ -*-===//

#ifndef PDEC_ANALYSIS_RANGES_H
#define PDEC_ANALYSIS_RANGES_H

#include "compiler/analysis/Interval.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <vector>

namespace pdec::analysis {

/// The range of each variable.
using Box = std::vector<Interval>;

/// Contains all values that a function has over a box. `enclose` gives, for any
/// part of the box, an interval that contains its values there; the parts are
/// made smaller along `axes` until the ends are within 0.05 % of values that
/// are attained, or there are some thousand of them.
Interval rangeOver(llvm::function_ref<Interval(const Box &)> enclose,
                   llvm::ArrayRef<unsigned> axes, const Box &box);

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_RANGES_H
