//===- Fold.cpp - the arithmetic of constants -----------------------------===//
//
// A constant must have the bits that the compiled program would compute, so
// each case does what the generated code does: powers by the same products, min
// and max of IEEE 754-2019. What is no function of constants gives NaN here;
// its callers ask for none of these.
//
//===----------------------------------------------------------------------===//

#include "compiler/program/Fold.h"

#include "compiler/functions/Functions.h"

#include <cmath>

using namespace pdec;

double pdec::foldReal(NodeKind kind, double a) {
  switch (kind) {
  case NodeKind::Neg:
    return -a;
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  case NodeKind::NODE:                                                         \
    return VALUE;
#include "compiler/support/Functions.def"
  default:
    return std::nan("");
  }
}

/// As IEEE 754-2019 says: of a NaN and anything NaN, and -0 below 0.
static double minimum(double a, double b) {
  if (std::isnan(a) || std::isnan(b))
    return std::nan("");
  if (a == b)
    return std::signbit(a) ? a : b;
  return a < b ? a : b;
}

double pdec::foldReal(NodeKind kind, double a, double b) {
  switch (kind) {
  case NodeKind::Add:
    return a + b;
  case NodeKind::Sub:
    return a - b;
  case NodeKind::Mul:
    return a * b;
  case NodeKind::Div:
    return a / b;
  case NodeKind::Pow:
    return foldPower(a, b);
  case NodeKind::Min:
    return minimum(a, b);
  case NodeKind::Max:
    // Also of zeros: max(-0, 0) is 0.
    return -minimum(-a, -b);
  default:
    return std::nan("");
  }
}

template <typename T> static bool compare(NodeKind kind, T a, T b) {
  switch (kind) {
  case NodeKind::Less:
    return a < b;
  case NodeKind::LessEqual:
    return a <= b;
  case NodeKind::Equal:
    return a == b;
  default:
    return a != b;
  }
}

bool pdec::foldCompare(NodeKind kind, double a, double b) {
  return compare(kind, a, b);
}

bool pdec::foldCompare(NodeKind kind, int64_t a, int64_t b) {
  return compare(kind, a, b);
}

/// The order of the products is that of scheme/Pointwise.cpp: the bits depend
/// on it.
static double repeatedSquaring(double x, unsigned n) {
  double result = 1;
  for (; n; x *= x, n >>= 1)
    if (n & 1)
      result *= x;
  return result;
}

double pdec::foldPower(double x, double e) {
  // The exponents that the generated code makes products and roots of.
  bool isWhole = std::fabs(e) <= 64 && e == std::floor(e);
  bool isRoot = std::fabs(e) == 0.5;
  if (!isWhole && !isRoot)
    return functions::pow(x, e);
  double result =
      isRoot ? std::sqrt(x) : repeatedSquaring(x, unsigned(std::fabs(e)));
  return e < 0 ? 1 / result : result;
}

/// Nothing if the result has more than 64 bits: integers do not wrap.
static std::optional<int64_t> integerPower(int64_t x, int64_t n) {
  // Beyond these bases, 63 factors already exceed 64 bits.
  if (x == 0 || x == 1)
    return n == 0 ? 1 : x;
  if (x == -1)
    return n % 2 ? -1 : 1;
  if (n > 63)
    return std::nullopt;
  int64_t result = 1;
  for (int64_t i = 0; i < n; ++i)
    if (__builtin_mul_overflow(result, x, &result))
      return std::nullopt;
  return result;
}

std::optional<int64_t> pdec::foldInteger(NodeKind kind, int64_t a, int64_t b) {
  int64_t result = 0;
  bool overflow = false;
  switch (kind) {
  case NodeKind::Add:
    overflow = __builtin_add_overflow(a, b, &result);
    break;
  case NodeKind::Sub:
    overflow = __builtin_sub_overflow(a, b, &result);
    break;
  case NodeKind::Mul:
    overflow = __builtin_mul_overflow(a, b, &result);
    break;
  case NodeKind::Pow:
    return integerPower(a, b);
  case NodeKind::Min:
    result = b < a ? b : a;
    break;
  case NodeKind::Max:
    result = a < b ? b : a;
    break;
  default:
    overflow = true;
  }
  if (overflow)
    return std::nullopt;
  return result;
}
