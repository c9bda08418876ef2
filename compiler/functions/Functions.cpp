//===- Functions.cpp - functions with the bits of programs ----------------===//

#include "compiler/functions/Functions.h"

#include "compiler/functions/Angles.h"
#include "compiler/functions/Arctangent.h"
#include "compiler/functions/Exponentials.h"
#include "compiler/functions/HostNumber.h"
#include "compiler/functions/Logarithm.h"
#include "compiler/functions/Power.h"
#include "compiler/functions/Roots.h"

namespace pdec::functions {

static HostBits<double> digitOfTwoByPi(HostNumber<double>,
                                       HostBits<double> word) {
  return {digitsOfTwoByPi[word.value]};
}

static std::array<HostNumber<double>, 3> farAngle(HostNumber<double> x) {
  Angle<HostNumber<double>> angle = farAngleOf(x);
  return {angle.high, angle.low, angle.n};
}

#define PDEC_FUNCTION(NAME, FORMULA)                                           \
  double NAME(double x) { return FORMULA(HostNumber<double>(x)).value; }       \
  float NAME(float x) { return FORMULA(HostNumber<float>(x)).value; }
PDEC_FUNCTION(exp, exponential)
PDEC_FUNCTION(log, logarithm)
PDEC_FUNCTION(sin, sine)
PDEC_FUNCTION(cos, cosine)
PDEC_FUNCTION(tan, tangent)
PDEC_FUNCTION(atan, arctangent)
PDEC_FUNCTION(tanh, hyperbolicTangent)
PDEC_FUNCTION(rsqrt, reciprocalRoot)
#undef PDEC_FUNCTION

double pow(double x, double y) {
  return power(HostNumber<double>(x), HostNumber<double>(y)).value;
}
float pow(float x, double y) {
  return power(HostNumber<float>(x), HostNumber<double>(y)).value;
}

} // namespace pdec::functions
