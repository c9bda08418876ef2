//===- OnnxFix.h - parameters and sizes that a model fixes ------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXFIX_H
#define PDEC_EXPORTERS_ONNXFIX_H

#include "compiler/exporters/Onnx.h"

namespace pdec::exporters {

/// Makes constants of the parameters and sizes that the options fix, in a
/// module in the net dialect, and computes what follows from constants: numbers
/// of passes, coefficients, sizes of coarser grids.
void fixValues(mlir::ModuleOp module, const pde::Interface &interface,
               const OnnxOptions &options);

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXFIX_H
