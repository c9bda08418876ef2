//===- Operators.cpp - stencils with their boundary rules -----------------===//

#include "compiler/analysis/Operators.h"

#include "compiler/analysis/Lines.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using pdec::pde::Boundary;

namespace pdec::analysis {

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

Operator Operator::of(
    Operation *op, llvm::function_ref<Interval(Value, bool isOfSide)> scalar,
    llvm::function_ref<std::optional<int64_t>(pde::GridOp, unsigned)> size) {
  Operator made;
  auto application = cast<pde::SidedOpInterface>(op);
  pde::StencilOp stencil = application.getOperator();
  pde::FieldType inner = application.getInner();
  pde::FieldType outer = application.getOuter();
  pde::GridOp grid = pde::gridOf(op, inner);
  for (unsigned tap = 0; tap < stencil.getOffsets().size(); ++tap) {
    std::vector<int64_t> offset;
    for (unsigned axis = 0; axis < grid.rank(); ++axis)
      offset.push_back(stencil.offset(tap, axis));
    made.offsets.push_back(std::move(offset));
    made.weights.push_back(
        scalar(stencil.getWeights()[tap], /*isOfSide=*/false));
  }
  if (stencil.getScale())
    made.scale = scalar(stencil.getScale(), /*isOfSide=*/false);
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    Axis read;
    for (bool high : {false, true}) {
      Side &side = high ? read.high : read.low;
      side.rule = pde::ruleOf(op, axis, high);
      side.rows = high ? outer.highRows(axis) : outer.lowRows(axis);
      side.innerRows = high ? inner.highRows(axis) : inner.lowRows(axis);
      unsigned cells = meaningOf(side.rule).scalars(/*withFactor=*/false);
      if (!cells)
        continue;
      pde::SideOperands operands = pde::operandsOf(op, axis, high);
      int64_t reach = pde::reachBeyond(op, axis, high);
      for (int64_t distance = 1; distance <= reach; ++distance) {
        std::vector<Interval> &given = side.weights.emplace_back();
        for (unsigned cell = 0; cell < cells; ++cell)
          given.push_back(
              scalar(operands.weight(distance, cell), /*isOfSide=*/true));
      }
    }
    read.size = size(grid, axis);
    made.axes.push_back(std::move(read));
  }
  return made;
}

std::string Operator::key() const {
  std::string text = numbers + scale.key();
  for (auto [offset, weight] : llvm::zip(offsets, weights)) {
    for (int64_t place : offset)
      text += std::to_string(place) + ',';
    text += weight.key();
  }
  for (const Axis &axis : axes) {
    text += axis.size ? 'N' + std::to_string(*axis.size) : "N";
    for (const Side *side : {&axis.low, &axis.high}) {
      text += '|' + std::to_string(int(side->rule)) + ',' +
              std::to_string(side->rows) + ',' +
              std::to_string(side->innerRows) + ':';
      for (const auto &given : side->weights)
        for (const Interval &weight : given)
          text += weight.key();
    }
  }
  return text;
}

bool Operator::annihilatesConstants() const {
  Interval sum;
  for (const Interval &weight : weights)
    sum += weight;
  return sum.isZero() && allSides([](const Side &side) {
           return side.isPeriodic() || (side.isMirror() && !side.innerRows);
         });
}

bool Operator::givesNoMean() const {
  Interval sum;
  for (const Interval &weight : weights)
    sum += weight;
  for (auto [index, axis] : llvm::enumerate(axes)) {
    bool isMoved = llvm::any_of(
        offsets, [i = index](const auto &offset) { return offset[i] != 0; });
    if (isMoved && !axis.isPeriodic())
      return false;
  }
  return sum.isZero();
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

std::string Operator::name() const {
  std::optional<Line> line = lineOf(*this);
  static const char *const names[] = {"x", "y", "z"};
  std::string axis;
  if (line && line->weights.size() > 1) {
    if (rank() > 1)
      axis = std::string(" along ") + names[line->axis];
    if (isFirstDifference(*line))
      return (line->first() == 0 ? "forward difference"
                                 : "backward difference") +
             axis;
    if (isCentral(*line))
      return "central difference" + axis;
  }
  return "stencil of " + std::to_string(weights.size()) + " weights" + axis;
}

std::string Operator::rules() const {
  std::vector<std::string> names;
  for (const Axis &axis : axes)
    for (Boundary rule : {axis.low.rule, axis.high.rule}) {
      std::string name = pde::stringifyBoundary(rule).str();
      if (!llvm::is_contained(names, name))
        names.push_back(name);
    }
  return llvm::join(names, " and ");
}

} // namespace pdec::analysis
