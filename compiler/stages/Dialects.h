//===- Dialects.h - the dialects that pdec uses -----------------*- C++ -*-===//

#ifndef PDEC_STAGES_DIALECTS_H
#define PDEC_STAGES_DIALECTS_H

#include "mlir/IR/DialectRegistry.h"

namespace pdec::driver {

/// Registers what the stages print and parse, and no more: the whole of MLIR
/// costs start-up time.
void registerDialects(mlir::DialectRegistry &registry);

} // namespace pdec::driver

#endif // PDEC_STAGES_DIALECTS_H
