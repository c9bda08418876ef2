//===- ConvertChannels.cpp - operators between lists as layers ------------===//
//
// Row 1 of the dictionary for many channels. What lies beyond sides is other
// layers' matter already; only around circles a pad comes before, and what a
// transposed convolution spills over is cut off after it.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Converter.h"
#include "compiler/net/Margins.h"

using namespace mlir;

namespace pdec::net {

SmallVector<Value> Converter::padAll(Location loc, ValueRange fields,
                                     ArrayRef<Attribute> margins) {
  SmallVector<Value> padded;
  for (Value field : fields)
    padded.push_back(pad(loc, mapped(field), margins, {}));
  return padded;
}

void Converter::convertConvolve(pde::ConvolveOp op) {
  Location loc = op.getLoc();
  bool isBack = op.getTransposed();
  auto type = cast<pde::FieldType>(op.getFields()[0].getType());
  ChannelMargins margins = channelMargins(
      pde::gridOf(op, type), {op.getExtents(), op.getFirst()}, isBack);
  SmallVector<Value> xs = padAll(loc, op.getFields(), margins.before);
  SmallVector<Type> types(op.getNumResults(), xs[0].getType());
  auto made = builder.create<ConvolveOp>(
      loc, types, isBack, mapped(op.getWeights()), mapped(op.getIndices()),
      op.getExtents(), op.getFirst(), xs);
  for (auto [result, tensor] : llvm::zip(op.getResults(), made.getResults()))
    mapping.map(result, isBack ? fold(loc, tensor, margins.after) : tensor);
}

void Converter::convertCorrelate(pde::CorrelateOp op) {
  Location loc = op.getLoc();
  auto type = cast<pde::FieldType>(op.getFields()[0].getType());
  ChannelMargins margins =
      channelMargins(pde::gridOf(op, type), {op.getExtents(), op.getFirst()},
                     /*isBack=*/false);
  SmallVector<Value> xs = padAll(loc, op.getFields(), margins.before);
  auto made = builder.create<CorrelateOp>(
      loc, tensorOf(op.getResult().getType()),
      op.getResult().getType().getGrid().getValue(), mapped(op.getFactors()),
      xs, mapped(op.getIndices()), op.getExtents(), op.getFirst());
  mapping.map(op.getResult(), made.getResult());
}

} // namespace pdec::net
