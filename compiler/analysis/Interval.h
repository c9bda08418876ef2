//===- Interval.h - numbers with rounding outwards --------------*- C++ -*-===//
//
// An interval holds the exact value of what was computed, whatever was rounded
// on the way: each operation rounds its low end down and its high end up (MPFI,
// MPFR). An infinite end says that nothing bounds the value, which is finite
// itself; so zero times anything is zero.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_INTERVAL_H
#define PDEC_ANALYSIS_INTERVAL_H

#include <mpfi.h>

#include <algorithm>
#include <string>

namespace pdec::analysis {

class Interval {
public:
  Interval(double value = 0);
  Interval(double low, double high);
  Interval(const Interval &other);
  Interval(Interval &&other) noexcept;
  Interval &operator=(Interval other) noexcept;
  ~Interval();

  static Interval whole();
  static Interval pi();
  /// What is not known to be false or true: [0, 1].
  static Interval truth(bool mayBeFalse, bool mayBeTrue);

  /// The ends as doubles, rounded outwards.
  double low() const;
  double high() const;
  /// A double inside, near the middle.
  double middle() const;

  bool isZero() const;
  /// One number, known exactly.
  bool isPoint() const;
  bool isBounded() const;
  bool contains(double value) const;
  bool isCertainly(double value) const { return isPoint() && low() == value; }
  /// Ends equal to the last bit.
  bool isSame(const Interval &other) const;
  bool isBelow(const Interval &other) const;  ///< each number < each
  bool isAtMost(const Interval &other) const; ///< each number <= each
  bool isNonNegative() const;
  bool isNonPositive() const;
  bool isPositive() const;
  bool isNegative() const;
  /// For tables of values: different for different intervals.
  std::string key() const;

  Interval operator-() const;
  friend Interval operator+(const Interval &a, const Interval &b);
  friend Interval operator-(const Interval &a, const Interval &b);
  friend Interval operator*(const Interval &a, const Interval &b);
  /// Whole where the divisor may be of either sign.
  friend Interval operator/(const Interval &a, const Interval &b);
  Interval &operator+=(const Interval &b) { return *this = *this + b; }
  Interval &operator*=(const Interval &b) { return *this = *this * b; }

  friend Interval hull(const Interval &a, const Interval &b);
  /// Of two enclosures of one number.
  friend Interval intersection(const Interval &a, const Interval &b);
  friend Interval min(const Interval &a, const Interval &b);
  friend Interval max(const Interval &a, const Interval &b);
  friend Interval abs(const Interval &a);
  friend Interval square(const Interval &a);
  friend Interval floor(const Interval &a);
  friend Interval exp(const Interval &a);
  /// Whole where the argument may be negative.
  friend Interval log(const Interval &a);
  friend Interval sqrt(const Interval &a);
  friend Interval sin(const Interval &a);
  friend Interval cos(const Interval &a);
  friend Interval tan(const Interval &a);
  friend Interval atan(const Interval &a);
  friend Interval tanh(const Interval &a);

private:
  mpfi_t ends;

  /// For a result that is about to be written.
  enum Unset { unset };
  explicit Interval(Unset);

  const __mpfr_struct *left() const { return &ends->left; }
  const __mpfr_struct *right() const { return &ends->right; }
  /// Of a result: whole, if a function was not defined everywhere.
  Interval orWhole() &&;
  /// Adds what makes the same number the same text to a key.
  static void addKey(std::string &text, mpfr_srcptr end);
  static Interval apply(int (*function)(mpfi_ptr, mpfi_srcptr),
                        const Interval &a);
};

/// While it lives, intervals of the thread are made with so many bits.
class Precision {
public:
  explicit Precision(unsigned bits);
  ~Precision();
  Precision(const Precision &) = delete;
  Precision &operator=(const Precision &) = delete;

private:
  mpfr_prec_t before;
};

/// Whether two maps to intervals have the same keys and the same ends.
template <typename Map> bool areSame(const Map &a, const Map &b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto &x, const auto &y) {
                      return x.first == y.first && x.second.isSame(y.second);
                    });
}

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_INTERVAL_H
