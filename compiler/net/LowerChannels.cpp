//===- LowerChannels.cpp - layers between lists as calls ------------------===//

#include "compiler/net/LayerLowering.h"
#include "compiler/pde/PdeChannels.h"

using namespace mlir;

namespace pdec::net {

void LayerLowering::lowerConvolve(ConvolveOp op) {
  Location loc = op.getLoc();
  pde::ChannelShape shape(op.getExtents(), op.getFirst());
  Value place = blockOf(*op, op.getIndices(), op.getExtents(), shape.count());
  Value extents =
      integers(loc, builder.getDenseI64ArrayAttr(shape.block), shape.block);
  Value xs = lastingRecord(loc, mapped(op.getXs()));
  SmallVector<Value> none(op.getNumResults(), null(loc));
  Value ys = lastingRecord(loc, none);
  call(loc, "pde_layer_convolve",
       {context, small(loc, shape.first.size()), extents,
        small(loc, op.getTransposed()), mapping.lookup(op.getWeights()), place,
        xs, ys});
  for (auto [i, result] : llvm::enumerate(op.getResults())) {
    Value slot = builder.create<LLVM::GEPOp>(
        loc, pointer(), pointer(), ys, ArrayRef<LLVM::GEPArg>{int32_t(i)});
    mapping.map(result,
                builder.create<LLVM::LoadOp>(loc, pointer(), slot).getResult());
  }
}

Value LayerLowering::lowerCorrelate(CorrelateOp op) {
  Location loc = op.getLoc();
  pde::ChannelShape shape(op.getExtents(), op.getFirst());
  Value place = blockOf(*op, op.getIndices(), op.getExtents(), shape.count());
  Value extents =
      integers(loc, builder.getDenseI64ArrayAttr(shape.block), shape.block);
  return call(loc, "pde_layer_correlate",
              {context, small(loc, shape.first.size()), extents,
               lastingRecord(loc, mapped(op.getYs())),
               lastingRecord(loc, mapped(op.getXs())), place,
               readSize(loc, op.getGrid(), 0)});
}

} // namespace pdec::net
