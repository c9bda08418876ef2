//===- OnnxCells.h - layers that work cell by cell --------------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXCELLS_H
#define PDEC_EXPORTERS_ONNXCELLS_H

#include "compiler/exporters/OnnxShapes.h"
#include "compiler/net/NetAlong.h"

namespace pdec::exporters {

/// Writes the operations of a block: what layers with a block ask of the one
/// that walks the network.
using WriteBlock = std::function<void(mlir::Block &)>;

/// Says activations, reductions, coordinates, sums and multiples of tensors as
/// nodes. Has no data of its own.
class OnnxCells {
public:
  OnnxCells(OnnxBuilder &build, OnnxValues &values, const OnnxShapes &shapes,
            WriteBlock writeBlock)
      : build(build), values(values), shapes(shapes),
        writeBlock(std::move(writeBlock)) {}

  /// False if the operation is no such layer.
  bool emit(mlir::Operation &op);

private:
  OnnxBuilder &build;
  OnnxValues &values;
  const OnnxShapes &shapes;
  WriteBlock writeBlock;

  Name activation(net::ActivationOp op);
  Name reduce(net::ReduceOp op);
  Name entry(net::EntryOp op);
  Name along(net::AlongOp op); ///< OnnxAlong.cpp
  Name withNaN(const Name &x, const Name &result);
  Name coordinate(net::CoordinateOp op);
  Name computedCoordinates(net::CoordinateOp op);
  Name constantCoordinates(net::CoordinateOp op);
  Name coordinateDims(net::CoordinateOp op);
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXCELLS_H
