//===- NodeBuilder.cpp - typed nodes, constants folded --------------------===//
//
// Every node is made by make(), which bounds their number and depth: a script
// of a few lines can ask for more nodes than any memory holds, since everything
// is inlined. Where the bound is met, one error is reported and harmless
// constants are made from then on, so that whoever is in the middle of
// something need not check.
//
// Integers are exact: constants are folded without wrapping, and become real
// only where a real number or a field meets them.
//
//===----------------------------------------------------------------------===//

#include "compiler/program/NodeBuilder.h"

#include "compiler/program/Fold.h"

#include <algorithm>
#include <cmath>

using namespace pdec;

bool pdec::isConstant(const NodeRef &node) {
  return node && node->kind == NodeKind::Constant;
}

double pdec::constantValue(const NodeRef &node) {
  return node->type.element == ElementKind::Real ? node->number
                                                 : double(node->integer);
}

/// Looks a few levels deep only: comparing shared nodes to the bottom may take
/// exponential time.
static bool sameScalar(const NodeRef &a, const NodeRef &b, int levels) {
  if (a == b)
    return true;
  if (levels == 0 || !a || !b || a->kind != b->kind ||
      a->type.element != b->type.element || a->args.size() != b->args.size())
    return false;
  switch (a->kind) {
  case NodeKind::Constant:
    return a->number == b->number && a->integer == b->integer;
  case NodeKind::Param:
    return a->index == b->index;
  case NodeKind::GridSize:
    return a->index == b->index && a->axis == b->axis;
  case NodeKind::ToReal:
  case NodeKind::Neg:
  case NodeKind::Add:
  case NodeKind::Sub:
  case NodeKind::Mul:
  case NodeKind::Div:
  case NodeKind::Pow:
    for (size_t i = 0; i < a->args.size(); ++i)
      if (!sameScalar(a->args[i], b->args[i], levels - 1))
        return false;
    return true;
  default:
    return false;
  }
}

bool pdec::sameScalar(const NodeRef &a, const NodeRef &b) {
  return ::sameScalar(a, b, 8);
}

/// Also of rules without a value: these continue zeros by zeros.
static bool isZeroSide(const Side &side) {
  return !side.value ||
         (isConstant(side.value) && constantValue(side.value) == 0);
}

/// An operator gives zeros of zeros if there are zeros beyond the sides.
static bool keepsZero(const Node &application) {
  const RuleRef &rule = application.continuation;
  return rule && std::all_of(rule->axes.begin(), rule->axes.end(),
                             [](const Rule::AxisSides &axis) {
                               return isZeroSide(axis.low) &&
                                      isZeroSide(axis.high);
                             });
}

bool pdec::isZeroField(const NodeRef &node) {
  const std::vector<NodeRef> &args = node->args;
  switch (node->kind) {
  case NodeKind::Constant:
    return constantValue(node) == 0;
  case NodeKind::Spread:
  case NodeKind::State:
  case NodeKind::ToReal:
  case NodeKind::Neg:
  case NodeKind::Adjoint:
  case NodeKind::Along:
  case NodeKind::Restrict:
  case NodeKind::Prolong:
  case NodeKind::Div:
    // Of a quotient too: a divisor that is zero is another error's business.
    return isZeroField(args[0]);
  case NodeKind::Mul:
    return isZeroField(args[0]) || isZeroField(args[1]);
  case NodeKind::Add:
  case NodeKind::Sub:
    return isZeroField(args[0]) && isZeroField(args[1]);
  case NodeKind::Select:
    return isZeroField(args[1]) && isZeroField(args[2]);
  case NodeKind::Derivative:
  case NodeKind::Pullback:
    return isZeroField(args[2]);
  case NodeKind::Apply:
    return keepsZero(*node) && isZeroField(args[0]);
  default:
    return false;
  }
}

Type pdec::intersect(const Type &a, const Type &b) {
  if (!a.isField() || !b.isField())
    return a.isField() ? a : b;
  Type result = a;
  for (size_t i = 0; i < a.low.size(); ++i) {
    result.low[i] = std::min(a.low[i], b.low[i]);
    result.high[i] = std::min(a.high[i], b.high[i]);
  }
  return result;
}

//===----------------------------------------------------------------------===//
// All nodes
//===----------------------------------------------------------------------===//

int NodeBuilder::depthOf(const NodeRef &node) const {
  auto found = depths.find(node.get());
  return found == depths.end() ? 0 : found->second;
}

NodeRef NodeBuilder::make(Node node) {
  int depth = 0;
  auto reach = [&](const NodeRef &other) {
    depth = std::max(depth, depthOf(other));
  };
  node.forEachOperand(reach);
  bool tooMany = all.size() >= size_t(maxNodes);
  if (!exhausted && (tooMany || depth >= maxDepth)) {
    exhausted = true;
    reporter.error(tooMany ? Error::ExpansionTooLarge : Error::ResultDepth,
                   node.range, tooMany ? maxNodes : maxDepth);
  }
  // Of the same type, so that no second error comes of it.
  if (exhausted) {
    Node empty;
    empty.kind = NodeKind::Constant;
    empty.type = node.type;
    return std::make_shared<const Node>(std::move(empty));
  }
  auto result = std::make_shared<const Node>(std::move(node));
  depths[result.get()] = depth + 1;
  all.push_back(result);
  return result;
}

NodeRef NodeBuilder::constantLike(ElementKind element, double number,
                                  int64_t integer, SourceRange range) {
  Node node;
  node.kind = NodeKind::Constant;
  node.type.element = element;
  node.range = range;
  node.number = number;
  node.integer = integer;
  return make(std::move(node));
}

NodeRef NodeBuilder::real(double value, SourceRange range) {
  return constantLike(ElementKind::Real, value, 0, range);
}

NodeRef NodeBuilder::integer(int64_t value, SourceRange range) {
  return constantLike(ElementKind::Int, 0, value, range);
}

NodeRef NodeBuilder::boolean(bool value, SourceRange range) {
  return constantLike(ElementKind::Bool, 0, value, range);
}

NodeRef NodeBuilder::gridSize(const Grid &grid, int axis, SourceRange range) {
  Node node;
  node.kind = NodeKind::GridSize;
  node.type.element = ElementKind::Int;
  node.index = grid.index;
  node.axis = axis;
  node.range = range;
  return make(std::move(node));
}

NodeRef NodeBuilder::pointwise(NodeKind kind, ElementKind element,
                               std::vector<NodeRef> args, SourceRange range) {
  Node node;
  node.kind = kind;
  for (const NodeRef &arg : args)
    node.type = intersect(node.type, arg->type);
  node.type.element = element;
  node.range = range;
  node.args = std::move(args);
  return make(std::move(node));
}

//===----------------------------------------------------------------------===//
// Conversions
//===----------------------------------------------------------------------===//

NodeRef NodeBuilder::toReal(NodeRef a) {
  if (!a || a->type.element != ElementKind::Int)
    return a;
  if (isConstant(a))
    return real(double(a->integer), a->range);
  SourceRange range = a->range;
  return pointwise(NodeKind::ToReal, ElementKind::Real, {std::move(a)}, range);
}

/// Whether a number is whole by what it is made of.
static bool isWhole(const NodeRef &node) {
  if (node->type.element == ElementKind::Int)
    return true;
  switch (node->kind) {
  case NodeKind::Constant: {
    constexpr double largest = 9007199254740992; // doubles leave out no integer
    return std::abs(node->number) <= largest &&
           node->number == std::floor(node->number);
  }
  case NodeKind::Floor:
    return true;
  case NodeKind::ToReal:
  case NodeKind::Neg:
  case NodeKind::Abs:
  case NodeKind::Add:
  case NodeKind::Sub:
  case NodeKind::Mul:
  case NodeKind::Min:
  case NodeKind::Max:
    return std::all_of(node->args.begin(), node->args.end(), isWhole);
  case NodeKind::Select:
    return isWhole(node->args[1]) && isWhole(node->args[2]);
  default:
    return false;
  }
}

NodeRef NodeBuilder::toInteger(const NodeRef &a) {
  if (!a || a->type.element == ElementKind::Int)
    return a;
  bool isBool = a->type.element == ElementKind::Bool;
  if (!isBool && !isWhole(a))
    return nullptr;
  if (isConstant(a))
    return integer(isBool ? a->integer : int64_t(a->number), a->range);
  Node node;
  node.kind = NodeKind::ToInteger;
  node.type.element = ElementKind::Int;
  node.range = a->range;
  node.args = {a};
  return make(std::move(node));
}

NodeRef NodeBuilder::convert(NodeRef a, const Type &type) {
  if (a && type.element == ElementKind::Real)
    a = toReal(std::move(a));
  if (!a || !type.isField() || a->type.isField())
    return a;
  Node node;
  node.kind = NodeKind::Spread;
  node.type = type;
  node.range = a->range;
  node.args = {std::move(a)};
  return make(std::move(node));
}

//===----------------------------------------------------------------------===//
// Pointwise nodes
//===----------------------------------------------------------------------===//

NodeRef NodeBuilder::foldInt(NodeKind kind, int64_t a, int64_t b,
                             SourceRange range) {
  if (std::optional<int64_t> result = foldInteger(kind, a, b))
    return integer(*result, range);
  reporter.error(Error::NumberOutOfRange, range, "the result")
      .help("with a real number it is not: write 2.0 for 2");
  return nullptr;
}

/// What a function of one argument makes of an Int: see Functions.def.
enum class OfInteger { Real, Itself, Magnitude };

static OfInteger ofInteger(NodeKind kind) {
  switch (kind) {
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  case NodeKind::NODE:                                                         \
    return OfInteger::OF_INTEGERS;
#include "compiler/support/Functions.def"
  default:
    return OfInteger::Real;
  }
}

NodeRef NodeBuilder::unary(NodeKind kind, NodeRef a, SourceRange range) {
  if (!a)
    return nullptr;
  if (kind == NodeKind::Not) {
    if (isConstant(a))
      return boolean(!a->integer, range);
    return pointwise(kind, ElementKind::Bool, {std::move(a)}, range);
  }
  bool isInt = a->type.element == ElementKind::Int;
  if (isInt && ofInteger(kind) == OfInteger::Itself)
    return a;
  bool isMagnitude = ofInteger(kind) == OfInteger::Magnitude;
  if (isInt && (kind == NodeKind::Neg || isMagnitude)) {
    if (!isConstant(a))
      return pointwise(kind, ElementKind::Int, {std::move(a)}, range);
    if (isMagnitude && a->integer >= 0)
      return a;
    return foldInt(NodeKind::Sub, 0, a->integer, range);
  }
  a = toReal(std::move(a));
  if (isConstant(a))
    return real(foldReal(kind, a->number), range);
  return pointwise(kind, ElementKind::Real, {std::move(a)}, range);
}

/// The exponent stays an integer where it is a constant one; powers of real
/// numbers by other exponents have real operands.
NodeRef NodeBuilder::power(NodeRef a, NodeRef b, SourceRange range) {
  bool fixed = isConstant(b) && b->type.element == ElementKind::Int;
  bool isInt = fixed && b->integer >= 0 && a->type.element == ElementKind::Int;
  if (!isInt)
    a = toReal(std::move(a));
  if (!fixed)
    b = toReal(std::move(b));
  if (isConstant(a) && isConstant(b)) {
    if (isInt)
      return foldInt(NodeKind::Pow, a->integer, b->integer, range);
    return real(foldReal(NodeKind::Pow, a->number, constantValue(b)), range);
  }
  ElementKind element = isInt ? ElementKind::Int : ElementKind::Real;
  return pointwise(NodeKind::Pow, element, {std::move(a), std::move(b)}, range);
}

NodeRef NodeBuilder::compare(NodeKind kind, NodeRef a, NodeRef b,
                             SourceRange range) {
  bool isInt = a->type.element == ElementKind::Int &&
               b->type.element == ElementKind::Int;
  if (!isInt) {
    a = toReal(std::move(a));
    b = toReal(std::move(b));
  }
  if (isConstant(a) && isConstant(b))
    return boolean(isInt ? foldCompare(kind, a->integer, b->integer)
                         : foldCompare(kind, a->number, b->number),
                   range);
  return pointwise(kind, ElementKind::Bool, {std::move(a), std::move(b)},
                   range);
}

NodeRef NodeBuilder::logical(NodeKind kind, NodeRef a, NodeRef b,
                             SourceRange range) {
  if (isConstant(a) && isConstant(b))
    return boolean(kind == NodeKind::And ? a->integer && b->integer
                                         : a->integer || b->integer,
                   range);
  return pointwise(kind, ElementKind::Bool, {std::move(a), std::move(b)},
                   range);
}

NodeRef NodeBuilder::binary(NodeKind kind, NodeRef a, NodeRef b,
                            SourceRange range) {
  if (!a || !b)
    return nullptr;
  switch (kind) {
  case NodeKind::Less:
  case NodeKind::LessEqual:
  case NodeKind::Equal:
  case NodeKind::NotEqual:
    return compare(kind, std::move(a), std::move(b), range);
  case NodeKind::And:
  case NodeKind::Or:
    return logical(kind, std::move(a), std::move(b), range);
  case NodeKind::Pow:
    return power(std::move(a), std::move(b), range);
  default:
    break;
  }
  bool isInt = a->type.element == ElementKind::Int &&
               b->type.element == ElementKind::Int && kind != NodeKind::Div;
  // A literal mistake; a divisor that is zero at run time gives an infinity,
  // which outputs refuse.
  if (kind == NodeKind::Div && isConstant(b) && constantValue(b) == 0) {
    reporter.error(Error::DivisionByZero, range);
    return nullptr;
  }
  if (!isInt) {
    a = toReal(std::move(a));
    b = toReal(std::move(b));
  }
  if (isConstant(a) && isConstant(b))
    return isInt ? foldInt(kind, a->integer, b->integer, range)
                 : real(foldReal(kind, a->number, b->number), range);
  return pointwise(kind, isInt ? ElementKind::Int : ElementKind::Real,
                   {std::move(a), std::move(b)}, range);
}

NodeRef NodeBuilder::select(NodeRef condition, NodeRef a, NodeRef b,
                            SourceRange range) {
  if (!condition || !a || !b)
    return nullptr;
  bool anyField =
      condition->type.isField() || a->type.isField() || b->type.isField();
  bool isInt = a->type.element == ElementKind::Int &&
               b->type.element == ElementKind::Int && !anyField;
  if (!isInt) {
    a = toReal(std::move(a));
    b = toReal(std::move(b));
  }
  if (isConstant(condition)) {
    Type type = intersect(a->type, b->type);
    return convert(condition->integer ? a : b, type);
  }
  ElementKind element = a->type.element;
  return pointwise(NodeKind::Select, element,
                   {std::move(condition), std::move(a), std::move(b)}, range);
}
