//===- Applications.cpp - operators, and what they are applied to ---------===//
//
// The rules, rows and operands of each side of an application, and verifiers
// that ask for no less.
//
//===----------------------------------------------------------------------===//

#include "compiler/pde/Checks.h"
#include "compiler/pde/PdeDialect.h"
#include "compiler/support/Rows.h"

using namespace mlir;

namespace pdec::pde {

//===----------------------------------------------------------------------===//
// Sides
//===----------------------------------------------------------------------===//

static SmallVector<SidesAttr, 3> sidesOf(ArrayAttr given, GridOp grid) {
  if (given)
    return llvm::to_vector<3>(given.getAsRange<SidesAttr>());
  SmallVector<SidesAttr, 3> sides;
  for (unsigned axis = 0; axis < grid.rank(); ++axis)
    sides.push_back(SidesAttr::get(grid.getContext(), grid.axis(axis).getLow(),
                                   grid.axis(axis).getHigh()));
  return sides;
}

SmallVector<SidesAttr, 3> sidesOf(Operation *op) {
  auto sided = cast<SidedOpInterface>(op);
  ArrayAttr given = sided.getOwnSides();
  return sidesOf(given, given ? GridOp() : gridOf(op, sided.getInner()));
}

static Boundary ruleOf(SidesAttr sides, bool high) {
  return high ? sides.getHigh() : sides.getLow();
}

Boundary ruleOf(Operation *op, unsigned axis, bool high) {
  return ruleOf(sidesOf(op)[axis], high);
}

ExtraRows extraRows(StencilOp stencil, ArrayRef<SidesAttr> sides) {
  ExtraRows rows;
  for (auto [axis, rules] : llvm::enumerate(sides)) {
    auto [first, last] = stencil.span(axis);
    bool low = rules.getLow() == Boundary::Dirichlet;
    bool high = rules.getHigh() == Boundary::Dirichlet;
    rows.low.push_back(low ? rowsAtValue(first, last) : 0);
    rows.high.push_back(high ? rowsAtValue(-last, -first) : 0);
  }
  return rows;
}

static int64_t reachBeyond(SidedOpInterface op, Boundary rule, unsigned axis,
                           bool high) {
  if (rule == Boundary::Periodic)
    return 0;
  auto [first, last] = op.getOperator().span(axis);
  FieldType inner = op.getInner(), outer = op.getOuter();
  int64_t reach = high ? outer.highRows(axis) + last - inner.highRows(axis)
                       : outer.lowRows(axis) - first - inner.lowRows(axis);
  return std::max<int64_t>(0, reach);
}

int64_t reachBeyond(Operation *op, unsigned axis, bool high) {
  return reachBeyond(cast<SidedOpInterface>(op), ruleOf(op, axis, high), axis,
                     high);
}

namespace {
/// How many operands an application has for one side.
struct SideCount {
  unsigned perDistance, scalars, values;
  unsigned all() const { return scalars + values; }
};
} // namespace

static SideCount countFor(SidedOpInterface op, Boundary rule, unsigned axis,
                          bool high) {
  const BoundaryRule &meaning = meaningOf(rule);
  unsigned each = meaning.scalars(/*withFactor=*/op.takesValues());
  unsigned reach = each ? reachBeyond(op, rule, axis, high) : 0;
  return {each, each * reach, op.takesValues() && meaning.hasValue()};
}

SideOperands operandsOf(Operation *op, unsigned axis, bool high) {
  SmallVector<SidesAttr, 3> sides = sidesOf(op);
  ValueRange operands = op->getOperands().drop_front(2);
  for (unsigned a = 0; a < sides.size(); ++a)
    for (bool side : {false, true}) {
      SideCount count =
          countFor(cast<SidedOpInterface>(op), ruleOf(sides[a], side), a, side);
      if (a == axis && side == high)
        return {operands.take_front(count.scalars), count.perDistance,
                count.values ? operands[count.scalars] : Value()};
      operands = operands.drop_front(count.all());
    }
  llvm_unreachable("a side of the grid");
}

//===----------------------------------------------------------------------===//
// Stencils
//===----------------------------------------------------------------------===//

int64_t StencilOp::offset(unsigned tap, unsigned axis) {
  return cast<DenseI64ArrayAttr>(getOffsets()[tap])[axis];
}

std::pair<int64_t, int64_t> StencilOp::span(unsigned axis) {
  std::pair<int64_t, int64_t> result{offset(0, axis), offset(0, axis)};
  for (unsigned tap = 1; tap < getOffsets().size(); ++tap) {
    result.first = std::min(result.first, offset(tap, axis));
    result.second = std::max(result.second, offset(tap, axis));
  }
  return result;
}

LogicalResult StencilOp::verify() {
  return checkOffsets(*this, getOffsets(), getWeights().size(), "weights",
                      getStencil().getType().getRank());
}

/// The grid of an application.
static LogicalResult checkApplication(Operation *op, FieldType type,
                                      SymbolTableCollection &symbols,
                                      GridOp &grid) {
  if (failed(findGrid(op, symbols, type.getGrid(), grid)))
    return failure();
  auto made = op->getOperand(0).getDefiningOp<StencilOp>();
  if (!made)
    return op->emitOpError("needs its operator to come from a pde.stencil");
  if (made.getStencil().getType().getRank() != grid.rank())
    return op->emitOpError("applies an operator of rank ")
           << made.getStencil().getType().getRank() << " on a grid of rank "
           << grid.rank();
  return success();
}

/// Checks the rules that an application names itself.
static LogicalResult checkSides(SidedOpInterface op, GridOp grid) {
  ArrayAttr given = op.getOwnSides();
  if (!given)
    return success();
  if (given.size() != grid.rank())
    return op->emitOpError("needs sides for each of ")
           << grid.rank() << " axes";
  for (auto [axis, sides] : llvm::enumerate(given.getAsRange<SidesAttr>())) {
    bool isCircle = grid.axis(axis).getLow() == Boundary::Periodic;
    for (bool high : {false, true})
      if ((ruleOf(sides, high) == Boundary::Periodic) != isCircle)
        return op->emitOpError("needs periodic sides where its grid is "
                               "periodic, and nowhere else, along axis ")
               << grid.axis(axis).getName();
  }
  return success();
}

/// Checks the rows of an application's outer field: those that the stencil
/// gives, or more of them at sides that are not periodic.
static LogicalResult checkRows(SidedOpInterface op, ArrayRef<SidesAttr> sides,
                               StringRef verb) {
  FieldType type = op.getOuter(), inner = op.getInner();
  if (!type.fitsRank(sides.size()) || !inner.fitsRank(sides.size()))
    return op->emitOpError("needs rows for each axis of its grid");
  ExtraRows extra = extraRows(op.getOperator(), sides);
  bool fits = type.getElement() == inner.getElement() &&
              type.getGrid() == inner.getGrid();
  auto isEnough = [](Boundary rule, int64_t rows, int64_t wanted) {
    return rule == Boundary::Periodic ? rows == 0 : rows >= wanted;
  };
  for (auto [axis, rules] : llvm::enumerate(sides))
    fits = fits &&
           isEnough(rules.getLow(), type.lowRows(axis), extra.low[axis]) &&
           isEnough(rules.getHigh(), type.highRows(axis), extra.high[axis]);
  if (!fits)
    return op->emitOpError(verb) << inner.withRows(extra.low, extra.high);
  return success();
}

/// Checks that the field beyond which rules act, what an apply is given or an
/// adjoint gives, has all rows that the taps reach at sides where it has extra
/// ones.
static LogicalResult checkInner(SidedOpInterface op, GridOp grid) {
  FieldType type = op.getInner();
  StringRef name = isa<ApplyOp>(op) ? "field" : "result";
  for (unsigned axis = 0; axis < grid.rank(); ++axis)
    for (bool high : {false, true}) {
      int64_t rows = high ? type.highRows(axis) : type.lowRows(axis);
      if (!rows)
        continue;
      if (ruleOf(op, axis, high) == Boundary::Periodic)
        return op->emitOpError("needs a ")
               << name << " without extra rows along the periodic axis "
               << grid.axis(axis).getName();
      if (int64_t reach = reachBeyond(op, axis, high))
        return op->emitOpError("needs ")
               << reach << " more rows of its " << name << " at the "
               << (high ? "high" : "low") << " side of axis "
               << grid.axis(axis).getName() << ", or none";
    }
  return success();
}

/// Checks how many operands an application has for its sides.
static LogicalResult checkCount(SidedOpInterface op, ArrayRef<SidesAttr> sides,
                                StringRef what) {
  unsigned wanted = 0;
  std::string parts;
  llvm::raw_string_ostream text(parts);
  for (auto [axis, rules] : llvm::enumerate(sides))
    for (bool high : {false, true}) {
      Boundary rule = ruleOf(rules, high);
      unsigned count = countFor(op, rule, axis, high).all();
      if (count)
        text << (wanted ? ", " : "") << count << " for the "
             << stringifyBoundary(rule) << " side " << (high ? "high" : "low")
             << " of axis " << axis;
      wanted += count;
    }
  if (op->getNumOperands() - 2 == wanted)
    return success();
  auto error = op->emitOpError("needs ") << wanted << ' ' << what;
  if (wanted)
    error << ": " << parts;
  return error;
}

/// Checks that fields stand for values only.
static LogicalResult checkOutside(ApplyOp op, ArrayRef<SidesAttr> sides) {
  FieldType type = op.getField().getType();
  for (unsigned axis = 0; axis < sides.size(); ++axis)
    for (bool high : {false, true}) {
      SideOperands side = operandsOf(op, axis, high);
      for (Value scalar : side.scalars)
        if (!scalar.getType().isF64())
          return op.emitOpError("needs numbers as weights and factors");
      auto field =
          side.value ? dyn_cast<FieldType>(side.value.getType()) : FieldType();
      if (field && (field.getGrid() != type.getGrid() ||
                    field.getElement() != type.getElement()))
        return op.emitOpError("needs a number, or a field of its own grid and "
                              "element type, for the value of a side");
    }
  return success();
}

LogicalResult ApplyOp::verifySymbolUses(SymbolTableCollection &symbols) {
  GridOp grid;
  if (failed(checkApplication(*this, getField().getType(), symbols, grid)) ||
      failed(checkSides(*this, grid)))
    return failure();
  SmallVector<SidesAttr, 3> sides = pde::sidesOf(getSidesAttr(), grid);
  if (failed(checkRows(*this, sides, "gives ")) ||
      failed(checkInner(*this, grid)) ||
      failed(checkCount(*this, sides, "operands for its outside")))
    return failure();
  return checkOutside(*this, sides);
}

LogicalResult AdjointOp::verifySymbolUses(SymbolTableCollection &symbols) {
  GridOp grid;
  if (failed(checkApplication(*this, getResult().getType(), symbols, grid)) ||
      failed(checkSides(*this, grid)))
    return failure();
  SmallVector<SidesAttr, 3> sides = pde::sidesOf(getSidesAttr(), grid);
  if (failed(checkRows(*this, sides, "takes ")) ||
      failed(checkInner(*this, grid)))
    return failure();
  return checkCount(*this, sides, "weights");
}

/// Checks that `coarse` coarsens `fine` and that the stencil fits them.
static LogicalResult checkTransfer(Operation *op, Value stencil, FieldType fine,
                                   FieldType coarse,
                                   SymbolTableCollection &symbols) {
  GridOp fineGrid, coarseGrid;
  if (failed(findGrid(op, symbols, fine.getGrid(), fineGrid)) ||
      failed(findGrid(op, symbols, coarse.getGrid(), coarseGrid)))
    return failure();
  if (coarseGrid.getParentAttr() != fine.getGrid())
    return op->emitOpError("needs grids of which one coarsens the other, not ")
           << coarse.getGrid() << " and " << fine.getGrid();
  auto made = stencil.getDefiningOp<StencilOp>();
  if (!made || made.getStencil().getType().getRank() != fineGrid.rank())
    return op->emitOpError("needs a pde.stencil of the grids' rank");
  if (fine.hasExtraRows() || coarse.hasExtraRows())
    return op->emitOpError("needs fields without extra rows");
  if (fine.getElement() != coarse.getElement())
    return op->emitOpError("needs fields of one element type");
  return success();
}

LogicalResult RestrictOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkTransfer(*this, getStencil(), getField().getType(),
                       getResult().getType(), symbols);
}

LogicalResult ProlongOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkTransfer(*this, getStencil(), getResult().getType(),
                       getField().getType(), symbols);
}

} // namespace pdec::pde
