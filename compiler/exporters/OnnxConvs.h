//===- OnnxConvs.h - convolutions and their transposes ----------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXCONVS_H
#define PDEC_EXPORTERS_ONNXCONVS_H

#include "compiler/exporters/OnnxShapes.h"

namespace pdec::exporters {

/// Owns what the taps of convolutions are multiplied by, which an operator and
/// its adjoint share.
class OnnxConvs {
public:
  OnnxConvs(OnnxBuilder &build, OnnxValues &values, const OnnxShapes &shapes)
      : build(build), values(values), shapes(shapes) {}

  void noteWeights(net::WeightsOp op);
  Name conv(net::ConvOp op);
  Name convTranspose(net::ConvTransposeOp op);

private:
  struct Weights {
    Name kernel;            ///< of Conv and ConvTranspose; empty: none is made
    std::vector<Name> taps; ///< scalars of the element type, for chains
    Name scale;             ///< likewise; empty: one
  };

  OnnxBuilder &build;
  OnnxValues &values;
  const OnnxShapes &shapes;
  llvm::DenseMap<mlir::Value, Weights> weights;

  Name constantKernel(net::WeightsOp op);
  Name computedKernel(net::WeightsOp op, llvm::ArrayRef<Name> taps);
  Name convChain(net::WeightsOp op, const Name &x,
                 llvm::ArrayRef<int64_t> strides);
  Name transposeChain(net::WeightsOp op, const Name &x);
  Name spread(net::ConvTransposeOp op, llvm::ArrayRef<int64_t> strides);
  Name addTerm(const Name &sum, mlir::Value weight, const Name &tap,
               const Name &x);
  Name scaled(const Name &sum, mlir::Value weights);
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXCONVS_H
