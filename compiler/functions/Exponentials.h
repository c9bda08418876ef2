//===- Exponentials.h - exp and tanh as formulas ----------------*- C++ -*-===//
//
// exp(x) = 2^n * exp(r) with n the integer next to x/ln 2 and r = x - n*ln 2,
// |r| <= ln(2)/2, as a pair of numbers. There exp(r) = 1 + (r + r^2 q(r)).
//
// tanh(x) = E/(E + 2) with E = exp(2x) - 1 = (2^n - 1) + 2^n (r + r^2 q(r)),
// whose rounding errors are kept, as is that of the quotient.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_FUNCTIONS_EXPONENTIALS_H
#define PDEC_FUNCTIONS_EXPONENTIALS_H

#include "compiler/functions/Number.h"

namespace pdec::functions {

template <class Element> struct ExpNumbers;
template <> struct ExpNumbers<double> {
  /// Relative error of exp 2^-57 on +-0.3475; see coefficients.sollya.
  static constexpr double q[] = {0x1.000000000000ap-1,  0x1.55555555554f9p-3,
                                 0x1.5555555550629p-5,  0x1.1111111127d09p-7,
                                 0x1.6c16c184a9d24p-10, 0x1.a01a012aa8e6ep-13,
                                 0x1.a01998b27e318p-16, 0x1.71df22fd75fdcp-19,
                                 0x1.28aeb4771b32cp-22, 0x1.ad85bb7d5ab07p-26};
  /// ln 2 in two numbers; the first has so few bits that products with
  /// exponents are exact.
  static constexpr double ln2High = 0.6931471805598903;
  static constexpr double ln2Low = 5.497923018708371e-14;
  /// Arguments beyond give infinity and 0.
  static constexpr double most = 710, least = -746;
  /// Of magnitudes up to this one, results are normal numbers.
  static constexpr double mostOfNormal = 707;
  /// (exp(r) - 1 - r)/r^2 on +-0.3475, absolute error 2^-59: near 0, the
  /// relative error of E matters.
  static constexpr double qOfTanh[] = {0x1p-1,
                                       0x1.5555555555557p-3,
                                       0x1.5555555555557p-5,
                                       0x1.111111111002fp-7,
                                       0x1.6c16c16c1568ep-10,
                                       0x1.a01a01ac3868fp-13,
                                       0x1.a01a01aba7112p-16,
                                       0x1.71de014b1381ap-19,
                                       0x1.27e4cf8130d25p-22,
                                       0x1.af4fa8861a83fp-26,
                                       0x1.1f874c4024f71p-29};
  /// 1 - tanh(x) is below half a unit in the last place from 2x = 40 on.
  static constexpr double mostOfTanh = 40;
};
template <> struct ExpNumbers<float> {
  /// Relative error of exp 2^-28.
  static constexpr double q[] = {0x1.fffffap-2, 0x1.55549p-3, 0x1.555a22p-5,
                                 0x1.123b04p-7, 0x1.695414p-10};
  static constexpr double ln2High = 0.693145751953125;
  static constexpr double ln2Low = 1.4286068203094173e-06;
  static constexpr double most = 89, least = -104;
  static constexpr double mostOfNormal = 86;
  /// As above, absolute error 2^-28.
  static constexpr double qOfTanh[] = {0x1p-1,         0x1.555556p-3,
                                       0x1.5555p-5,    0x1.110fc4p-7,
                                       0x1.6d30d2p-10, 0x1.a2d442p-13};
  static constexpr double mostOfTanh = 20;
};

constexpr double reciprocalOfLn2 = 1 / 0.69314718055994530942;

/// An integer n of no more bits than an exponent, as a number, and in the
/// lowest bits of `bits`.
template <class Number> struct Integer {
  Number n;
  typename Number::Bits bits;
};

template <class Number> Integer<Number> integerNextTo(Number x) {
  Number sum = x + roundingSum<Number>();
  return {sum - roundingSum<Number>(), bits(sum)};
}

/// p * 2^n, a normal number, of a p near 1.
template <class Number> Number movedBy(const Integer<Number> &n, Number p) {
  return number(bits(p) + (n.bits << FormatOf<Number>::fraction));
}

/// p * 2^n. In two steps, since 2^n alone may leave the range that the result
/// is in.
template <class Number> Number scaledBy(const Integer<Number> &n, Number p) {
  using Format = FormatOf<Number>;
  auto half = n.bits >> 1;
  Number first = number(bits(p) + (half << Format::fraction));
  return first * number(((n.bits - half) << Format::fraction) + Format::one);
}

/// x - n*ln 2, rounded, and as a sum of two parts of which the second is small.
template <class Number> struct Rest { Number all, high, low; };

template <class Number> Rest<Number> restOf(Number x, Number n) {
  using Numbers = ExpNumbers<typename Number::Element>;
  Number high = fma(-n, x.of(Numbers::ln2High), x);
  Number low = -n * Numbers::ln2Low;
  return {high + low, high, low};
}

/// exp(r) - 1 of a rest, as a sum.
template <class Number, std::size_t count>
Pair<Number> growthOf(const Rest<Number> &r, const double (&q)[count]) {
  return {r.high, fma(r.all * r.all, polynomial(r.all, q), r.low)};
}

/// Of a number that `scale` can put where it belongs.
template <class Number, class Scale>
Number exponentialBy(Number x, Scale scale) {
  using Numbers = ExpNumbers<typename Number::Element>;
  Integer<Number> n = integerNextTo(x * reciprocalOfLn2);
  auto [line, curved] = growthOf(restOf(x, n.n), Numbers::q);
  return scale(n, 1 + (line + curved));
}

template <class Number> Number exponential(Number x) {
  using Numbers = ExpNumbers<typename Number::Element>;
  auto inside = magnitude(x) <= Numbers::mostOfNormal;
  Number usual = exponentialBy(x, movedBy<Number>);
  return whenAll(inside, usual, [&] {
    Number in = atLeast(atMost(x, Numbers::most), Numbers::least);
    return select(inside, usual, exponentialBy(in, scaledBy<Number>));
  });
}

template <class Number> Number hyperbolicTangent(Number x) {
  using Numbers = ExpNumbers<typename Number::Element>;
  Number y = atMost(magnitude(x) * 2, Numbers::mostOfTanh);
  Number n = rounded(y * reciprocalOfLn2), scale = powerOfTwo(n);
  auto [line, curved] = growthOf(restOf(y, n), Numbers::qOfTanh);
  Pair<Number> p = sumOfOrdered(line, curved);
  Pair<Number> exp = sumOfOrdered(scale, scale * p.high);
  Number lowest = scale * p.low;
  Pair<Number> lessOne = sumOfOrdered(exp.high, x.of(-1));
  Pair<Number> above = sumOfOrdered(lessOne.high, exp.low);
  Number aboveLow = above.low + (lessOne.low + lowest);
  Pair<Number> below = sumOfOrdered(exp.high, x.of(1));
  Number belowLow = below.low + (exp.low + lowest);
  Number reciprocal = 1 / below.high, quotient = above.high * reciprocal;
  Number rest = fma(-quotient, below.high, above.high) +
                fma(-quotient, belowLow, aboveLow);
  Number exact = fma(rest, reciprocal, quotient);
  return number(bits(exact) | signOf(x));
}

} // namespace pdec::functions

#endif // PDEC_FUNCTIONS_EXPONENTIALS_H
