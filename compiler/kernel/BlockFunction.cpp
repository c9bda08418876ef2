//===- BlockFunction.cpp - sweeps on grids of several axes ----------------===//

#include "compiler/kernel/FunctionBuilder.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

namespace {

/// A range of rows on each axis.
struct Box {
  SmallVector<Value, 3> begin, end;
};

/// Builds one block function. A block owns a box of cells of the result. What a
/// sweep keeps in scratch memory is computed for the block and its
/// surroundings; neighbours compute the overlap again.
class BlockBuilder : FunctionBuilder {
public:
  BlockBuilder(ModuleOp module, StringRef name, SweepOp sweep,
               const SweepOptions &options)
      : FunctionBuilder(module, name, sweep, Passes::One, options) {
    chooseBlock(options);
  }

  SweepFunction build();

private:
  unsigned last() const { return rank() - 1; }
  bool isScratch(Group group) const { return group.front().result < 0; }
  Reach rowsBeyond(Group group, unsigned axis) const;

  void chooseBlock(const SweepOptions &options);
  int64_t scratchExtent(const Stage &stage, unsigned axis) const;
  int64_t scratchCells(const Stage &stage) const;

  Box block();
  Box rowsOf(Group group, const Box &own);
  StoredField scratchField(const Stage &stage, const Box &own, int64_t first);
  void emitGroup(Group group, const Box &box, ArrayRef<StoredField> outputs);
  Value isInteriorRow(Group group, const Position &row);
  void emitRow(Group group, ArrayRef<StoredField> outputs, Position row,
               const Box &box);
  void emitEdge(Group group, ArrayRef<StoredField> outputs, Position row,
                Value begin, Value end);
};

} // namespace

//===----------------------------------------------------------------------===//
// Planning
//===----------------------------------------------------------------------===//

/// Cells of a block on each axis. Without scratch memory, the rows that are
/// read again for the next ones stay in the first-level cache; with it, the
/// scratch memory of a block in the second-level one.
void BlockBuilder::chooseBlock(const SweepOptions &options) {
  unsigned buffers = llvm::count_if(
      plan.stages, [](const Stage &stage) { return stage.result < 0; });
  int64_t outer = rank() == 2 ? 32 : 16;
  result.blockCells.assign(rank(), outer);
  int64_t columns = 1024;
  if (buffers) {
    int64_t lines = buffers * elementBytes;
    for (unsigned axis = 0; axis < last(); ++axis)
      lines *= outer + 4;
    columns =
        std::clamp<int64_t>(options.blockBytes / lines / 64 * 64, 64, columns);
  }
  result.blockCells.back() = columns;
  for (const Stage &stage : plan.stages)
    if (stage.result < 0)
      result.scratchBytes += scratchCells(stage) * elementBytes;
}

/// Cells of a stage's scratch memory along an axis. Rows are whole cache lines,
/// but not whole pages, which would share cache sets.
int64_t BlockBuilder::scratchExtent(const Stage &stage, unsigned axis) const {
  Reach reach = stage.reach[axis];
  int64_t cells = result.blockCells[axis] + reach.low + reach.high;
  if (axis < last())
    return cells;
  int64_t line = 64 / elementBytes;
  int64_t lines = (cells + line - 1) / line;
  return (lines % 64 == 0 ? lines + 1 : lines) * line;
}

int64_t BlockBuilder::scratchCells(const Stage &stage) const {
  int64_t cells = 1;
  for (unsigned axis = 0; axis < rank(); ++axis)
    cells *= scratchExtent(stage, axis);
  return cells;
}

//===----------------------------------------------------------------------===//
// Boxes
//===----------------------------------------------------------------------===//

/// The cells of this call's block; blocks are numbered as cells are.
Box BlockBuilder::block() {
  Box box{SmallVector<Value, 3>(rank()), SmallVector<Value, 3>(rank())};
  Value number = task;
  for (unsigned axis = rank(); axis-- > 0;) {
    Value cells = index(result.blockCells[axis]);
    Value which = number;
    if (axis > 0) {
      Value count = builder.create<arith::CeilDivUIOp>(loc, sizes[axis], cells);
      which = builder.create<arith::RemUIOp>(loc, number, count);
      number = builder.create<arith::DivUIOp>(loc, number, count);
    }
    box.begin[axis] = mul(which, cells);
    box.end[axis] = least(add(box.begin[axis], cells), sizes[axis]);
  }
  return box;
}

/// How many rows of a group there are beyond the sides.
Reach BlockBuilder::rowsBeyond(Group group, unsigned axis) const {
  auto type = cast<FieldType>(group.front().value.getType());
  if (plan.isPeriodic(axis))
    return group.front().reach[axis];
  return {type.lowRows(axis), type.highRows(axis)};
}

/// The rows of a group to be computed for the block `own`. Rows of results
/// beyond the grid belong to the first and the last block.
Box BlockBuilder::rowsOf(Group group, const Box &own) {
  Box box = own;
  for (unsigned axis = 0; axis < rank(); ++axis) {
    Value &begin = box.begin[axis], &end = box.end[axis];
    Reach reach = group.front().reach[axis], outmost = rowsBeyond(group, axis);
    Value first = index(-outmost.low), behind = add(sizes[axis], outmost.high);
    if (isScratch(group)) {
      begin = greatest(add(begin, -reach.low), first);
      end = least(add(end, reach.high), behind);
      continue;
    }
    if (outmost.low)
      begin = select(compare(arith::CmpIPredicate::eq, begin, index(0)), first,
                     begin);
    if (outmost.high)
      end = select(compare(arith::CmpIPredicate::eq, end, sizes[axis]), behind,
                   end);
  }
  return box;
}

/// A stage's scratch memory, `first` cells from the start of all.
StoredField BlockBuilder::scratchField(const Stage &stage, const Box &own,
                                       int64_t first) {
  StoredField field{{}, {}, {}};
  field.strides.resize(last());
  Value origin = index(-first);
  int64_t stride = 1;
  for (unsigned axis = rank(); axis-- > 0;) {
    if (axis < last())
      field.strides[axis] = index(stride);
    Value begin = add(own.begin[axis], -stage.reach[axis].low);
    origin = add(origin, mul(begin, stride));
    stride *= scratchExtent(stage, axis);
  }
  field.base = address(scratch, sub(index(0), origin));
  return field;
}

//===----------------------------------------------------------------------===//
// Cells
//===----------------------------------------------------------------------===//

/// Cells [begin, end) of a row that is at the boundary along another axis than
/// its own. There are few: all vectors are under a mask.
void BlockBuilder::emitEdge(Group group, ArrayRef<StoredField> outputs,
                            Position row, Value begin, Value end) {
  OpBuilder::InsertionGuard guard(builder);
  auto loop = builder.create<scf::ForOp>(loc, begin, end, index(width));
  builder.setInsertionPointToStart(loop.getBody());
  row.back() = loop.getInductionVar();
  Value mask;
  if (width > 1)
    mask = maskOf(least(sub(end, row.back()), index(width)));
  emitCells(group, outputs, row, width, mask, /*isInterior=*/false);
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

/// Whether a row is interior along all axes but its own; null: always.
Value BlockBuilder::isInteriorRow(Group group, const Position &row) {
  Value all;
  auto require = [&](arith::CmpIPredicate predicate, Value a, Value b) {
    Value holds = compare(predicate, a, b);
    all = all ? builder.create<arith::AndIOp>(loc, all, holds) : holds;
  };
  for (unsigned axis = 0; axis < last(); ++axis) {
    Reach boundary = group.front().boundary[axis];
    Reach outmost = rowsBeyond(group, axis);
    if (boundary.low > -outmost.low)
      require(arith::CmpIPredicate::sge, row[axis], index(boundary.low));
    if (boundary.high > -outmost.high)
      require(arith::CmpIPredicate::slt, row[axis],
              add(sizes[axis], -boundary.high));
  }
  return all;
}

void BlockBuilder::emitRow(Group group, ArrayRef<StoredField> outputs,
                           Position row, const Box &box) {
  Reach boundary = group.front().boundary[last()];
  Value begin = box.begin.back(), end = box.end.back();
  if (definitionOf(group.front().value).isTransfer())
    return emitSides(group, outputs, row, begin, end, end, end);
  Value middle = least(greatest(index(boundary.low), begin), end);
  Value rest = least(greatest(add(sizes.back(), -boundary.high), middle), end);
  if (Value isInterior = isInteriorRow(group, row)) {
    auto choice = builder.create<scf::IfOp>(loc, isInterior, /*withElse=*/true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(choice.thenBlock());
    emitInterior(group, outputs, row, middle, rest);
    builder.setInsertionPointToStart(choice.elseBlock());
    emitEdge(group, outputs, row, middle, rest);
  } else {
    emitInterior(group, outputs, row, middle, rest);
  }
  Reach outmost = rowsBeyond(group, last());
  if (boundary.low > -outmost.low || boundary.high > -outmost.high)
    emitSides(group, outputs, row, begin, middle, rest, end);
}

void BlockBuilder::emitGroup(Group group, const Box &box,
                             ArrayRef<StoredField> outputs) {
  OpBuilder::InsertionGuard guard(builder);
  Position row;
  for (unsigned axis = 0; axis < last(); ++axis) {
    auto loop = builder.create<scf::ForOp>(loc, box.begin[axis], box.end[axis],
                                           index(1));
    builder.setInsertionPointToStart(loop.getBody());
    row.push_back(loop.getInductionVar());
  }
  row.push_back({});
  emitRow(group, outputs, row, box);
}

SweepFunction BlockBuilder::build() {
  openFunction();
  cloneScalars();
  Box own = block();
  int64_t first = 0;
  Group stages = plan.stages;
  while (!stages.empty()) {
    Group group = stages.take_while([&](const Stage &stage) {
      return stage.group == stages.front().group;
    });
    stages = stages.drop_front(group.size());
    SmallVector<StoredField> outputs;
    for (const Stage &stage : group) {
      if (stage.result >= 0) {
        outputs.push_back(fieldInSlot(layout.targetSlot() + stage.result,
                                      cast<FieldType>(stage.value.getType()),
                                      sizes));
        continue;
      }
      outputs.push_back(scratchField(stage, own, first));
      first += scratchCells(stage);
    }
    // Blocks' rows are known outside: only then are stages alike.
    Box rows = rowsOf(group, own);
    emitApart([&] { emitGroup(group, rows, outputs); });
    for (auto [stage, output] : llvm::zip(group, outputs))
      if (stage.result < 0)
        fields[stage.value] = output;
  }
  builder.create<func::ReturnOp>(loc);
  return result;
}

SweepFunction makeBlockFunction(ModuleOp module, StringRef name, SweepOp sweep,
                                const SweepOptions &options) {
  return BlockBuilder(module, name, sweep, options).build();
}

} // namespace pdec::kernel
