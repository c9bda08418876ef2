//===- DescribeNames.cpp - what names stand for, in words -----------------===//

#include "compiler/check/NameRecorder.h"

#include "compiler/support/NumberText.h"

#include <cmath>

using namespace pdec;

namespace {

/// Says what values are. Scripts with errors are described, too: nothing may be
/// taken to be there.
class Describer {
public:
  Describer(const Program &program, Beyond &beyond)
      : program(program), beyond(beyond) {}

  void describe(const Value &value, DeclaredName &name);

private:
  std::string scalar(const NodeRef &node, int depth = 0) const;
  std::string stencil(const Stencil &stencil, bool isTransposed) const;
  std::string side(const Side &side) const;
  std::string sides(const Side &low, const Side &high) const;
  std::string rule(const Rule &rule) const;
  bool isOfGrid(const Rule &rule) const;

  void node(const NodeRef &node, DeclaredName &name);
  void param(const Param &param, DeclaredName &name) const;
  void input(const Input &input, DeclaredName &name) const;
  void field(const NodeRef &node, DeclaredName &name);
  void op(const Operator &op, DeclaredName &name) const;
  void parts(const Operator &op, const std::string &called, bool isTransposed,
             DeclaredName &name) const;
  void closure(const Closure &closure, DeclaredName &name) const;
  void builtin(const BuiltinInfo &info, DeclaredName &name) const;
  void grid(const Grid &grid, DeclaredName &name) const;
  void axis(const Axis &axis, DeclaredName &name) const;

  const Program &program;
  Beyond &beyond;
};

} // namespace

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

static const char *signOf(NodeKind kind) {
  switch (kind) {
  case NodeKind::Add:
    return " + ";
  case NodeKind::Sub:
    return " - ";
  case NodeKind::Mul:
    return "*";
  case NodeKind::Div:
    return "/";
  case NodeKind::Pow:
    return "^";
  default:
    return nullptr;
  }
}

/// A number as a script would write it; what is long is only hinted at.
std::string Describer::scalar(const NodeRef &node, int depth) const {
  constexpr int deepest = 4;
  if (!node || depth > deepest)
    return "...";
  switch (node->kind) {
  case NodeKind::Constant:
    return node->type.element == ElementKind::Int
               ? std::to_string(node->integer)
               : fewestDigits(node->number);
  case NodeKind::Param:
    return program.params[node->index].name;
  case NodeKind::GridSize: {
    const Grid &grid = *program.grids[node->index];
    return "size(" + grid.name + "." + grid.axes[node->axis].name + ")";
  }
  case NodeKind::ToReal:
    return scalar(node->args[0], depth);
  case NodeKind::Neg:
    return "-" + scalar(node->args[0], depth + 1);
  default:
    break;
  }
  const char *sign = signOf(node->kind);
  if (!sign)
    return "...";
  std::string text = scalar(node->args[0], depth + 1) + sign +
                     scalar(node->args[1], depth + 1);
  return depth ? "(" + text + ")" : text;
}

void Describer::param(const Param &param, DeclaredName &name) const {
  name.isParam = true;
  name.text = param.isInt ? "an integer parameter" : "a real parameter";
  name.details.push_back("default " + (param.isInt
                                           ? std::to_string(param.integer)
                                           : fewestDigits(param.real)));
  std::string range = param.name;
  if (std::isfinite(param.low))
    range = fewestDigits(param.low) + (param.lowOpen ? " < " : " <= ") + range;
  if (std::isfinite(param.high))
    range += (param.highOpen ? " < " : " <= ") + fewestDigits(param.high);
  if (range != param.name)
    name.details.push_back("where " + range);
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

std::string Describer::side(const Side &side) const {
  std::string text = meaningOf(side.kind).keyword;
  auto given = [&](const NodeRef &node) {
    return node && !node->type.isField() ? scalar(node)
                                         : "a function of the place";
  };
  if (side.a && side.b)
    return text + " (" + given(side.a) + ", " + given(side.b) + ", " +
           given(side.value) + ")";
  return side.value ? text + " " + given(side.value) : text;
}

std::string Describer::sides(const Side &low, const Side &high) const {
  std::string first = side(low), second = side(high);
  return first == second ? first : "low " + first + ", high " + second;
}

/// One rule, or that of each axis.
std::string Describer::rule(const Rule &rule) const {
  std::string text, first;
  bool areAll = true;
  for (size_t i = 0; i < rule.axes.size(); ++i) {
    std::string one = sides(rule.axes[i].low, rule.axes[i].high);
    first = i ? first : one;
    areAll &= one == first;
    text += (i ? "; " : "") + rule.grid->axes[i].name + ": " + one;
  }
  return areAll ? first : text;
}

bool Describer::isOfGrid(const Rule &own) const {
  Rule ofGrid;
  ofGrid.grid = own.grid;
  for (const Axis &axis : own.grid->axes)
    ofGrid.axes.push_back({axis.low, axis.high});
  return rule(own) == rule(ofGrid);
}

void Describer::field(const NodeRef &node, DeclaredName &name) {
  if (node->type.element != ElementKind::Real || hasRows(node->type))
    return;
  Continuation continuation = beyond.continuationOf(node);
  switch (continuation.kind) {
  case Continuation::ByRule:
    if (continuation.rule)
      name.details.push_back(
          "beyond the sides: " + rule(*continuation.rule) +
          (isOfGrid(*continuation.rule) ? "" : " (not the rule of its grid)"));
    return;
  case Continuation::ByParts:
    name.details.push_back("beyond the sides: what it is made of goes on");
    return;
  case Continuation::Unclear:
    name.details.push_back("beyond the sides: unclear, since it is made of "
                           "states and rates");
    return;
  }
}

void Describer::input(const Input &input, DeclaredName &name) const {
  name.text = "an input, " + pdec::describe(input.type);
  if (!input.initial)
    name.details.push_back("its data must be given");
}

void Describer::node(const NodeRef &node, DeclaredName &name) {
  if (node->type.isField())
    name.kind = NameKind::Field;
  else
    name.kind = node->type.element == ElementKind::Bool ? NameKind::Condition
                                                        : NameKind::Number;
  bool isItself = name.range && node->range.file == name.range.file &&
                  node->range.begin == name.range.begin;
  if (node->kind == NodeKind::Param && isItself)
    return param(program.params[node->index], name);
  name.text = pdec::describe(node->type);
  if (node->kind == NodeKind::Input)
    input(program.inputs[node->index], name);
  if (node->type.isField())
    field(node, name);
  // Inner names have other values in each call.
  else if (std::string value = scalar(node);
           !name.isInner && node->type.element != ElementKind::Bool &&
           value.find("...") == std::string::npos)
    name.details.push_back("= " + value);
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

/// [0: -1, 1: 1]/h, with offsets turned round for the transpose.
std::string Describer::stencil(const Stencil &stencil,
                               bool isTransposed) const {
  std::vector<std::string> taps;
  for (const Stencil::Tap &tap : stencil.taps) {
    std::string offsets;
    for (int offset : tap.offset)
      offsets += (offsets.empty() ? "" : " ") +
                 std::to_string(isTransposed ? -offset : offset);
    taps.push_back(offsets + ": " + scalar(tap.weight));
  }
  std::string text = stencil.scale ? scalar(stencil.scale) + " * [" : "[";
  for (size_t i = 0; i < taps.size(); ++i)
    text += (i ? ", " : "") + taps[isTransposed ? taps.size() - 1 - i : i];
  return text + "]";
}

/// The stencils that an operator consists of, if it is no expression of
/// several.
void Describer::parts(const Operator &op, const std::string &called,
                      bool isTransposed, DeclaredName &name) const {
  bool isAdjoint = op.kind == Operator::Kind::Adjoint;
  if (op.stencil)
    name.details.push_back(called + ": " +
                           stencil(*op.stencil, isTransposed != isAdjoint));
  for (size_t i = 0; i < op.parts.size(); ++i)
    parts(*op.parts[i], called + " " + std::to_string(i + 1), isTransposed,
          name);
}

void Describer::op(const Operator &given, DeclaredName &name) const {
  name.kind = NameKind::Operator;
  name.isCallable = true;
  name.formals = {{"u", "", {}}};
  // Where there is one grid only, that is the one it is made for.
  OperatorRef made;
  if (!given.grid && given.on && program.grids.size() == 1)
    made = given.on(program.grids.front().get());
  const Operator &op = made ? *made : given;
  name.text = op.grid ? "an operator on '" + op.grid->name + "'"
                      : "an operator, made for the grid of its field";
  parts(op, "weights by offset", false, name);
  parts(op, "the adjoint's, within the grid", true, name);
  Type result = {ElementKind::Real, op.grid, op.low, op.high};
  if (op.kind == Operator::Kind::Pure && op.grid && hasRows(result))
    name.details.push_back("makes " + pdec::describe(result));
}

//===----------------------------------------------------------------------===//
// Functions, grids
//===----------------------------------------------------------------------===//

static std::string sourceOf(const ast::Expr &expr) {
  SourceRange range = expr.range;
  return std::string(
      range.file->text().substr(range.begin, range.end - range.begin));
}

void Describer::closure(const Closure &closure, DeclaredName &name) const {
  switch (closure.kind) {
  case Closure::Kind::Function:
    name.kind = NameKind::Function;
    name.text = "a function";
    break;
  case Closure::Kind::Scheme:
    name.kind = NameKind::Scheme;
    name.text = "a scheme";
    break;
  case Closure::Kind::Step:
    // A scheme that takes no arguments is a step already.
    name.kind = closure.scheme ? NameKind::Scheme : NameKind::Map;
    name.text = closure.scheme ? "a scheme" : "a map";
    break;
  }
  name.isCallable = true;
  name.formals.clear();
  for (const Closure::Formal &formal : closure.formals)
    name.formals.push_back({formal.name,
                            formal.initial ? sourceOf(*formal.initial) : "",
                            formal.range});
}

void Describer::builtin(const BuiltinInfo &info, DeclaredName &name) const {
  name.kind = NameKind::Function;
  name.text = "a built-in function";
  name.isCallable = true;
  for (size_t i = 0; i < info.formals.size(); ++i)
    name.formals.push_back(
        {info.formals[i], i < info.required ? "" : "...", {}});
}

void Describer::axis(const Axis &axis, DeclaredName &name) const {
  name.details.push_back(
      axis.name + ": " +
      (axis.size ? std::to_string(*axis.size) + " cells, " : "") + "spacing " +
      scalar(axis.spacing) + ", beyond the sides " +
      sides(axis.low, axis.high));
}

void Describer::grid(const Grid &grid, DeclaredName &name) const {
  name.kind = NameKind::Grid;
  size_t axes = grid.axes.size();
  name.text = "a grid of " + std::to_string(axes) +
              (axes == 1 ? " dimension" : " dimensions");
  for (const Axis &one : grid.axes)
    axis(one, name);
}

void Describer::describe(const Value &value, DeclaredName &name) {
  if (value.isPoison())
    return;
  name.text = pdec::describe(value);
  switch (value.kind) {
  case Value::Kind::Poison:
    return;
  case Value::Kind::Node:
    return node(value.node, name);
  case Value::Kind::Operator:
    return op(*value.op, name);
  case Value::Kind::Closure:
    return closure(*value.closure, name);
  case Value::Kind::Builtin:
    return builtin(builtinInfo(value.builtin), name);
  case Value::Kind::Grid:
    return grid(*value.grid, name);
  case Value::Kind::Axis:
    name.text = "the axis " + name.name + " of '" + value.grid->name +
                "', as a field its coordinates";
    axis(value.grid->axes[value.axis], name);
    [[fallthrough]];
  case Value::Kind::AmbiguousAxis:
    name.kind = NameKind::Axis;
    return;
  case Value::Kind::List:
    name.kind = NameKind::List;
    return;
  }
}

void NameRecorder::describe(const Program &program, Beyond &beyond) {
  Describer describer(program, beyond);
  for (size_t i = 0; i < values.size(); ++i)
    describer.describe(values[i], table.declared[i]);
}
