//===- Values.cpp - what names stand for while checking -------------------===//

#include "compiler/check/Values.h"

#include <algorithm>

using namespace pdec;

Value Value::ofGrid(const Grid *grid) {
  Value result;
  result.kind = Kind::Grid;
  result.grid = grid;
  return result;
}

Value Value::ofAxis(const Grid *grid, int axis) {
  Value result;
  result.kind = Kind::Axis;
  result.grid = grid;
  result.axis = axis;
  return result;
}

Value Value::ofList(std::vector<Value> elements) {
  Value result;
  result.kind = Kind::List;
  result.numLeaves = 0;
  for (const Value &element : elements)
    result.numLeaves += element.numLeaves;
  result.list = std::make_shared<std::vector<Value>>(std::move(elements));
  return result;
}

/// Rows that a field has beyond its grid's cells: "x low" for one of them, "2 x
/// low" for more, separated by commas.
static std::string rowsText(const Type &type) {
  std::string text;
  for (size_t i = 0; i < type.low.size(); ++i)
    for (bool isHigh : {false, true}) {
      int rows = isHigh ? type.high[i] : type.low[i];
      if (rows)
        text += (text.empty() ? "" : ", ") +
                (rows > 1 ? std::to_string(rows) + " " : "") +
                type.grid->axes[i].name + (isHigh ? " high" : " low");
    }
  return text;
}

std::string pdec::describe(const Type &type) {
  bool isBool = type.element == ElementKind::Bool;
  if (type.isField() && type.grid->isArray())
    return isBool ? "an array of conditions"
                  : "an array like '" + type.grid->name + "'";
  if (type.isField())
    return std::string(isBool ? "a field of conditions" : "a field") + " on '" +
           type.grid->name + "'" +
           (hasRows(type) ? " with boundary faces (" + rowsText(type) + ")"
                          : "");
  if (isBool)
    return "a condition";
  return type.element == ElementKind::Int ? "an integer" : "a real number";
}

/// As the script calls it; an arrow has no name.
static std::string closureText(const Closure &closure) {
  switch (closure.kind) {
  case Closure::Kind::Function:
    return "the function '" + closure.name + "'";
  case Closure::Kind::Scheme:
    return "the scheme '" + closure.name + "' without arguments";
  case Closure::Kind::Step:
    return closure.name.empty() ? "a map" : "the scheme '" + closure.name + "'";
  }
  return {};
}

std::string pdec::describe(const Value &value) {
  switch (value.kind) {
  case Value::Kind::Poison:
    return "an error";
  case Value::Kind::Node:
    return describe(value.node->type);
  case Value::Kind::Operator:
    return "an operator";
  case Value::Kind::Closure:
    return closureText(*value.closure);
  case Value::Kind::Builtin:
    return std::string("the function '") + builtinInfo(value.builtin).name +
           "'";
  case Value::Kind::Grid:
    return "the grid '" + value.grid->name + "'";
  case Value::Kind::Axis:
    return "the axis '" + value.grid->axes[value.axis].name + "'";
  case Value::Kind::AmbiguousAxis:
    return "an axis";
  case Value::Kind::List:
    return "a list of " + std::to_string(value.list->size());
  }
  return {};
}

std::string pdec::missingCall(const Value &found) {
  bool isNamed = found.kind == Value::Kind::Closure &&
                 found.closure->kind == Closure::Kind::Function &&
                 !found.closure->name.empty();
  return isNamed ? found.closure->name + "()" : "";
}

/// Words of messages only: 'entry' becomes 'entries'.
std::string pdec::counted(size_t count, const std::string &word) {
  if (count != 1 && word.back() == 'y')
    return std::to_string(count) + " " + word.substr(0, word.size() - 1) +
           "ies";
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

const Binding *Scope::find(const std::string &name, uint64_t limit) const {
  auto found = names.find(name);
  if (found == names.end())
    return nullptr;
  const std::vector<Binding> &versions = found->second;
  for (size_t i = versions.size(); i > 0; --i)
    // Newest last: a closure sees the newest that was there when it was made.
    if (versions[i - 1].order < limit)
      return &versions[i - 1];
  return nullptr;
}

const Binding *Scope::lookup(const std::string &name, uint64_t limit) const {
  for (const Scope *scope = this; scope; scope = scope->parent) {
    if (const Binding *binding = scope->find(name, limit))
      return binding;
    // What a closure could not see then, nothing inside it can see now.
    limit = std::min(limit, scope->visible);
  }
  return nullptr;
}

void Scope::collect(std::vector<std::string> &result) const {
  for (const Scope *scope = this; scope; scope = scope->parent) {
    size_t first = result.size();
    for (const auto &entry : scope->names)
      result.push_back(entry.first);
    // Hash tables have no order.
    std::sort(result.begin() + first, result.end());
  }
}
