//===- Ulps.cpp - results of functions against MPFR -----------------------===//
//
//   ulps FUNCTION f32|f64 ARGUMENTS RESULTS [EXPONENTS]
//   ulps FUNCTION f32-quick ARGUMENTS RESULTS [EXPONENTS]
//
// Files of numbers as they lie in memory; exponents are doubles. Prints the
// largest error in units in the last place of the exact result, where it is,
// and how many results are wrong in what is no matter of rounding: NaN,
// infinities, signs of zeros. An infinity for a result that is rounded to the
// greatest number, or the other way round, is an error of one unit.
//
// The quick way takes the C library's result in double precision for the exact
// one; it is so to 29 more bits.
//
//===----------------------------------------------------------------------===//

#include <mpfr.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

using Function = int (*)(mpfr_t, const mpfr_t, mpfr_rnd_t);
using QuickFunction = double (*)(double);

/// 1/sqrt(x), of which MPFR says that it has no sign at zeros.
static int reciprocalRoot(mpfr_t result, const mpfr_t x, mpfr_rnd_t rounding) {
  if (!mpfr_zero_p(x))
    return mpfr_rec_sqrt(result, x, rounding);
  mpfr_set_inf(result, mpfr_signbit(x) ? -1 : 1);
  return 0;
}

static const std::map<std::string, Function> functions = {
    {"exp", mpfr_exp},   {"log", mpfr_log},   {"sin", mpfr_sin},
    {"cos", mpfr_cos},   {"tan", mpfr_tan},   {"atan", mpfr_atan},
    {"tanh", mpfr_tanh}, {"asin", mpfr_asin}, {"acos", mpfr_acos},
    {"sinh", mpfr_sinh}, {"cosh", mpfr_cosh}, {"cbrt", mpfr_cbrt},
    {"erf", mpfr_erf},   {"sqrt", mpfr_sqrt}, {"rsqrt", reciprocalRoot}};

static const std::map<std::string, QuickFunction> quickFunctions = {
    {"exp", std::exp},
    {"log", std::log},
    {"sin", std::sin},
    {"cos", std::cos},
    {"tan", std::tan},
    {"atan", std::atan},
    {"tanh", std::tanh},
    {"asin", std::asin},
    {"acos", std::acos},
    {"sinh", std::sinh},
    {"cosh", std::cosh},
    {"cbrt", std::cbrt},
    {"erf", std::erf},
    {"sqrt", std::sqrt},
    {"rsqrt", [](double x) { return 1 / std::sqrt(x); }}};

template <class T> static std::vector<T> read(const char *path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file)
    throw std::runtime_error(std::string("cannot read ") + path);
  std::vector<T> numbers(size_t(file.tellg()) / sizeof(T));
  file.seekg(0);
  file.read(reinterpret_cast<char *>(numbers.data()),
            std::streamsize(numbers.size() * sizeof(T)));
  return numbers;
}

/// The exact result, to far more digits than either format has.
class Exact {
public:
  Exact(const std::string &name) {
    if (name != "pow")
      function = functions.at(name);
    mpfr_inits2(200, x, y, value, error, nullptr);
  }
  ~Exact() { mpfr_clears(x, y, value, error, nullptr); }

  void compute(double argument, double exponent) {
    mpfr_set_d(x, argument, MPFR_RNDN);
    mpfr_set_d(y, exponent, MPFR_RNDN);
    if (function)
      function(value, x, MPFR_RNDN);
    else
      mpfr_pow(value, x, y, MPFR_RNDN);
  }
  template <class T> T rounded() {
    // Rounded once.
    return sizeof(T) == 8 ? T(mpfr_get_d(value, MPFR_RNDN))
                          : T(mpfr_get_flt(value, MPFR_RNDN));
  }
  /// Its binary exponent, as of 0.5 <= |significand| < 1.
  long exponent() const { return long(mpfr_get_exp(value)); }
  double distance(double found, long unit) {
    mpfr_sub_d(error, value, found, MPFR_RNDN);
    mpfr_mul_2si(error, error, -unit, MPFR_RNDN);
    return std::fabs(mpfr_get_d(error, MPFR_RNDN));
  }

private:
  Function function = nullptr;
  mpfr_t x, y, value, error;
};

/// For floats.
class Quick {
public:
  Quick(const std::string &name) {
    if (name != "pow")
      function = quickFunctions.at(name);
  }
  void compute(double argument, double exponent) {
    value = function ? function(argument) : std::pow(argument, exponent);
  }
  template <class T> T rounded() { return T(value); }
  long exponent() const {
    int result;
    std::frexp(value, &result);
    return result;
  }
  double distance(double found, long unit) {
    return std::fabs(std::ldexp(value - found, int(-unit)));
  }

private:
  QuickFunction function = nullptr;
  double value = 0;
};

/// Whether both are the same NaN, infinity or zero, signs included.
template <class T> static bool isSame(T a, T b) {
  return std::isnan(a) ? std::isnan(b)
                       : a == b && std::signbit(a) == std::signbit(b);
}

/// In units in the last place of the exact value.
template <class T, class Way> static double errorOf(Way &exact, T found) {
  using Limits = std::numeric_limits<T>;
  T nearest = exact.template rounded<T>(), greatest = Limits::max();
  bool isNumber = std::isfinite(found) && std::isfinite(nearest);
  if (isSame(found, nearest) && (!isNumber || nearest == 0))
    return 0;
  if (isNumber)
    return exact.distance(
        double(found), std::max(exact.exponent(), long(Limits::min_exponent)) -
                           Limits::digits);
  bool isNextToEnd = std::fabs(found) >= greatest &&
                     std::fabs(nearest) >= greatest &&
                     std::signbit(found) == std::signbit(nearest);
  return isNextToEnd ? 1 : std::numeric_limits<double>::infinity();
}

template <class T, class Way> static void compare(char **words, bool isPower) {
  std::vector<T> arguments = read<T>(words[3]), results = read<T>(words[4]);
  std::vector<double> exponents;
  if (isPower)
    exponents = read<double>(words[5]);
  if (results.size() != arguments.size() ||
      (isPower && exponents.size() != arguments.size()))
    throw std::runtime_error("the files have different lengths");
  Way exact(words[1]);
  double worst = 0;
  size_t where = 0, wrong = 0;
  for (size_t i = 0; i < arguments.size(); ++i) {
    exact.compute(double(arguments[i]), isPower ? exponents[i] : 0);
    double error = errorOf(exact, results[i]);
    wrong += std::isinf(error);
    if (error > worst) {
      worst = error;
      where = i;
    }
  }
  std::printf("%.4f %zu %zu\n", worst, where, wrong);
}

int main(int count, char **words) {
  bool isPower = count > 1 && std::string(words[1]) == "pow";
  if (count != (isPower ? 6 : 5) || (!isPower && !functions.count(words[1]))) {
    std::fprintf(stderr, "usage: ulps FUNCTION f32|f64|f32-quick ARGUMENTS "
                         "RESULTS [EXPONENTS]\n");
    return 2;
  }
  try {
    std::string precision = words[2];
    if (precision == "f64")
      compare<double, Exact>(words, isPower);
    else if (precision == "f32")
      compare<float, Exact>(words, isPower);
    else
      compare<float, Quick>(words, isPower);
  } catch (const std::exception &problem) {
    std::fprintf(stderr, "ulps: %s\n", problem.what());
    return 1;
  }
  return 0;
}
