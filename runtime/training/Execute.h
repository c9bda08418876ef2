//===- Execute.h - a run of one of a training's programs --------*- C++ -*-===//

#ifndef PDE_RUNTIME_EXECUTE_H
#define PDE_RUNTIME_EXECUTE_H

#include "runtime/pde_runtime.h"

#include <string>
#include <vector>

namespace pdert {

/// Why a run failed, or nothing. Without sizes it has the program's.
inline std::string execute(const pde_program &program,
                           const std::vector<pde_value> &params,
                           const int64_t *sizes,
                           const std::vector<const void *> &inputs,
                           const std::vector<void *> &outputs, int threads) {
  pde_call call = {};
  call.size = sizeof call;
  call.params = params.data();
  call.sizes = sizes;
  call.inputs = inputs.data();
  call.outputs = outputs.data();
  call.threads = threads;
  char message[2048];
  bool isDone = pde_execute(&program, &call, message, sizeof message) == 0;
  return isDone ? "" : message;
}

} // namespace pdert

#endif // PDE_RUNTIME_EXECUTE_H
