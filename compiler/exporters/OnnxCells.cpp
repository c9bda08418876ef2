//===- OnnxCells.cpp - layers that work cell by cell ----------------------===//

#include "compiler/exporters/OnnxCells.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace pdec::exporters {

bool OnnxCells::emit(Operation &op) {
  Name result =
      llvm::TypeSwitch<Operation *, Name>(&op)
          .Case([&](net::ActivationOp op) { return activation(op); })
          .Case([&](net::ReduceOp op) { return reduce(op); })
          .Case([&](net::EntryOp op) { return entry(op); })
          .Case([&](net::AlongOp op) { return along(op); })
          .Case([&](net::CoordinateOp op) { return coordinate(op); })
          .Case<net::AddOp, net::SubtractOp>([&](auto op) {
            return build.node(isa<net::AddOp>(op) ? "Add" : "Sub",
                              {values.name(op.getA()), values.name(op.getB())});
          })
          .Case([&](net::ScaleOp op) {
            return build.node(
                "Mul",
                {values.name(op.getX()), values.inElement(op.getFactor())}, {},
                "scale");
          })
          .Default(Name());
  if (result.empty())
    return false;
  values.setName(op.getResult(0), result);
  return true;
}

//===----------------------------------------------------------------------===//
// Activations
//===----------------------------------------------------------------------===//

/// Whether a value of an activation's region depends on a tensor.
static bool isOfTensors(Value value, Block &body) {
  if (value.getParentBlock() != &body)
    return false;
  Operation *op = value.getDefiningOp();
  return !op || llvm::any_of(op->getOperands(), [&](Value operand) {
    return isOfTensors(operand, body);
  });
}

Name OnnxCells::activation(net::ActivationOp op) {
  Block &body = op.getBody().front();
  for (auto [argument, x] : llvm::zip(body.getArguments(), op.getXs()))
    values.setName(argument, values.name(x));
  writeBlock(body);
  Value result = body.getTerminator()->getOperand(0);
  if (isOfTensors(result, body))
    return values.name(result);
  Value x = op.getXs().front();
  Shape shape = shapes.of(x);
  Name dims = isKnown(shape) ? build.dims(shape)
                             : build.node("Shape", {values.name(x)});
  return build.node("Expand", {values.name(result), dims});
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

/// The greatest or least cell is NaN if any is, which ONNX leaves open.
Name OnnxCells::withNaN(const Name &x, const Name &result) {
  Name flags = build.converted(build.node("IsNaN", {x}), Element::I64);
  Name any = build.node(
      "Greater",
      {build.node("ReduceMax", {flags}, {Attribute::integer("keepdims", 0)}),
       build.model.integer(0)});
  Name nan = build.model.constant(Element::F64, {},
                                  {std::numeric_limits<double>::quiet_NaN()});
  return build.node("Where", {any, nan, result});
}

Name OnnxCells::reduce(net::ReduceOp op) {
  std::vector<Name> xs = values.namesOf(op.getXs());
  if (build.element != Element::F64)
    for (Name &x : xs)
      x = build.converted(x, Element::F64);
  auto reduced = [&](const char *how, const Name &x) {
    return build.node(how, {x}, {Attribute::integer("keepdims", 0)});
  };
  Name x = xs.front();
  switch (op.getKind()) {
  case pde::Reduction::Dot:
    return reduced("ReduceSum", build.node("Mul", {x, xs.back()}));
  case pde::Reduction::Sum:
    return reduced("ReduceSum", x);
  case pde::Reduction::Min:
    return withNaN(x, reduced("ReduceMin", x));
  case pde::Reduction::MaxAbs:
    x = build.node("Abs", {x});
    [[fallthrough]];
  case pde::Reduction::Max:
    return withNaN(x, reduced("ReduceMax", x));
  }
  llvm_unreachable("a reduction");
}

/// Where an index is none, Gather fails.
Name OnnxCells::entry(net::EntryOp op) {
  Name place;
  for (auto [index, extent] : llvm::zip(op.getIndices(), op.getExtents())) {
    Name own = values.name(index);
    place = place.empty()
                ? own
                : build.node(
                      "Add",
                      {build.node("Mul", {place, build.model.integer(extent)}),
                       own});
  }
  Name number = build.node("Gather", {values.name(op.getX()), place},
                           {Attribute::integer("axis", build.lead)});
  if (build.lead)
    number = build.node("Reshape", {number, build.model.integers({})});
  return build.element == Element::F64 ? number
                                       : build.converted(number, Element::F64);
}

//===----------------------------------------------------------------------===//
// Coordinates
//===----------------------------------------------------------------------===//

/// The coordinates along an axis, computed by nodes.
Name OnnxCells::computedCoordinates(net::CoordinateOp op) {
  Name cells = build.node("Range", {build.model.integer(0),
                                    values.name(op.getSizes()[op.getAxis()]),
                                    build.model.integer(1)});
  if (int64_t before = op.cellsBefore(op.getAxis()))
    cells = build.node("Sub", {cells, build.model.integer(before)});
  Name x = build.node("Mul", {build.converted(cells, Element::F64),
                              values.name(op.getSpacing())});
  x = build.node("Add", {values.name(op.getFirst()), x});
  if (build.element != Element::F64)
    x = build.converted(x, build.element);
  std::vector<int64_t> column =
      build.columnShape(op.getSizes().size(), op.getAxis(), -1);
  return build.node("Reshape", {x, build.model.integers(column)});
}

/// The same as an initializer; empty if they depend on what the model is given.
Name OnnxCells::constantCoordinates(net::CoordinateOp op) {
  Shape shape = shapes.ofResult(*op);
  int64_t size = shape[op.getAxis()];
  auto first = values.realOf(op.getFirst());
  auto spacing = values.realOf(op.getSpacing());
  if (size < 0 || !first || !spacing)
    return "";
  std::vector<double> places;
  for (int64_t cell = 0; cell < size; ++cell)
    places.push_back(*first +
                     double(cell - op.cellsBefore(op.getAxis())) * *spacing);
  return build.model.constant(
      build.element, build.columnShape(shape.size(), op.getAxis(), size),
      places);
}

/// The sizes of a coordinate's tensor, as an operand.
Name OnnxCells::coordinateDims(net::CoordinateOp op) {
  Shape shape = shapes.ofResult(*op);
  if (isKnown(shape))
    return build.dims(shape);
  std::vector<Name> sizes;
  if (build.lead)
    sizes.push_back(build.model.integers({1, 1}));
  for (Value size : op.getSizes())
    sizes.push_back(build.node("Unsqueeze",
                               {values.name(size), build.model.integers({0})}));
  return build.node("Concat", sizes, {Attribute::integer("axis", 0)});
}

/// A column that is spread over the other axes.
Name OnnxCells::coordinate(net::CoordinateOp op) {
  Name column = constantCoordinates(op);
  if (!column.empty() && op.getSizes().size() == 1)
    return column;
  if (column.empty())
    column = computedCoordinates(op);
  return build.node("Expand", {column, coordinateDims(op)}, {}, "coordinate");
}

} // namespace pdec::exporters
