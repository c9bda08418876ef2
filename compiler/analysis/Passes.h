//===- Passes.h - what is proved, as code --------------------*- C++ -*-===//

#ifndef PDEC_ANALYSIS_PASSES_H
#define PDEC_ANALYSIS_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

#include <memory>

namespace pdec::analysis {

#define GEN_PASS_DECL
#include "compiler/analysis/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/analysis/Passes.h.inc"

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_PASSES_H
