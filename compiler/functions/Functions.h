//===- Functions.h - functions with the bits of programs --------*- C++ -*-===//
//
// What a program computes, computed now: see Number.h.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_FUNCTIONS_FUNCTIONS_H
#define PDEC_FUNCTIONS_FUNCTIONS_H

namespace pdec::functions {

#define PDEC_FUNCTION(NAME)                                                    \
  double NAME(double x);                                                       \
  float NAME(float x);
PDEC_FUNCTION(exp)
PDEC_FUNCTION(log)
PDEC_FUNCTION(sin)
PDEC_FUNCTION(cos)
PDEC_FUNCTION(tan)
PDEC_FUNCTION(atan)
PDEC_FUNCTION(tanh)
PDEC_FUNCTION(rsqrt)
#undef PDEC_FUNCTION

/// The exponent is a double in both.
double pow(double x, double y);
float pow(float x, double y);

} // namespace pdec::functions

#endif // PDEC_FUNCTIONS_FUNCTIONS_H
