//===- OnnxShapes.h - shapes of tensors, where sizes are fixed --*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXSHAPES_H
#define PDEC_EXPORTERS_ONNXSHAPES_H

#include "compiler/exporters/OnnxValues.h"

namespace pdec::exporters {

/// How far the offsets of weights reach from the smallest one, on each axis.
Shape extentOf(mlir::Value weights);
/// The strides of a convolution, one where none are given.
Shape stridesOf(std::optional<llvm::ArrayRef<int64_t>> given, int64_t rank);

/// Owns the shapes of tensors, without the axes in front. ONNX infers no shapes
/// through loops, and those of some layers only where they are written as
/// numbers.
class OnnxShapes {
public:
  OnnxShapes(const pde::Interface &interface, const OnnxFixed &fixed,
             const OnnxValues &values)
      : interface(interface), fixed(fixed), values(values) {}

  Shape of(mlir::Value value) const;
  /// The shape that a layer's result has by its operands.
  Shape ofResult(mlir::Operation &op) const;
  /// From now on its result has this shape.
  void note(mlir::Operation &op);
  /// A value has the shape of another one.
  void noteAs(mlir::Value value, mlir::Value like) {
    Shape shape = of(like);
    shapes[value] = shape;
  }
  /// What a loop carries keeps its shape.
  void noteCarried(mlir::Operation *loop, mlir::ValueRange inits);

private:
  const pde::Interface &interface;
  const OnnxFixed &fixed;
  const OnnxValues &values;
  llvm::DenseMap<mlir::Value, Shape> shapes;

  Shape ofPort(const pde::Interface::Port &port) const;
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXSHAPES_H
