//===- Passes.h - the kernel way --------------------------------*- C++ -*-===//

#ifndef PDEC_KERNEL_PASSES_H
#define PDEC_KERNEL_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

#include <memory>

namespace pdec::kernel {

#define GEN_PASS_DECL
#include "compiler/kernel/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/kernel/Passes.h.inc"

} // namespace pdec::kernel

#endif // PDEC_KERNEL_PASSES_H
