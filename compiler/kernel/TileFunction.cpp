//===- TileFunction.cpp - the function that computes a tile ---------------===//

#include "compiler/kernel/TileFunction.h"
#include "compiler/kernel/IsolatedRegion.h"
#include "compiler/kernel/SweepPlan.h"
#include "compiler/kernel/TileBuilder.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

//===----------------------------------------------------------------------===//
// The plan
//===----------------------------------------------------------------------===//

TileBuilder::TileBuilder(SweepOp sweep, StringRef name)
    : sweep(sweep), tile(sweep->getAttrOfType<TileAttr>(tileName)),
      arguments(sweep.getOperandTypes(), sweep.getResultTypes(), tile),
      grid(gridOf(sweep, sweep.type())), code(sweep),
      elementBytes(sweep.type().getElement().getIntOrFloatBitWidth() / 8),
      halo(grid.rank()) {
  code.setInsertionPointToEnd(sweep->getParentOfType<ModuleOp>().getBody());
  function = code.create<func::FuncOp>(
      code.loc, name, code.getFunctionType(arguments.types(), TypeRange()));
  function.setPrivate();
  findGroups();
  findHalo();
}

void TileBuilder::findGroups() {
  auto groupOf = [](std::vector<Group> &all, StageAttr stage) -> Group & {
    if (all.empty() || all.back().stage.getGroup() != stage.getGroup())
      all.push_back({stage, {}, {}});
    return all.back();
  };
  for (Operation &op : sweep.getBody().front())
    if (auto stage = op.getAttrOfType<StageAttr>(stageName))
      groupOf(groups, stage).values.push_back(op.getResult(0));
  auto stages = sweep->getAttrOfType<ArrayAttr>(resultsName);
  auto values = sweep.getBody().front().getTerminator()->getOperands();
  for (auto [i, stage] : llvm::enumerate(stages.getAsRange<StageAttr>())) {
    bool isOlder = tile.takesSteps() && olderLevel(sweep, i);
    Group &group = groupOf(isOlder ? handedOn : groups, stage);
    group.values.push_back(values[i]);
    group.results.push_back(i);
  }
}

void TileBuilder::findHalo() {
  if (!tile.takesSteps())
    return;
  for (unsigned level = 1; level <= numStates(); ++level)
    if (RowsAttr rows = readsOf(level))
      for (unsigned axis = 0; axis < rank(); ++axis)
        halo[axis].include(rows.axis(axis));
}

//===----------------------------------------------------------------------===//
// What a tile reads
//===----------------------------------------------------------------------===//

/// The cells of this call's tile; tiles are numbered as cells are.
TileBuilder::Box TileBuilder::ownBox() {
  Box box{SmallVector<Value, 3>(rank()), SmallVector<Value, 3>(rank())};
  Value number = argument(TileArguments::task);
  for (unsigned axis = rank(); axis-- > 0;) {
    Value which = number, cells = axis == 0 ? argument(arguments.rows())
                                            : code.index(tile.getCells()[axis]);
    if (axis > 0) {
      Value count =
          code.create<arith::CeilDivUIOp>(code.loc, sizes[axis], cells);
      which = code.create<arith::RemUIOp>(code.loc, number, count);
      number = code.create<arith::DivUIOp>(code.loc, number, count);
    }
    box.begin[axis] = code.mul(which, cells);
    box.end[axis] = code.least(code.add(box.begin[axis], cells), sizes[axis]);
  }
  return box;
}

void TileBuilder::mapCaptures() {
  Block &body = sweep.getBody().front();
  for (unsigned i = arguments.firstCapture(); i < sweep.getNumOperands(); ++i) {
    Value capture = body.getArgument(i), given = argument(arguments.capture(i));
    auto type = dyn_cast<FieldType>(capture.getType());
    if (!type) {
      inFunction.map(capture, given);
      continue;
    }
    // What comes from other grids (transfers) brings sizes of its own.
    SmallVector<Value, 3> gridSizes(sizes);
    if (llvm::is_contained(arguments.foreignInputs(), i))
      for (auto [axis, size] : llvm::enumerate(gridSizes))
        size = argument(arguments.foreignSizes(i) + axis);
    Place place = placeOf(given, type, gridSizes);
    if (llvm::is_contained(arguments.ownInputs(), i))
      for (unsigned axis = 0; axis + 1 < rank(); ++axis)
        place.rings.push_back(argument(arguments.rings(i) + axis));
    inFunction.map(capture, fieldIn(place, type, gridSizes));
  }
}

/// Computes the sweep's own scalars.
void TileBuilder::cloneScalars() {
  for (Operation &op : sweep.getBody().front().without_terminator())
    if (op.getNumResults() == 1 && op.getResult(0).getType().isIntOrFloat())
      code.clone(op, inFunction);
}

//===----------------------------------------------------------------------===//
// Stages
//===----------------------------------------------------------------------===//

/// Of the rows of a box that a step needs with this reach, those that are made
/// when the step has come to `row`: the ones that follow those made before. The
/// first piece brings all from the box's begin on.
void TileBuilder::narrow(Box &box, Reach reach, const Step &step) {
  if (!step.row)
    return;
  Value &begin = box.begin[0], &end = box.end[0], first = step.box.begin[0];
  Value behind = code.add(step.row, piece);
  if (tile.isChain()) {
    auto within = [&](Value row) {
      return code.least(end, code.greatest(begin, code.add(row, reach.high)));
    };
    std::tie(begin, end) = std::pair(within(step.row), within(behind));
    return;
  }
  Value isFirst = code.compare(CodeBuilder::Order::sle, step.row, first);
  Value follows = code.greatest(begin, code.add(step.row, reach.high));
  Value last = code.least(end, code.add(behind, reach.high));
  Value isAhead = code.compare(CodeBuilder::Order::sle, behind, first);
  begin = code.select(isFirst, begin, follows);
  end = code.greatest(begin, code.select(isAhead, begin, last));
}

/// The rows with this reach around a step's box that a field has. Those of
/// periodic axes have no end.
TileBuilder::Box TileBuilder::around(const Step &step, RowsAttr reach,
                                     FieldType type) {
  Box box = step.box;
  for (unsigned axis = 0; axis < rank(); ++axis) {
    Value &begin = box.begin[axis], &end = box.end[axis];
    begin = code.add(begin, -reach.axis(axis).low);
    end = code.add(end, reach.axis(axis).high);
    if (isPeriodic(grid, axis))
      continue;
    begin = code.greatest(begin, code.index(-type.lowRows(axis)));
    end = code.least(end, code.add(sizes[axis], type.highRows(axis)));
    // A tile may need no row of what the field has.
    end = code.greatest(begin, end);
  }
  narrow(box, reach.axis(0), step);
  return box;
}

/// The rows of a group to be computed for a step. Rows of results beyond the
/// grid belong to the first and the last tile.
TileBuilder::Box TileBuilder::rowsOf(const Group &group, const Step &step) {
  auto type = cast<FieldType>(group.values.front().getType());
  if (type.getGrid().getValue() != grid.getSymName())
    return coarserRowsOf(group, step);
  RowsAttr reach = group.stage.getReach();
  if (group.isScratch())
    return around(step, reach, type);
  Box box = step.box;
  for (unsigned axis = 0; axis < rank(); ++axis) {
    if (isPeriodic(grid, axis))
      continue;
    Value &begin = box.begin[axis], &end = box.end[axis];
    Value first = code.index(-type.lowRows(axis));
    Value behind = code.add(sizes[axis], type.highRows(axis));
    begin =
        code.select(code.compare(CodeBuilder::Order::sle, begin, code.index(0)),
                    first, begin);
    end = code.select(code.compare(CodeBuilder::Order::sge, end, sizes[axis]),
                      behind, end);
    end = code.greatest(begin, end);
  }
  narrow(box, reach.axis(0), step);
  return box;
}

/// The sizes of a result's grid.
SmallVector<Value, 3> TileBuilder::sizesOf(unsigned result) {
  SmallVector<Value, 3> all(sizes);
  if (llvm::is_contained(arguments.foreignResults(), result))
    for (auto [axis, size] : llvm::enumerate(all))
      size = argument(arguments.foreignResultSizes(result) + axis);
  return all;
}

/// The rows of a coarser grid that belong to a step's: those whose first row of
/// the finer one, or whose row, does.
TileBuilder::Box TileBuilder::coarserRowsOf(const Group &group,
                                            const Step &step) {
  GridOp coarse =
      gridOf(sweep, cast<FieldType>(group.values.front().getType()));
  SmallVector<Value, 3> theirs = sizesOf(group.results.front());
  Box box = step.box;
  narrow(box, Reach(), step);
  for (unsigned axis = 0; axis < rank(); ++axis) {
    auto coarser = [&](Value row) -> Value {
      if (!isHalved(coarse, axis))
        return row;
      return code.create<arith::ShRSIOp>(code.loc, code.add(row, 1),
                                         code.index(1));
    };
    box.end[axis] = code.least(coarser(box.end[axis]), theirs[axis]);
    box.begin[axis] = code.least(coarser(box.begin[axis]), box.end[axis]);
  }
  return box;
}

void TileBuilder::emitBox(const Group &group, const Box &box,
                          ValueRange outputs) {
  IsolatedRegion cells(code.getContext(), [&](Value value) {
    return inFunction.lookupOrNull(value);
  });
  for (Value value : group.values)
    cells.bring(value);
  bool isOwn =
      group.isScratch() ||
      !llvm::is_contained(arguments.foreignResults(), group.results.front());
  SmallVector<Value, 3> gridSizes =
      isOwn ? sizes : sizesOf(group.results.front());
  auto made = code.create<BoxOp>(
      code.loc, box.begin, box.end, gridSizes, cells.getOperands(), outputs,
      group.stage.getBoundary(), isOwn ? tile.getRows() : 1);
  cells.finish<WriteOp>(code.loc, group.values, made.getBody());
  // The plan is carried out.
  for (Operation &op : made.getBody().front())
    op.removeAttr(stageName);
}

/// Scratch memory for a field of a group. In a wavefront each step has its own,
/// since it goes on with it when others have computed theirs.
Value TileBuilder::scratchFor(const Group &group, const Step &step, Type type) {
  Buffer buffer = takeBuffer(
      [&](unsigned axis) { return group.stage.getReach().axis(axis); },
      isWavefront() ? tile.getSteps() : 1, 0, group.stage.getRing());
  // What restriction reads knows where its grid ends.
  return fieldIn(isWavefront() ? at(buffer, step.number) : buffer.first, type,
                 tile.isChain() ? ValueRange(sizes) : ValueRange());
}

void TileBuilder::emitResults(const Group &group, const Step &step,
                              ValueRange outputs) {
  SmallVector<Value> fields;
  for (unsigned result : group.results)
    fields.push_back(outputs[result]);
  emitBox(group, rowsOf(group, step), fields);
}

/// A step, or a piece of it, which stores the results in `outputs`.
void TileBuilder::advance(const Step &step, ValueRange outputs) {
  for (const Group &group : groups) {
    if (!group.isScratch()) {
      emitResults(group, step, outputs);
      continue;
    }
    SmallVector<Value> buffers;
    for (Value value : group.values)
      buffers.push_back(scratchFor(group, step, value.getType()));
    emitBox(group, rowsOf(group, step), buffers);
    inFunction.map(group.values, buffers);
  }
  handOn(step, outputs);
}

/// Levels that go on as others' are copied by the last step; before that they
/// are found where they lie.
void TileBuilder::handOn(const Step &step, ValueRange outputs) {
  if (handedOn.empty())
    return;
  auto choice = code.create<scf::IfOp>(code.loc, step.isLast,
                                       /*withElse=*/false);
  OpBuilder::InsertionGuard guard(code);
  code.setInsertionPointToStart(choice.thenBlock());
  for (const Group &group : handedOn)
    emitResults(group, step, outputs);
}

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

void TileBuilder::emitOnce() {
  SmallVector<Value> outputs;
  for (unsigned i = 0; i < numStates(); ++i) {
    auto type = cast<FieldType>(sweep.getType(i));
    SmallVector<Value, 3> gridSizes = sizesOf(i);
    Place place = placeOf(argument(arguments.target() + i), type, gridSizes);
    outputs.push_back(fieldIn(place, type, gridSizes));
  }
  Step once{code.index(0), own, {}, {}};
  if (isCopied()) {
    copyCaptures();
    runCopies(once);
  }
  cloneScalars();
  if (tile.isChain())
    return emitChain(outputs);
  advance(once, outputs);
}

/// Goes over the rows of the first axis, piece by piece, and at each through
/// all stages, the first ones ahead. It begins where none has anything to do.
void TileBuilder::emitChain(ValueRange outputs) {
  piece = tile.getPiece();
  int64_t ahead = 0;
  for (const Group &group : groups) {
    Reach reach = group.stage.getReach().axis(0);
    ahead = std::max(ahead, reach.low + reach.high);
  }
  auto loop = code.create<scf::ForOp>(code.loc, code.add(own.begin[0], -ahead),
                                      own.end[0], code.index(piece));
  OpBuilder::InsertionGuard guard(code);
  code.setInsertionPointToStart(loop.getBody());
  advance({code.index(0), own, loop.getInductionVar(), {}}, outputs);
}

func::FuncOp TileBuilder::build() {
  code.setInsertionPointToEnd(function.addEntryBlock());
  for (unsigned axis = 0; axis < rank(); ++axis)
    sizes.push_back(argument(TileArguments::sizes + axis));
  numSteps = argument(arguments.steps());
  own = ownBox();
  mapCaptures();
  if (tile.takesSteps())
    emitSteps();
  else
    emitOnce();
  code.create<func::ReturnOp>(code.loc);
  // A restriction may load a cell more than it needs.
  int64_t behind = tile.isChain() ? 64 : 0;
  function->setAttr(
      tileName, TileAttr::get(code.getContext(), tile.getCells(),
                              tile.getSteps(), tile.getRows(), tile.getPiece(),
                              scratchCells * elementBytes + behind));
  return function;
}

func::FuncOp makeTileFunction(SweepOp sweep, StringRef name) {
  return TileBuilder(sweep, name).build();
}

} // namespace pdec::kernel
