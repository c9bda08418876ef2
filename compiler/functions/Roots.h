//===- Roots.h - the reciprocal root as a formula ---------------*- C++ -*-===//
//
// 1/sqrt(x): halving the exponent in the integer of the bits gives a first
// guess y with a relative error below 0.035. Of a y of half the digits, y^2 is
// exact and t = x*y^2 - 1 is rounded once, however small it is. So in
//   1/sqrt(x) = y/sqrt(1 + t) = y + y*t*p(t)
// only the last sum loses something that matters. In f32, the guess itself is
// cut to that y; in f64, what a polynomial makes of it, which leaves 2^-15.
// Arguments near the ends of the range, where y^2 would not be exact, are
// scaled.
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
  /// The first half of a significand's digits, and all that stands before them.
  static constexpr uint64_t halfOfDigits = ~uint64_t(0) << 27;
  /// The arguments between which all is accurate.
  static constexpr double least = 1e-290, most = 1e290;
  static constexpr double scale = 0x1p100;
  /// 1/sqrt(1 + t), t from -0.0685 to 0.0705: relative error 2^-15.
  static constexpr double rough[] = {0x1.000007881d9a7p0, -0x1.00948a9cdff2cp-1,
                                     0x1.80583e27afb26p-2};
  /// (1/sqrt(1 + t) - 1)/t, |t| < 2^-13.9: t times the error is 2^-59.
  static constexpr double p[] = {-0x1p-1, 0x1.8000000f13a17p-2,
                                 -0x1.40000010b1537p-2};
};
template <> struct RsqrtNumbers<float> {
  static constexpr uint32_t guess = 0x5F3759DF;
  static constexpr uint32_t halfOfDigits = ~uint32_t(0) << 12;
  static constexpr double least = 1e-33, most = 1e33;
  static constexpr double scale = 0x1p24;
  /// (1/sqrt(1 + t) - 1)/t, t from -0.0685 to 0.0705: t times the error is
  /// 2^-29.
  static constexpr double p[] = {-0x1p-1, 0x1.7fff92p-2, -0x1.4p-2,
                                 0x1.196542p-2, -0x1.f95a32p-3};
};

/// Of a number for which all is accurate.
template <class Number> Number reciprocalRootInside(Number x) {
  using Numbers = RsqrtNumbers<typename Number::Element>;
  Number one = x.of(1);
  Number y = number(x.word(Numbers::guess) - (bits(x) >> 1));
  if constexpr (std::is_same_v<typename Number::Element, double>)
    y = y * horner(fma(x * y, y, -one), Numbers::rough);
  y = number(bits(y) & Numbers::halfOfDigits);
  Number t = fma(x, y * y, -one);
  return fma(y * t, horner(t, Numbers::p), y);
}

template <class Number> Number reciprocalRoot(Number x) {
  using Numbers = RsqrtNumbers<typename Number::Element>;
  constexpr double scale = Numbers::scale;
  auto inside = isBetween(x, Numbers::least, Numbers::most);
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
