//===- plain.h - what plain.cpp offers to the driver ------------*- C++ -*-===//

#ifndef BENCH_PLAIN_H
#define BENCH_PLAIN_H

#include <cstdint>

enum class Equation { PeronaMalik, Charbonnier };
enum class Variant {
  OneLoop, ///< from one array into the other, each flux computed twice
  TwoLoops ///< fluxes into an array, then the update in place
};

/// One problem: `steps` explicit steps from `input` to `output`, arrays of
/// `size` elements of float or double.
struct PlainCall {
  Equation equation;
  Variant variant;
  bool isFloat;
  int threads;
  int64_t size, steps;
  double lambda, tau;
  const void *input;
  void *output;
};

extern "C" void plain_run(const PlainCall *call);

#endif // BENCH_PLAIN_H
