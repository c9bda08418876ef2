//===- OnnxShapes.cpp - shapes of tensors, where sizes are fixed ----------===//
//
// ONNX infers no shapes through loops, and those of some layers only where they
// are written as numbers.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxExporter.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace pdec::exporters {

static constexpr int64_t unknown = -1;

Shape OnnxExporter::shapeOf(Value value) {
  auto found = shapes.find(value);
  if (found != shapes.end())
    return found->second;
  auto tensor = dyn_cast<RankedTensorType>(value.getType());
  return Shape(tensor ? tensor.getRank() : 0, unknown);
}

bool OnnxExporter::isKnown(const Shape &shape) {
  return !llvm::is_contained(shape, unknown);
}

/// A known shape with the axes in front, as the operators take it.
Name OnnxExporter::dimsOf(const Shape &shape) {
  std::vector<int64_t> dims(lead, 1);
  dims.insert(dims.end(), shape.begin(), shape.end());
  return model.integers(dims);
}

/// A field of the script as a tensor of the model. The more general operators,
/// Unsqueeze and Squeeze, are not everywhere made for two axes at once.
Name OnnxExporter::withLead(const Name &x, const Shape &shape,
                            const std::string &hint) {
  if (isKnown(shape))
    return graph->node("Reshape", {x, dimsOf(shape)}, {}, hint);
  return graph->node("Unsqueeze", {x, model.integers({0, 1})}, {}, hint);
}

/// The way back.
Name OnnxExporter::withoutLead(const Name &x, const Shape &shape,
                               const std::string &hint) {
  if (isKnown(shape))
    return graph->node(
        "Reshape", {x, model.integers({shape.begin(), shape.end()})}, {}, hint);
  return graph->node("Squeeze", {x, model.integers({0, 1})}, {}, hint);
}

/// As many cells more on each axis as the margins have, or less.
static Shape grown(Shape shape, ArrayAttr margins, int sign) {
  for (auto [size, margin] :
       llvm::zip(shape, margins.getAsRange<net::MarginAttr>()))
    if (size != unknown)
      size += sign * (margin.getLow() + margin.getHigh());
  return shape;
}

static Shape convolved(Shape shape, ArrayRef<int64_t> extent,
                       ArrayRef<int64_t> strides) {
  for (auto [size, reach, stride] : llvm::zip(shape, extent, strides))
    if (size != unknown)
      size = (size - reach - 1) / stride + 1;
  return shape;
}

static Shape transposed(Shape shape, ArrayRef<int64_t> extent,
                        ArrayRef<int64_t> strides) {
  for (auto [size, reach, stride] : llvm::zip(shape, extent, strides))
    if (size != unknown)
      size = (size - 1) * stride + 1 + reach;
  return shape;
}

Shape OnnxExporter::portShape(const pde::Interface::Port &port) {
  Shape shape;
  for (size_t axis = 0; axis < interface.grids[port.grid].axes.size(); ++axis) {
    int64_t size = options.fixed.size(port.grid, axis);
    shape.push_back(size ? size + port.rows(axis) : unknown);
  }
  return shape;
}

/// The shape of a layer's result.
Shape OnnxExporter::layerShape(Operation &op) {
  return llvm::TypeSwitch<Operation *, Shape>(&op)
      .Case([&](net::InputOp op) {
        return portShape(interface.inputs[interface.inputIndex(op.getName())]);
      })
      .Case([&](net::PadOp op) {
        return grown(shapeOf(op.getX()), op.getMargins(), 1);
      })
      .Case([&](net::FoldOp op) {
        return grown(shapeOf(op.getX()), op.getMargins(), -1);
      })
      .Case([&](net::ConvOp op) {
        return convolved(shapeOf(op.getX()), extentOf(op.getWeights()),
                         stridesOf(op.getStrides(), rank));
      })
      .Case([&](net::ConvTransposeOp op) {
        return transposed(shapeOf(op.getX()), extentOf(op.getWeights()),
                          stridesOf(op.getStrides(), rank));
      })
      .Case([&](net::CoordinateOp op) {
        Shape shape;
        for (Value size : op.getSizes())
          shape.push_back(integerOf(size).value_or(unknown));
        return shape;
      })
      .Default([&](Operation *op) {
        // A choice between tensors has a number before them.
        for (Value operand : op->getOperands())
          if (isa<RankedTensorType>(operand.getType()))
            return shapeOf(operand);
        return shapeOf(op->getResult(0));
      });
}

void OnnxExporter::noteShape(Operation &op) {
  if (op.getNumResults() == 1 &&
      isa<RankedTensorType>(op.getResult(0).getType()) &&
      !isa<net::RepeatOp, net::RecurOp>(op))
    shapes[op.getResult(0)] = layerShape(op);
}

/// What a loop carries keeps its shape.
void OnnxExporter::noteCarried(Operation *loop, ValueRange inits) {
  Block &block = loop->getRegion(0).front();
  for (auto [init, argument, result] : llvm::zip(
           inits, block.getArguments().drop_front(), loop->getResults())) {
    Shape shape = shapeOf(init);
    shapes[argument] = shape;
    shapes[result] = shape;
  }
}

} // namespace pdec::exporters
