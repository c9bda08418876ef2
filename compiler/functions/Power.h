//===- Power.h - powers as a formula ----------------------------*- C++ -*-===//
//
// x^y = exp(y*log(x)). An error of log(x) is multiplied by up to 745 in the
// result, so it is a pair: x = 2^k * m as in Logarithm.h, s = (m - 1)/(m + 1),
// z = s^2, and log(m) = 2s + s z (2/3 + z A(z)), of which all but A are pairs.
// Then exp(r + low) = 1 + (r + (low + r^2 q(r))).
//
// Of float bases, doubles have digits to spare, and the exponent keeps its own.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_FUNCTIONS_POWER_H
#define PDEC_FUNCTIONS_POWER_H

#include "compiler/functions/Logarithm.h"

namespace pdec::functions {

struct PowerNumbers {
  /// (log((1 + s)/(1 - s)) - 2s - 2/3 s^3)/s^5 for z = s^2 in
  /// [0, 0.02944], absolute error 2^-55.
  static constexpr double a[] = {0x1.999999999999ap-2, 0x1.24924924922fdp-2,
                                 0x1.c71c71c74cc42p-3, 0x1.745d173ca3a19p-3,
                                 0x1.3b13a9e564d1bp-3, 0x1.11154bd7c1a4ep-3,
                                 0x1.e01a813ddd137p-4, 0x1.da9a90620fddap-4};
  static constexpr double twoThirds[] = {0x1.5555555555555p-1,
                                         0x1.5555555555555p-55};
  /// For floats: (log((1 + s)/(1 - s)) - 2s)/s^3, 2^-29, and
  /// (exp(r) - 1 - r)/r^2 on +-0.3475, 2^-29.
  static constexpr double r[] = {0x1.5555554b924a8p-1, 0x1.9999ebfa18fc1p-2,
                                 0x1.245c0b877862fp-2, 0x1.ddd8d7f2b6c67p-3};
  static constexpr double q[] = {0x1.0000000bc018ap-1,  0x1.55555574ab98fp-3,
                                 0x1.5554e7e3c5183p-5,  0x1.1110aa5fc4aeep-7,
                                 0x1.6d44b50f9f5e1p-10, 0x1.a17fe2087cdccp-13};
  static constexpr double ln2 = 0x1.62e42fefa39efp-1;
};

/// (m - 1)/(m + 1), nearly twice as exact as a number.
template <class Number> Pair<Number> slope(Number m) {
  Number above = m - 1, below = m + 1;
  Number lost = m - (below - 1);
  Number reciprocal = 1 / below;
  Number s = above * reciprocal;
  return {s, fma(-s, lost, fma(-s, below, above)) * reciprocal};
}

/// log(m) - 2s: s z (2/3 + z A(z)).
template <class Number> Pair<Number> bentSlope(const Pair<Number> &s) {
  Pair<Number> z = product(s.high, s.high);
  z.low = fma(s.high + s.high, s.low, z.low);
  Number a = polynomial(z.high, PowerNumbers::a);
  Pair<Number> bend = product(z.high, a);
  bend.low = fma(z.low, a, bend.low);
  Pair<Number> factor =
      sumOfOrdered(a.of(PowerNumbers::twoThirds[0]), bend.high);
  factor.low = factor.low + (bend.low + PowerNumbers::twoThirds[1]);
  Pair<Number> cubic = product(z.high, factor.high);
  cubic.low = fma(z.high, factor.low, fma(z.low, factor.high, cubic.low));
  Pair<Number> result = product(s.high, cubic.high);
  result.low = fma(s.high, cubic.low, fma(s.low, cubic.high, result.low));
  return result;
}

/// Of 2^shift times a normal number.
template <class Number> Pair<Number> exactLogarithm(Number x, Number shift) {
  Scaled<Number> parts = split(x);
  Number k = parts.exponent + shift;
  Pair<Number> s = slope(parts.significand), bent = bentSlope(s);
  Pair<Number> line = sumOfOrdered(s.high + s.high, bent.high);
  line.low = line.low + fma(s.low, s.low.of(2), bent.low);
  Pair<Number> all = sumOfOrdered(k * ExpNumbers<double>::ln2High, line.high);
  Number low = fma(k, x.of(ExpNumbers<double>::ln2Low), line.low);
  return sumOfOrdered(all.high, all.low + low);
}

/// exp(x + low). What low is does not matter where x is beyond the arguments of
/// which the result is a number.
template <class Number> Number exponentialOfPair(Number x, Number low) {
  using Numbers = ExpNumbers<double>;
  auto inside = (x <= Numbers::most) & (x >= Numbers::least);
  Number bounded = atLeast(atMost(x, Numbers::most), Numbers::least);
  low = select(inside, low, low.of(0));
  Integer<Number> integer = integerNextTo(bounded * reciprocalOfLn2);
  Number n = integer.n;
  Pair<Number> r = sumOfOrdered(fma(-n, x.of(Numbers::ln2High), bounded),
                                fma(-n, x.of(Numbers::ln2Low), low));
  Number curved = fma(r.high * r.high, polynomial(r.high, Numbers::q), r.low);
  return scaledBy(integer, 1 + (r.high + curved));
}

struct ExactPower {
  template <class Number> static Number of(Number x, Number shift, Number y) {
    Pair<Number> log = exactLogarithm(x, shift);
    Pair<Number> exponent = product(y, log.high);
    return exponentialOfPair(exponent.high, fma(y, log.low, exponent.low));
  }
};

/// To some 30 bits, if the result is that of a float.
struct PowerForFloats {
  template <class Number> static Number of(Number x, Number shift, Number y) {
    Scaled<Number> parts = split(x);
    Number k = parts.exponent + shift, m = parts.significand;
    Number s = (m - 1) / (m + 1);
    Number z = s * s;
    Number bent = fma(z, polynomial(z, PowerNumbers::r), z.of(2));
    Number t = y * fma(k, s.of(PowerNumbers::ln2), s * bent);
    t = atLeast(atMost(t, 90), -105);
    Number n = rounded(t * reciprocalOfLn2);
    Number r = fma(-n, s.of(PowerNumbers::ln2), t);
    Number p = 1 + fma(r * r, polynomial(r, PowerNumbers::q), r);
    return p * powerOfTwo(n);
  }
};

/// Below 2^52, numbers next to 2^52 are integers; beyond, all are.
template <class Number> auto isWhole(Number y) {
  Number size = magnitude(y);
  return (size >= 0x1p52) | ((size + 0x1p52) - 0x1p52 == size);
}

/// `power` of |x|, which is positive and finite, and y, with what IEEE 754 says
/// of all others.
template <class Number> Number powerOfAny(Number x, Number y, Number power) {
  constexpr double greatest = Format<double>::greatest;
  Number none = x.of(notANumber);
  Number size = magnitude(x), far = magnitude(y);
  auto isEnd = (size == 0) | (size > greatest) | (far > greatest);
  auto grows = ((size > 1) & (y > 0)) | ((size < 1) & (y < 0));
  power = select(isEnd, select(grows, x.of(infinity), x.of(0)), power);
  auto isOdd = isWhole(y) & !isWhole(y * 0.5);
  power = select(isOdd, number(bits(power) | signOf(x)), power);
  auto isNone = (x < 0) & (size <= greatest) & !isWhole(y);
  auto isNumber = (x == x) & (y == y);
  power = select(!isNumber | isNone, none, power);
  auto isOne = (y == 0) | (x == 1) | ((size == 1) & (far > greatest));
  return select(isOne, x.of(1), power);
}

template <class Way, class Number> Number powerInDoubles(Number x, Number y) {
  auto inside = isNormal(x) & (magnitude(y) <= Format<double>::greatest);
  Number usual = Way::of(x, x.of(0), y);
  return whenAll(inside, usual, [&] {
    Number size = magnitude(x);
    auto isTiny = size < Format<double>::least;
    Number scaled = select(isTiny, size * 0x1p54, size);
    Number shift = select(isTiny, x.of(-54), x.of(0));
    Number any = powerOfAny(x, y, Way::of(scaled, shift, y));
    return select(inside, usual, any);
  });
}

/// The exponent is a double, also that of a float.
template <class Number, class Exponent> Number power(Number x, Exponent y) {
  if constexpr (std::is_same_v<typename Number::Element, float>)
    return narrowed(powerInDoubles<PowerForFloats>(widened(x), y));
  else
    return powerInDoubles<ExactPower>(x, y);
}

} // namespace pdec::functions

#endif // PDEC_FUNCTIONS_POWER_H
