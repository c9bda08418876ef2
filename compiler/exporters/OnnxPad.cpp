//===- OnnxPad.cpp - boundary rules: pad and its transpose ----------------===//
//
// The mirrors of ONNX's Pad leave out the cell at the side, ours repeat it: of
// margins wider than one cell, what lies beyond is a slice, backwards, put
// before or behind. Fold adds such slices to what they mirror.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxExporter.h"

#include <limits>

using namespace mlir;
using pdec::net::Continuation;
using pdec::net::MarginAttr;

namespace pdec::exporters {

static constexpr int64_t farEnd = std::numeric_limits<int64_t>::max();
static constexpr int64_t farStart = -farEnd;

/// Cells [start, end) along an axis of the grid, as NumPy writes them.
Name OnnxExporter::slice(const Name &x, int64_t axis, int64_t start,
                         int64_t end, int64_t step) {
  return graph->node("Slice",
                     {x, model.integers({start}), model.integers({end}),
                      model.integers({axis + lead}), model.integers({step})});
}

/// The first or last cells along an axis, backwards.
Name OnnxExporter::mirrored(const Name &x, int64_t count, int64_t axis,
                            bool isHigh) {
  if (count == 1)
    return isHigh ? slice(x, axis, -1, farEnd) : slice(x, axis, 0, 1);
  return isHigh ? slice(x, axis, -1, -1 - count, -1)
                : slice(x, axis, count - 1, farStart, -1);
}

/// Cuts off the cells of all margins with this sign.
Name OnnxExporter::cutMargins(const Name &x, ArrayRef<MarginAttr> margins,
                              int sign) {
  std::vector<int64_t> starts, ends, axes;
  for (auto [axis, margin] : llvm::enumerate(margins)) {
    int64_t low = std::max<int64_t>(sign * margin.getLow(), 0);
    int64_t high = std::max<int64_t>(sign * margin.getHigh(), 0);
    if (low == 0 && high == 0)
      continue;
    starts.push_back(low);
    ends.push_back(high ? -high : farEnd);
    axes.push_back(axis + lead);
  }
  if (axes.empty())
    return x;
  return graph->node("Slice", {x, model.integers(starts), model.integers(ends),
                               model.integers(axes)});
}

/// Adds cells with one value.
Name OnnxExporter::padConstant(const Name &x, ArrayRef<int64_t> low,
                               ArrayRef<int64_t> high, const Name &value) {
  std::vector<int64_t> pads(lead, 0);
  pads.insert(pads.end(), low.begin(), low.end());
  pads.insert(pads.end(), lead, 0);
  pads.insert(pads.end(), high.begin(), high.end());
  if (llvm::all_of(pads, [](int64_t count) { return count == 0; }))
    return x;
  return graph->node("Pad", {x, model.integers(pads), value});
}

//===----------------------------------------------------------------------===//
// Pad
//===----------------------------------------------------------------------===//

/// Scalars of the distances of a side as a column along its axis, in the order
/// of the cells beyond it; `inwards`: of their mirror images.
Name OnnxExporter::column(ArrayRef<Value> scalars, Element type, int64_t axis,
                          bool isHigh, bool inwards) {
  SmallVector<Value> ordered(scalars);
  if (isHigh == inwards)
    std::reverse(ordered.begin(), ordered.end());
  std::vector<int64_t> shape = columnShape(axis, ordered.size());
  if (auto constants = realsOf(ordered))
    return model.constant(type, shape, *constants);
  std::vector<Name> parts;
  for (Value scalar : ordered) {
    Name one = type == Element::F64 ? name(scalar) : inElement(scalar);
    parts.push_back(graph->node("Unsqueeze", {one, model.integers({0})}));
  }
  Name row = graph->node("Concat", parts, {Attribute::integer("axis", 0)});
  return graph->node("Reshape", {row, model.integers(shape)});
}

/// Of a side's scalars those at one place, for the distances 1, 2, ...
static SmallVector<Value> scalarsAt(const pde::SideOperands &side,
                                    unsigned place) {
  SmallVector<Value> found;
  for (unsigned i = place; i < side.scalars.size(); i += side.perDistance)
    found.push_back(side.scalars[i]);
  return found;
}

/// What the value of a side is multiplied by, in ascending positions, if it is
/// known.
std::optional<std::vector<double>>
OnnxExporter::factorValues(const pde::SideOperands &side, Continuation kind,
                           int64_t count, bool isHigh) {
  std::vector<double> values;
  if (meaningOf(kind).factor == ValueFactor::Given) {
    auto given = realsOf(scalarsAt(side, side.perDistance - 1));
    if (!given)
      return std::nullopt;
    values = *given;
  } else {
    for (int64_t d = 1; d <= count; ++d)
      values.push_back(2 * d - 1);
  }
  if (!isHigh)
    std::reverse(values.begin(), values.end());
  return values;
}

std::vector<int64_t> OnnxExporter::columnShape(int64_t axis, int64_t count) {
  std::vector<int64_t> shape(lead + rank, 1);
  shape[lead + axis] = count;
  return shape;
}

/// What the value of a side is multiplied by, as a column.
Name OnnxExporter::factors(const pde::SideOperands &side, Continuation kind,
                           Element type, int64_t count, int64_t axis,
                           bool isHigh) {
  if (auto values = factorValues(side, kind, count, isHigh))
    return model.constant(type, columnShape(axis, count), *values);
  return column(scalarsAt(side, side.perDistance - 1), type, axis, isHigh,
                false);
}

/// A side's number times its factors, rounded once, as a column.
Name OnnxExporter::numbersBeyond(const pde::SideOperands &side,
                                 Continuation kind, int64_t count, int64_t axis,
                                 bool isHigh) {
  auto values = factorValues(side, kind, count, isHigh);
  auto number = realsOf(side.value);
  if (values && number) {
    for (double &value : *values)
      value *= number->front();
    return model.constant(element, columnShape(axis, count), *values);
  }
  Name product = graph->node(
      "Mul", {factors(side, kind, Element::F64, count, axis, isHigh),
              name(side.value)});
  return element == Element::F64 ? product : converted(product, element);
}

/// Copies of the first or last cell along an axis.
Name OnnxExporter::copies(const Name &x, int64_t count, int64_t axis,
                          bool isHigh) {
  Name cell = isHigh ? slice(x, axis, -1, farEnd) : slice(x, axis, 0, 1);
  return count == 1
             ? cell
             : graph->node("Tile",
                           {cell, model.integers(columnShape(axis, count))});
}

Name OnnxExporter::concat(const std::vector<Name> &pieces, int64_t axis,
                          const std::string &hint) {
  if (pieces.size() == 1)
    return pieces.front();
  return graph->node("Concat", pieces,
                     {Attribute::integer("axis", axis + lead)}, hint);
}

/// A tensor with other numbers of cells before and behind those of the grid:
/// some are cut off, or the outermost one is repeated.
Name OnnxExporter::refit(const Name &x, int64_t axis, int64_t low, int64_t high,
                         int64_t lowWanted, int64_t highWanted) {
  Name kept = x;
  int64_t cutLow = std::max<int64_t>(low - lowWanted, 0);
  int64_t cutHigh = std::max<int64_t>(high - highWanted, 0);
  if (cutLow || cutHigh)
    kept = slice(x, axis, cutLow, cutHigh ? -cutHigh : farEnd);
  std::vector<Name> pieces = {kept};
  if (lowWanted > low)
    pieces.insert(pieces.begin(), copies(kept, lowWanted - low, axis, false));
  if (highWanted > high)
    pieces.push_back(copies(kept, highWanted - high, axis, true));
  return concat(pieces, axis);
}

/// A side's tensor along an axis that is padded already: copied where the axis
/// copies, at its own place elsewhere.
Name OnnxExporter::valuesAlong(const Name &values, MarginAttr margin,
                               int64_t axis, int64_t low, int64_t high,
                               int64_t size) {
  bool lowCopies = meaningOf(margin.getLowKind()).isCopy();
  bool highCopies = meaningOf(margin.getHighKind()).isCopy();
  int64_t lowMargin = std::max<int64_t>(margin.getLow(), 0);
  int64_t highMargin = std::max<int64_t>(margin.getHigh(), 0);
  Name own = refit(values, axis, low, high, lowCopies ? 0 : lowMargin,
                   highCopies ? 0 : highMargin);
  if (margin.getLowKind() == Continuation::Periodic &&
      std::max(lowMargin, highMargin) > 1)
    return wrapAxis(own, lowMargin, highMargin, axis, size);
  std::vector<Name> pieces = {own};
  if (lowCopies && lowMargin)
    pieces.insert(pieces.begin(), cellsBeyond(own, margin.getLowKind(),
                                              lowMargin, axis, false, {}));
  if (highCopies && highMargin)
    pieces.push_back(
        cellsBeyond(own, margin.getHighKind(), highMargin, axis, true, {}));
  return concat(pieces, axis);
}

/// What a tensor says of the cells beyond a side: one row of cells, since they
/// are all alike along this axis.
Name OnnxExporter::valuesBeyond(net::PadOp op, int64_t axis, bool isHigh) {
  Name values = name(op.side(axis, isHigh).value);
  SmallVector<int64_t> rows(op.sideRows(axis, isHigh));
  rows.resize(2 * rank, 0);
  for (int64_t other = 0; other < rank; ++other) {
    int64_t low = rows[2 * other], high = rows[2 * other + 1];
    auto margin = cast<MarginAttr>(op.getMargins()[other]);
    if (other < axis) {
      values = valuesAlong(values, margin, other, low, high,
                           shapeOf(op.getX())[other]);
      continue;
    }
    if (other > axis) {
      values = refit(values, other, low, high, 0, 0);
      continue;
    }
    int64_t cell =
        isHigh ? -1 - std::max<int64_t>(high, 0) : std::max<int64_t>(low, 0);
    values = slice(values, axis, cell, cell == -1 ? farEnd : cell + 1);
  }
  return values;
}

/// What the value of a side adds to the `count` cells beyond it.
Name OnnxExporter::addedBeyond(net::PadOp op, Continuation kind, int64_t count,
                               int64_t axis, bool isHigh) {
  pde::SideOperands side = op.side(axis, isHigh);
  bool isNumber = side.value.getType().isF64();
  if (meaningOf(kind).factor == ValueFactor::One)
    return copies(valuesBeyond(op, axis, isHigh), count, axis, false);
  if (!isNumber)
    return graph->node("Mul",
                       {factors(side, kind, element, count, axis, isHigh),
                        valuesBeyond(op, axis, isHigh)});
  return numbersBeyond(side, kind, count, axis, isHigh);
}

/// Around a circle, as often as the margins ask for; `size` is x's along the
/// axis, if it is known.
Name OnnxExporter::wrapAxis(const Name &x, int64_t low, int64_t high,
                            int64_t axis, int64_t size) {
  Name cells =
      size > 0 ? cellsAround(low, high, size) : cellsAround(x, low, high, axis);
  return graph->node("Gather", {x, cells},
                     {Attribute::integer("axis", axis + lead)}, "pad");
}

/// The cells of a circle from `low` before the first to `high` behind the last.
Name OnnxExporter::cellsAround(int64_t low, int64_t high, int64_t size) {
  std::vector<int64_t> cells;
  for (int64_t cell = -low; cell < size + high; ++cell)
    cells.push_back((cell % size + size) % size);
  return model.integers(cells);
}

/// The same where the size is that of a tensor.
Name OnnxExporter::cellsAround(const Name &x, int64_t low, int64_t high,
                               int64_t axis) {
  Name size = graph->node(
      "Squeeze", {graph->node("Shape", {x},
                              {Attribute::integer("start", axis + lead),
                               Attribute::integer("end", axis + lead + 1)})});
  Name end = graph->node("Add", {size, model.integer(high)});
  Name cells =
      graph->node("Range", {model.integer(-low), end, model.integer(1)});
  return graph->node("Mod", {cells, size});
}

/// What the cells inside make of the `count` cells beyond a side of x, in
/// ascending positions; empty: nothing.
Name OnnxExporter::cellsBeyond(const Name &x, Continuation kind, int64_t count,
                               int64_t axis, bool isHigh,
                               const pde::SideOperands &side) {
  const BoundaryRule &rule = meaningOf(kind);
  if (rule.cells == CellsInside::None)
    return "";
  if (rule.cells == CellsInside::Wrap)
    return isHigh ? slice(x, axis, 0, count) : slice(x, axis, -count, farEnd);
  Name sum;
  for (unsigned part = 0; part < rule.numCells(); ++part) {
    int64_t cell = isHigh ? -1 - int64_t(part) : part;
    Name term;
    if (rule.cells == CellsInside::Ends)
      term = slice(x, axis, cell, cell == -1 ? farEnd : cell + 1);
    else
      term = mirrored(x, count, axis, isHigh);
    if (rule.isWeighted())
      term = graph->node(
          "Mul",
          {column(scalarsAt(side, part), element, axis, isHigh, false), term});
    sum = part ? graph->node("Add", {sum, term}) : term;
  }
  return sum;
}

/// The `count` cells beyond a side of x, in ascending positions.
Name OnnxExporter::beyond(const Name &x, Continuation kind, int64_t count,
                          int64_t axis, bool isHigh, net::PadOp op) {
  Name cells = cellsBeyond(x, kind, count, axis, isHigh, op.side(axis, isHigh));
  if (!meaningOf(kind).hasValue())
    return cells;
  Name added = addedBeyond(op, kind, count, axis, isHigh);
  return cells.empty() ? added : graph->node("Add", {cells, added});
}

/// One axis, without its negative margins.
Name OnnxExporter::padAxis(const Name &x, MarginAttr margin, int64_t axis,
                           net::PadOp op) {
  int64_t size = shapeOf(op.getX())[axis];
  // A margin of one cell is there in every tensor; others may be wider than it.
  if (margin.getLowKind() == Continuation::Periodic &&
      std::max(margin.getLow(), margin.getHigh()) > std::max<int64_t>(size, 1))
    return wrapAxis(x, std::max<int64_t>(margin.getLow(), 0),
                    std::max<int64_t>(margin.getHigh(), 0), axis, size);
  std::vector<Name> pieces;
  Value low = op.side(axis, false).value, high = op.side(axis, true).value;
  auto isNumber = [](Continuation kind, Value value) {
    return kind == Continuation::Dirichlet && value.getType().isF64();
  };
  bool lowIsNumber = isNumber(margin.getLowKind(), low);
  bool highIsNumber = isNumber(margin.getHighKind(), high);
  if (margin.getLow() > 0 && !lowIsNumber)
    pieces.push_back(
        beyond(x, margin.getLowKind(), margin.getLow(), axis, false, op));
  pieces.push_back(x);
  if (margin.getHigh() > 0 && !highIsNumber)
    pieces.push_back(
        beyond(x, margin.getHighKind(), margin.getHigh(), axis, true, op));
  Name result = concat(pieces, axis, "pad");
  SmallVector<int64_t> none(rank, 0), count(rank, 0);
  if (margin.getLow() > 0 && lowIsNumber) {
    count[axis] = margin.getLow();
    result = padConstant(result, count, none, inElement(low));
  }
  if (margin.getHigh() > 0 && highIsNumber) {
    count[axis] = margin.getHigh();
    result = padConstant(result, none, count, inElement(high));
  }
  return result;
}

/// Whether ONNX's mode `edge` does it.
static bool isEdge(ArrayRef<MarginAttr> margins) {
  return llvm::all_of(margins, [](MarginAttr margin) {
    auto repeats = [](int64_t count, Continuation kind) {
      return count <= 0 || (count == 1 && kind == Continuation::Reflecting);
    };
    return repeats(margin.getLow(), margin.getLowKind()) &&
           repeats(margin.getHigh(), margin.getHighKind());
  });
}

/// The one number beyond all sides, if it is so.
static Value onlyValue(net::PadOp op, ArrayRef<MarginAttr> margins) {
  bool isValue = llvm::all_of(margins, [](MarginAttr margin) {
    return (margin.getLow() <= 0 ||
            margin.getLowKind() == Continuation::Dirichlet) &&
           (margin.getHigh() <= 0 ||
            margin.getHighKind() == Continuation::Dirichlet);
  });
  if (!isValue || op.getValues().empty() || !llvm::all_equal(op.getValues()) ||
      !op.getValues().front().getType().isF64())
    return {};
  return op.getValues().front();
}

void OnnxExporter::emitPad(net::PadOp op) {
  auto margins = llvm::to_vector(op.getMargins().getAsRange<MarginAttr>());
  SmallVector<int64_t> low, high;
  for (MarginAttr margin : margins) {
    low.push_back(std::max<int64_t>(margin.getLow(), 0));
    high.push_back(std::max<int64_t>(margin.getHigh(), 0));
  }
  Name x = name(op.getX());
  if (Value value = onlyValue(op, margins)) {
    x = padConstant(x, low, high, inElement(value));
  } else if (isEdge(margins)) {
    std::vector<int64_t> pads(lead, 0);
    pads.insert(pads.end(), low.begin(), low.end());
    pads.insert(pads.end(), lead, 0);
    pads.insert(pads.end(), high.begin(), high.end());
    if (llvm::any_of(pads, [](int64_t count) { return count > 0; }))
      x = graph->node("Pad", {x, model.integers(pads)},
                      {Attribute::text("mode", "edge")});
  } else {
    for (int64_t axis = 0; axis < rank; ++axis)
      x = padAxis(x, margins[axis], axis, op);
  }
  names[op.getResult()] = cutMargins(x, margins, -1);
}

//===----------------------------------------------------------------------===//
// Fold
//===----------------------------------------------------------------------===//

/// Adds removed cells, in ascending positions, to the cells of y that pad made
/// them from.
Name OnnxExporter::foldSide(const Name &y, const Name &removed,
                            Continuation kind, int64_t count, int64_t axis,
                            bool isHigh, const pde::SideOperands &side) {
  const BoundaryRule &rule = meaningOf(kind);
  if (rule.cells == CellsInside::Ends)
    return foldEnds(y, removed, count, axis, isHigh, side);
  bool isMirrored = rule.cells == CellsInside::Mirror;
  Name more = isMirrored ? mirrored(removed, count, axis, true) : removed;
  if (rule.isWeighted())
    more = graph->node(
        "Mul", {column(scalarsAt(side, 0), element, axis, isHigh, true), more});
  if (isHigh == isMirrored) {
    Name sum =
        graph->node("Add", {slice(y, axis, -count, farEnd), more}, {}, "fold");
    return concat({slice(y, axis, 0, -count), sum}, axis);
  }
  Name sum = graph->node("Add", {slice(y, axis, 0, count), more}, {}, "fold");
  return concat({sum, slice(y, axis, count, farEnd)}, axis);
}

/// The same where all removed cells are made of the two outermost ones.
Name OnnxExporter::foldEnds(const Name &y, const Name &removed, int64_t count,
                            int64_t axis, bool isHigh,
                            const pde::SideOperands &side) {
  std::vector<Name> sums;
  for (unsigned part = 0; part < 2; ++part) {
    int64_t cell = isHigh ? -1 - int64_t(part) : part;
    Name sum = slice(y, axis, cell, cell == -1 ? farEnd : cell + 1);
    for (int64_t i = 0; i < count; ++i) {
      int64_t distance = isHigh ? i + 1 : count - i;
      Name term = graph->node("Mul", {inElement(side.weight(distance, part)),
                                      slice(removed, axis, i, i + 1)});
      sum = graph->node("Add", {sum, term}, {}, "fold");
    }
    sums.push_back(sum);
  }
  if (isHigh)
    return concat({slice(y, axis, 0, -2), sums[1], sums[0]}, axis);
  return concat({sums[0], sums[1], slice(y, axis, 2, farEnd)}, axis);
}

/// The margins with cells to add, of one axis.
Name OnnxExporter::foldAxis(const Name &x, MarginAttr margin, int64_t axis,
                            net::FoldOp op) {
  int64_t low = std::max<int64_t>(margin.getLow(), 0);
  int64_t high = std::max<int64_t>(margin.getHigh(), 0);
  auto adds = [](int64_t count, Continuation kind) {
    return count > 0 && meaningOf(kind).numCells() > 0;
  };
  bool lowAdds = adds(low, margin.getLowKind());
  bool highAdds = adds(high, margin.getHighKind());
  if (!lowAdds && !highAdds)
    return x;
  Name y = slice(x, axis, low, high ? -high : farEnd);
  if (lowAdds)
    y = foldSide(y, slice(x, axis, 0, low), margin.getLowKind(), low, axis,
                 false, op.side(axis, false));
  if (highAdds)
    y = foldSide(y, slice(x, axis, -high, farEnd), margin.getHighKind(), high,
                 axis, true, op.side(axis, true));
  return y;
}

void OnnxExporter::emitFold(net::FoldOp op) {
  auto margins = llvm::to_vector(op.getMargins().getAsRange<MarginAttr>());
  Name x = name(op.getX());
  SmallVector<int64_t> low, high;
  SmallVector<MarginAttr> cuts;
  // The last axis first: the transpose of what pad does.
  for (int64_t axis = rank - 1; axis >= 0; --axis)
    x = foldAxis(x, margins[axis], axis, op);
  for (MarginAttr margin : margins) {
    bool isDone =
        (margin.getLow() > 0 && meaningOf(margin.getLowKind()).numCells()) ||
        (margin.getHigh() > 0 && meaningOf(margin.getHighKind()).numCells());
    cuts.push_back(isDone ? MarginAttr::get(op.getContext(), 0,
                                            Continuation::Dirichlet, 0,
                                            Continuation::Dirichlet)
                          : margin);
    low.push_back(std::max<int64_t>(-margin.getLow(), 0));
    high.push_back(std::max<int64_t>(-margin.getHigh(), 0));
  }
  x = cutMargins(x, cuts, 1);
  names[op.getResult()] =
      padConstant(x, low, high, model.constant(element, {}, {0}));
}

} // namespace pdec::exporters
