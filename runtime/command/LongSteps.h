//===- LongSteps.h - steps beyond what is certified -------------*- C++ -*-===//

#ifndef PDE_RUNTIME_LONGSTEPS_H
#define PDE_RUNTIME_LONGSTEPS_H

#include "runtime/pde_runtime.h"

#include <string>
#include <vector>

namespace pdert {

/// A sentence for each evolution whose steps are longer than what is proved of
/// it. What is proved is known for the script's own values of the other
/// parameters and its own sizes; where these differ, nothing is said.
std::vector<std::string> longSteps(const pde_program &program,
                                   const std::vector<pde_value> &params,
                                   const std::vector<int64_t> &sizes);

} // namespace pdert

#endif // PDE_RUNTIME_LONGSTEPS_H
