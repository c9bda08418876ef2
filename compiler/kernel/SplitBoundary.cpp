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
  explicit BoxSplitter(BoxOp box)
      : box(box), code(box), last(box.getSizes().size() - 1) {}
  void run();

private:
  BoxOp box;
  CodeBuilder code;
  unsigned last;            ///< the axis along which rows lie
  SmallVector<Value> outer; ///< the row's place on the other axes

  Reach boundary(unsigned axis) { return box.getBoundary().axis(axis); }
  Value size(unsigned axis) { return box.getSizes()[axis]; }
  void emitRow(Rule rule, ValueRange begin, ValueRange end);
  Value isInteriorRow();
  void splitRow();
};

} // namespace

void BoxSplitter::emitRow(Rule rule, ValueRange begin, ValueRange end) {
  auto row = code.create<RowOp>(code.loc, outer, begin, end, box.getSizes(),
                                box.getInputs(), box.getOutputs(), rule);
  IRMapping mapping;
  box.getBody().cloneInto(&row.getBody(), mapping);
}

/// Whether the row is interior along all axes but its own; null: always.
Value BoxSplitter::isInteriorRow() {
  Value all;
  auto require = [&](CodeBuilder::Order order, Value a, Value b) {
    Value holds = code.compare(order, a, b);
    all = all ? code.both(all, holds) : holds;
  };
  for (auto [axis, row] : llvm::enumerate(outer)) {
    Reach rows = boundary(axis);
    if (rows.low != RowsAttr::none)
      require(CodeBuilder::Order::sge, row, code.index(rows.low));
    if (rows.high != RowsAttr::none)
      require(CodeBuilder::Order::slt, row, code.add(size(axis), -rows.high));
  }
  return all;
}

/// One row of the box: cells at its sides, one by one, and those between, by
/// the rule of the row.
void BoxSplitter::splitRow() {
  Value begin = box.getBegin()[last], end = box.getEnd()[last];
  Reach rows = boundary(last);
  if (rows.low == RowsAttr::all || rows.high == RowsAttr::all)
    return emitRow(Rule::Sides, begin, end);
  Value middle = begin, rest = end;
  if (rows.low != RowsAttr::none)
    middle = code.least(code.greatest(code.index(rows.low), begin), end);
  if (rows.high != RowsAttr::none)
    rest = code.least(code.greatest(code.add(size(last), -rows.high), middle),
                      end);
  if (Value isInterior = isInteriorRow()) {
    auto choice =
        code.create<scf::IfOp>(code.loc, isInterior, /*withElse=*/true);
    OpBuilder::InsertionGuard guard(code);
    code.setInsertionPointToStart(choice.thenBlock());
    emitRow(Rule::Interior, middle, rest);
    code.setInsertionPointToStart(choice.elseBlock());
    emitRow(Rule::Edge, middle, rest);
  } else {
    emitRow(Rule::Interior, middle, rest);
  }
  // One row for both ends: the code of boundary cells is long, and stands once.
  if (middle != begin || rest != end)
    emitRow(Rule::Sides, {begin, rest}, {middle, end});
}

void BoxSplitter::run() {
  // A region of its own, of which pde-outline-stages may make a function.
  auto apart = code.create<scf::ExecuteRegionOp>(code.loc, TypeRange());
  code.setInsertionPointToStart(&apart.getRegion().emplaceBlock());
  code.create<scf::YieldOp>(code.loc);
  code.setInsertionPointToStart(&apart.getRegion().front());
  for (unsigned axis = 0; axis < last; ++axis) {
    auto loop = code.create<scf::ForOp>(code.loc, box.getBegin()[axis],
                                        box.getEnd()[axis], code.index(1));
    code.setInsertionPointToStart(loop.getBody());
    outer.push_back(loop.getInductionVar());
  }
  splitRow();
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
