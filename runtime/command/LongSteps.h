//===- LongSteps.h - steps beyond what is certified -------------*- C++ -*-===//

#ifndef PDE_RUNTIME_LONGSTEPS_H
#define PDE_RUNTIME_LONGSTEPS_H

#include "runtime/pde_runtime.h"

#include <string>
#include <vector>

namespace pdert {

/// A sentence for each evolution whose steps a parameter that is not the
/// script's makes longer than what is proved. That is known for the script's
/// own values of all others and its own sizes; where these differ, nothing is
/// said.
std::vector<std::string> longSteps(const pde_program &program,
                                   const std::vector<pde_value> &params,
                                   const std::vector<int64_t> &sizes);

} // namespace pdert

#endif // PDE_RUNTIME_LONGSTEPS_H
