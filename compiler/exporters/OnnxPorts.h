//===- OnnxPorts.h - what a model's users see -------------------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXPORTS_H
#define PDEC_EXPORTERS_ONNXPORTS_H

#include "compiler/exporters/OnnxShapes.h"

namespace pdec::exporters {

/// Owns the file that is made and what it tells of the model: fields and
/// parameters by their names, sizes of grids, and metadata.
class OnnxPorts {
public:
  OnnxPorts(const pde::Interface &interface, const OnnxOptions &options,
            OnnxBuilder &build, OnnxValues &values, const OnnxShapes &shapes);

  /// Says a declaration or a use of it; false if the operation is none.
  bool emit(mlir::Operation &op);
  /// The file without its bytes, at the end.
  OnnxFile take() { return std::move(file); }

private:
  const pde::Interface &interface;
  const OnnxOptions &options;
  OnnxBuilder &build;
  OnnxValues &values;
  const OnnxShapes &shapes;
  OnnxFile file;

  void describeModel();
  void describeSizes();
  void nameFields();
  ValueType typeOf(const pde::Interface::Port &port) const;
  void emitParam(pde::ParamOp op);
  Name inputValue(int number);
  void emitInput(net::InputOp op);
  void emitOutput(net::OutputOp op);
  void emitNumber(mlir::Operation &op);
  Name gridSize(int grid, int axis);
  std::optional<Name> sizeFromInputs(int grid, int axis);
  Name sizeFromParent(int grid, int axis);
  Name sizeAsInput(int grid, int axis);
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXPORTS_H
