//===- ExplainTiling.h - how a program goes over memory, told ---*- C++ -*-===//

#ifndef PDEC_KERNEL_EXPLAINTILING_H
#define PDEC_KERNEL_EXPLAINTILING_H

#include "mlir/IR/BuiltinOps.h"

#include <string>

namespace pdec::kernel {

/// For each sweep of a module after pde-tile-sweeps a line with its place in
/// the script, the shape of its tiles and the scratch memory of a thread. What
/// is told of several sweeps of one place, as on a hierarchy's levels, is told
/// once.
std::string explainTiling(mlir::ModuleOp module);

} // namespace pdec::kernel

#endif // PDEC_KERNEL_EXPLAINTILING_H
