//===- Ulps.cpp - results of functions against MPFR -----------------------===//
//
//   ulps FUNCTION f32|f64 ARGUMENTS RESULTS [EXPONENTS]
//
// Files of numbers as they lie in memory; exponents are doubles. Prints the
// largest error in units in the last place of the exact result, where it is,
// and how many results are wrong that are not numbers, infinite or zeros: these
// must be what the exact result is rounded to. An infinity for a result that is
// rounded to the greatest number, or that for an infinity, is an error of one
// unit.
//
//===----------------------------------------------------------------------===//

#include <mpfr.h>

#include <cmath>
#include <cstdio>
#include <fstream>
#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

using Function = int (*)(mpfr_t, const mpfr_t, mpfr_rnd_t);

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
    {"tanh", mpfr_tanh}, {"sqrt", mpfr_sqrt}, {"rsqrt", reciprocalRoot}};

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
  Exact() { mpfr_inits2(200, x, y, value, error, nullptr); }
  ~Exact() { mpfr_clears(x, y, value, error, nullptr); }

  void compute(Function function, double argument) {
    mpfr_set_d(x, argument, MPFR_RNDN);
    function(value, x, MPFR_RNDN);
  }
  void computePower(double base, double exponent) {
    mpfr_set_d(x, base, MPFR_RNDN);
    mpfr_set_d(y, exponent, MPFR_RNDN);
    mpfr_pow(value, x, y, MPFR_RNDN);
  }
  template <class T> T rounded() {
    // Rounded once.
    return sizeof(T) == 8 ? T(mpfr_get_d(value, MPFR_RNDN))
                          : T(mpfr_get_flt(value, MPFR_RNDN));
  }
  /// In units in the last place of the exact value.
  template <class T> double errorOf(T found) {
    using Limits = std::numeric_limits<T>;
    long unit = std::max(long(mpfr_get_exp(value)) - Limits::digits,
                         long(Limits::min_exponent) - Limits::digits);
    mpfr_sub_d(error, value, double(found), MPFR_RNDN);
    mpfr_mul_2si(error, error, -unit, MPFR_RNDN);
    return std::fabs(mpfr_get_d(error, MPFR_RNDN));
  }

private:
  mpfr_t x, y, value, error;
};

/// Whether both are the same NaN, infinity or zero, signs included.
template <class T> static bool isSame(T a, T b) {
  return std::isnan(a) ? std::isnan(b)
                       : a == b && std::signbit(a) == std::signbit(b);
}

template <class T> static double errorOf(Exact &exact, T found) {
  T nearest = exact.rounded<T>();
  T greatest = std::numeric_limits<T>::max();
  bool isNumber = std::isfinite(found) && std::isfinite(nearest);
  if (isSame(found, nearest) && (!isNumber || nearest == 0))
    return 0;
  if (isNumber)
    return exact.errorOf(found);
  bool isNextToEnd = std::fabs(found) >= greatest &&
                     std::fabs(nearest) >= greatest &&
                     std::signbit(found) == std::signbit(nearest);
  return isNextToEnd ? 1 : std::numeric_limits<double>::infinity();
}

template <class T> static void compare(char **words, bool isPower) {
  std::vector<T> arguments = read<T>(words[3]), results = read<T>(words[4]);
  std::vector<double> exponents;
  if (isPower)
    exponents = read<double>(words[5]);
  if (results.size() != arguments.size() ||
      (isPower && exponents.size() != arguments.size()))
    throw std::runtime_error("the files have different lengths");
  Exact exact;
  double worst = 0;
  size_t where = 0, wrong = 0;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (isPower)
      exact.computePower(double(arguments[i]), exponents[i]);
    else
      exact.compute(functions.at(words[1]), double(arguments[i]));
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
    std::fprintf(
        stderr, "usage: ulps FUNCTION f32|f64 ARGUMENTS RESULTS [EXPONENTS]\n");
    return 2;
  }
  try {
    if (std::string(words[2]) == "f64")
      compare<double>(words, isPower);
    else
      compare<float>(words, isPower);
  } catch (const std::exception &problem) {
    std::fprintf(stderr, "ulps: %s\n", problem.what());
    return 1;
  }
  return 0;
}
