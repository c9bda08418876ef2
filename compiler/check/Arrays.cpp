//===- Arrays.cpp - arrays of numbers and their entries -------------------===//

#include "compiler/check/Arrays.h"

#include <algorithm>
#include <cmath>

using namespace pdec;
using ast::as;

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

static bool isArray(const Value &value) {
  return value.kind == Value::Kind::Node && value.node->type.isField() &&
         value.node->type.grid->isArray();
}

size_t pdec::numExtentsLeft(const Node &entry) {
  if (entry.kind != NodeKind::Entry)
    return 0;
  return entry.args[0]->type.grid->extents.size() - (entry.args.size() - 1);
}

/// What only a run knows is checked by it.
bool Arrays::isWithin(const NodeRef &index, int64_t extent, SourceRange range) {
  if (!isConstant(index) || (index->integer >= 0 && index->integer < extent))
    return true;
  reporter.error(Error::IndexOutside, range, std::to_string(index->integer),
                 std::to_string(extent - 1));
  return false;
}

NodeRef Arrays::indexOf(const ast::Expr &expr, Scope &scope) {
  return expressions.evalInteger(expr, scope, "an index");
}

NodeRef Arrays::entry(const NodeRef &array, const Indices &indices,
                      SourceRange range) {
  std::vector<int64_t> constant;
  for (const NodeRef &index : indices)
    if (isConstant(index))
      constant.push_back(index->integer);
  bool isKnown = constant.size() == indices.size();
  if (isKnown)
    if (auto found = known.find({array.get(), constant}); found != known.end())
      return found->second;
  Node node;
  node.kind = NodeKind::Entry;
  node.range = range;
  node.args = {array};
  node.args.insert(node.args.end(), indices.begin(), indices.end());
  NodeRef made = nodes.make(std::move(node));
  if (isKnown)
    known[{array.get(), constant}] = made;
  return made;
}

/// The list of what a further index may choose, or the entry itself.
Value Arrays::entriesOf(const NodeRef &array, Indices indices,
                        SourceRange range) {
  const std::vector<int64_t> &extents = array->type.grid->extents;
  if (indices.size() == extents.size())
    return entry(array, indices, range);
  std::vector<Value> entries;
  indices.emplace_back();
  for (int64_t i = 0; i < extents[indices.size() - 1]; ++i) {
    indices.back() = nodes.integer(i, range);
    entries.push_back(entriesOf(array, indices, range));
  }
  return Value::ofList(std::move(entries));
}

/// As many as a list may have.
static constexpr int64_t mostInList = 10000;

static int64_t numEntries(const std::vector<int64_t> &extents, size_t from) {
  int64_t result = 1;
  for (size_t i = from; i < extents.size(); ++i)
    result *= extents[i];
  return result;
}

Value Arrays::listOf(const NodeRef &array, Indices indices, SourceRange range) {
  if (numEntries(array->type.grid->extents, indices.size()) <= mostInList)
    return entriesOf(array, std::move(indices), range);
  reporter.error(Error::ListTooLarge, range, std::to_string(mostInList));
  return {};
}

Value Arrays::evalWeights(const ast::Expr &expr, Scope &scope) {
  if (expr.kind == ast::ExprKind::Index)
    return index(as<ast::IndexExpr>(expr), scope, /*keepsPart=*/true);
  return expressions.eval(expr, scope);
}

/// Whether a list of lists has all entries that indices behind the first
/// `lead` ones of `first` choose, each in its place; `path` leads to the list.
static bool hasEntries(const Value &value, const Node &first, size_t lead,
                       std::vector<int64_t> &path) {
  const std::vector<int64_t> &extents = first.args[0]->type.grid->extents;
  size_t depth = lead + path.size();
  if (depth < extents.size()) {
    if (!value.isList() || int64_t(value.list->size()) != extents[depth])
      return false;
    path.push_back(0);
    for (const Value &entry : *value.list) {
      if (!hasEntries(entry, first, lead, path))
        return false;
      ++path.back();
    }
    path.pop_back();
    return true;
  }
  const NodeRef &node = value.node;
  if (value.kind != Value::Kind::Node || node->kind != NodeKind::Entry ||
      node->args.size() != first.args.size() ||
      !std::equal(node->args.begin(), node->args.begin() + 1 + lead,
                  first.args.begin()))
    return false;
  for (size_t i = 0; i < path.size(); ++i) {
    const NodeRef &index = node->args[1 + lead + i];
    if (!isConstant(index) || index->integer != path[i])
      return false;
  }
  return true;
}

/// What indices leave of an array is a list of lists once it has a name: the
/// entry without its last indices again; null, if the list is none such.
NodeRef Arrays::partOf(const Value &value, size_t numExtents) {
  const Value *leaf = &value;
  while (leaf->isList() && !leaf->list->empty())
    leaf = &leaf->list->front();
  if (leaf->kind != Value::Kind::Node || leaf->node->kind != NodeKind::Entry)
    return nullptr;
  const Node &first = *leaf->node;
  size_t extents = first.args[0]->type.grid->extents.size();
  std::vector<int64_t> path;
  if (first.args.size() != 1 + extents || extents < numExtents ||
      !hasEntries(value, first, extents - numExtents, path))
    return nullptr;
  Node part;
  part.kind = NodeKind::Entry;
  part.range = first.range;
  part.args.assign(first.args.begin(), first.args.end() - numExtents);
  return nodes.make(std::move(part));
}

Value Arrays::asWeights(const Value &value, size_t numExtents,
                        SourceRange range) {
  NodeRef part = value.kind == Value::Kind::Node ? value.node : nullptr;
  if (value.isList())
    part = partOf(value, numExtents);
  if (isArray(value)) {
    Node whole;
    whole.kind = NodeKind::Entry;
    whole.range = range;
    whole.args = {value.node};
    part = nodes.make(std::move(whole));
  }
  if (!part || numExtentsLeft(*part) == 0)
    return value;
  if (numExtentsLeft(*part) == numExtents)
    return part;
  return listOf(part->args[0],
                Indices(part->args.begin() + 1, part->args.end()), range);
}

Value Arrays::index(const ast::IndexExpr &expr, Scope &scope, bool keepsPart) {
  Value value = expressions.eval(*expr.object, scope);
  Indices indices;
  for (const ast::ExprPtr &part : expr.indices) {
    NodeRef index = indexOf(*part, scope);
    if (!index || value.isPoison())
      return {};
    bool isDeeper = isArray(value) &&
                    indices.size() < value.node->type.grid->extents.size();
    if (isDeeper) {
      int64_t extent = value.node->type.grid->extents[indices.size()];
      if (!isWithin(index, extent, part->range))
        return {};
      indices.push_back(index);
    } else if (value.isList()) {
      if (!isConstant(index)) {
        reporter.error(Error::NotConstant, part->range, "an index of a list");
        return {};
      }
      if (!isWithin(index, int64_t(value.list->size()), part->range))
        return {};
      value = Value((*value.list)[index->integer]);
    } else {
      Diagnostic &error = reporter.error(
          Error::WrongKind, expr.object->range,
          indices.empty() ? "a list or an array" : "an array of more indices",
          describe(value));
      if (value.isPointwise() && indices.empty())
        error.help("cells have no indices: operators read neighbours, as "
                   "forward(x)(u), reductions make numbers, as max(u)");
      return {};
    }
  }
  if (indices.empty())
    return value;
  bool isPart = indices.size() < value.node->type.grid->extents.size();
  return keepsPart && isPart
             ? Value(entry(value.node, indices, expr.range))
             : listOf(value.node, std::move(indices), expr.range);
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

std::unique_ptr<Grid> pdec::arrayGrid(NodeBuilder &nodes, std::string name,
                                      std::vector<int64_t> extents,
                                      SourceRange range) {
  auto grid = std::make_unique<Grid>();
  grid->name = std::move(name);
  grid->range = range;
  grid->extents = std::move(extents);
  Axis axis;
  axis.name = "entry";
  axis.low.kind = axis.high.kind = BoundaryKind::Periodic;
  axis.size = numEntries(grid->extents, 0);
  axis.first = nodes.real(0, range);
  axis.spacing = nodes.real(1, range);
  grid->axes.push_back(std::move(axis));
  return grid;
}

/// So many that each index is exact in single precision.
static constexpr int64_t mostEntries = 1 << 24;

std::unique_ptr<Grid> Arrays::gridOf(const ast::ParamEntry &entry,
                                     Scope &scope) {
  std::vector<int64_t> extents;
  int64_t count = 1;
  for (const ast::ExprPtr &part : entry.extents) {
    NodeRef extent =
        expressions.evalConstant(*part, scope, "the extent of an array");
    if (!extent)
      return nullptr;
    bool fits = extent->type.element == ElementKind::Int &&
                extent->integer >= 1 && extent->integer <= mostEntries / count;
    if (!fits) {
      reporter.error(Error::BadArrayExtent, part->range,
                     std::to_string(mostEntries));
      return nullptr;
    }
    count *= extent->integer;
    extents.push_back(extent->integer);
  }
  return arrayGrid(nodes, entry.name.text, std::move(extents), entry.range);
}

static std::string shapeText(const Grid *grid) {
  std::string text;
  for (int64_t extent : grid->extents)
    text += (text.empty() ? "" : ", ") + std::to_string(extent);
  return "[" + text + "]";
}

/// The numbers of nested lists, in the order of files; false after an error.
bool Arrays::flatten(const ast::Expr &expr, const ast::ParamEntry &entry,
                     const Grid *grid, size_t depth, Scope &scope,
                     std::vector<double> &values) {
  const std::string what = "an entry of '" + entry.name.text + "'";
  if (depth == grid->extents.size()) {
    NodeRef number = expressions.evalConstant(expr, scope, what);
    if (!number)
      return false;
    values.push_back(constantValue(number));
    if (std::isfinite(values.back()))
      return true;
    reporter.error(Error::BadDefault, expr.range, entry.name.text,
                   "of finite numbers", "one that is none");
    return false;
  }
  bool isList = expr.kind == ast::ExprKind::List;
  size_t count = isList ? as<ast::ListExpr>(expr).elements.size() : 0;
  if (count != size_t(grid->extents[depth])) {
    reporter.error(Error::BadDefault, expr.range, entry.name.text,
                   "of the shape " + shapeText(grid),
                   isList ? "a list of " + std::to_string(count)
                          : "a value that is no list");
    return false;
  }
  for (const ast::ExprPtr &part : as<ast::ListExpr>(expr).elements)
    if (!flatten(*part, entry, grid, depth + 1, scope, values))
      return false;
  return true;
}

/// The numbers by halves: a cell is asked as often as the number of entries has
/// digits.
NodeRef Arrays::listed(const std::vector<double> &values, size_t begin,
                       size_t end, const NodeRef &place, SourceRange range) {
  bool areSame =
      std::all_of(values.begin() + begin, values.begin() + end,
                  [&](double value) { return value == values[begin]; });
  if (areSame)
    return nodes.real(values[begin], range);
  size_t middle = begin + (end - begin) / 2;
  NodeRef isBefore = nodes.binary(NodeKind::Less, place,
                                  nodes.real(double(middle), range), range);
  return nodes.select(isBefore, listed(values, begin, middle, place, range),
                      listed(values, middle, end, place, range), range);
}

/// Each index as a field: floor(n/stride) without the multiples of its extent.
std::vector<Given> Arrays::indexFields(const Grid *grid, SourceRange range) {
  NodeRef place = nodes.cellIndex(grid, 0, range);
  auto multiples = [&](int64_t of) {
    return nodes.unary(NodeKind::Floor,
                       nodes.binary(NodeKind::Div, place,
                                    nodes.real(double(of), range), range),
                       range);
  };
  std::vector<Given> result;
  for (size_t i = 0; i < grid->extents.size(); ++i) {
    int64_t stride = numEntries(grid->extents, i + 1);
    NodeRef whole = multiples(stride);
    NodeRef extent = nodes.real(double(grid->extents[i]), range);
    NodeRef index =
        i == 0 ? whole
               : nodes.binary(NodeKind::Sub, whole,
                              nodes.binary(NodeKind::Mul, extent,
                                           multiples(stride * grid->extents[i]),
                                           range),
                              range);
    result.push_back({"", index, range});
  }
  return result;
}

NodeRef Arrays::initial(const ast::ParamEntry &entry, const Grid *grid,
                        Scope &scope) {
  const ast::Expr &expr = *entry.initial;
  Type type = cellsOf(grid);
  if (expr.kind == ast::ExprKind::List) {
    std::vector<double> values;
    if (!flatten(expr, entry, grid, 0, scope, values))
      return nullptr;
    NodeRef place = nodes.cellIndex(grid, 0, expr.range);
    return nodes.convert(listed(values, 0, values.size(), place, expr.range),
                         type);
  }
  auto here = names.meaning(grid);
  Value value = expressions.eval(expr, scope);
  if (value.kind == Value::Kind::Closure)
    value = calls.callClosure(value.closure, indexFields(grid, expr.range),
                              expr.range);
  if (value.isPoison())
    return nullptr;
  bool isNumber = value.kind == Value::Kind::Node &&
                  value.node->type.element != ElementKind::Bool;
  if (isNumber &&
      (!value.node->type.isField() || value.node->type.grid == grid))
    return nodes.convert(value.node, type);
  reporter.error(Error::BadDefault, expr.range, entry.name.text,
                 "a number, a list of the shape " + shapeText(grid) +
                     ", or a function of " +
                     counted(grid->extents.size(), "index"),
                 describe(value));
  return nullptr;
}
