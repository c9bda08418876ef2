//===- Reversals.h - loops that go back through passes ----------*- C++ -*-===//
//
// What the reversals of the pde and the net dialect have in common.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PDE_REVERSALS_H
#define PDEC_PDE_REVERSALS_H

#include "compiler/pde/PdeDialect.h"

namespace pdec::pde {

/// Checks what the regions get and that the carried values keep their types.
llvm::LogicalResult checkReversal(ReversalOpInterface op);

/// %count replay %first for %passes of (%u = %f : type, ...) {...}
///     back pass %i of (%s : type, ...) carry (%p = %q : type, ...) {...}
void printReversal(mlir::OpAsmPrinter &p, ReversalOpInterface op);
mlir::ParseResult parseReversal(mlir::OpAsmParser &parser,
                                mlir::OperationState &result);

} // namespace pdec::pde

#endif // PDEC_PDE_REVERSALS_H
