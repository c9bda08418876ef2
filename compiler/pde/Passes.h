//===- Passes.h - rewriting schemes -------------------------------*- C++
//-*-===//

#ifndef PDEC_PDE_PASSES_H
#define PDEC_PDE_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

#include <memory>

namespace pdec::pde {

#define GEN_PASS_DECL
#include "compiler/pde/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/pde/Passes.h.inc"

} // namespace pdec::pde

#endif // PDEC_PDE_PASSES_H
