//===- Differences.cpp - differences and stencils -------------------------===//

#include "compiler/check/Differences.h"

using namespace pdec;

OperatorRef Differences::difference(Builtin builtin, const Grid *grid, int axis,
                                    SourceRange range) {
  return operators.movable(differenceOn(builtin, grid, axis, range),
                           [this, builtin, axis, range](const Grid *on) {
                             return differenceOn(builtin, on, axis, range);
                           });
}

/// Differences are integer weights with a power of 1/h as their scale.
OperatorRef Differences::differenceOn(Builtin builtin, const Grid *grid,
                                      int axis, SourceRange range) {
  NodeRef h = grid->axes[axis].spacing;
  std::vector<int> weights = {-1, 1};
  int first = 0;
  switch (builtin) {
  case Builtin::Backward:
    first = -1;
    break;
  case Builtin::Central:
    weights = {-1, 0, 1};
    first = -1;
    h = nodes.binary(NodeKind::Mul, nodes.real(2, range), h, range);
    break;
  case Builtin::SecondDifference:
    weights = {1, -2, 1};
    first = -1;
    h = nodes.binary(NodeKind::Mul, h, h, range);
    break;
  default:
    break;
  }
  std::vector<NodeRef> taps;
  for (int weight : weights)
    taps.push_back(nodes.real(weight, range));
  NodeRef scale = nodes.binary(NodeKind::Div, nodes.real(1, range), h, range);
  return operators.stencil(grid, axis, taps, first, scale, range);
}

OperatorRef Differences::laplacian(SourceRange range) {
  return operators.generic([this, range](const Grid *grid) {
    OperatorRef sum;
    for (size_t i = 0; i < grid->axes.size(); ++i) {
      OperatorRef part =
          difference(Builtin::SecondDifference, grid, int(i), range);
      sum = sum ? operators.sum(sum, part, range) : part;
    }
    return sum;
  });
}

OperatorRef Differences::gradient(SourceRange range) {
  return operators.generic([this, range](const Grid *grid) {
    std::vector<OperatorRef> parts;
    for (size_t i = 0; i < grid->axes.size(); ++i)
      parts.push_back(difference(Builtin::Forward, grid, int(i), range));
    return operators.stack(std::move(parts));
  });
}

//===----------------------------------------------------------------------===//
// Stencils that the script writes out
//===----------------------------------------------------------------------===//

/// The lengths of a nested list of weights along each axis; false (reported) if
/// the rows differ in length, or the list is not nested so deep.
static bool extentsOf(const Value &list, size_t rank,
                      std::vector<int> &extents) {
  if (rank == 0)
    return true; // weights are looked at one by one
  if (!list.isList())
    return false;
  extents.push_back(int(list.list->size()));
  std::vector<int> rest;
  for (const Value &row : *list.list) {
    std::vector<int> own;
    if (!extentsOf(row, rank - 1, own) || (!rest.empty() && own != rest))
      return false;
    rest = own;
  }
  extents.insert(extents.end(), rest.begin(), rest.end());
  return true;
}

/// Collects the weights of a nested list by their offsets.
bool Differences::readWeights(const Value &list, size_t axis,
                              std::vector<int> &offset,
                              const std::vector<int> &from, SourceRange range,
                              OperatorAlgebra::Taps &taps) {
  if (axis == from.size()) {
    NodeRef weight = numberOf(list, range, "a weight", reporter);
    taps[offset] = weight;
    return weight != nullptr;
  }
  for (size_t i = 0; i < list.list->size(); ++i) {
    offset[axis] = from[axis] + int(i);
    if (!readWeights((*list.list)[i], axis + 1, offset, from, range, taps))
      return false;
  }
  return true;
}

/// The offset of the first weight along each axis. Without `from`, stencils of
/// odd length are centred, others begin at 0.
bool Differences::readOffsets(const Given *from,
                              const std::vector<int> &extents,
                              std::vector<int> &result) {
  constexpr int limit = OperatorAlgebra::maxOffset;
  for (int extent : extents)
    result.push_back(extent % 2 ? -(extent / 2) : 0);
  if (!from)
    return true;
  std::vector<Value> given = {from->value};
  if (from->value.isList())
    given = *from->value.list;
  if (given.size() != extents.size()) {
    reporter.error(Error::WrongKind, from->range, "an offset for each axis",
                   describe(from->value));
    return false;
  }
  for (size_t i = 0; i < given.size(); ++i) {
    NodeRef offset = numberOf(given[i], from->range,
                              "the offset of the first weight", reporter);
    if (!offset)
      return false;
    if (offset->type.element != ElementKind::Int) {
      reporter.error(Error::NotInteger, from->range,
                     "the offset of the first weight", describe(offset->type));
      return false;
    }
    if (!isConstant(offset)) {
      reporter.error(Error::NotConstant, from->range,
                     "the offset of the first weight");
      return false;
    }
    if (offset->integer < -limit || offset->integer > limit) {
      reporter.error(Error::BadOffset, from->range, limit);
      return false;
    }
    result[i] = int(offset->integer);
  }
  return true;
}

Value Differences::stencil(const std::vector<const Given *> &given,
                           SourceRange range) {
  const Value &place = given[0]->value, &list = given[1]->value;
  bool onAxis = place.kind == Value::Kind::Axis;
  size_t rank = onAxis ? 1 : place.grid->axes.size();
  std::vector<int> extents, from;
  if (!list.isList() || !extentsOf(list, rank, extents)) {
    Diagnostic &error = reporter.error(
        Error::WrongKind, given[1]->range,
        rank == 1 ? "a list of weights"
                  : "a list of lists of weights of the same lengths",
        describe(list));
    error.help("weights stand in brackets: [1, -2, 1]");
    return {};
  }
  int64_t count = 1;
  for (int extent : extents)
    count *= extent;
  if (count > OperatorAlgebra::maxTaps) {
    reporter.error(Error::TooManyTaps, given[1]->range,
                   OperatorAlgebra::maxTaps);
    return {};
  }
  if (!readOffsets(given[2], extents, from))
    return {};
  OperatorAlgebra::Taps taps, all;
  std::vector<int> offset(rank);
  if (!readWeights(list, 0, offset, from, given[1]->range, taps))
    return {};
  for (const auto &[own, weight] : taps) {
    std::vector<int> wide(place.grid->axes.size(), 0);
    if (onAxis)
      wide[place.axis] = own[0];
    else
      wide = own;
    all[wide] = weight;
  }
  return operators.stencil(place.grid, all, nullptr, range);
}
