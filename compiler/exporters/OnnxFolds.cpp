//===- OnnxFolds.cpp - boundary rules: the transpose of pad ---------------===//
//
// Cells that pad made are cut off and added to those that it made them of.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxFolds.h"

using namespace mlir;
using pdec::net::Continuation;
using pdec::net::MarginAttr;

namespace pdec::exporters {

/// Adds removed cells to the cells of y that pad made them from.
Name OnnxFolds::foldSide(const Name &y, const Name &removed,
                         const OnnxSide &side) {
  auto [count, axis] = std::pair(side.count, side.axis);
  if (side.rule().cells == CellsInside::Ends)
    return foldEnds(y, removed, side);
  bool isMirrored = side.rule().cells == CellsInside::Mirror;
  Name more = isMirrored ? build.mirrored(removed, count, axis, true) : removed;
  if (side.rule().isWeighted())
    more = build.node("Mul", {sides.weights(side, 0, true), more});
  bool atEnd = side.isHigh == isMirrored;
  Name cells = build.outermost(y, count, axis, atEnd);
  Name sum = build.node("Add", {cells, more}, {}, "fold");
  if (atEnd)
    return build.concat({build.inner(y, axis, 0, count), sum}, axis);
  return build.concat({sum, build.inner(y, axis, count, 0)}, axis);
}

/// One of the two outermost cells of y, and all that pad made of it.
Name OnnxFolds::foldEnd(const Name &y, const Name &removed,
                        const OnnxSide &side, unsigned place) {
  int64_t axis = side.axis;
  Name sum = build.cell(y, axis, side.isHigh ? -1 - int64_t(place) : place);
  for (int64_t i = 0; i < side.count; ++i) {
    int64_t distance = side.isHigh ? i + 1 : side.count - i;
    Name term =
        build.node("Mul", {values.inElement(side.given.weight(distance, place)),
                           build.cell(removed, axis, i)});
    sum = build.node("Add", {sum, term}, {}, "fold");
  }
  return sum;
}

/// The same where all removed cells are made of the two outermost ones.
Name OnnxFolds::foldEnds(const Name &y, const Name &removed,
                         const OnnxSide &side) {
  int64_t axis = side.axis;
  Name first = foldEnd(y, removed, side, 0);
  Name second = foldEnd(y, removed, side, 1);
  if (side.isHigh)
    return build.concat({build.inner(y, axis, 0, 2), second, first}, axis);
  return build.concat({first, second, build.inner(y, axis, 2, 0)}, axis);
}

/// Whether some cell inside is made more by what is beyond a side.
static bool adds(const OnnxSide &side) {
  return side.count > 0 && side.rule().numCells() > 0;
}

/// The margins with cells to add, of one axis.
Name OnnxFolds::foldAxis(const Name &x, const OnnxSidePair &axis) {
  const auto &[low, high] = axis;
  if (!adds(low) && !adds(high))
    return x;
  Name y = build.inner(x, low.axis, low.count, high.count);
  if (adds(low))
    y = foldSide(y, build.outermost(x, low.count, low.axis, false), low);
  if (adds(high))
    y = foldSide(y, build.outermost(x, high.count, high.axis, true), high);
  return y;
}

Name OnnxFolds::fold(net::FoldOp op) {
  auto margins = llvm::to_vector(op.getMargins().getAsRange<MarginAttr>());
  Name x = values.name(op.getX());
  SmallVector<int64_t> low, high;
  SmallVector<MarginAttr> cuts;
  // The last axis first: the transpose of what pad does.
  for (int64_t axis = margins.size(); axis-- > 0;)
    x = foldAxis(x, sidesOf(op, margins[axis], axis));
  for (auto [axis, margin] : llvm::enumerate(margins)) {
    OnnxSidePair pair = sidesOf(op, margin, axis);
    bool isDone = adds(pair.low) || adds(pair.high);
    cuts.push_back(isDone ? MarginAttr::get(op.getContext(), 0,
                                            Continuation::Dirichlet, 0,
                                            Continuation::Dirichlet)
                          : margin);
    low.push_back(std::max<int64_t>(-margin.getLow(), 0));
    high.push_back(std::max<int64_t>(-margin.getHigh(), 0));
  }
  return build.padConstant(build.cutMargins(x, cuts, 1), low, high,
                           build.number(0));
}

} // namespace pdec::exporters
