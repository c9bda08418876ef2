//===- Interval.cpp - numbers with rounding outwards ----------------------===//

#include "compiler/analysis/Interval.h"

#include <mpfi_io.h>

#include <cmath>
#include <limits>
#include <utility>

namespace pdec::analysis {

static constexpr double infinity = std::numeric_limits<double>::infinity();

Interval::Interval(double value) : Interval(value, value) {}

Interval::Interval(double low, double high) {
  mpfi_init(ends);
  if (std::isnan(low) || std::isnan(high))
    mpfi_interv_d(ends, -infinity, infinity);
  else
    mpfi_interv_d(ends, low, high);
}

Interval::Interval(const Interval &other) {
  mpfi_init2(ends, mpfi_get_prec(other.ends));
  mpfi_set(ends, other.ends);
}

Interval::Interval(Interval &&other) noexcept {
  mpfi_init2(ends, MPFR_PREC_MIN);
  mpfi_swap(ends, other.ends);
}

Interval &Interval::operator=(Interval other) noexcept {
  mpfi_swap(ends, other.ends);
  return *this;
}

Interval::~Interval() { mpfi_clear(ends); }

Interval Interval::whole() { return {-infinity, infinity}; }

Interval Interval::pi() {
  Interval result;
  mpfi_const_pi(result.ends);
  return result;
}

Interval Interval::truth(bool mayBeFalse, bool mayBeTrue) {
  return {mayBeFalse ? 0.0 : 1.0, mayBeTrue ? 1.0 : 0.0};
}

Interval Interval::orWhole() const {
  return mpfr_nan_p(left()) || mpfr_nan_p(right()) ? whole() : *this;
}

//===----------------------------------------------------------------------===//
// Questions
//===----------------------------------------------------------------------===//

double Interval::low() const { return mpfr_get_d(left(), MPFR_RNDD); }
double Interval::high() const { return mpfr_get_d(right(), MPFR_RNDU); }

double Interval::middle() const {
  double a = low(), b = high();
  if (std::isinf(a) && std::isinf(b))
    return 0;
  if (std::isinf(a))
    return b - std::max(1.0, std::fabs(b));
  if (std::isinf(b))
    return a + std::max(1.0, std::fabs(a));
  double between = a + (b - a) / 2;
  return std::isfinite(between) ? between : a / 2 + b / 2;
}

bool Interval::isZero() const {
  return mpfr_zero_p(left()) && mpfr_zero_p(right());
}
bool Interval::isPoint() const { return mpfr_equal_p(left(), right()); }
bool Interval::isBounded() const {
  return mpfr_number_p(left()) && mpfr_number_p(right());
}
bool Interval::contains(double value) const {
  return mpfr_cmp_d(left(), value) <= 0 && mpfr_cmp_d(right(), value) >= 0;
}
bool Interval::isSame(const Interval &other) const {
  return mpfr_equal_p(left(), other.left()) &&
         mpfr_equal_p(right(), other.right());
}
bool Interval::isBelow(const Interval &other) const {
  return mpfr_less_p(right(), other.left());
}
bool Interval::isAtMost(const Interval &other) const {
  return mpfr_lessequal_p(right(), other.left());
}
bool Interval::isNonNegative() const { return mpfr_sgn(left()) >= 0; }
bool Interval::isNonPositive() const { return mpfr_sgn(right()) <= 0; }
bool Interval::isPositive() const { return mpfr_sgn(left()) > 0; }
bool Interval::isNegative() const { return mpfr_sgn(right()) < 0; }

std::string Interval::key() const {
  std::string text;
  for (const __mpfr_struct *end : {left(), right()}) {
    char *digits = nullptr;
    mpfr_asprintf(&digits, "%Ra;", end);
    text += digits;
    mpfr_free_str(digits);
  }
  return text;
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

Interval Interval::operator-() const {
  Interval result;
  mpfi_neg(result.ends, ends);
  return result;
}

Interval operator+(const Interval &a, const Interval &b) {
  Interval result;
  mpfi_add(result.ends, a.ends, b.ends);
  return result.orWhole();
}

Interval operator-(const Interval &a, const Interval &b) {
  Interval result;
  mpfi_sub(result.ends, a.ends, b.ends);
  return result.orWhole();
}

/// An end of a product, where zero times anything is zero.
static void multiply(mpfr_ptr product, mpfr_srcptr a, mpfr_srcptr b,
                     mpfr_rnd_t rounding) {
  if (mpfr_zero_p(a) || mpfr_zero_p(b))
    mpfr_set_zero(product, 1);
  else
    mpfr_mul(product, a, b, rounding);
}

Interval operator*(const Interval &a, const Interval &b) {
  if (a.isBounded() && b.isBounded()) {
    Interval result;
    mpfi_mul(result.ends, a.ends, b.ends);
    return result;
  }
  Interval result, candidate;
  bool isFirst = true;
  for (mpfr_srcptr x : {a.left(), a.right()})
    for (mpfr_srcptr y : {b.left(), b.right()}) {
      multiply(&candidate.ends->left, x, y, MPFR_RNDD);
      multiply(&candidate.ends->right, x, y, MPFR_RNDU);
      if (isFirst)
        mpfi_set(result.ends, candidate.ends);
      else
        mpfi_union(result.ends, result.ends, candidate.ends);
      isFirst = false;
    }
  return result;
}

Interval operator/(const Interval &a, const Interval &b) {
  if (b.isZero() || (mpfr_sgn(b.left()) < 0 && mpfr_sgn(b.right()) > 0))
    return Interval::whole();
  Interval inverse;
  mpfr_ui_div(&inverse.ends->left, 1, b.right(), MPFR_RNDD);
  mpfr_ui_div(&inverse.ends->right, 1, b.left(), MPFR_RNDU);
  // The sign of a zero end is that of the interval.
  if (mpfr_zero_p(b.right()))
    mpfr_set_inf(&inverse.ends->left, -1);
  if (mpfr_zero_p(b.left()))
    mpfr_set_inf(&inverse.ends->right, 1);
  if (a.isBounded() && inverse.isBounded()) {
    Interval result;
    mpfi_div(result.ends, a.ends, b.ends);
    return result;
  }
  return a * inverse;
}

Interval hull(const Interval &a, const Interval &b) {
  Interval result;
  mpfi_union(result.ends, a.ends, b.ends);
  return result;
}

Interval intersection(const Interval &a, const Interval &b) {
  Interval result;
  mpfi_intersect(result.ends, a.ends, b.ends);
  return mpfi_is_empty(result.ends) ? a : result;
}

Interval min(const Interval &a, const Interval &b) {
  Interval result;
  mpfr_min(&result.ends->left, a.left(), b.left(), MPFR_RNDD);
  mpfr_min(&result.ends->right, a.right(), b.right(), MPFR_RNDU);
  return result;
}

Interval max(const Interval &a, const Interval &b) { return -min(-a, -b); }

Interval abs(const Interval &a) { return Interval::apply(mpfi_abs, a); }

Interval square(const Interval &a) { return Interval::apply(mpfi_sqr, a); }

Interval floor(const Interval &a) {
  Interval result;
  mpfr_rint_floor(&result.ends->left, a.left(), MPFR_RNDD);
  mpfr_rint_floor(&result.ends->right, a.right(), MPFR_RNDU);
  return result;
}

Interval Interval::apply(int (*function)(mpfi_ptr, mpfi_srcptr),
                         const Interval &a) {
  Interval result;
  function(result.ends, a.ends);
  return result.orWhole();
}

Interval exp(const Interval &a) { return Interval::apply(mpfi_exp, a); }
Interval log(const Interval &a) {
  return a.isNonNegative() ? Interval::apply(mpfi_log, a) : Interval::whole();
}
Interval sqrt(const Interval &a) {
  return a.isNonNegative() ? Interval::apply(mpfi_sqrt, a) : Interval::whole();
}
Interval sin(const Interval &a) {
  return a.isBounded() ? Interval::apply(mpfi_sin, a) : Interval(-1, 1);
}
Interval cos(const Interval &a) {
  return a.isBounded() ? Interval::apply(mpfi_cos, a) : Interval(-1, 1);
}
Interval tan(const Interval &a) {
  return a.isBounded() ? Interval::apply(mpfi_tan, a) : Interval::whole();
}
Interval atan(const Interval &a) { return Interval::apply(mpfi_atan, a); }
Interval tanh(const Interval &a) { return Interval::apply(mpfi_tanh, a); }

//===----------------------------------------------------------------------===//
// Precision
//===----------------------------------------------------------------------===//

Precision::Precision(unsigned bits) : before(mpfr_get_default_prec()) {
  mpfr_set_default_prec(bits);
}

Precision::~Precision() { mpfr_set_default_prec(before); }

} // namespace pdec::analysis
