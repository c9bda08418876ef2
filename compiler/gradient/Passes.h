//===- Passes.h - derivatives of programs -----------------------*- C++ -*-===//

#ifndef PDEC_GRADIENT_PASSES_H
#define PDEC_GRADIENT_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

#include <memory>

namespace pdec::gradient {

#define GEN_PASS_DECL
#include "compiler/gradient/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/gradient/Passes.h.inc"

} // namespace pdec::gradient

#endif // PDEC_GRADIENT_PASSES_H
