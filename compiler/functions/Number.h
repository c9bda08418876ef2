//===- Number.h - what formulas of functions are written in -----*- C++ -*-===//
//
// A formula is a template over a Number: a real number that knows how to be
// computed. HostNumber.h computes at once, codegen/CodeNumber.h makes the
// operations that will. Both do the same correctly rounded operations, so a
// constant that the compiler folds has the bits that a program computes, in
// every lane.
//
// A Number<double> or Number<float> has
//   + - * / and unary -, fma(a, b, c), each rounded once
//   a.of(c)             the constant c beside it
//   < <= > >= ==        false for NaN; a Mask, with & | and !
//   select(mask, a, b)
//   bits(a)             its Bits, integers as wide, with + - * & | ^ and
//   shifts;
//                       a.word(c) is a constant one
//   number(bits)        back
//   whenAll(mask, fast, slow)
//                       slow() where mask does not hold, which is rare and
//                       costs one test; both are arrays of Numbers
//   widened(a), narrowed(a)
//                       float to double and back
//   farAngle(a)         see Angles.h
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_FUNCTIONS_NUMBER_H
#define PDEC_FUNCTIONS_NUMBER_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <type_traits>
#include <utility>

namespace pdec::functions {

/// The numbers of an IEEE format.
template <class Element> struct Format;
template <> struct Format<double> {
  using Word = uint64_t;
  static constexpr int fraction = 52; ///< bits of the significand behind 1
  static constexpr int bias = 1023;
  static constexpr Word one = 0x3ff0000000000000; ///< the bits of 1
  static constexpr Word sign = 0x8000000000000000;
  static constexpr double least = 0x1p-1022; ///< the least normal number
  static constexpr double greatest = 0x1.fffffffffffffp1023;
};
template <> struct Format<float> {
  using Word = uint32_t;
  static constexpr int fraction = 23;
  static constexpr int bias = 127;
  static constexpr Word one = 0x3f800000;
  static constexpr Word sign = 0x80000000;
  static constexpr double least = 0x1p-126;
  static constexpr double greatest = 0x1.fffffep127;
};

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

template <class Number> using FormatOf = Format<typename Number::Element>;

/// Operators of a number and a constant.
template <class Number, class Mask> struct WithConstants {
#define PDEC_OPERATOR(OP, RESULT)                                              \
  friend RESULT operator OP(const Number &a, double b) {                       \
    return a OP a.of(b);                                                       \
  }                                                                            \
  friend RESULT operator OP(double a, const Number &b) { return b.of(a) OP b; }
  PDEC_OPERATOR(+, Number)
  PDEC_OPERATOR(-, Number)
  PDEC_OPERATOR(*, Number)
  PDEC_OPERATOR(/, Number)
  PDEC_OPERATOR(<, Mask)
  PDEC_OPERATOR(<=, Mask)
  PDEC_OPERATOR(>, Mask)
  PDEC_OPERATOR(>=, Mask)
  PDEC_OPERATOR(==, Mask)
#undef PDEC_OPERATOR
};

//===----------------------------------------------------------------------===//
// What several functions need
//===----------------------------------------------------------------------===//

/// The sum of two numbers, not rounded: `high` is their rounded sum.
template <class Number> struct Pair { Number high, low; };

/// Exact if a is 0 or |a| >= |b|.
template <class Number> Pair<Number> sumOfOrdered(Number a, Number b) {
  Number high = a + b;
  return {high, (a - high) + b};
}

/// Exact.
template <class Number> Pair<Number> sum(Number a, Number b) {
  Number high = a + b;
  Number ofB = high - a;
  return {high, (a - (high - ofB)) + (b - ofB)};
}

/// Exact, away from the ends of the range.
template <class Number> Pair<Number> product(Number a, Number b) {
  Number high = a * b;
  return {high, fma(a, b, -high)};
}

/// A polynomial, the constant coefficient first. In pairs, pairs of pairs and
/// so on (Estrin): Horner's rule has fewer operations, but each waits for the
/// one before.
template <class Number, std::size_t count>
Number polynomial(Number x, const double (&coefficients)[count]) {
  std::array<std::optional<Number>, count> parts;
  for (std::size_t i = 0; i < count; ++i)
    parts[i] = x.of(coefficients[i]);
  for (std::size_t size = count; size > 1; size = (size + 1) / 2) {
    if (size < count)
      x = x * x;
    for (std::size_t i = 0; i < size / 2; ++i)
      parts[i] = fma(*parts[2 * i + 1], x, *parts[2 * i]);
    if (size % 2)
      parts[size / 2] = parts[size - 1];
  }
  return *parts[0];
}

/// By Horner's rule, for polynomials that are short.
template <class Number, std::size_t count>
Number horner(Number x, const double (&coefficients)[count]) {
  Number sum = x.of(coefficients[count - 1]);
  for (std::size_t i = count - 1; i-- > 0;)
    sum = fma(sum, x, x.of(coefficients[i]));
  return sum;
}

/// 1.5 * 2^p, whose sum with a number is rounded to an integer, which stands in
/// the lowest bits.
template <class Number> constexpr double roundingSum() {
  return 1.5 * double(uint64_t(1) << FormatOf<Number>::fraction);
}

/// The integer next to x, |x| < 2^(p-1), with ties to even.
template <class Number> Number rounded(Number x) {
  constexpr double magic = roundingSum<Number>();
  return (x + magic) - magic;
}

/// 2^n of an integer n in the range of exponents.
template <class Number> Number powerOfTwo(Number n) {
  using Format = FormatOf<Number>;
  auto exponent = bits(n + roundingSum<Number>()) << Format::fraction;
  return number(exponent + Format::one);
}

template <class Number> Number magnitude(Number x) {
  return number(bits(x) & ~FormatOf<Number>::sign);
}

/// The bit of its sign.
template <class Number> auto signOf(Number x) {
  return bits(x) & FormatOf<Number>::sign;
}

/// At most `most`; a NaN stays one.
template <class Number> Number atMost(Number x, double most) {
  return select(x > most, x.of(most), x);
}
template <class Number> Number atLeast(Number x, double least) {
  return select(x < least, x.of(least), x);
}

/// The bits of a constant.
template <class Element> auto wordOf(double constant) {
  Element value = Element(constant);
  typename Format<Element>::Word word;
  std::memcpy(&word, &value, sizeof word);
  return word;
}

/// least <= x <= most, of two positive normal numbers. What is more than `most`
/// becomes a NaN or negative if the integer of its bits is moved as far as that
/// of `most` is from infinity's, so that one comparison is enough.
template <class Number> auto isBetween(Number x, double least, double most) {
  auto word = wordOf<typename Number::Element>;
  auto move = word(infinity) - word(most);
  return number(bits(x) + move) >= number(x.word(word(least) + move));
}

template <class Number> auto isNormal(Number x) {
  using Format = FormatOf<Number>;
  return isBetween(x, Format::least, Format::greatest);
}

/// `slow()` where `mask` does not hold.
template <class Number, class Mask, class Slow>
Number whenAll(Mask mask, Number fast, Slow slow) {
  return whenAll(mask, std::array<Number, 1>{fast},
                 [&] { return std::array<Number, 1>{slow()}; })[0];
}

} // namespace pdec::functions

#endif // PDEC_FUNCTIONS_NUMBER_H
