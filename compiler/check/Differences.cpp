//===- Differences.cpp - differences and stencils -------------------------===//

#include "compiler/check/Differences.h"
#include "compiler/check/Arrays.h"

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

/// Along axes that a grid lacks nothing changes.
OperatorRef Differences::laplacian(SourceRange range) {
  return operators.generic([this, range](const Grid *grid) {
    OperatorRef sum;
    for (size_t i = 0; i < grid->axes.size(); ++i) {
      if (grid->isSingle(i))
        continue;
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
      if (!grid->isSingle(i))
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

/// An offset along each axis.
bool Differences::readOffsets(const Given &given, const std::string &what,
                              size_t rank, std::vector<int> &result) {
  constexpr int limit = OperatorAlgebra::maxOffset;
  std::vector<Value> offsets = {given.value};
  if (given.value.isList())
    offsets = *given.value.list;
  if (offsets.size() != rank) {
    reporter.error(Error::WrongKind, given.range, "an offset for each axis",
                   describe(given.value));
    return false;
  }
  for (const Value &value : offsets) {
    NodeRef offset = numberOf(value, given.range, what, reporter);
    if (!offset)
      return false;
    if (offset->type.element != ElementKind::Int) {
      reporter.error(Error::NotInteger, given.range, what,
                     describe(offset->type));
      return false;
    }
    if (!isConstant(offset)) {
      reporter.error(Error::NotConstant, given.range, what);
      return false;
    }
    if (offset->integer < -limit || offset->integer > limit) {
      reporter.error(Error::BadOffset, given.range, limit);
      return false;
    }
    result.push_back(int(offset->integer));
  }
  return true;
}

static const char *const firstOffset = "the offset of the first weight";
static const char *const lastOffset = "the offset of the last weight";

bool Differences::isFew(const std::vector<int> &extents, SourceRange range) {
  int64_t count = 1;
  for (int extent : extents)
    count *= extent;
  if (count <= OperatorAlgebra::maxTaps)
    return true;
  reporter.error(Error::TooManyTaps, range, OperatorAlgebra::maxTaps);
  return false;
}

/// The offset of the first of so many weights along each axis. If none is
/// given, stencils of odd length are centred, others begin at 0.
bool Differences::readFirst(const Given *from, const std::vector<int> &extents,
                            std::vector<int> &result) {
  if (from)
    return readOffsets(*from, firstOffset, extents.size(), result);
  for (int extent : extents)
    result.push_back(extent % 2 ? -(extent / 2) : 0);
  return true;
}

/// An operator between lists of fields, whose weights stay an array.
Value Differences::channels(const std::vector<const Given *> &given,
                            size_t rank, SourceRange range) {
  const Value &place = given[0]->value;
  const std::vector<NodeRef> &weights = given[1]->value.node->args;
  bool onAxis = place.kind == Value::Kind::Axis;
  const std::vector<int64_t> &extents = weights[0]->type.grid->extents;
  for (const Given *other : {given[3], given[4]})
    if (other) {
      reporter.error(Error::WrongKind, other->range,
                     "an array of weights between lists alone, or 'from'",
                     "more");
      return {};
    }
  std::vector<int> taps(extents.end() - rank, extents.end()), from;
  if (!readFirst(given[2], taps, from))
    return {};
  for (size_t i = 0; i < rank; ++i)
    if (from[i] > 0 || from[i] + taps[i] - 1 < 0 ||
        taps[i] > OperatorAlgebra::maxOffset) {
      reporter.error(Error::WrongKind, given[2] ? given[2]->range : range,
                     "taps around the cell",
                     "ones from " + std::to_string(from[i]) + " to " +
                         std::to_string(from[i] + taps[i] - 1));
      return {};
    }
  auto made = std::make_shared<Channels>();
  made->numIndices = weights.size() - 1;
  made->extents.assign(extents.begin(), extents.end() - rank);
  for (size_t axis = 0; axis < place.grid->axes.size(); ++axis) {
    bool isAlong = !onAxis || int(axis) == place.axis;
    size_t own = onAxis ? 0 : axis;
    made->extents.push_back(isAlong ? taps[own] : 1);
    made->first.push_back(isAlong ? from[own] : 0);
  }
  // Its weights are the same numbers on a coarser grid.
  std::shared_ptr<const Channels> shape = std::move(made);
  auto on = [this, shape, weights](const Grid *grid) {
    return operators.channels(grid, shape, weights);
  };
  return operators.movable(on(place.grid), on);
}

/// Weights that are written out.
bool Differences::listedWeights(const std::vector<const Given *> &given,
                                size_t rank, OperatorAlgebra::Taps &taps) {
  const Value &list = given[1]->value;
  std::vector<int> extents, from;
  if (!list.isList() || !extentsOf(list, rank, extents)) {
    Diagnostic &error = reporter.error(
        Error::WrongKind, given[1]->range,
        rank == 1 ? "a list of weights"
                  : "a list of lists of weights of the same lengths",
        describe(list));
    error.help("weights stand in brackets: [1, -2, 1]");
    return false;
  }
  if (given[3]) {
    reporter.error(Error::WeightExtent, given[3]->range,
                   "a list have no 'to': there are as many as the list has");
    return false;
  }
  if (!isFew(extents, given[1]->range))
    return false;
  if (!readFirst(given[2], extents, from))
    return false;
  std::vector<int> offset(rank);
  return readWeights(list, 0, offset, from, given[1]->range, taps);
}

/// The weight of each offset between two, the first axis first.
bool Differences::callWeights(const Given &function,
                              const std::vector<int> &from,
                              const std::vector<int> &to,
                              std::vector<int> &offset,
                              OperatorAlgebra::Taps &taps) {
  size_t axis = offset.size();
  if (axis < from.size()) {
    for (int k = from[axis]; k <= to[axis]; ++k) {
      offset.push_back(k);
      if (!callWeights(function, from, to, offset, taps))
        return false;
      offset.pop_back();
    }
    return true;
  }
  std::vector<Given> arguments;
  for (int k : offset)
    arguments.push_back({"", nodes.integer(k, function.range), function.range});
  Value value =
      calls.callClosure(function.value.closure, arguments, function.range);
  NodeRef weight = numberOf(value, function.range, "a weight", reporter);
  taps[offset] = weight;
  return weight != nullptr;
}

/// Weights that are a function of the offset. Without `from`, they are centred.
bool Differences::weightsOf(const std::vector<const Given *> &given,
                            size_t rank, OperatorAlgebra::Taps &taps) {
  if (!given[3]) {
    reporter.error(Error::WeightExtent, given[1]->range,
                   "a function of the offset need the last offset, 'to'");
    return false;
  }
  std::vector<int> from, to, extents;
  if (!readOffsets(*given[3], lastOffset, rank, to) ||
      (given[2] && !readOffsets(*given[2], firstOffset, rank, from)))
    return false;
  for (size_t i = 0; i < rank; ++i) {
    if (!given[2])
      from.push_back(-to[i]);
    if (to[i] < from[i]) {
      reporter.error(Error::NoOffsets, given[3]->range, to[i], from[i]);
      return false;
    }
    extents.push_back(to[i] - from[i] + 1);
  }
  std::vector<int> offset;
  return isFew(extents, given[1]->range) &&
         callWeights(*given[1], from, to, offset, taps);
}

/// A sum of products, or what `over` says instead.
OperatorRef Differences::made(const Grid *grid,
                              const OperatorAlgebra::Taps &taps,
                              const Given *over, SourceRange range) {
  if (!over)
    return operators.stencil(grid, taps, nullptr, range);
  bool isBuiltin = over->value.kind == Value::Kind::Builtin;
  bool isMax = isBuiltin && over->value.builtin == Builtin::Max;
  if (isMax || (isBuiltin && over->value.builtin == Builtin::Min))
    return operators.extremum(grid, taps, isMax);
  reporter.error(Error::WrongKind, over->range, "min or max",
                 describe(over->value));
  return nullptr;
}

Value Differences::stencil(const std::vector<const Given *> &given,
                           SourceRange range) {
  const Value &place = given[0]->value;
  bool onAxis = place.kind == Value::Kind::Axis;
  size_t rank = onAxis ? 1 : place.grid->axes.size();
  const Value &list = given[1]->value;
  if (list.kind == Value::Kind::Node && numExtentsLeft(*list.node) == 2 + rank)
    return channels(given, rank, range);
  OperatorAlgebra::Taps taps, all;
  bool isFunction = given[1]->value.kind == Value::Kind::Closure;
  if (isFunction ? !weightsOf(given, rank, taps)
                 : !listedWeights(given, rank, taps))
    return {};
  for (const auto &[own, weight] : taps) {
    std::vector<int> wide(place.grid->axes.size(), 0);
    if (onAxis)
      wide[place.axis] = own[0];
    else
      wide = own;
    all[wide] = weight;
  }
  return made(place.grid, all, given[4], range);
}
