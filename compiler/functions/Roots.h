//===- Roots.h - the reciprocal root as a formula ---------------*- C++ -*-===//
//
// 1/sqrt(x): halving the exponent in the integer of the bits gives a first
// guess with a relative error below 0.035. With h = (1 - x*y^2)/2, y*(1 + h)
// leaves 3/2 h^2, which is up to 0.00175, or half of it with either sign if
// half of it is added; y*(1 + h + 3/2 h^2) leaves 5/2 h^3. In f64 a step of the
// first kind, one of the second and a last one of the first, in which x*y is a
// pair of numbers, leave nothing but its rounding; in f32 the last two leave a
// quarter of a unit. Arguments near the ends of the range, where that would not
// be accurate, are scaled.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_FUNCTIONS_ROOTS_H
#define PDEC_FUNCTIONS_ROOTS_H

#include "compiler/functions/Number.h"

namespace pdec::functions {

template <class Element> struct RsqrtNumbers;
template <> struct RsqrtNumbers<double> {
  /// Minus half of the bits of x: those of 1/sqrt(x), nearly.
  static constexpr uint64_t guess = 0x5FE6EB50C7B537A9;
  /// The arguments between which all is accurate.
  static constexpr double least = 1e-290, most = 1e290;
  static constexpr double scale = 0x1p100;
  static constexpr bool hasSquareStep = true;
};
template <> struct RsqrtNumbers<float> {
  static constexpr uint32_t guess = 0x5F3759DF;
  static constexpr double least = 1e-33, most = 1e33;
  static constexpr double scale = 0x1p24;
  static constexpr bool hasSquareStep = false;
};

/// Of a number for which all is accurate.
template <class Number> Number reciprocalRootInside(Number x) {
  using Numbers = RsqrtNumbers<typename Number::Element>;
  Number y = number(x.word(Numbers::guess) - (bits(x) >> 1));
  Number minusHalf = x * -0.5, half = x.of(0.5);
  auto residual = [&](Number half) { return fma(minusHalf * y, y, half); };
  if (Numbers::hasSquareStep)
    y = fma(y, residual(x.of(0.5 + 0.000875)), y);
  Number h = residual(half);
  y = fma(y * h, fma(h, x.of(1.5), x.of(1)), y);
  Pair<Number> root = product(minusHalf, y);
  return fma(y, fma(root.low, y, fma(root.high, y, half)), y);
}

template <class Number> Number reciprocalRoot(Number x) {
  using Numbers = RsqrtNumbers<typename Number::Element>;
  constexpr double scale = Numbers::scale;
  auto inside = (x >= Numbers::least) & (x <= Numbers::most);
  Number usual = reciprocalRootInside(x);
  return whenAll(inside, usual, [&] {
    auto isSmall = x < Numbers::least;
    auto choose = [&](double small, double large) {
      return select(isSmall, x.of(small), x.of(large));
    };
    Number scaled = x * choose(scale * scale, 1 / (scale * scale));
    Number other = reciprocalRootInside(scaled) * choose(scale, 1 / scale);
    // Of zeros infinities, of infinity zero; what is no number stays so.
    auto isFinite = (x > 0) & (x <= FormatOf<Number>::greatest);
    Number end = 1 / select(x < 0, x.of(notANumber), x);
    return select(inside, usual, select(isFinite, other, end));
  });
}

} // namespace pdec::functions

#endif // PDEC_FUNCTIONS_ROOTS_H
