//===- InterpretConvolutions.cpp - operators and boundaries, on symbols ---===//

#include "compiler/symbolic/LayerInterpreter.h"
#include "runtime/pde_runtime.h"

using namespace mlir;

namespace pdec::symbolic {

//===----------------------------------------------------------------------===//
// Pad and fold
//===----------------------------------------------------------------------===//

using pde::Boundary;

namespace {
/// Where a pde_margin has what it says of one of its sides.
struct SideOffsets {
  int64_t kind, count, value, tensor, scalars, before;
};
} // namespace

constexpr SideOffsets lowSide = {
    offsetof(pde_margin, low_kind),    offsetof(pde_margin, low),
    offsetof(pde_margin, low_value),   offsetof(pde_margin, low_tensor),
    offsetof(pde_margin, low_scalars), offsetof(pde_margin, low_before)};
constexpr SideOffsets highSide = {
    offsetof(pde_margin, high_kind),    offsetof(pde_margin, high),
    offsetof(pde_margin, high_value),   offsetof(pde_margin, high_tensor),
    offsetof(pde_margin, high_scalars), offsetof(pde_margin, high_before)};

/// The pde_margin records of a call.
std::vector<LayerInterpreter::Margin> LayerInterpreter::margins(size_t rank) {
  std::vector<Margin> result;
  for (size_t axis = 0; axis < rank; ++axis) {
    Lane base = args[2];
    base.offset += sizeof(pde_margin) * axis;
    auto side = [&](const SideOffsets &at) {
      int64_t handle = number(base, at.tensor);
      Lane before = run.load(base, at.before);
      return Side{Boundary(number(base, at.kind)),
                  number(base, at.count),
                  ExprId(number(base, at.value)),
                  handle ? &run.tensors.at(handle) : nullptr,
                  run.load(base, at.scalars),
                  before.number ? numbers(before, rank) : Position(rank, 0)};
    };
    result.push_back({side(lowSide), side(highSide)});
  }
  return result;
}

static bool isOutside(int64_t position, int64_t size) {
  return position < 0 || position >= size;
}

/// The mirror image of a position beyond a side of `size` cells.
static int64_t mirrored(int64_t position, int64_t size) {
  return (position < 0 ? -1 : 2 * size - 1) - position;
}

/// The cell around a circle.
static int64_t turned(int64_t position, int64_t size) {
  return (position % size + size) % size;
}

/// How far beyond the side a position lies, and whether that is the high one.
static int64_t distanceOf(int64_t position, int64_t size) {
  return position < 0 ? -position : position - size + 1;
}

/// factor*E, formed in f64 of a number, in the element type of a tensor, which
/// is read at its own place; a negative factor is none.
ExprId LayerInterpreter::given(const Tensor &x, const Side &side, ExprId factor,
                               Position position, size_t axis,
                               ArrayRef<Margin> margins) {
  bool hasFactor = side.kind != Boundary::Dirichlet;
  if (!side.tensor)
    return rounded(hasFactor ? wideProduct(factor, side.value) : side.value);
  for (size_t a = 0; a < position.size(); ++a) {
    int64_t size = x.sizes[a], &at = position[a];
    if (a == axis)
      at = std::clamp<int64_t>(at, 0, size - 1);
    while (isOutside(at, size)) {
      Boundary kind = at < 0 ? margins[a].low.kind : margins[a].high.kind;
      if (kind == Boundary::Periodic)
        at = turned(at, size);
      else if (kind == Boundary::Reflecting)
        at = mirrored(at, size);
      else
        break;
    }
    at = std::clamp<int64_t>(at + side.before[a], 0, side.tensor->sizes[a] - 1);
  }
  ExprId value = side.tensor->cells[linear(side.tensor->sizes, position)];
  return hasFactor ? product(rounded(factor), value) : value;
}

/// What lies at a position beyond a side of an axis.
ExprId LayerInterpreter::beyond(const Tensor &x, Position position, size_t axis,
                                ArrayRef<Margin> margins) {
  int64_t own = position[axis], size = x.sizes[axis];
  const Side &side = own < 0 ? margins[axis].low : margins[axis].high;
  int64_t d = distanceOf(own, size);
  auto inside = [&](int64_t cell) {
    Position at = position;
    at[axis] = cell;
    return padded(x, at, axis, margins);
  };
  auto fromSide = [&](int64_t depth) {
    return inside(own < 0 ? depth : size - 1 - depth);
  };
  auto added = [&](ExprId factor) {
    return given(x, side, factor, position, axis, margins);
  };
  auto weight = [&](int64_t place) { return rounded(scalar(side, place)); };
  switch (side.kind) {
  case Boundary::Reflecting:
    return inside(mirrored(own, size));
  case Boundary::Periodic:
    return inside(turned(own, size));
  case Boundary::Dirichlet:
    return added(side.value);
  case Boundary::Neumann:
    return sum(inside(mirrored(own, size)),
               added(e.constant(double(2 * d - 1), loc)));
  case Boundary::Robin:
    return sum(product(weight(2 * d - 2), inside(mirrored(own, size))),
               added(scalar(side, 2 * d - 1)));
  case Boundary::Extrapolated:
    return sum(sum(product(weight(3 * d - 3), fromSide(0)),
                   product(weight(3 * d - 2), fromSide(1))),
               added(scalar(side, 3 * d - 1)));
  }
  llvm_unreachable("a rule");
}

/// The cell at a position of x, continued along the axes up to `axis`: the last
/// of them continues what the earlier ones gave.
ExprId LayerInterpreter::padded(const Tensor &x, Position position, size_t axis,
                                ArrayRef<Margin> margins) {
  if (isOutside(position[axis], x.sizes[axis]))
    return beyond(x, position, axis, margins);
  return axis == 0 ? x.cells[linear(x.sizes, position)]
                   : padded(x, position, axis - 1, margins);
}

Tensor LayerInterpreter::pad() {
  const Tensor &x = tensor(1);
  std::vector<Margin> all = margins(x.sizes.size());
  Tensor result{x.sizes, {}};
  for (auto [size, margin] : llvm::zip(result.sizes, all))
    size += margin.low.count + margin.high.count;
  forEachPosition(result.sizes, [&](Position position) {
    for (auto [index, margin] : llvm::zip(position, all))
      index -= margin.low.count;
    result.cells.push_back(padded(x, position, position.size() - 1, all));
  });
  return result;
}

/// A cell inside that a position is made of, and its weight, or -1.
struct LayerInterpreter::Part {
  int64_t cell;
  ExprId weight;
};

std::vector<LayerInterpreter::Part>
LayerInterpreter::partsOf(const Margin &margin, int64_t position,
                          int64_t size) {
  if (!isOutside(position, size))
    return {{position, -1}};
  const Side &side = position < 0 ? margin.low : margin.high;
  int64_t d = distanceOf(position, size);
  auto weight = [&](int64_t place) { return rounded(scalar(side, place)); };
  auto fromSide = [&](int64_t depth) {
    return position < 0 ? depth : size - 1 - depth;
  };
  switch (side.kind) {
  case Boundary::Dirichlet:
    return {};
  case Boundary::Periodic:
    return {{turned(position, size), -1}};
  case Boundary::Reflecting:
  case Boundary::Neumann:
    return partsOf(margin, mirrored(position, size), size);
  case Boundary::Robin:
    return {{mirrored(position, size), weight(d - 1)}};
  case Boundary::Extrapolated:
    return {{fromSide(0), weight(2 * d - 2)}, {fromSide(1), weight(2 * d - 1)}};
  }
  llvm_unreachable("a rule");
}

/// Adds a cell beyond sides to all that it is made of, the last axis' weight
/// first.
void LayerInterpreter::spill(const Tensor &x, const Position &from,
                             ArrayRef<Margin> margins, Tensor &result) {
  struct Term {
    Position to;
    ExprId value;
  };
  std::vector<Term> terms = {{from, x.cells[linear(x.sizes, from)]}};
  for (size_t axis = from.size(); axis-- > 0;) {
    std::vector<Term> more;
    for (const Term &term : terms)
      for (const Part &part :
           partsOf(margins[axis], from[axis] - margins[axis].low.count,
                   result.sizes[axis])) {
        Term next = term;
        next.to[axis] = part.cell;
        if (part.weight >= 0)
          next.value = product(part.weight, next.value);
        more.push_back(next);
      }
    terms = std::move(more);
  }
  for (const Term &term : terms) {
    ExprId &cell = result.cells[linear(result.sizes, term.to)];
    cell = sum(cell, term.value);
  }
}

Tensor LayerInterpreter::fold() {
  const Tensor &x = tensor(1);
  std::vector<Margin> all = margins(x.sizes.size());
  Tensor result{x.sizes, {}};
  for (auto [size, margin] : llvm::zip(result.sizes, all))
    size -= margin.low.count + margin.high.count;
  int64_t cells = 1;
  for (int64_t size : result.sizes)
    cells *= size;
  result.cells.assign(cells, e.constant(0, loc));
  // The own sums first, then what lies beyond in ascending order.
  for (bool takesOwn : {true, false})
    forEachPosition(x.sizes, [&](const Position &from) {
      Position to = from;
      bool isOwn = true;
      for (size_t axis = 0; axis < to.size(); ++axis) {
        to[axis] -= all[axis].low.count;
        isOwn &= !isOutside(to[axis], result.sizes[axis]);
      }
      if (isOwn != takesOwn)
        return;
      if (isOwn)
        result.cells[linear(result.sizes, to)] = x.cells[linear(x.sizes, from)];
      else
        spill(x, from, all, result);
    });
  return result;
}

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

/// The pde_weights and strides of a call.
LayerInterpreter::Weights LayerInterpreter::weights() {
  Weights result;
  const Lane &base = args[2];
  int64_t rank = number(base, offsetof(pde_weights, rank));
  int64_t taps = number(base, offsetof(pde_weights, taps));
  std::vector<int64_t> offsets =
      numbers(run.load(base, offsetof(pde_weights, offsets)), taps * rank);
  Lane values = run.load(base, offsetof(pde_weights, values));
  Position least(offsets.begin(), offsets.begin() + rank), most = least;
  for (int64_t m = 0; m < taps; ++m) {
    auto begin = offsets.begin() + m * rank;
    result.offsets.emplace_back(begin, begin + rank);
    result.values.push_back(
        rounded(ExprId(number(values, sizeof(double) * m))));
    for (int64_t axis = 0; axis < rank; ++axis) {
      least[axis] = std::min(least[axis], begin[axis]);
      most[axis] = std::max(most[axis], begin[axis]);
    }
  }
  for (int64_t axis = 0; axis < rank; ++axis) {
    for (Position &offset : result.offsets)
      offset[axis] -= least[axis];
    result.extent.push_back(most[axis] - least[axis]);
  }
  result.scale = rounded(ExprId(number(base, offsetof(pde_weights, scale))));
  result.strides =
      args[3].number ? numbers(args[3], rank) : std::vector<int64_t>(rank, 1);
  return result;
}

Tensor LayerInterpreter::conv() {
  const Tensor &x = tensor(1);
  Weights w = weights();
  Tensor result{x.sizes, {}};
  for (size_t axis = 0; axis < x.sizes.size(); ++axis)
    result.sizes[axis] =
        (x.sizes[axis] - w.extent[axis] - 1) / w.strides[axis] + 1;
  forEachPosition(result.sizes, [&](const Position &to) {
    ExprId total = -1;
    for (size_t m = 0; m < w.values.size(); ++m) {
      Position from = w.offsets[m];
      for (size_t axis = 0; axis < from.size(); ++axis)
        from[axis] += to[axis] * w.strides[axis];
      ExprId term = product(w.values[m], x.cells[linear(x.sizes, from)]);
      total = m ? sum(total, term) : term;
    }
    result.cells.push_back(product(total, w.scale));
  });
  return result;
}

Tensor LayerInterpreter::convTranspose() {
  const Tensor &x = tensor(1);
  Weights w = weights();
  Tensor result{x.sizes, {}};
  for (size_t axis = 0; axis < x.sizes.size(); ++axis)
    result.sizes[axis] =
        (x.sizes[axis] - 1) * w.strides[axis] + w.extent[axis] + 1;
  ExprId zero = e.constant(0, loc);
  forEachPosition(result.sizes, [&](const Position &to) {
    ExprId total = -1;
    for (size_t m = w.values.size(); m-- > 0;) {
      Position from = to;
      bool isWhole = true, isInside = true;
      for (size_t axis = 0; axis < from.size(); ++axis) {
        int64_t distance = to[axis] - w.offsets[m][axis];
        isWhole = isWhole && distance % w.strides[axis] == 0;
        from[axis] = distance / w.strides[axis];
        isInside = isInside && distance >= 0 && from[axis] < x.sizes[axis];
      }
      if (!isWhole)
        continue;
      ExprId term = product(w.values[m],
                            isInside ? x.cells[linear(x.sizes, from)] : zero);
      total = total < 0 ? term : sum(total, term);
    }
    result.cells.push_back(product(total < 0 ? zero : total, w.scale));
  });
  return result;
}

} // namespace pdec::symbolic
