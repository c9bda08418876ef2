//===- Passes.h - from loops to LLVM ----------------------------*- C++ -*-===//

#ifndef PDEC_CODEGEN_PASSES_H
#define PDEC_CODEGEN_PASSES_H

#include "mlir/Pass/Pass.h"

#include <memory>

namespace pdec::codegen {

#define GEN_PASS_DECL
#include "compiler/codegen/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/codegen/Passes.h.inc"

} // namespace pdec::codegen

#endif // PDEC_CODEGEN_PASSES_H
