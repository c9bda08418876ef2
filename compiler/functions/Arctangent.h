//===- Arctangent.h - atan as a formula -------------------------*- C++ -*-===//
//
// With t = |x|, atan(t) is atan(t) for t < 1/2, pi/4 + atan((t - 1)/(t + 1)) up
// to 2, and pi/2 + atan(-1/t) beyond: all of them are one quotient z, |z| <=
// 1/2, and atan(z) = z + z^3 p(z^2).
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_FUNCTIONS_ARCTANGENT_H
#define PDEC_FUNCTIONS_ARCTANGENT_H

#include "compiler/functions/Angles.h"

namespace pdec::functions {

template <class Element> struct AtanNumbers;
template <> struct AtanNumbers<double> {
  /// (atan(z) - z)/z^3 for z^2 in [0, 1/4], absolute error 2^-55.
  static constexpr double p[] = {
      -0x1.5555555555555p-2, 0x1.999999999980ep-3,  -0x1.24924924820dbp-3,
      0x1.c71c71bd78d1p-4,   -0x1.745d15b0b9317p-4, 0x1.3b13883fe1e8dp-4,
      -0x1.110e57ad4d067p-4, 0x1.e1a291f555b2ap-5,  -0x1.ad2755aaf8b59p-5,
      0x1.7aaefbdd42b82p-5,  -0x1.36be852961dfap-5, 0x1.9691b3c28179fp-6,
      -0x1.2a079db88e981p-7};
};
template <> struct AtanNumbers<float> {
  /// As above, absolute error 2^-26.
  static constexpr double p[] = {-0x1.555556p-2, 0x1.999992p-3,  -0x1.2481bp-3,
                                 0x1.c3e492p-4,  -0x1.55994ep-4, 0x1.66c17ap-5};
};

template <class Number> Number arctangent(Number x) {
  using Element = typename Number::Element;
  constexpr const double *halfPi = AngleNumbers<Element>::halfPi;
  Number t = magnitude(x), zero = x.of(0), one = x.of(1);
  auto isMiddle = t >= 0.5, isLarge = t > 2;
  auto choose = [&](Number large, Number middle, Number small) {
    return select(isLarge, large, select(isMiddle, middle, small));
  };
  Number z = choose(-one, t - 1, t) / choose(t, t + 1, one);
  Number turned = choose(x.of(halfPi[0]), x.of(halfPi[0] / 2), zero);
  Number rest = choose(x.of(halfPi[1]), x.of(halfPi[1] / 2), zero);
  Number square = z * z;
  Number bent =
      fma(z * square, polynomial(square, AtanNumbers<Element>::p), rest);
  Pair<Number> line = sumOfOrdered(turned, z);
  return number(bits(line.high + (line.low + bent)) | signOf(x));
}

} // namespace pdec::functions

#endif // PDEC_FUNCTIONS_ARCTANGENT_H
