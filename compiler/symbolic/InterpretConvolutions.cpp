//===- InterpretConvolutions.cpp - operators and boundaries, on symbols ---===//

#include "compiler/symbolic/LayerInterpreter.h"

using namespace mlir;

namespace pdec::symbolic {

//===----------------------------------------------------------------------===//
// Pad and fold
//===----------------------------------------------------------------------===//

/// The pde_margin records of a call.
std::vector<LayerInterpreter::Margin> LayerInterpreter::margins(size_t rank) {
  std::vector<Margin> result;
  for (size_t axis = 0; axis < rank; ++axis) {
    Lane base = args[2];
    base.offset += 56 * axis;
    auto tensorAt = [&](int64_t offset) -> const Tensor * {
      int64_t handle = number(base, offset);
      return handle ? &run.tensors.at(handle) : nullptr;
    };
    result.push_back({{number(base, 0), number(base, 8),
                       ExprId(number(base, 24)), tensorAt(40)},
                      {number(base, 4), number(base, 16),
                       ExprId(number(base, 32)), tensorAt(48)}});
  }
  return result;
}

/// The cell of `size` that a position beyond a side copies or mirrors.
static int64_t continued(int64_t kind, int64_t position, int64_t size) {
  bool isHigh = position >= size;
  if (kind == 1)
    return position + (isHigh ? -size : size);
  return (isHigh ? 2 * size - 1 : -1) - position;
}

/// What a value side gives at a position beyond it. A tensor is read at the
/// position brought inside: by the axes' own rules, or else to the next cell.
ExprId LayerInterpreter::outside(const Side &side, Position position,
                                 size_t axis, ArrayRef<Margin> margins) {
  if (!side.tensor)
    return rounded(side.value);
  const Tensor &tensor = *side.tensor;
  for (size_t a = 0; a <= axis; ++a) {
    int64_t size = tensor.sizes[a];
    while (position[a] < 0 || position[a] >= size) {
      bool isHigh = position[a] >= size;
      int64_t kind = isHigh ? margins[a].high.kind : margins[a].low.kind;
      position[a] = kind == Value ? (isHigh ? size - 1 : 0)
                                  : continued(kind, position[a], size);
    }
  }
  return tensor.cells[linear(tensor.sizes, position)];
}

/// The cell at a position of x, continued along the axes up to `axis`: the last
/// of them continues what the earlier ones gave.
ExprId LayerInterpreter::padded(const Tensor &x, Position position, size_t axis,
                                ArrayRef<Margin> margins) {
  int64_t &own = position[axis];
  int64_t size = x.sizes[axis];
  if (own >= 0 && own < size)
    return axis == 0 ? x.cells[linear(x.sizes, position)]
                     : padded(x, position, axis - 1, margins);
  bool isHigh = own >= size;
  const Side &side = isHigh ? margins[axis].high : margins[axis].low;
  if (side.kind == Value)
    return outside(side, position, axis, margins);
  int64_t distance = isHigh ? own - size + 1 : -own;
  own = continued(side.kind, own, size);
  ExprId copied = padded(x, position, axis, margins);
  if (side.kind != Slope)
    return copied;
  ExprId times = e.constant(double(2 * distance - 1), loc);
  return sum(copied, rounded(product(times, side.value)));
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
        int64_t size = result.sizes[axis];
        to[axis] -= all[axis].low.count;
        while (to[axis] < 0 || to[axis] >= size) {
          isOwn = false;
          int64_t kind =
              to[axis] < 0 ? all[axis].low.kind : all[axis].high.kind;
          if (kind == Value)
            return;
          to[axis] = continued(kind, to[axis], size);
        }
      }
      if (isOwn != takesOwn)
        return;
      ExprId &cell = result.cells[linear(result.sizes, to)];
      ExprId added = x.cells[linear(x.sizes, from)];
      cell = isOwn ? added : sum(cell, added);
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
  int64_t rank = number(base, 0), taps = number(base, 4);
  std::vector<int64_t> offsets = numbers(run.load(base, 8), taps * rank);
  Position least(offsets.begin(), offsets.begin() + rank), most = least;
  for (int64_t m = 0; m < taps; ++m) {
    auto begin = offsets.begin() + m * rank;
    result.offsets.emplace_back(begin, begin + rank);
    result.values.push_back(rounded(ExprId(number(run.load(base, 16), 8 * m))));
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
  result.scale = rounded(ExprId(number(base, 24)));
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
