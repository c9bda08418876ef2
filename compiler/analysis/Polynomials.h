//===- Polynomials.h - rational functions of an eigenvalue ------*- C++ -*-===//
//
// A step with one symmetric operator A makes r(A) u of a level u, r a rational
// function. Its norm is the largest |r| over the eigenvalues of A. Coefficients
// are intervals of many bits: those of a Runge-Kutta-Legendre step of 50 stages
// have 40 digits more than its values.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_POLYNOMIALS_H
#define PDEC_ANALYSIS_POLYNOMIALS_H

#include "compiler/analysis/Interval.h"

#include <vector>

namespace pdec::analysis {

/// Coefficients from that of 1 upwards, of t in [0, 1].
class Polynomial {
public:
  Polynomial(const Interval &constant = 0) : coefficients{constant} {}
  /// The eigenvalue itself, from one end of its range to the other; t = 0 is
  /// the end that is zero, if one is.
  static Polynomial eigenvalue(const Interval &range);

  size_t degree() const { return coefficients.size() - 1; }
  bool isCertainly(double value) const;
  Polynomial operator-() const;
  friend Polynomial operator+(const Polynomial &a, const Polynomial &b);
  friend Polynomial operator-(const Polynomial &a, const Polynomial &b);
  friend Polynomial operator*(const Polynomial &a, const Polynomial &b);
  bool isSame(const Polynomial &other) const;
  /// Of factor*t.
  Polynomial stretched(double factor) const;

  /// Whether it is seen to be >= 0 for all t in [0, 1], by its coefficients in
  /// Bernstein's basis on smaller and smaller parts.
  bool isNonNegative() const;
  /// Up to which t, 2^-20 <= t <= 2^20, it seems to be >= 0, in ordinary
  /// arithmetic and at some points: a guess, to be confirmed.
  double guessedEnd() const;

private:
  std::vector<Interval> coefficients;

  bool isNegativeSomewhere() const;
  bool seemsNonNegative(double end) const;
};

/// numerator/denominator.
struct Rational {
  Polynomial numerator, denominator = Interval(1);

  friend Rational operator+(const Rational &a, const Rational &b);
  friend Rational operator-(const Rational &a, const Rational &b);
  friend Rational operator*(const Rational &a, const Rational &b);
  friend Rational operator/(const Rational &a, const Rational &b);
  Rational stretched(double factor) const {
    return {numerator.stretched(factor), denominator.stretched(factor)};
  }
};

/// Whether |r| is at most `bound` for all t in [0, 1]; false also where that is
/// not seen.
bool isAtMost(const Rational &r, double bound);
/// Up to which t that seems to be, where the denominator is positive at first;
/// between 2^-20 and 2^20.
double guessedEnd(const Rational &r, double bound);

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_POLYNOMIALS_H
