//===- OnnxScalars.cpp - arithmetic, of numbers and of whole tensors ------===//
//
// Numbers are tensors without axes, which ONNX spreads over others by itself:
// one node says an operation of both. No arithmetic is merged or reordered.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxExporter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace pdec::exporters {

static Element elementOf(Type type) {
  if (type.isF32())
    return Element::F32;
  if (type.isF64())
    return Element::F64;
  return type.isInteger(1) ? Element::Bool : Element::I64;
}

/// Values of TensorProto.DataType.
static int64_t codeOf(Element element) {
  switch (element) {
  case Element::F32:
    return 1;
  case Element::I64:
    return 7;
  case Element::Bool:
    return 9;
  case Element::F64:
    return 11;
  }
  llvm_unreachable("an element type");
}

Name OnnxExporter::converted(const Name &value, Element to) {
  return graph->node("Cast", {value}, {Attribute::integer("to", codeOf(to))});
}

Name OnnxExporter::nameOf(TypedAttr constant) {
  if (auto real = dyn_cast<FloatAttr>(constant))
    return model.constant(elementOf(constant.getType()), {},
                          {real.getValueAsDouble()});
  int64_t integer = cast<IntegerAttr>(constant).getInt();
  if (constant.getType().isInteger(1))
    return model.constant(Element::Bool, {}, {double(integer != 0)});
  return model.integer(integer);
}

/// A scalar, rounded to the element type.
Name OnnxExporter::inElement(Value scalar) {
  if (std::optional<double> constant = realOf(scalar))
    return model.constant(element, {}, {*constant});
  if (elementOf(scalar.getType()) == element)
    return name(scalar);
  return converted(name(scalar), element);
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

/// The operator with the meaning of an operation, or empty.
static const char *operatorOf(Operation &op) {
  return llvm::StringSwitch<const char *>(op.getName().getStringRef())
      .Cases("arith.addf", "arith.addi", "Add")
      .Cases("arith.subf", "arith.subi", "Sub")
      .Cases("arith.mulf", "arith.muli", "Mul")
      .Case("arith.divf", "Div")
      .Case("arith.negf", "Neg")
      .Case("arith.andi", "And")
      .Case("arith.ori", "Or")
      .Case("arith.xori", "Xor")
      .Case("arith.select", "Where")
      .Case("math.absi", "Abs")
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX)    \
  .Case(OPERATION::getOperationName(), #ONNX)
#define PDE_EXTREMUM(NAME, NODE, OPERATION, INTEGER_OPERATION, ONNX)           \
  .Cases(OPERATION::getOperationName(), INTEGER_OPERATION::getOperationName(), \
         #ONNX)
#include "compiler/support/Functions.def"
      .Case("math.powf", "Pow")
      .Default("");
}

/// The arctangent of doubles, from that of floats, y: atan(x) - y is the
/// arctangent of (x*cos(y) - sin(y))/(x*sin(y) + cos(y)), which is so small
/// that it is its own. Beyond 1e300, where products overflow, all have the
/// same.
static Name arctangentOfDoubles(OnnxModel &model, OnnxGraph &graph,
                                const Name &given) {
  auto bound = [&](double value) {
    return model.constant(Element::F64, {}, {value});
  };
  Name x = graph.node(
      "Max", {graph.node("Min", {given, bound(1e300)}), bound(-1e300)});
  auto cast = [&](const Name &value, Element to) {
    return graph.node("Cast", {value}, {Attribute::integer("to", codeOf(to))});
  };
  Name y = cast(graph.node("Atan", {cast(given, Element::F32)}), Element::F64);
  Name sin = graph.node("Sin", {y}), cos = graph.node("Cos", {y});
  // Subtracted in this order, they keep the signs of zeros.
  Name above = graph.node("Sub", {sin, graph.node("Mul", {x, cos})});
  Name below = graph.node("Add", {graph.node("Mul", {x, sin}), cos});
  return graph.node("Sub", {y, graph.node("Div", {above, below})});
}

/// Functions that are made of several operators, some for doubles only, for
/// which runtimes lack the function's own.
bool OnnxExporter::emitFunction(Operation &op) {
  bool isDouble = op.getResult(0).getType().isF64();
  bool isMade = isa<math::RsqrtOp>(op) ||
                (isDouble && isa<math::TanOp, math::AtanOp>(op));
  if (!isMade)
    return false;
  Name x = name(op.getOperand(0));
  Name &result = names[op.getResult(0)];
  if (isa<math::RsqrtOp>(op))
    result = graph->node("Reciprocal", {graph->node("Sqrt", {x})});
  else if (isa<math::TanOp>(op))
    result =
        graph->node("Div", {graph->node("Sin", {x}), graph->node("Cos", {x})});
  else
    result = arctangentOfDoubles(model, *graph, x);
  return true;
}

/// A comparison of reals; `negated` says the opposite of its operator, which is
/// how those are said that hold for pairs with a NaN.
struct Comparison {
  const char *op;
  bool negated;
};
static Comparison comparisonOf(arith::CmpFPredicate predicate) {
  switch (predicate) {
  case arith::CmpFPredicate::OLT:
    return {"Less", false};
  case arith::CmpFPredicate::OLE:
    return {"LessOrEqual", false};
  case arith::CmpFPredicate::OGT:
    return {"Greater", false};
  case arith::CmpFPredicate::OGE:
    return {"GreaterOrEqual", false};
  case arith::CmpFPredicate::OEQ:
    return {"Equal", false};
  case arith::CmpFPredicate::UNE:
    return {"Equal", true};
  case arith::CmpFPredicate::ULT:
    return {"GreaterOrEqual", true};
  case arith::CmpFPredicate::ULE:
    return {"Greater", true};
  case arith::CmpFPredicate::UGT:
    return {"LessOrEqual", true};
  case arith::CmpFPredicate::UGE:
    return {"Less", true};
  default:
    return {"", false};
  }
}

static Comparison comparisonOf(arith::CmpIPredicate predicate) {
  switch (predicate) {
  case arith::CmpIPredicate::slt:
    return {"Less", false};
  case arith::CmpIPredicate::sle:
    return {"LessOrEqual", false};
  case arith::CmpIPredicate::sgt:
    return {"Greater", false};
  case arith::CmpIPredicate::sge:
    return {"GreaterOrEqual", false};
  case arith::CmpIPredicate::eq:
    return {"Equal", false};
  case arith::CmpIPredicate::ne:
    return {"Equal", true};
  default:
    return {"", false};
  }
}

bool OnnxExporter::emitComparison(Operation &op) {
  Comparison comparison{"", false};
  if (auto real = dyn_cast<arith::CmpFOp>(op))
    comparison = comparisonOf(real.getPredicate());
  else if (auto integer = dyn_cast<arith::CmpIOp>(op))
    comparison = comparisonOf(integer.getPredicate());
  if (!*comparison.op)
    return false;
  Name result = graph->node(comparison.op,
                            {name(op.getOperand(0)), name(op.getOperand(1))});
  names[op.getResult(0)] =
      comparison.negated ? graph->node("Not", {result}) : result;
  return true;
}

bool OnnxExporter::emitConversion(Operation &op) {
  if (!isa<arith::TruncFOp, arith::ExtFOp, arith::SIToFPOp, arith::FPToSIOp,
           arith::ExtUIOp, arith::UIToFPOp>(op))
    return false;
  names[op.getResult(0)] =
      converted(name(op.getOperand(0)), elementOf(op.getResult(0).getType()));
  return true;
}

bool OnnxExporter::emitArithmetic(Operation &op) {
  if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
    names[constant] = nameOf(constant.getValue());
    return true;
  }
  if (emitFolded(op) || emitConversion(op) || emitComparison(op) ||
      emitFunction(op))
    return true;
  std::string found = operatorOf(op);
  if (found.empty())
    return false;
  std::vector<Name> operands;
  for (Value operand : op.getOperands())
    operands.push_back(name(operand));
  names[op.getResult(0)] = graph->node(found, operands);
  return true;
}

//===----------------------------------------------------------------------===//
// Layers that work cell by cell
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

void OnnxExporter::emitActivation(net::ActivationOp op) {
  Block &body = op.getBody().front();
  for (auto [argument, x] : llvm::zip(body.getArguments(), op.getXs()))
    names[argument] = name(x);
  emitBlock(body);
  Value result = body.getTerminator()->getOperand(0);
  names[op.getResult()] = name(result);
  if (isOfTensors(result, body))
    return;
  Value x = op.getXs().front();
  Name dims = isKnown(shapeOf(x)) ? dimsOf(shapeOf(x))
                                  : graph->node("Shape", {name(x)});
  names[op.getResult()] = graph->node("Expand", {name(result), dims});
}

/// The greatest or least cell is NaN if any is, which ONNX leaves open.
static Name withNaN(OnnxModel &model, OnnxGraph &graph, const Name &x,
                    const Name &result) {
  Name flags = graph.node("Cast", {graph.node("IsNaN", {x})},
                          {Attribute::integer("to", 7)});
  Name any = graph.node(
      "Greater",
      {graph.node("ReduceMax", {flags}, {Attribute::integer("keepdims", 0)}),
       model.integer(0)});
  Name nan = model.constant(Element::F64, {},
                            {std::numeric_limits<double>::quiet_NaN()});
  return graph.node("Where", {any, nan, result});
}

void OnnxExporter::emitReduce(net::ReduceOp op) {
  std::vector<Name> xs;
  for (Value x : op.getXs())
    xs.push_back(element == Element::F64 ? name(x)
                                         : converted(name(x), Element::F64));
  std::vector<Attribute> attributes = {Attribute::integer("keepdims", 0)};
  Name x = xs.front();
  Name &result = names[op.getResult()];
  switch (op.getKind()) {
  case pde::Reduction::Dot:
    x = graph->node("Mul", {x, xs.back()});
    [[fallthrough]];
  case pde::Reduction::Sum:
    result = graph->node("ReduceSum", {x}, attributes);
    return;
  case pde::Reduction::Min:
    result =
        withNaN(model, *graph, x, graph->node("ReduceMin", {x}, attributes));
    return;
  case pde::Reduction::MaxAbs:
    x = graph->node("Abs", {x});
    [[fallthrough]];
  case pde::Reduction::Max:
    result =
        withNaN(model, *graph, x, graph->node("ReduceMax", {x}, attributes));
    return;
  }
}

/// The coordinates along an axis, computed by nodes.
Name OnnxExporter::coordinates(net::CoordinateOp op) {
  Name cells =
      graph->node("Range", {model.integer(0), name(op.getSizes()[op.getAxis()]),
                            model.integer(1)});
  if (int64_t before = op.getBefore())
    cells = graph->node("Sub", {cells, model.integer(before)});
  Name x = graph->node("Mul",
                       {converted(cells, Element::F64), name(op.getSpacing())});
  x = graph->node("Add", {name(op.getFirst()), x});
  if (element != Element::F64)
    x = converted(x, element);
  std::vector<int64_t> column(lead + rank, 1);
  column[lead + op.getAxis()] = -1;
  return graph->node("Reshape", {x, model.integers(column)});
}

/// The same as an initializer; empty if they depend on what the model is given.
Name OnnxExporter::constantCoordinates(net::CoordinateOp op) {
  int64_t size = layerShape(*op)[op.getAxis()];
  auto first = realOf(op.getFirst()), spacing = realOf(op.getSpacing());
  if (size < 0 || !first || !spacing)
    return "";
  std::vector<double> places;
  for (int64_t cell = 0; cell < size; ++cell)
    places.push_back(*first +
                     double(cell - int64_t(op.getBefore())) * *spacing);
  std::vector<int64_t> column(lead + rank, 1);
  column[lead + op.getAxis()] = size;
  return model.constant(element, column, places);
}

/// The sizes of a coordinate's tensor, as an operand.
Name OnnxExporter::coordinateDims(net::CoordinateOp op) {
  Shape shape = layerShape(*op);
  if (isKnown(shape))
    return dimsOf(shape);
  std::vector<Name> sizes;
  if (lead)
    sizes.push_back(model.integers({1, 1}));
  for (Value size : op.getSizes())
    sizes.push_back(
        graph->node("Unsqueeze", {name(size), model.integers({0})}));
  return graph->node("Concat", sizes, {Attribute::integer("axis", 0)});
}

/// A column that is spread over the other axes.
void OnnxExporter::emitCoordinate(net::CoordinateOp op) {
  Name column = constantCoordinates(op);
  bool isWhole = !column.empty() && rank == 1;
  if (column.empty())
    column = coordinates(op);
  names[op.getResult()] =
      isWhole ? column
              : graph->node("Expand", {column, coordinateDims(op)}, {},
                            "coordinate");
}

} // namespace pdec::exporters
