//===- Logarithm.h - log as a formula ---------------------------*- C++ -*-===//
//
// x = 2^k * m with m between the roots of 1/2 and 2, and f = m - 1, exactly.
// In f64, with s = f/(2 + f), log(m) = 2s + s z R(z), z = s^2, which is
// f - f^2/2 + s (f^2/2 + z R(z)). In f32, log(m) = f - f^2/2 + f^3 Q(f).
// The sum k*ln 2 + f keeps its rounding error.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_FUNCTIONS_LOGARITHM_H
#define PDEC_FUNCTIONS_LOGARITHM_H

#include "compiler/functions/Exponentials.h"
#include "compiler/functions/Number.h"

namespace pdec::functions {

template <class Element> struct LogNumbers;
template <> struct LogNumbers<double> {
  static constexpr uint64_t rootOfHalf = 0x3fe6a09e667f3bcd; ///< its bits
  /// (log((1 + s)/(1 - s)) - 2s)/s^3 for z = s^2 in [0, 0.02944],
  /// absolute error 2^-51.
  static constexpr double r[] = {0x1.5555555555558p-1, 0x1.99999999952d2p-2,
                                 0x1.2492492df8483p-2, 0x1.c71c62dad4dbcp-3,
                                 0x1.7462b7ceea801p-3, 0x1.39fdf9433cde6p-3,
                                 0x1.2b5d203ccd059p-3};
};
template <> struct LogNumbers<float> {
  static constexpr uint32_t rootOfHalf = 0x3f3504f3;
  /// (log(1 + f) - f + f^2/2)/f^3 on [-0.2929, 0.4143], absolute
  /// error 2^-25.
  static constexpr double q[] = {0x1.555554p-2,  -0x1.ffffe6p-3, 0x1.999d2ap-3,
                                 -0x1.556286p-3, 0x1.23de36p-3,  -0x1.fbbfbap-4,
                                 0x1.dc77fcp-4,  -0x1.ddae94p-4, 0x1.2ca65cp-4};
};

/// x = 2^exponent * significand.
template <class Number> struct Scaled { Number exponent, significand; };

/// Of a normal number; the significand is between the roots of 1/2 and 2.
template <class Number> Scaled<Number> split(Number x) {
  using Format = FormatOf<Number>;
  using Word = typename Format::Word;
  constexpr Word rootOfHalf = LogNumbers<typename Number::Element>::rootOfHalf;
  constexpr Word hidden = Word(1) << Format::fraction;
  constexpr double unit = double(uint64_t(hidden));
  auto moved = bits(x) + Word(Format::one - rootOfHalf);
  // An integer below 2^p among the bits of 2^p is added to it.
  constexpr Word ofUnit = Word(Format::bias + Format::fraction)
                          << Format::fraction;
  Number biased = number((moved >> Format::fraction) | ofUnit);
  return {biased - (unit + Format::bias),
          number((moved & Word(hidden - 1)) + rootOfHalf)};
}

/// log(1 + f) - f.
template <class Number> Number bentLogarithm(Number f) {
  if constexpr (std::is_same_v<typename Number::Element, float>) {
    Number square = f * f, q = polynomial(f, LogNumbers<float>::q);
    return square * fma(f, q, f.of(-0.5));
  } else {
    Number s = f / (f + 2), z = s * s, half = f * 0.5 * f;
    Number bend = fma(z, polynomial(z, LogNumbers<double>::r), half);
    return fma(s, bend, -half);
  }
}

/// Of a normal number by 2^shift.
template <class Number> Number logarithmOfNormal(Number x, Number shift) {
  using Numbers = ExpNumbers<typename Number::Element>;
  Scaled<Number> parts = split(x);
  Number k = parts.exponent - shift, f = parts.significand - 1;
  Number ln2 = x.of(Numbers::ln2High), line = fma(k, ln2, f);
  Number lost = fma(k, ln2, -line) + f;
  Number bent = fma(k, x.of(Numbers::ln2Low), bentLogarithm(f));
  return line + (lost + bent);
}

template <class Number> Number logarithm(Number x) {
  using Format = FormatOf<Number>;
  auto inside = isNormal(x);
  Number usual = logarithmOfNormal(x, x.of(0));
  return whenAll(inside, usual, [&] {
    auto isTiny = x < Format::least;
    Number tiny = logarithmOfNormal(x * 0x1p54, x.of(54));
    // Infinities and NaN: itself.
    Number other = select(isTiny, tiny, x);
    other = select(x < 0, x.of(notANumber), other);
    other = select(x == 0, x.of(-infinity), other);
    return select(inside, usual, other);
  });
}

} // namespace pdec::functions

#endif // PDEC_FUNCTIONS_LOGARITHM_H
