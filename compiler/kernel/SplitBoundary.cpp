//===- SplitBoundary.cpp - boxes as rows, each by one rule ----------------===//

#include "compiler/kernel/CodeBuilder.h"
#include "compiler/kernel/KernelDialect.h"
#include "compiler/kernel/Passes.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

#define GEN_PASS_DEF_SPLITBOUNDARY
#include "compiler/kernel/Passes.h.inc"

namespace {

/// Puts loops over rows in a box's place.
class BoxSplitter {
public:
  explicit BoxSplitter(BoxOp box);
  void run();

private:
  BoxOp box;
  CodeBuilder code;
  unsigned last;            ///< the axis along which rows lie
  int64_t rows;             ///< that are computed at once
  SmallVector<Value> outer; ///< the row's place on the other axes
  /// Of a row: where the interior begins, and where it ends.
  Value middle, rest;

  Reach boundary(unsigned axis) { return box.getBoundary().axis(axis); }
  Value size(unsigned axis) { return box.getSizes()[axis]; }
  bool isAllSides();
  bool startsEven();
  void emitRow(Rule rule, ValueRange begin, ValueRange end, int64_t rows = 1);
  void forEachRow(function_ref<void()> emit);
  Value isInterior();
  Value isTogether();
  void findInterior();
  void splitRows();
};

} // namespace

BoxSplitter::BoxSplitter(BoxOp box)
    : box(box), code(box), last(box.getSizes().size() - 1),
      rows(isAllSides() ? 1 : box.getRows()) {}

/// Whether no cell of any row is interior.
bool BoxSplitter::isAllSides() {
  return boundary(last).low == RowsAttr::all ||
         boundary(last).high == RowsAttr::all;
}

/// Whether vectors start at even cells: those of a field that comes from every
/// second cell.
bool BoxSplitter::startsEven() {
  return llvm::any_of(box.getBody().getOps<ProlongOp>(), [&](ProlongOp op) {
    return isHalved(gridOf(box, op.getField().getType()), last);
  });
}

void BoxSplitter::emitRow(Rule rule, ValueRange begin, ValueRange end,
                          int64_t rows) {
  auto row = code.create<RowOp>(code.loc, outer, begin, end, box.getSizes(),
                                box.getInputs(), box.getOutputs(), rule, rows);
  IRMapping mapping;
  box.getBody().cloneInto(&row.getBody(), mapping);
}

/// Rows that could have been computed at once, one by one.
void BoxSplitter::forEachRow(function_ref<void()> emit) {
  if (rows == 1)
    return emit();
  Value first = outer.back();
  Value behind = code.least(code.add(first, rows), box.getEnd()[last - 1]);
  auto loop = code.create<scf::ForOp>(code.loc, first, behind, code.index(1));
  OpBuilder::InsertionGuard guard(code);
  code.setInsertionPointToStart(loop.getBody());
  outer.back() = loop.getInductionVar();
  emit();
  outer.back() = first;
}

/// Whether the rows from `outer` on are interior along all axes but their own;
/// null: always.
Value BoxSplitter::isInterior() {
  Value all;
  auto require = [&](CodeBuilder::Order order, Value a, Value b) {
    Value holds = code.compare(order, a, b);
    all = all ? code.both(all, holds) : holds;
  };
  for (auto [axis, row] : llvm::enumerate(outer)) {
    Reach around = boundary(axis);
    int64_t following = axis + 1 == last ? rows - 1 : 0;
    if (around.low != RowsAttr::none)
      require(CodeBuilder::Order::sge, row, code.index(around.low));
    if (around.high != RowsAttr::none)
      require(CodeBuilder::Order::slt, row,
              code.add(size(axis), -around.high - following));
  }
  return all;
}

/// Whether the box has so many rows from `outer` on; null: always.
Value BoxSplitter::isTogether() {
  if (rows == 1)
    return {};
  return code.compare(CodeBuilder::Order::sle, code.add(outer.back(), rows),
                      box.getEnd()[last - 1]);
}

void BoxSplitter::findInterior() {
  Value begin = box.getBegin()[last], end = box.getEnd()[last];
  Reach around = boundary(last);
  middle = begin;
  rest = end;
  if (around.low != RowsAttr::none)
    middle = code.least(code.greatest(code.index(around.low), begin), end);
  if (startsEven())
    middle = code.least(code.both(code.add(middle, 1), code.index(-2)), end);
  if (around.high != RowsAttr::none)
    rest = code.least(code.greatest(code.add(size(last), -around.high), middle),
                      end);
}

/// Some rows of the box: cells at their sides, one by one, and those between,
/// by the rule of the rows.
void BoxSplitter::splitRows() {
  Value begin = box.getBegin()[last], end = box.getEnd()[last];
  if (isAllSides())
    return emitRow(Rule::Sides, begin, end);
  findInterior();
  Value inside = isInterior(), together = isTogether();
  if (inside || together) {
    Value condition = inside && together ? code.both(inside, together)
                                         : (inside ? inside : together);
    auto choice =
        code.create<scf::IfOp>(code.loc, condition, /*withElse=*/true);
    OpBuilder::InsertionGuard guard(code);
    code.setInsertionPointToStart(choice.thenBlock());
    emitRow(Rule::Interior, middle, rest, rows);
    code.setInsertionPointToStart(choice.elseBlock());
    // An interior row that is alone may well be computed like one at an edge.
    forEachRow(
        [&] { emitRow(inside ? Rule::Edge : Rule::Interior, middle, rest); });
  } else {
    emitRow(Rule::Interior, middle, rest);
  }
  // One row for both ends: the code of boundary cells is long, and stands once.
  if (middle != begin || rest != end)
    forEachRow([&] { emitRow(Rule::Sides, {begin, rest}, {middle, end}); });
}

void BoxSplitter::run() {
  // A region of its own, of which pde-outline-stages may make a function.
  auto apart = code.create<scf::ExecuteRegionOp>(code.loc, TypeRange());
  code.setInsertionPointToStart(&apart.getRegion().emplaceBlock());
  code.create<scf::YieldOp>(code.loc);
  code.setInsertionPointToStart(&apart.getRegion().front());
  for (unsigned axis = 0; axis < last; ++axis) {
    auto loop = code.create<scf::ForOp>(
        code.loc, box.getBegin()[axis], box.getEnd()[axis],
        code.index(axis + 1 == last ? rows : 1));
    code.setInsertionPointToStart(loop.getBody());
    outer.push_back(loop.getInductionVar());
  }
  splitRows();
  box.erase();
}

namespace {
struct SplitBoundaryPass : impl::SplitBoundaryBase<SplitBoundaryPass> {
  void runOnOperation() override {
    std::vector<BoxOp> boxes;
    getOperation().walk([&](BoxOp box) { boxes.push_back(box); });
    for (BoxOp box : boxes)
      BoxSplitter(box).run();
  }
};
} // namespace

} // namespace pdec::kernel
