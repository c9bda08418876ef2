//===- Angles.h - sin, cos and tan as formulas ------------------*- C++ -*-===//
//
// |x| = n*pi/2 + r, |r| <= pi/4 and a little, r as a pair of numbers: near the
// multiples of pi/2, all digits of x cancel. Up to a bound, r is |x| minus n
// times pi/2 in three parts. The first difference is exact: it has no more
// digits than x. Beyond, `farAngle` multiplies the digits of x with those of
// 2/pi that matter, in integers (M. H. Payne, R. N. Hanek, Radian reduction for
// trigonometric functions, SIGNUM Newsletter 18, 1983).
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_FUNCTIONS_ANGLES_H
#define PDEC_FUNCTIONS_ANGLES_H

#include "compiler/functions/Number.h"

namespace pdec::functions {

template <class Element> struct AngleNumbers;
template <> struct AngleNumbers<double> {
  static constexpr double halfPi[] = {
      0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110};
  static constexpr double most = 0x1p28;
  /// (sin(r) - r)/r^3 and (cos(r) - 1 + r^2/2)/r^4 for r^2 in
  /// [0, 0.64], absolute errors 2^-56 and 2^-58.
  static constexpr double sine[] = {
      -0x1.5555555555555p-3, 0x1.1111111111027p-7,   -0x1.a01a019fec0c9p-13,
      0x1.71de3a175de99p-19, -0x1.ae6404938d52cp-26, 0x1.60efc59e5d6c8p-33,
      -0x1.932acdad98b3bp-41};
  static constexpr double cosine[] = {
      0x1.5555555555555p-5,   -0x1.6c16c16c16875p-10, 0x1.a01a019f20727p-16,
      -0x1.27e4f9e25c448p-22, 0x1.1eeb353bef37ep-29,  -0x1.905a740828f33p-37};
};
template <> struct AngleNumbers<float> {
  static constexpr double halfPi[] = {0x1.921fb6p+0, -0x1.777a5cp-25,
                                      -0x1.ee59dap-50};
  static constexpr double most = 0x1p16;
  /// As above, absolute errors 2^-27 and 2^-28.
  static constexpr double sine[] = {-0x1.555556p-3, 0x1.111194p-7,
                                    -0x1.a07c46p-13, 0x1.850f12p-19};
  static constexpr double cosine[] = {0x1.555554p-5, -0x1.6c126cp-10,
                                      0x1.9ba7bap-16};
};

constexpr double twoByPi = 0x1.45f306dc9c883p-1;

/// The digits of 2/pi in 32 bits each, behind 64 zeros.
constexpr uint32_t digitsOfTwoByPi[] = {
    0,          0,          0xa2f9836e, 0x4e441529, 0xfc2757d1, 0xf534ddc0,
    0xdb629599, 0x3c439041, 0xfe5163ab, 0xdebbc561, 0xb7246e3a, 0x424dd2e0,
    0x06492eea, 0x09d1921c, 0xfe1deb1c, 0xb129a73e, 0xe88235f5, 0x2ebb4484,
    0xe99c7026, 0xb45f7e41, 0x3991d639, 0x835339f4, 0x9c845f8b, 0xbdf9283b,
    0x1ff897ff, 0xde05980f, 0xef2f118b, 0x5a0a6d1f, 0x6d367ecf, 0x27cb09b7,
    0x4f463f66, 0x9e5fea2d, 0x7527bac7, 0xebe5f17b, 0x3d0739f7, 0x8a5292ea,
    0x6bfb5fb1, 0x1f8d5d08, 0x56033046, 0xfc7b6bab};

/// x - n*pi/2, as a pair, and n, of which the last two bits matter.
template <class Number> struct Angle { Number high, low, n; };

template <class Number> Angle<Number> nearAngle(Number x) {
  using Numbers = AngleNumbers<typename Number::Element>;
  auto part = [&](int i) { return x.of(Numbers::halfPi[i]); };
  Number n = rounded(x * twoByPi);
  Number first = fma(-n, part(0), x);
  Pair<Number> second = product(-n, part(1));
  Pair<Number> r = sum(first, second.high);
  return {r.high, r.low + fma(-n, part(2), second.low), n};
}

//===----------------------------------------------------------------------===//
// Far angles
//===----------------------------------------------------------------------===//

/// Six digits of 32 bits in 64, the least first.
template <class Bits> using Digits = std::array<Bits, 6>;
constexpr uint64_t digitMask = 0xffffffff;

/// x = m * 2^e with an integer m. The digits of 2/pi from that on whose product
/// with 2^e is 2: the product with those before is a multiple of 4.
template <class Number, class Bits>
Digits<Bits> digitsFor(Number x, Bits exponent) {
  // The first is bit e - 1 behind the point, of which 64 stand before; and e is
  // the exponent less the bias and the 52 digits of the fraction.
  Bits position = exponent - uint64_t(1023 + 52 + 2 - 64);
  Bits word = position >> 5, shift = position & 31;
  Digits<Bits> result{word, word, word, word, word, word};
  Bits upper = digitOfTwoByPi(x, word);
  for (int i = 5; i >= 0; --i) {
    Bits lower = digitOfTwoByPi(x, word + uint64_t(6 - i));
    result[i] = (((upper << 32) | lower) << shift) >> 32;
    upper = lower;
  }
  return result;
}

/// (low + 2^32 high) * digits, without what exceeds six digits.
template <class Bits>
Digits<Bits> productOf(Bits low, Bits high, Digits<Bits> digits) {
  Digits<Bits> result = digits;
  Bits carry = low - low;
  for (int i = 0; i < 6; ++i) {
    Bits sum = low * digits[i] + carry;
    result[i] = sum & digitMask;
    carry = sum >> 32;
  }
  carry = low - low;
  for (int i = 1; i < 6; ++i) {
    Bits sum = high * digits[i - 1] + result[i] + carry;
    result[i] = sum & digitMask;
    carry = sum >> 32;
  }
  return result;
}

/// Four digits behind the point as a pair. The first may be 0.
template <class Number, class Bits>
Pair<Number> fractionOf(const Digits<Bits> &digits) {
  auto digit = [&](int i, double unit) {
    // Among the bits of 2^52 it is added to it.
    Number whole = number(digits[i] | uint64_t(0x4330000000000000));
    return (whole - 0x1p52) * unit;
  };
  Pair<Number> upper = sumOfOrdered(digit(5, 0x1p-32), digit(4, 0x1p-64));
  Pair<Number> lower = sumOfOrdered(digit(3, 0x1p-96), digit(2, 0x1p-128));
  Pair<Number> all = sumOfOrdered(upper.high, lower.high);
  return {all.high, all.low + (upper.low + lower.low)};
}

/// Of a double from 2^16 on.
template <class Number> Angle<Number> farAngleOf(Number x) {
  constexpr uint64_t hidden = uint64_t(1) << 52;
  auto exponent = bits(x) >> 52;
  auto integer = (bits(x) & uint64_t(hidden - 1)) | hidden;
  auto digits =
      productOf(integer & digitMask, integer >> 32, digitsFor(x, exponent));
  // The product is in quarters of the range: two bits are the quadrant.
  auto quadrant = digits[5] >> 30;
  for (int i = 5; i > 0; --i)
    digits[i] = ((digits[i] << 2) | (digits[i - 1] >> 30)) & digitMask;
  // More than half a quadrant is less than the next one: the digits of what
  // is missing, but for a unit in the last.
  auto isMore = digits[5] >> 31;
  auto inversion = ((isMore ^ isMore) - isMore) & digitMask;
  for (int i = 2; i < 6; ++i)
    digits[i] = digits[i] ^ inversion;
  Pair<Number> fraction = fractionOf<Number>(digits);
  auto sign = isMore << 63;
  Number high = number(bits(fraction.high) | sign);
  Number low = number(bits(fraction.low) ^ sign);
  constexpr const double *halfPi = AngleNumbers<double>::halfPi;
  Pair<Number> r = product(high, x.of(halfPi[0]));
  low = r.low + fma(high, x.of(halfPi[1]), low * halfPi[0]);
  auto next = (quadrant + isMore) | uint64_t(0x4330000000000000);
  return {r.high, low, number(next) - 0x1p52};
}

/// farAngle(x) is farAngleOf(x), lane by lane.
template <class Number> Angle<Number> farAngleOfEach(Number x) {
  if constexpr (std::is_same_v<typename Number::Element, float>) {
    auto wide = farAngle(widened(x));
    Number high = narrowed(wide[0]);
    return {high, narrowed(wide[0] - widened(high)), narrowed(wide[2])};
  } else {
    auto [high, low, n] = farAngle(x);
    return {high, low, n};
  }
}

/// Of |x|.
template <class Number> Angle<Number> angleOf(Number x) {
  using Format = FormatOf<Number>;
  using Numbers = AngleNumbers<typename Number::Element>;
  auto inside = x <= Numbers::most;
  Angle<Number> near = nearAngle(x);
  auto [high, low, n] =
      whenAll(inside, std::array<Number, 3>{near.high, near.low, near.n}, [&] {
        Number within = atMost(atLeast(x, Numbers::most), Format::greatest);
        Angle<Number> far = farAngleOfEach(within);
        Number none = x.of(notANumber);
        Number high = select(x <= Format::greatest, far.high, none);
        return std::array<Number, 3>{select(inside, near.high, high),
                                     select(inside, near.low, far.low),
                                     select(inside, near.n, far.n)};
      });
  return {high, low, n};
}

//===----------------------------------------------------------------------===//
// The functions
//===----------------------------------------------------------------------===//

template <class Number> struct SineAndCosine {
  Pair<Number> sine, cosine; ///< the low parts rounded
};

/// Of a reduced angle. Its low part counts as a derivative times it.
template <class Number>
SineAndCosine<Number> sineAndCosine(const Angle<Number> &r) {
  using Numbers = AngleNumbers<typename Number::Element>;
  Number x = r.high, one = x.of(1);
  Pair<Number> square = product(x, x);
  Number z = square.high, half = z * 0.5;
  Number bent =
      fma(x * z, polynomial(z, Numbers::sine), fma(-half, r.low, r.low));
  Number flat = one - half;
  Number low = (one - flat) - half;
  Number rest = fma(-x, r.low, fma(square.low, x.of(-0.5), low));
  Number wave = fma(z * z, polynomial(z, Numbers::cosine), rest);
  return {{x, bent}, {flat, wave}};
}

/// Whether n + turns is odd, and, as the bit of a sign, whether it is 2 or 3 of
/// 4.
template <class Number> auto quadrantOf(const Angle<Number> &angle, int turns) {
  using Format = FormatOf<Number>;
  using Word = typename Format::Word;
  auto n = bits(angle.n + (roundingSum<Number>() + turns));
  auto odd = number((n & Word(1)) + Word(Format::one)) > 1.0;
  auto sign = ((n >> 1) << (8 * int(sizeof(Word)) - 1));
  return std::make_pair(odd, sign);
}

template <class Number> Number sineOrCosine(Number x, int turns) {
  Angle<Number> angle = angleOf(magnitude(x));
  auto [odd, sign] = quadrantOf(angle, turns);
  auto [sine, cosine] = sineAndCosine(angle);
  return number(bits(select(odd, cosine.high, sine.high) +
                     select(odd, cosine.low, sine.low)) ^
                sign);
}

template <class Number> Number sine(Number x) {
  return number(bits(sineOrCosine(x, 0)) ^ signOf(x));
}

template <class Number> Number cosine(Number x) { return sineOrCosine(x, 1); }

/// sin/cos, or -cos/sin, with all rounding errors but the last.
template <class Number> Number tangent(Number x) {
  Angle<Number> angle = angleOf(magnitude(x));
  auto [odd, unused] = quadrantOf(angle, 0);
  auto [roughSine, roughCosine] = sineAndCosine(angle);
  Pair<Number> sine = sumOfOrdered(roughSine.high, roughSine.low);
  Pair<Number> cosine = sumOfOrdered(roughCosine.high, roughCosine.low);
  Number above = select(odd, -cosine.high, sine.high);
  Number below = select(odd, sine.high, cosine.high);
  Number reciprocal = 1 / below;
  Number quotient = above * reciprocal;
  Number rest = fma(-quotient, below, above) +
                fma(-quotient, select(odd, sine.low, cosine.low),
                    select(odd, -cosine.low, sine.low));
  Number exact = fma(rest, reciprocal, quotient);
  return number(bits(exact) ^ signOf(x));
}

} // namespace pdec::functions

#endif // PDEC_FUNCTIONS_ANGLES_H
