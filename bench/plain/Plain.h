//===- Plain.h - what the plain loops offer to the driver -------*- C++ -*-===//

#ifndef BENCH_PLAIN_PLAIN_H
#define BENCH_PLAIN_PLAIN_H

#include <cstdint>

namespace plain {

/// What a run is given: all as the script has it, arrays dense and row-major.
struct Call {
  bool isFloat;
  int threads;
  const int64_t *size;  ///< cells along each axis
  int64_t steps;        ///< the script's n
  const double *params; ///< all of the script's, in its order
  const void *const *inputs;
  void *const *outputs;
};

struct Loop {
  const char *script;  ///< whose result it computes
  const char *variant; ///< "" if there is but one
  void (*run)(const Call &);
};

/// `run` for either precision, of a template with members for both.
template <template <typename> class Solver> void solve(const Call &call) {
  if (call.isFloat)
    Solver<float>(call).run();
  else
    Solver<double>(call).run();
}

} // namespace plain

/// All loops, ended by one without a name.
extern "C" const plain::Loop *plain_loops();

#endif // BENCH_PLAIN_PLAIN_H
