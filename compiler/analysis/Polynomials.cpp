//===- Polynomials.cpp - rational functions of an eigenvalue --------------===//

#include "compiler/analysis/Polynomials.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace pdec::analysis {

Polynomial Polynomial::eigenvalue(const Interval &range) {
  Interval low(range.low()), high(range.high());
  Polynomial made(high.isZero() ? high : low);
  made.coefficients.push_back(high.isZero() ? low : high - low);
  return made;
}

Polynomial Polynomial::stretched(double factor) const {
  Polynomial made = *this;
  Interval power = 1;
  for (Interval &coefficient : made.coefficients) {
    coefficient *= power;
    power *= factor;
  }
  return made;
}

bool Polynomial::isCertainly(double value) const {
  return coefficients.size() == 1 && coefficients[0].isCertainly(value);
}

bool Polynomial::isSame(const Polynomial &other) const {
  return std::equal(
      coefficients.begin(), coefficients.end(), other.coefficients.begin(),
      other.coefficients.end(),
      [](const Interval &a, const Interval &b) { return a.isSame(b); });
}

Polynomial Polynomial::operator-() const {
  Polynomial made = *this;
  for (Interval &coefficient : made.coefficients)
    coefficient = -coefficient;
  return made;
}

Polynomial operator+(const Polynomial &a, const Polynomial &b) {
  const Polynomial &longer = a.degree() >= b.degree() ? a : b;
  const Polynomial &shorter = a.degree() >= b.degree() ? b : a;
  Polynomial made = longer;
  for (size_t i = 0; i < shorter.coefficients.size(); ++i)
    made.coefficients[i] += shorter.coefficients[i];
  return made;
}

Polynomial operator-(const Polynomial &a, const Polynomial &b) {
  return a + -b;
}

Polynomial operator*(const Polynomial &a, const Polynomial &b) {
  if (a.isCertainly(0) || b.isCertainly(0))
    return Interval(0);
  if (a.isCertainly(1))
    return b;
  if (b.isCertainly(1))
    return a;
  Polynomial made;
  made.coefficients.assign(a.degree() + b.degree() + 1, Interval(0));
  for (size_t i = 0; i < a.coefficients.size(); ++i) {
    // An eigenvalue's own polynomial has no constant.
    if (a.coefficients[i].isZero())
      continue;
    for (size_t j = 0; j < b.coefficients.size(); ++j)
      if (!b.coefficients[j].isZero())
        made.coefficients[i + j] += a.coefficients[i] * b.coefficients[j];
  }
  return made;
}

/// Coefficients in Bernstein's basis: b_i = sum_j C(i, j)/C(n, j)*a_j.
static std::vector<Interval>
bernstein(const std::vector<Interval> &coefficients) {
  size_t n = coefficients.size() - 1;
  // a_j/C(n, j), then sums along the rows of Pascal's triangle.
  std::vector<Interval> made = coefficients;
  Interval choose = 1;
  for (size_t j = 0; j <= n; ++j) {
    made[j] = coefficients[j] / choose;
    choose = choose * Interval(double(n - j)) / Interval(double(j + 1));
  }
  for (size_t pass = 1; pass <= n; ++pass)
    for (size_t i = n; i >= pass; --i)
      made[i] = made[i] + made[i - 1];
  return made;
}

namespace {
/// An interval of machine numbers, which halving widens by their last bit. Most
/// of a search is done with these.
struct Ends {
  long double low, high;

  static Ends of(const Interval &interval) {
    return {interval.low(), interval.high()};
  }
  bool isNonNegative() const { return low >= 0; }
  bool isNegative() const { return high < 0; }
};
} // namespace

static Ends middleOf(const Ends &a, const Ends &b) {
  constexpr long double unit = std::numeric_limits<long double>::epsilon();
  constexpr long double least = std::numeric_limits<long double>::min();
  long double low = (a.low + b.low) / 2, high = (a.high + b.high) / 2;
  return {low - std::fabs(low) * unit - least,
          high + std::fabs(high) * unit + least};
}

static Interval middleOf(const Interval &a, const Interval &b) {
  return (a + b) * Interval(0.5);
}

/// The parts left and right of the middle, by de Casteljau's scheme.
template <typename Number>
static void halve(const std::vector<Number> &whole, std::vector<Number> &left,
                  std::vector<Number> &right) {
  size_t n = whole.size() - 1;
  right = whole;
  left.clear();
  for (size_t level = 0; level <= n; ++level) {
    left.push_back(right[0]);
    for (size_t i = 0; i + level < n; ++i)
      right[i] = middleOf(right[i], right[i + 1]);
  }
}

/// Whether all coefficients of a part are >= 0, so that the polynomial is, or
/// an end of it is negative; nothing if neither is seen.
template <typename Number>
static std::optional<bool> isSeen(const std::vector<Number> &part) {
  if (std::all_of(part.begin(), part.end(),
                  [](const Number &number) { return number.isNonNegative(); }))
    return true;
  // The first and the last are values.
  if (part.front().isNegative() || part.back().isNegative())
    return false;
  return std::nullopt;
}

static bool isNonNegativeBetween(const std::vector<Ends> &part, unsigned depth,
                                 unsigned &budget) {
  if (auto seen = isSeen(part))
    return *seen;
  if (depth == 0 || budget == 0)
    return false;
  --budget;
  std::vector<Ends> left, right;
  halve(part, left, right);
  return isNonNegativeBetween(left, depth - 1, budget) &&
         isNonNegativeBetween(right, depth - 1, budget);
}

/// With all bits, as long as the coefficients are much larger than the values.
static bool isNonNegativeBetween(const std::vector<Interval> &part,
                                 unsigned depth, unsigned &budget) {
  if (auto seen = isSeen(part))
    return *seen;
  constexpr double moderate = 1000;
  bool isModerate =
      std::all_of(part.begin(), part.end(), [](const Interval &coefficient) {
        return abs(coefficient).high() < moderate;
      });
  if (isModerate || depth == 0) {
    std::vector<Ends> ends;
    for (const Interval &coefficient : part)
      ends.push_back(Ends::of(coefficient));
    return isNonNegativeBetween(ends, 50, budget);
  }
  std::vector<Interval> left, right;
  halve(part, left, right);
  return isNonNegativeBetween(left, depth - 1, budget) &&
         isNonNegativeBetween(right, depth - 1, budget);
}

/// Whether a value is seen that is negative; most that are not everywhere >= 0
/// are found so.
bool Polynomial::isNegativeSomewhere() const {
  Precision enough(64 + 4 * unsigned(coefficients.size()));
  size_t count = 2 * coefficients.size() + 1;
  for (size_t sample = 0; sample < count; ++sample) {
    // Close to each other at the ends, as the extrema of such functions are.
    double part = double(sample) / double(count - 1);
    Interval t(0.5 - 0.5 * std::cos(M_PI * part));
    Interval value = coefficients.back();
    for (size_t i = coefficients.size() - 1; i-- > 0;)
      value = value * t + coefficients[i];
    if (value.isNegative())
      return true;
  }
  return false;
}

/// Whether it seems to be >= 0 up to `end`, in ordinary arithmetic.
bool Polynomial::seemsNonNegative(double end) const {
  std::vector<double> numbers;
  for (const Interval &coefficient : coefficients)
    numbers.push_back(coefficient.middle());
  const size_t count = 4 * numbers.size();
  for (size_t sample = 0; sample <= count; ++sample) {
    double t = end * (0.5 - 0.5 * std::cos(M_PI * double(sample) / count));
    double value = 0;
    for (size_t i = numbers.size(); i-- > 0;)
      value = value * t + numbers[i];
    if (value < 0)
      return false;
  }
  return true;
}

double Polynomial::guessedEnd() const {
  double low = 0x1p-20, high = 0x1p20;
  if (seemsNonNegative(high))
    return high;
  while (high > low * (1 + 1e-8)) {
    double middle = std::sqrt(low) * std::sqrt(high);
    (seemsNonNegative(middle) ? low : high) = middle;
  }
  return low;
}

bool Polynomial::isNonNegative() const {
  if (!seemsNonNegative(1) && isNegativeSomewhere())
    return false;
  // Halving loses a bit or two of a coefficient's digits for each degree.
  Precision enough(64 + 4 * unsigned(coefficients.size()));
  unsigned budget = 4000;
  return isNonNegativeBetween(bernstein(coefficients), 8, budget);
}

Rational operator+(const Rational &a, const Rational &b) {
  if (a.denominator.isSame(b.denominator))
    return {a.numerator + b.numerator, a.denominator};
  return {a.numerator * b.denominator + b.numerator * a.denominator,
          a.denominator * b.denominator};
}

Rational operator-(const Rational &a, const Rational &b) {
  return a + Rational{-b.numerator, b.denominator};
}

Rational operator*(const Rational &a, const Rational &b) {
  return {a.numerator * b.numerator, a.denominator * b.denominator};
}

Rational operator/(const Rational &a, const Rational &b) {
  return {a.numerator * b.denominator, a.denominator * b.numerator};
}

/// What is non-negative if |numerator| <= bound*denominator.
static std::array<Polynomial, 2> margins(const Rational &r, double bound) {
  Polynomial most = r.denominator * Polynomial(bound);
  return {most - r.numerator, most + r.numerator};
}

bool isAtMost(const Rational &r, double bound) {
  // A denominator of either sign is one of the other.
  Rational positive = r;
  if (!positive.denominator.isNonNegative()) {
    positive = {-r.numerator, -r.denominator};
    if (!positive.denominator.isNonNegative())
      return false;
  }
  return llvm::all_of(margins(positive, bound), [](const Polynomial &margin) {
    return margin.isNonNegative();
  });
}

double guessedEnd(const Rational &r, double bound) {
  double end = r.denominator.guessedEnd();
  for (const Polynomial &margin : margins(r, bound))
    end = std::min(end, margin.guessedEnd());
  return end;
}

} // namespace pdec::analysis
