//===- OnnxPad.cpp - boundary rules: pad and its transpose ----------------===//
//
// The mirrors of ONNX's Pad leave out the cell at the side, ours repeat it: of
// margins wider than one cell, what lies beyond is a slice, backwards, put
// before or behind. Fold adds such slices to what they mirror.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxExporter.h"

#include "mlir/IR/Matchers.h"

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

static bool isMirror(Continuation kind) {
  return kind == Continuation::Reflect || kind == Continuation::Slope;
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

/// (2d - 1) times the slope, at the d-th cell beyond; the product is formed in
/// f64 and rounded once.
Name OnnxExporter::slopes(Value slope, int64_t count, int64_t axis,
                          bool isHigh) {
  std::vector<double> odd;
  for (int64_t d = 1; d <= count; ++d)
    odd.push_back(2 * d - 1);
  if (!isHigh)
    std::reverse(odd.begin(), odd.end());
  std::vector<int64_t> shape(lead + rank, 1);
  shape[lead + axis] = count;
  Name product = graph->node(
      "Mul", {model.constant(Element::F64, shape, odd), name(slope)});
  return element == Element::F64 ? product : converted(product, element);
}

/// Copies of the first or last cell along an axis.
Name OnnxExporter::copies(const Name &x, int64_t count, int64_t axis,
                          bool isHigh) {
  std::vector<int64_t> repeats(lead + rank, 1);
  repeats[lead + axis] = count;
  Name cell = isHigh ? slice(x, axis, -1, farEnd) : slice(x, axis, 0, 1);
  return count == 1 ? cell
                    : graph->node("Tile", {cell, model.integers(repeats)});
}

/// The cells beyond a side where a tensor says what they are: those at the
/// position brought inside. They are all alike along this axis; along those
/// that are padded already, they are mirrored or turned round as on the axis,
/// or the nearest ones where a value lies beyond.
Name OnnxExporter::valuesBeyond(Value tensor, int64_t count, int64_t axis,
                                net::PadOp op) {
  Name values = copies(name(tensor), count, axis, false);
  for (int64_t before = 0; before < axis; ++before) {
    auto margin = cast<MarginAttr>(op.getMargins()[before]);
    auto side = [&](Continuation kind, int64_t cells, bool isHigh) {
      if (kind == Continuation::Value)
        return copies(values, cells, before, isHigh);
      return beyond(values,
                    kind == Continuation::Slope ? Continuation::Reflect : kind,
                    cells, before, isHigh, {}, op);
    };
    std::vector<Name> pieces = {values};
    if (margin.getLow() > 0)
      pieces.insert(pieces.begin(),
                    side(margin.getLowKind(), margin.getLow(), false));
    if (margin.getHigh() > 0)
      pieces.push_back(side(margin.getHighKind(), margin.getHigh(), true));
    if (pieces.size() > 1)
      values = graph->node("Concat", pieces,
                           {Attribute::integer("axis", before + lead)});
  }
  return values;
}

/// Around a circle, as often as the margins ask for.
Name OnnxExporter::wrapAxis(const Name &x, int64_t low, int64_t high,
                            int64_t axis) {
  Name size = graph->node(
      "Squeeze", {graph->node("Shape", {x},
                              {Attribute::integer("start", axis + lead),
                               Attribute::integer("end", axis + lead + 1)})});
  Name end = graph->node("Add", {size, model.integer(high)});
  Name cells =
      graph->node("Range", {model.integer(-low), end, model.integer(1)});
  return graph->node("Gather", {x, graph->node("Mod", {cells, size})},
                     {Attribute::integer("axis", axis + lead)}, "pad");
}

/// The `count` cells beyond a side of x, in ascending positions.
Name OnnxExporter::beyond(const Name &x, Continuation kind, int64_t count,
                          int64_t axis, bool isHigh, Value value,
                          net::PadOp op) {
  if (kind == Continuation::Wrap)
    return isHigh ? slice(x, axis, 0, count) : slice(x, axis, -count, farEnd);
  if (kind == Continuation::Value)
    return valuesBeyond(value, count, axis, op);
  Name mirror = isHigh ? slice(x, axis, -1, -1 - count, -1)
                       : slice(x, axis, count - 1, farStart, -1);
  if (kind == Continuation::Reflect)
    return mirror;
  return graph->node("Add", {mirror, slopes(value, count, axis, isHigh)});
}

/// One axis, without its negative margins.
Name OnnxExporter::padAxis(const Name &x, MarginAttr margin, int64_t axis,
                           Value low, Value high, net::PadOp op) {
  // A margin of one cell is there in every tensor; others may be wider than it.
  if (margin.getLowKind() == Continuation::Wrap &&
      std::max(margin.getLow(), margin.getHigh()) > 1)
    return wrapAxis(x, std::max<int64_t>(margin.getLow(), 0),
                    std::max<int64_t>(margin.getHigh(), 0), axis);
  std::vector<Name> pieces;
  auto isNumber = [](Continuation kind, Value value) {
    return kind == Continuation::Value && value.getType().isF64();
  };
  bool lowIsNumber = isNumber(margin.getLowKind(), low);
  bool highIsNumber = isNumber(margin.getHighKind(), high);
  if (margin.getLow() > 0 && !lowIsNumber)
    pieces.push_back(
        beyond(x, margin.getLowKind(), margin.getLow(), axis, false, low, op));
  pieces.push_back(x);
  if (margin.getHigh() > 0 && !highIsNumber)
    pieces.push_back(beyond(x, margin.getHighKind(), margin.getHigh(), axis,
                            true, high, op));
  Name result = x;
  if (pieces.size() > 1)
    result = graph->node("Concat", pieces,
                         {Attribute::integer("axis", axis + lead)}, "pad");
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
      return count <= 0 || (count == 1 && kind == Continuation::Reflect);
    };
    return repeats(margin.getLow(), margin.getLowKind()) &&
           repeats(margin.getHigh(), margin.getHighKind());
  });
}

/// The one number beyond all sides, if it is so.
static Value onlyValue(net::PadOp op, ArrayRef<MarginAttr> margins) {
  bool isValue = llvm::all_of(margins, [](MarginAttr margin) {
    return (margin.getLow() <= 0 ||
            margin.getLowKind() == Continuation::Value) &&
           (margin.getHigh() <= 0 ||
            margin.getHighKind() == Continuation::Value);
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
    auto value = op.getValues().begin();
    auto next = [&](Continuation kind) -> Value {
      bool has = kind == Continuation::Value || kind == Continuation::Slope;
      return has ? *value++ : Value();
    };
    for (int64_t axis = 0; axis < rank; ++axis) {
      Value lowValue = next(margins[axis].getLowKind());
      Value highValue = next(margins[axis].getHighKind());
      x = padAxis(x, margins[axis], axis, lowValue, highValue, op);
    }
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
                            bool isHigh) {
  bool isMirrored = isMirror(kind);
  Name more = isMirrored ? slice(removed, axis, -1, farStart, -1) : removed;
  bool atEnd = isHigh == isMirrored;
  Attribute along = Attribute::integer("axis", axis + lead);
  if (atEnd) {
    Name sum =
        graph->node("Add", {slice(y, axis, -count, farEnd), more}, {}, "fold");
    return graph->node("Concat", {slice(y, axis, 0, -count), sum}, {along});
  }
  Name sum = graph->node("Add", {slice(y, axis, 0, count), more}, {}, "fold");
  return graph->node("Concat", {sum, slice(y, axis, count, farEnd)}, {along});
}

/// The margins with cells to add, of one axis.
Name OnnxExporter::foldAxis(const Name &x, MarginAttr margin, int64_t axis) {
  int64_t low = std::max<int64_t>(margin.getLow(), 0);
  int64_t high = std::max<int64_t>(margin.getHigh(), 0);
  auto adds = [](int64_t count, Continuation kind) {
    return count > 0 && kind != Continuation::Value;
  };
  bool lowAdds = adds(low, margin.getLowKind());
  bool highAdds = adds(high, margin.getHighKind());
  if (!lowAdds && !highAdds)
    return x;
  Name y = slice(x, axis, low, high ? -high : farEnd);
  if (lowAdds)
    y = foldSide(y, slice(x, axis, 0, low), margin.getLowKind(), low, axis,
                 false);
  if (highAdds)
    y = foldSide(y, slice(x, axis, -high, farEnd), margin.getHighKind(), high,
                 axis, true);
  return y;
}

void OnnxExporter::emitFold(net::FoldOp op) {
  auto margins = llvm::to_vector(op.getMargins().getAsRange<MarginAttr>());
  Name x = name(op.getX());
  SmallVector<int64_t> low, high;
  SmallVector<MarginAttr> cuts;
  // The last axis first: the transpose of what pad does.
  for (int64_t axis = rank - 1; axis >= 0; --axis)
    x = foldAxis(x, margins[axis], axis);
  for (MarginAttr margin : margins) {
    bool isDone =
        (margin.getLow() > 0 && margin.getLowKind() != Continuation::Value) ||
        (margin.getHigh() > 0 && margin.getHighKind() != Continuation::Value);
    cuts.push_back(isDone ? MarginAttr::get(op.getContext(), 0,
                                            Continuation::Value, 0,
                                            Continuation::Value)
                          : margin);
    low.push_back(std::max<int64_t>(-margin.getLow(), 0));
    high.push_back(std::max<int64_t>(-margin.getHigh(), 0));
  }
  x = cutMargins(x, cuts, 1);
  names[op.getResult()] =
      padConstant(x, low, high, model.constant(element, {}, {0}));
}

} // namespace pdec::exporters
