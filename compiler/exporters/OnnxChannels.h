//===- OnnxChannels.h - convolutions between channels -----------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXCHANNELS_H
#define PDEC_EXPORTERS_ONNXCHANNELS_H

#include "compiler/exporters/OnnxShapes.h"
#include "compiler/net/NetChannels.h"

#include <map>

namespace pdec::exporters {

/// Owns the kernels that have been taken out of arrays, which an operator and
/// its adjoint share.
class OnnxChannels {
public:
  OnnxChannels(OnnxBuilder &build, OnnxValues &values, const OnnxShapes &shapes)
      : build(build), values(values), shapes(shapes) {}

  void convolve(net::ConvolveOp op);
  Name correlate(net::CorrelateOp op);

private:
  OnnxBuilder &build;
  OnnxValues &values;
  const OnnxShapes &shapes;
  /// By the graph in which they are made, and what they are made of.
  std::map<std::pair<const OnnxGraph *, std::string>, Name> kernels;

  Name placeOf(mlir::ValueRange indices, llvm::ArrayRef<int64_t> extents);
  Name kernelOf(net::ConvolveOp op);
  Name stack(mlir::ValueRange xs);
  Name channel(const Name &all, int64_t which);
  Name flat(const Name &channels, int64_t count);
  Name partAt(const Name &channels, llvm::ArrayRef<int64_t> taps, int64_t tap);
  Name products(net::ConvolveOp op, const Name &kernel, Name channels);
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXCHANNELS_H
