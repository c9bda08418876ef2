//===- NetChannels.cpp - layers of many channels: verifiers ---------------===//

#include "compiler/net/NetChannels.h"
#include "compiler/pde/PdeChannels.h"

#include "mlir/IR/Builders.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/net/NetChannels.cpp.inc"

namespace pdec::net {

LogicalResult ConvolveOp::verify() {
  bool isBack = getTransposed();
  if (getWeights().getType().getRank() != 1)
    return emitOpError("needs a tensor of rank 1 as its weights");
  return pde::checkChannels(
      *this, getIndices(), getExtents(), getFirst(),
      isBack ? getXs() : ValueRange(getResults()),
      isBack ? ValueRange(getResults()) : getXs(),
      cast<RankedTensorType>(getXs()[0].getType()).getRank());
}

LogicalResult CorrelateOp::verify() {
  if (getResult().getType().getRank() != 1)
    return emitOpError("needs a tensor of rank 1 as its result");
  return pde::checkChannels(*this, getIndices(), getExtents(), getFirst(),
                            getYs(), getXs(), getFirst().size());
}

} // namespace pdec::net
