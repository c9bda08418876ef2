//===- OnnxShapes.cpp - shapes of tensors, where sizes are fixed ----------===//

#include "compiler/exporters/OnnxShapes.h"
#include "compiler/net/NetAlong.h"
#include "compiler/net/NetChannels.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace pdec::exporters {

Shape stridesOf(std::optional<ArrayRef<int64_t>> given, int64_t rank) {
  return given ? Shape(*given) : Shape(rank, 1);
}

Shape OnnxShapes::of(Value value) const {
  auto found = shapes.find(value);
  if (found != shapes.end())
    return found->second;
  auto tensor = dyn_cast<RankedTensorType>(value.getType());
  return Shape(tensor ? tensor.getRank() : 0, anySize);
}

/// As many cells more on each axis as the margins have, or less.
static Shape grown(Shape shape, ArrayAttr margins, int sign) {
  for (auto [size, margin] :
       llvm::zip(shape, margins.getAsRange<net::MarginAttr>()))
    if (size != anySize)
      size += sign * (margin.getLow() + margin.getHigh());
  return shape;
}

static Shape convolved(Shape shape, ArrayRef<int64_t> extent,
                       ArrayRef<int64_t> strides) {
  for (auto [size, reach, stride] : llvm::zip(shape, extent, strides))
    if (size != anySize)
      size = (size - reach - 1) / stride + 1;
  return shape;
}

static Shape transposed(Shape shape, ArrayRef<int64_t> extent,
                        ArrayRef<int64_t> strides) {
  for (auto [size, reach, stride] : llvm::zip(shape, extent, strides))
    if (size != anySize)
      size = (size - 1) * stride + 1 + reach;
  return shape;
}

Shape OnnxShapes::ofPort(const pde::Interface::Port &port) const {
  Shape shape;
  for (size_t axis = 0; axis < interface.grids[port.grid].axes.size(); ++axis) {
    int64_t size = fixed.size(port.grid, axis);
    shape.push_back(size ? size + port.rows(axis) : anySize);
  }
  return shape;
}

Shape OnnxShapes::ofResult(Operation &op) const {
  return llvm::TypeSwitch<Operation *, Shape>(&op)
      .Case([&](net::InputOp op) {
        return ofPort(interface.inputs[interface.inputIndex(op.getName())]);
      })
      .Case([&](net::PadOp op) {
        return grown(of(op.getX()), op.getMargins(), 1);
      })
      .Case([&](net::FoldOp op) {
        return grown(of(op.getX()), op.getMargins(), -1);
      })
      .Case([&](net::ConvOp op) {
        Shape x = of(op.getX());
        return convolved(x, extentOf(op.getWeights()),
                         stridesOf(op.getStrides(), x.size()));
      })
      .Case([&](net::ConvTransposeOp op) {
        Shape x = of(op.getX());
        return transposed(x, extentOf(op.getWeights()),
                          stridesOf(op.getStrides(), x.size()));
      })
      .Case([&](net::ConvolveOp op) {
        Shape extent;
        for (int64_t taps : op.getExtents().take_back(op.getFirst().size()))
          extent.push_back(taps - 1);
        Shape x = of(op.getXs()[0]), strides(x.size(), 1);
        return op.getTransposed() ? transposed(x, extent, strides)
                                  : convolved(x, extent, strides);
      })
      .Case([&](net::CorrelateOp op) {
        int64_t count = 1;
        for (int64_t extent : op.getExtents())
          count *= extent;
        return Shape(1, count);
      })
      .Case([&](net::AlongOp op) {
        Shape shape = of(op.getX());
        int64_t &size = shape[op.getAxis()];
        if (op.getSize())
          size = values.integerOf(op.getSize()).value_or(anySize);
        else if (pde::isOneOfLine(op.getKind()))
          size = 1;
        return shape;
      })
      .Case([&](net::CoordinateOp op) {
        Shape shape;
        for (Value size : op.getSizes())
          shape.push_back(values.integerOf(size).value_or(anySize));
        return shape;
      })
      .Default([&](Operation *op) {
        // A choice between tensors has a number before them.
        for (Value operand : op->getOperands())
          if (isa<RankedTensorType>(operand.getType()))
            return of(operand);
        return of(op->getResult(0));
      });
}

void OnnxShapes::note(Operation &op) {
  if (isa<net::ConvolveOp>(op)) {
    Shape shape = ofResult(op);
    for (Value result : op.getResults())
      shapes[result] = shape;
  } else if (op.getNumResults() == 1 &&
             isa<RankedTensorType>(op.getResult(0).getType()) &&
             !isa<net::RepeatOp, net::RecurOp, net::ReverseOp>(op))
    shapes[op.getResult(0)] = ofResult(op);
}

void OnnxShapes::noteCarried(Operation *loop, ValueRange inits) {
  Block &block = loop->getRegion(0).front();
  for (auto [init, argument, result] : llvm::zip(
           inits, block.getArguments().drop_front(), loop->getResults())) {
    Shape shape = of(init);
    shapes[argument] = shape;
    shapes[result] = shape;
  }
}

} // namespace pdec::exporters
