//===- LongSteps.h - steps beyond what is certified -------------*- C++ -*-===//

#ifndef PDE_RUNTIME_LONGSTEPS_H
#define PDE_RUNTIME_LONGSTEPS_H

#include "runtime/pde_runtime.h"

#include <string>
#include <vector>

namespace pdert {

struct LongSteps {
  int32_t line; ///< of the evolution
  std::string text;
};

/// The evolutions whose steps a parameter that is not the script's makes longer
/// than what is proved, with the limit. That is known for the script's own
/// values of all others and its own sizes; where these differ, none is told.
std::vector<LongSteps> longSteps(const pde_program &program,
                                 const std::vector<pde_value> &params,
                                 const std::vector<int64_t> &sizes);

/// What a run with these says of steps that are so many times as long as what
/// is certified. Empty with the script's own: of those the compiler has told.
std::string longStepsText(const pde_program &program,
                          const std::vector<pde_value> &params,
                          const std::vector<int64_t> &sizes, int32_t line,
                          double multiple);

} // namespace pdert

#endif // PDE_RUNTIME_LONGSTEPS_H
