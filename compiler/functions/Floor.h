//===- Floor.h - floor as a formula -----------------------------*- C++ -*-===//
//
// For processors that do not round to integers.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_FUNCTIONS_FLOOR_H
#define PDEC_FUNCTIONS_FLOOR_H

#include "compiler/functions/Number.h"

namespace pdec::functions {

template <class Number> Number floorOf(Number x) {
  constexpr double unit = double(uint64_t(1) << FormatOf<Number>::fraction);
  Number size = magnitude(x);
  Number whole = number(bits((size + unit) - unit) | signOf(x));
  Number lower = select(whole > x, whole - 1, whole);
  // From 2^52, or 2^23, on, all numbers are integers.
  return select(size < unit, lower, x);
}

} // namespace pdec::functions

#endif // PDEC_FUNCTIONS_FLOOR_H
