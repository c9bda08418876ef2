//===- OnnxScalars.h - arithmetic, of numbers and of tensors ----*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXSCALARS_H
#define PDEC_EXPORTERS_ONNXSCALARS_H

#include "compiler/exporters/OnnxValues.h"

namespace pdec::exporters {

/// Says operations of arith and math as nodes. Has no data of its own.
class OnnxScalars {
public:
  OnnxScalars(OnnxBuilder &build, OnnxValues &values)
      : build(build), values(values) {}

  /// False if the operation is no arithmetic that ONNX has words for.
  bool emit(mlir::Operation &op);

private:
  OnnxBuilder &build;
  OnnxValues &values;

  bool emitConstant(mlir::Operation &op);
  bool emitConversion(mlir::Operation &op);
  bool emitComparison(mlir::Operation &op);
  bool emitFunction(mlir::Operation &op);
  Name arctangentOfDoubles(const Name &given);
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXSCALARS_H
