//===- Interval.cpp - numbers with rounding outwards ----------------------===//

#include "compiler/analysis/Interval.h"

#include <mpfi_io.h>

#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace pdec::analysis {

static constexpr double infinity = std::numeric_limits<double>::infinity();

namespace {
/// Memory of intervals that are gone, for the next ones: most live for one
/// operation, and all in a computation have the same number of bits.
class Spares {
public:
  ~Spares() { clear(); }

  void take(mpfi_t ends, mpfr_prec_t bits) {
    if (kept.empty() || bits != precision) {
      mpfi_init2(ends, bits);
      return;
    }
    ends[0] = kept.back();
    kept.pop_back();
  }
  void give(mpfi_t ends) {
    mpfr_prec_t bits = mpfi_get_prec(ends);
    if (bits != precision && bits == mpfr_get_default_prec()) {
      clear();
      precision = bits;
    }
    if (bits == precision && kept.size() < most)
      kept.push_back(ends[0]);
    else
      mpfi_clear(ends);
  }

private:
  static constexpr size_t most = 1024;
  std::vector<__mpfi_struct> kept;
  mpfr_prec_t precision = 0; ///< of all that are kept

  void clear() {
    for (__mpfi_struct &ends : kept)
      mpfi_clear(&ends);
    kept.clear();
  }
};
} // namespace

static thread_local Spares spares;

Interval::Interval(Unset) { spares.take(ends, mpfr_get_default_prec()); }

Interval::Interval(double value) : Interval(value, value) {}

Interval::Interval(double low, double high) {
  spares.take(ends, mpfr_get_default_prec());
  if (std::isnan(low) || std::isnan(high))
    mpfi_interv_d(ends, -infinity, infinity);
  else
    mpfi_interv_d(ends, low, high);
}

Interval::Interval(const Interval &other) {
  spares.take(ends, mpfi_get_prec(other.ends));
  mpfi_set(ends, other.ends);
}

Interval::Interval(Interval &&other) noexcept {
  // What is left has no digits, and can only be assigned to or destroyed:
  // memory for some would cost more than most operations.
  ends[0] = other.ends[0];
  other.ends->left._mpfr_d = nullptr;
}

Interval &Interval::operator=(Interval other) noexcept {
  std::swap(ends[0], other.ends[0]);
  return *this;
}

Interval::~Interval() {
  if (ends->left._mpfr_d)
    spares.give(ends);
}

Interval Interval::whole() { return {-infinity, infinity}; }

Interval Interval::pi() {
  Interval result(Interval::unset);
  mpfi_const_pi(result.ends);
  return result;
}

Interval Interval::truth(bool mayBeFalse, bool mayBeTrue) {
  return {mayBeFalse ? 0.0 : 1.0, mayBeTrue ? 1.0 : 0.0};
}

Interval Interval::orWhole() && {
  if (mpfr_nan_p(left()) || mpfr_nan_p(right()))
    return whole();
  return std::move(*this);
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

/// The bytes of the number, without digits that are zero: how many bits it was
/// computed with does not count.
void Interval::addKey(std::string &text, mpfr_srcptr end) {
  text += mpfr_signbit(end) ? '-' : '+';
  if (!mpfr_regular_p(end)) {
    text += mpfr_zero_p(end) ? '0' : mpfr_inf_p(end) ? 'i' : 'n';
    return;
  }
  auto append = [&](const void *data, size_t bytes) {
    text.append(static_cast<const char *>(data), bytes);
  };
  mpfr_exp_t exponent = mpfr_get_exp(end);
  auto *first =
      static_cast<const mp_limb_t *>(mpfr_custom_get_significand(end));
  size_t limbs = mpfr_custom_get_size(mpfr_get_prec(end)) / sizeof(mp_limb_t);
  auto *last = first + limbs;
  while (first + 1 < last && !*first)
    ++first;
  size_t count = last - first;
  text += 'r';
  append(&count, sizeof count);
  append(&exponent, sizeof exponent);
  append(first, count * sizeof(mp_limb_t));
}

std::string Interval::key() const {
  std::string text;
  addKey(text, left());
  addKey(text, right());
  return text;
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

Interval Interval::operator-() const {
  Interval result(Interval::unset);
  mpfi_neg(result.ends, ends);
  return result;
}

Interval operator+(const Interval &a, const Interval &b) {
  Interval result(Interval::unset);
  mpfi_add(result.ends, a.ends, b.ends);
  return std::move(result).orWhole();
}

Interval operator-(const Interval &a, const Interval &b) {
  Interval result(Interval::unset);
  mpfi_sub(result.ends, a.ends, b.ends);
  return std::move(result).orWhole();
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
    Interval result(Interval::unset);
    mpfi_mul(result.ends, a.ends, b.ends);
    return result;
  }
  Interval result(Interval::unset), candidate(Interval::unset);
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
  Interval inverse(Interval::unset);
  mpfr_ui_div(&inverse.ends->left, 1, b.right(), MPFR_RNDD);
  mpfr_ui_div(&inverse.ends->right, 1, b.left(), MPFR_RNDU);
  // The sign of a zero end is that of the interval.
  if (mpfr_zero_p(b.right()))
    mpfr_set_inf(&inverse.ends->left, -1);
  if (mpfr_zero_p(b.left()))
    mpfr_set_inf(&inverse.ends->right, 1);
  if (a.isBounded() && inverse.isBounded()) {
    Interval result(Interval::unset);
    mpfi_div(result.ends, a.ends, b.ends);
    return result;
  }
  return a * inverse;
}

Interval hull(const Interval &a, const Interval &b) {
  Interval result(Interval::unset);
  mpfi_union(result.ends, a.ends, b.ends);
  return result;
}

Interval intersection(const Interval &a, const Interval &b) {
  Interval result(Interval::unset);
  mpfi_intersect(result.ends, a.ends, b.ends);
  return mpfi_is_empty(result.ends) ? a : result;
}

Interval min(const Interval &a, const Interval &b) {
  Interval result(Interval::unset);
  mpfr_min(&result.ends->left, a.left(), b.left(), MPFR_RNDD);
  mpfr_min(&result.ends->right, a.right(), b.right(), MPFR_RNDU);
  return result;
}

Interval max(const Interval &a, const Interval &b) { return -min(-a, -b); }

Interval abs(const Interval &a) { return Interval::apply(mpfi_abs, a); }

Interval square(const Interval &a) { return Interval::apply(mpfi_sqr, a); }

Interval floor(const Interval &a) {
  Interval result(Interval::unset);
  mpfr_rint_floor(&result.ends->left, a.left(), MPFR_RNDD);
  mpfr_rint_floor(&result.ends->right, a.right(), MPFR_RNDU);
  return result;
}

Interval Interval::apply(int (*function)(mpfi_ptr, mpfi_srcptr),
                         const Interval &a) {
  Interval result(Interval::unset);
  function(result.ends, a.ends);
  return std::move(result).orWhole();
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
