//===- OnnxPads.cpp - boundary rules: pad ---------------------------------===//
//
// The mirrors of ONNX's Pad leave out the cell at the side, ours repeat it: of
// margins wider than one cell, what lies beyond is a slice, backwards, put
// before or behind.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxPads.h"

using namespace mlir;
using pdec::net::Continuation;
using pdec::net::MarginAttr;

namespace pdec::exporters {

//===----------------------------------------------------------------------===//
// Fields as values of sides
//===----------------------------------------------------------------------===//

/// A tensor that has `rows` cells before and behind those of the grid with
/// other numbers of them: some are cut off, or the outermost one is repeated.
Name OnnxPads::refit(const Name &x, const OnnxSidePair &axis,
                     ArrayRef<int64_t> rows, int64_t lowWanted,
                     int64_t highWanted) {
  int64_t rank = axis.low.rank, number = axis.low.axis;
  int64_t moreLow = lowWanted - rows[0], moreHigh = highWanted - rows[1];
  Name kept = x;
  if (moreLow < 0 || moreHigh < 0)
    kept = build.inner(x, number, std::max<int64_t>(-moreLow, 0),
                       std::max<int64_t>(-moreHigh, 0));
  std::vector<Name> pieces = {kept};
  if (moreLow > 0)
    pieces.insert(pieces.begin(),
                  build.copies(kept, rank, moreLow, number, false));
  if (moreHigh > 0)
    pieces.push_back(build.copies(kept, rank, moreHigh, number, true));
  return build.concat(pieces, number);
}

/// A side's tensor along an axis that is padded already: copied where the axis
/// copies, at its own place elsewhere.
Name OnnxPads::valuesAlong(const Name &given, const OnnxSidePair &axis,
                           ArrayRef<int64_t> rows, int64_t size) {
  const auto &[low, high] = axis;
  bool lowCopies = low.rule().isCopy(), highCopies = high.rule().isCopy();
  Name own = refit(given, axis, rows, lowCopies ? 0 : low.count,
                   highCopies ? 0 : high.count);
  if (low.kind == Continuation::Periodic && std::max(low.count, high.count) > 1)
    return wrapAxis(own, axis, size);
  std::vector<Name> pieces = {own};
  if (lowCopies && low.count)
    pieces.insert(pieces.begin(), cellsBeyond(own, low));
  if (highCopies && high.count)
    pieces.push_back(cellsBeyond(own, high));
  return build.concat(pieces, low.axis);
}

/// What a tensor says of the cells beyond a side: one row of cells, since they
/// are all alike along this axis.
Name OnnxPads::valuesBeyond(const OnnxSide &side, net::PadOp op) {
  Name given = values.name(side.given.value);
  SmallVector<int64_t> rows(op.sideRows(side.axis, side.isHigh));
  rows.resize(2 * side.rank, 0);
  for (int64_t other = 0; other < side.rank; ++other) {
    ArrayRef<int64_t> rowsHere = ArrayRef<int64_t>(rows).slice(2 * other, 2);
    OnnxSidePair axis =
        sidesOf(op, cast<MarginAttr>(op.getMargins()[other]), other);
    if (other < side.axis)
      given = valuesAlong(given, axis, rowsHere, shapes.of(op.getX())[other]);
    else if (other > side.axis)
      given = refit(given, axis, rowsHere, 0, 0);
    else
      given = build.cell(given, other,
                         side.isHigh ? -1 - std::max<int64_t>(rowsHere[1], 0)
                                     : std::max<int64_t>(rowsHere[0], 0));
  }
  return given;
}

//===----------------------------------------------------------------------===//
// Circles
//===----------------------------------------------------------------------===//

/// Around a circle, as often as the margins ask for; `size` is x's along the
/// axis, if it is known.
Name OnnxPads::wrapAxis(const Name &x, const OnnxSidePair &axis, int64_t size) {
  int64_t low = axis.low.count, high = axis.high.count;
  Name cells = size > 0 ? cellsAround(low, high, size)
                        : cellsAround(x, low, high, axis.low.axis);
  return build.node("Gather", {x, cells},
                    {Attribute::integer("axis", axis.low.axis + build.lead)},
                    "pad");
}

/// The cells of a circle from `low` before the first to `high` behind the last.
Name OnnxPads::cellsAround(int64_t low, int64_t high, int64_t size) {
  std::vector<int64_t> cells;
  for (int64_t cell = -low; cell < size + high; ++cell)
    cells.push_back((cell % size + size) % size);
  return build.model.integers(cells);
}

/// The same where the size is that of a tensor.
Name OnnxPads::cellsAround(const Name &x, int64_t low, int64_t high,
                           int64_t axis) {
  OnnxModel &model = build.model;
  int64_t place = axis + build.lead;
  Name size = build.node("Squeeze",
                         {build.node("Shape", {x},
                                     {Attribute::integer("start", place),
                                      Attribute::integer("end", place + 1)})});
  Name end = build.node("Add", {size, model.integer(high)});
  Name cells =
      build.node("Range", {model.integer(-low), end, model.integer(1)});
  return build.node("Mod", {cells, size});
}

//===----------------------------------------------------------------------===//
// Cells beyond a side
//===----------------------------------------------------------------------===//

/// The cells inside at one place of the rule, times their weights.
Name OnnxPads::cellsAt(const Name &x, const OnnxSide &side, unsigned place) {
  Name cells =
      side.rule().cells == CellsInside::Ends
          ? build.cell(x, side.axis, side.isHigh ? -1 - int64_t(place) : place)
          : build.mirrored(x, side.count, side.axis, side.isHigh);
  if (!side.rule().isWeighted())
    return cells;
  return build.node("Mul", {sides.weights(side, place, false), cells});
}

/// What the cells inside make of those beyond a side of x; empty: nothing.
Name OnnxPads::cellsBeyond(const Name &x, const OnnxSide &side) {
  const BoundaryRule &rule = side.rule();
  if (rule.cells == CellsInside::None)
    return "";
  if (rule.cells == CellsInside::Wrap)
    return build.outermost(x, side.count, side.axis, !side.isHigh);
  Name sum = cellsAt(x, side, 0);
  for (unsigned place = 1; place < rule.numCells(); ++place)
    sum = build.node("Add", {sum, cellsAt(x, side, place)});
  return sum;
}

/// What the value of a side adds to the cells beyond it.
Name OnnxPads::addedBeyond(const OnnxSide &side, net::PadOp op) {
  if (side.rule().factor == ValueFactor::One)
    return build.copies(valuesBeyond(side, op), side.rank, side.count,
                        side.axis, false);
  if (side.given.value.getType().isF64())
    return sides.numbers(side);
  return build.node(
      "Mul", {sides.factors(side, build.element), valuesBeyond(side, op)});
}

Name OnnxPads::beyond(const Name &x, const OnnxSide &side, net::PadOp op) {
  Name cells = cellsBeyond(x, side);
  if (!side.rule().hasValue())
    return cells;
  Name added = addedBeyond(side, op);
  return cells.empty() ? added : build.node("Add", {cells, added});
}

//===----------------------------------------------------------------------===//
// Pad
//===----------------------------------------------------------------------===//

/// Whether all cells beyond a side are one number.
static bool isNumber(const OnnxSide &side) {
  return side.kind == Continuation::Dirichlet &&
         side.given.value.getType().isF64();
}

Name OnnxPads::padNumber(const Name &x, const OnnxSide &side) {
  if (side.count == 0 || !isNumber(side))
    return x;
  SmallVector<int64_t> none(side.rank, 0), count(side.rank, 0);
  count[side.axis] = side.count;
  Name number = values.inElement(side.given.value);
  return side.isHigh ? build.padConstant(x, none, count, number)
                     : build.padConstant(x, count, none, number);
}

/// One axis, without its negative margins.
Name OnnxPads::padAxis(const Name &x, MarginAttr margin, int64_t axis,
                       net::PadOp op) {
  int64_t size = shapes.of(op.getX())[axis];
  OnnxSidePair pair = sidesOf(op, margin, axis);
  const auto &[low, high] = pair;
  // A margin of one cell is there in every tensor; others may be wider than it.
  if (low.kind == Continuation::Periodic &&
      std::max(low.count, high.count) > std::max<int64_t>(size, 1))
    return wrapAxis(x, pair, size);
  std::vector<Name> pieces;
  if (low.count && !isNumber(low))
    pieces.push_back(beyond(x, low, op));
  pieces.push_back(x);
  if (high.count && !isNumber(high))
    pieces.push_back(beyond(x, high, op));
  return padNumber(padNumber(build.concat(pieces, axis, "pad"), low), high);
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

Name OnnxPads::pad(net::PadOp op) {
  auto margins = llvm::to_vector(op.getMargins().getAsRange<MarginAttr>());
  SmallVector<int64_t> low, high;
  for (MarginAttr margin : margins) {
    low.push_back(std::max<int64_t>(margin.getLow(), 0));
    high.push_back(std::max<int64_t>(margin.getHigh(), 0));
  }
  Name x = values.name(op.getX());
  if (Value value = onlyValue(op, margins))
    x = build.padConstant(x, low, high, values.inElement(value));
  else if (isEdge(margins))
    x = build.padEdge(x, low, high);
  else
    for (auto [axis, margin] : llvm::enumerate(margins))
      x = padAxis(x, margin, axis, op);
  return build.cutMargins(x, margins, -1);
}

} // namespace pdec::exporters
