//===- Raiser.h - from layers to pde operations -----------------*- C++ -*-===//

#ifndef PDEC_NET_RAISER_H
#define PDEC_NET_RAISER_H

#include "compiler/net/Margins.h"
#include "compiler/net/NetAlong.h"
#include "compiler/net/NetChannels.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

namespace pdec::net {

/// Says the layers of a network as operations of the pde dialect, in their
/// order: the way back of Converter, from the layers alone. What a tensor does
/// not tell, its grid and where it lies on it, follows from what it is made of.
/// Failures have been told, at the layer.
class Raiser {
public:
  explicit Raiser(mlir::ModuleOp module)
      : module(module), builder(module.getContext()) {}

  /// Puts a pde.program beside the net.program. After a failure there is none.
  llvm::LogicalResult raiseProgram(ProgramOp network);

private:
  mlir::ModuleOp module;
  mlir::OpBuilder builder;
  mlir::IRMapping mapping;
  /// Scalars, rounded to the element type of the layers that read them.
  llvm::DenseMap<std::pair<mlir::Value, mlir::Type>, mlir::Value> roundings;

  mlir::Value mapped(mlir::Value value) { return mapping.lookup(value); }
  llvm::SmallVector<mlir::Value> mapped(mlir::ValueRange values) {
    return llvm::map_to_vector(
        values, [&](mlir::Value value) { return mapped(value); });
  }
  pde::FieldType typeOf(mlir::Value tensor) {
    return llvm::cast<pde::FieldType>(mapped(tensor).getType());
  }
  pde::GridOp gridNamed(mlir::FlatSymbolRefAttr name);

  // NetToPde.cpp
  llvm::LogicalResult raiseBlock(mlir::Block &block);
  llvm::LogicalResult raise(mlir::Operation &op);
  llvm::LogicalResult raiseInput(InputOp op);

  // RaiseOperators.cpp: convolutions as operators and their adjoints.
  llvm::LogicalResult raiseWeights(WeightsOp op);
  llvm::LogicalResult raisePad(PadOp op);
  llvm::LogicalResult raiseConv(ConvOp op);
  llvm::LogicalResult raiseConvTranspose(ConvTransposeOp op);
  llvm::LogicalResult raiseFold(FoldOp op);
  llvm::LogicalResult raiseApply(mlir::Operation *op, PadOp pad,
                                 mlir::Value tensor, mlir::Value stencil);
  llvm::LogicalResult raiseAdjoint(ConvTransposeOp op, FoldOp fold);
  llvm::SmallVector<mlir::Value>
  zerosFor(mlir::Location loc, llvm::ArrayRef<mlir::Attribute> sides);

  // RaiseChannels.cpp: convolutions between channels as operators on lists.
  pde::GridOp gridOfAny(mlir::Value x);
  bool areKnown(mlir::Operation *op, mlir::ValueRange tensors);
  llvm::SmallVector<mlir::Value> unpadded(mlir::Operation *op,
                                          mlir::ValueRange tensors,
                                          const ChannelMargins &margins);
  llvm::LogicalResult raiseConvolve(ConvolveOp op);
  llvm::LogicalResult raiseCorrelate(CorrelateOp op);

  // Lines.cpp: what is made of lines along an axis.
  llvm::LogicalResult raiseAlong(AlongOp op);

  // RaiseTransfers.cpp: convolutions with strides as transfers between grids.
  llvm::LogicalResult raiseRestrict(ConvOp op);
  llvm::LogicalResult raiseProlong(ConvTransposeOp op, FoldOp fold);

  // RaiseMaps.cpp: activations and skips as pointwise functions.
  mlir::Value rounded(mlir::Value scalar, mlir::Type element);
  llvm::LogicalResult
  raisePointwise(mlir::Operation *op, mlir::ValueRange tensors,
                 llvm::function_ref<mlir::Value(mlir::ValueRange)> body);
  llvm::LogicalResult raiseActivation(ActivationOp op);
  llvm::LogicalResult raiseScale(ScaleOp op);
  template <typename Arithmetic, typename Op>
  llvm::LogicalResult raiseSum(Op op);
  llvm::LogicalResult raiseCoordinate(CoordinateOp op);
  llvm::LogicalResult raiseNoise(NoiseOp op);

  // RaiseSteps.cpp: repeated blocks as steps.
  llvm::LogicalResult raiseRepeat(RepeatOp op);
  llvm::LogicalResult raiseLoop(mlir::Operation *from, mlir::Operation *to);

  // RaiseReverse.cpp: backpropagation as going back through steps.
  llvm::LogicalResult raiseReverse(ReverseOp op);
  llvm::LogicalResult raiseRegion(mlir::Region &from, mlir::Region &to,
                                  unsigned numbers, mlir::TypeRange types);

  // RaiseFixpoint.cpp: recurrent cells as loops with a condition.
  llvm::LogicalResult raiseRecur(RecurOp op);
  llvm::LogicalResult raiseReduce(ReduceOp op);
  llvm::LogicalResult raiseEntry(EntryOp op);
};

/// Tells why a layer is not said in the pde dialect.
llvm::LogicalResult refuse(mlir::Operation *op, const llvm::Twine &why);

/// The pad in front of a layer, if there is one, and what it is around.
struct Padded {
  PadOp pad;
  mlir::Value tensor;
};
Padded paddedAt(mlir::Value x);

/// One side of an axis: how many cells there are more, and how they continue.
struct MarginSide {
  int64_t count = 0;
  Continuation kind = Continuation::Reflecting;
};
/// A side of a pad or fold that may be null: then there is nothing.
template <typename Op> MarginSide sideAt(Op op, unsigned axis, bool high) {
  if (!op)
    return {};
  auto margin = llvm::cast<MarginAttr>(op.getMargins()[axis]);
  return high ? MarginSide{margin.getHigh(), margin.getHighKind()}
              : MarginSide{margin.getLow(), margin.getLowKind()};
}

/// Whether a margin has `expected` cells: of its kinds, where it has any.
template <typename Op>
bool hasMargin(Op op, unsigned axis, MarginAttr expected) {
  auto isSame = [](MarginSide side, int64_t count, Continuation kind) {
    return side.count == count && (count == 0 || side.kind == kind);
  };
  return isSame(sideAt(op, axis, false), expected.getLow(),
                expected.getLowKind()) &&
         isSame(sideAt(op, axis, true), expected.getHigh(),
                expected.getHighKind());
}

/// Whether all that a pad gives its sides is zero; true of no pad.
bool isOfZeros(PadOp pad);

} // namespace pdec::net

#endif // PDEC_NET_RAISER_H
