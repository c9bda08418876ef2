//===- Power.h - powers as a formula ----------------------------*- C++ -*-===//
//
// x^y = exp(y*log(x)). An error of log(x) is multiplied by up to 745 in the
// result, so it is a pair: x = 2^k * m as in Logarithm.h, s = (m - 1)/(m + 1),
// z = s^2, and log(m) = 2s + s z (2/3 + z A(z)), of which all but A are pairs.
// exp adds the low part of the product last but one.
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

/// f/(f + 2), nearly twice as exact as a number: f - 2s is exact.
template <class Number> Pair<Number> slope(Number f) {
  Number reciprocal = 1 / (f + 2), s = f * reciprocal;
  return {s, fma(-s, f, fma(s, f.of(-2), f)) * reciprocal};
}

/// z (2/3 + z A(z)) of z = s^2.
template <class Number> Pair<Number> bendOf(const Pair<Number> &s) {
  Pair<Number> z = product(s.high, s.high);
  z.low = fma(s.high + s.high, s.low, z.low);
  Number a = polynomial(z.high, PowerNumbers::a);
  Number twoThirds = a.of(PowerNumbers::twoThirds[0]);
  Number factor = fma(z.high, a, twoThirds);
  Number lost = fma(z.high, a, twoThirds - factor) + PowerNumbers::twoThirds[1];
  Pair<Number> bend = product(z.high, factor);
  return {bend.high, fma(z.high, lost, fma(z.low, factor, bend.low))};
}

/// log of a significand, m = 1 + f.
template <class Number> Pair<Number> exactLogarithmNearOne(Number f) {
  Pair<Number> s = slope(f), bend = bendOf(s);
  Number line = s.high + s.high, high = fma(s.high, bend.high, line);
  Number lost = fma(s.high, bend.high, line - high);
  return {high, fma(s.low, bend.high + 2, fma(s.high, bend.low, lost))};
}

/// Of a normal number by 2^shift. The low part may be some units of the high
/// one.
template <class Number> Pair<Number> exactLogarithm(Number x, Number shift) {
  Scaled<Number> parts = split(x);
  Number k = parts.exponent - shift;
  Pair<Number> line = exactLogarithmNearOne(parts.significand - 1);
  Number ln2 = x.of(ExpNumbers<double>::ln2High), high = fma(k, ln2, line.high);
  Number lost = fma(k, ln2, -high) + line.high;
  Number low = fma(k, x.of(ExpNumbers<double>::ln2Low), line.low);
  return {high, lost + low};
}

/// Exponents of which exp is a normal number, and all its parts are.
constexpr double usualExponent = 700;

/// exp of a product of a pair, in doubles.
struct ExactPower {
  /// y*log(x/2^shift)
  template <class Number>
  static Pair<Number> exponentOf(Number x, Number shift, Number y) {
    Pair<Number> log = exactLogarithm(x, shift);
    Pair<Number> exponent = product(y, log.high);
    exponent.low = fma(y, log.low, exponent.low);
    return exponent;
  }
  /// exp of a usual exponent is p * 2^n.
  template <class Number>
  static Number significandOf(const Pair<Number> &exponent, Number n) {
    Rest<Number> rest = restOf(exponent.high, n);
    rest.low = rest.low + exponent.low;
    rest.all = rest.high + rest.low;
    Pair<Number> growth = growthOf(rest, ExpNumbers<double>::q);
    return 1 + (growth.high + growth.low);
  }
};

/// The same to some 30 bits, enough if the result is rounded to a float.
struct PowerForFloats {
  template <class Number>
  static Pair<Number> exponentOf(Number x, Number shift, Number y) {
    Scaled<Number> parts = split(x);
    Number k = parts.exponent - shift, m = parts.significand;
    Number s = (m - 1) / (m + 1), z = s * s;
    Number bent = fma(z, polynomial(z, PowerNumbers::r), z.of(2));
    return {y * fma(k, s.of(PowerNumbers::ln2), s * bent), x.of(0)};
  }
  template <class Number>
  static Number significandOf(const Pair<Number> &exponent, Number n) {
    Number r = fma(-n, n.of(PowerNumbers::ln2), exponent.high);
    return 1 + fma(r * r, polynomial(r, PowerNumbers::q), r);
  }
};

/// exp of an exponent whose low part does not matter where the high one is not
/// among the arguments of which exp is a number.
template <class Way, class Number>
Number exponentialOfAny(Pair<Number> exponent) {
  using Numbers = ExpNumbers<double>;
  auto inside =
      (exponent.high <= Numbers::most) & (exponent.high >= Numbers::least);
  exponent.high = atLeast(atMost(exponent.high, Numbers::most), Numbers::least);
  exponent.low = select(inside, exponent.low, exponent.low.of(0));
  Integer<Number> n = integerNextTo(exponent.high * reciprocalOfLn2);
  return scaledBy(n, Way::significandOf(exponent, n.n));
}

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
  Pair<Number> exponent = Way::exponentOf(x, x.of(0), y);
  auto inside = isNormal(x) & (magnitude(exponent.high) <= usualExponent);
  Number n = rounded(exponent.high * reciprocalOfLn2);
  Number usual = Way::significandOf(exponent, n) * powerOfTwo(n);
  return whenAll(inside, usual, [&] {
    Number size = magnitude(x);
    auto isTiny = size < Format<double>::least;
    Number scaled = select(isTiny, size * 0x1p54, size);
    Number shift = select(isTiny, x.of(54), x.of(0));
    Number power = exponentialOfAny<Way>(Way::exponentOf(scaled, shift, y));
    return select(inside, usual, powerOfAny(x, y, power));
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
