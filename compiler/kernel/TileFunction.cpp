//===- TileFunction.cpp - the function that computes a tile ---------------===//

#include "compiler/kernel/TileFunction.h"
#include "compiler/kernel/CodeBuilder.h"
#include "compiler/kernel/IsolatedRegion.h"
#include "compiler/kernel/TileArguments.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

namespace {

/// A range of rows on each axis.
struct Box {
  SmallVector<Value, 3> begin, end;
};

/// Stages that are computed cell by cell together: what they are, and the
/// results of the sweep that they are; none of those kept in scratch memory.
struct Group {
  StageAttr stage;
  SmallVector<Value> values;
  bool isScratch;
};

/// Builds one function. A tile owns a box of cells of the result. What a sweep
/// keeps in scratch memory is computed for the tile and its surroundings. To
/// advance s steps a tile starts from a box wider by s halos and computes, step
/// by step, what the remaining steps still need. Neighbours compute the overlap
/// again, so that tiles never wait for each other.
class TileBuilder {
public:
  TileBuilder(SweepOp sweep, StringRef name);
  func::FuncOp build();

private:
  SweepOp sweep;
  TileAttr tile;
  TileArguments arguments;
  std::vector<Group> groups;
  GridOp grid;
  func::FuncOp function;
  CodeBuilder code;
  int64_t elementBytes;
  /// Cells that a carried field is read beyond a step's box.
  SmallVector<Reach, 3> halo;
  /// Cells of scratch memory that buffers have taken so far.
  int64_t scratchCells = 0;

  // Values of the function.
  SmallVector<Value, 3> sizes;
  Box own;
  Value numSteps;
  /// What stands in the function for the sweep's values: fields in memory, and
  /// scalars.
  IRMapping inFunction;

  unsigned rank() const { return tile.rank(); }
  unsigned numStates() { return sweep.getNumResults(); }
  Value argument(unsigned position) { return function.getArgument(position); }
  Type pointer() { return LLVM::LLVMPointerType::get(code.getContext()); }
  Value address(Value base, Value cell) {
    return code.create<LLVM::GEPOp>(
        code.loc, pointer(), sweep.type().getElement(), base, ValueRange(cell));
  }
  /// The rows that are read around a box; null: none.
  RowsAttr readsOf(unsigned operand) {
    auto reads = sweep->getAttrOfType<ArrayAttr>(readsName);
    return dyn_cast<RowsAttr>(reads[operand]);
  }

  void findGroups();
  void findHalo();

  // Memory.
  Value fieldAt(Value memory, FieldType type, ValueRange gridSizes);
  struct Buffer {
    Value base;
    SmallVector<Value, 2> strides;
  };
  int64_t extent(unsigned axis, Reach around);
  Buffer takeBuffer(function_ref<Reach(unsigned)> need);
  Value fieldIn(const Buffer &buffer, Type type) {
    return code.create<MemoryOp>(code.loc, type, buffer.base, buffer.strides,
                                 ValueRange());
  }

  // The code.
  Box ownBox();
  void mapCaptures();
  void cloneScalars();
  void copyWrapped(Value from, const Buffer &to, Reach reach);
  void copyCells(Value from, Value to, Value begin, Value end);
  void mapCopies();
  Box rowsOf(const Group &group, const Box &step);
  void emitBox(const Group &group, const Box &box, ValueRange outputs);
  void advance(const Box &step, ValueRange outputs);
  Box boxAfter(Value step);
  struct Levels;
  Levels takeLevels();
  void emitStep(Value step, ValueRange carried, ValueRange targets);
  void emitSteps();
  void emitOnce();
};

} // namespace

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
  auto add = [&](Value value, StageAttr stage, bool isScratch) {
    bool belongs =
        !groups.empty() && groups.back().stage.getGroup() == stage.getGroup();
    if (!belongs)
      groups.push_back({stage, {}, isScratch});
    groups.back().values.push_back(value);
  };
  for (Operation &op : sweep.getBody().front())
    if (auto stage = op.getAttrOfType<StageAttr>(stageName))
      add(op.getResult(0), stage, true);
  auto results = sweep->getAttrOfType<ArrayAttr>(resultsName);
  for (auto [value, stage] :
       llvm::zip(sweep.getBody().front().getTerminator()->getOperands(),
                 results.getAsRange<StageAttr>()))
    add(value, stage, false);
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
// Memory
//===----------------------------------------------------------------------===//

/// A field in memory as allocated, which begins with the rows below cell 0; the
/// base is moved to cell 0, so that rows have negative places and no access
/// adds an offset.
Value TileBuilder::fieldAt(Value memory, FieldType type, ValueRange gridSizes) {
  SmallVector<Value, 2> strides(rank() - 1);
  Value stride, first = code.index(0);
  for (unsigned axis = rank(); axis-- > 0;) {
    if (axis + 1 < rank())
      strides[axis] = stride;
    int64_t low = type.lowRows(axis);
    if (low)
      first = code.add(first, stride ? code.mul(stride, low) : code.index(low));
    Value rows = code.add(gridSizes[axis], low + type.highRows(axis));
    stride = stride ? code.mul(rows, stride) : rows;
  }
  if (type.hasExtraRows())
    memory = address(memory, first);
  return code.create<MemoryOp>(code.loc, type, memory, strides, gridSizes);
}

/// Cells of a buffer along an axis. Rows are whole cache lines, but not whole
/// pages, and neither are buffers of one row: they would share cache sets.
int64_t TileBuilder::extent(unsigned axis, Reach around) {
  int64_t cells = tile.getCells()[axis] + around.low + around.high;
  if (axis + 1 < rank())
    return cells;
  int64_t line = 64 / elementBytes, lines = (cells + line - 1) / line;
  if (rank() == 1)
    lines += 17;
  return (lines % 64 == 0 ? lines + 1 : lines) * line;
}

/// Scratch memory for a field that is needed this far around each step's box.
TileBuilder::Buffer
TileBuilder::takeBuffer(function_ref<Reach(unsigned)> need) {
  Buffer buffer;
  buffer.strides.resize(rank() - 1);
  Value origin = code.index(-scratchCells);
  int64_t stride = 1, ahead = std::max<int64_t>(tile.getSteps() - 1, 0);
  for (unsigned axis = rank(); axis-- > 0;) {
    if (axis + 1 < rank())
      buffer.strides[axis] = code.index(stride);
    Reach around = need(axis);
    around.low += ahead * halo[axis].low;
    around.high += ahead * halo[axis].high;
    Value begin = code.add(own.begin[axis], -around.low);
    origin = code.add(origin, code.mul(begin, stride));
    stride *= extent(axis, around);
  }
  scratchCells += stride;
  buffer.base = address(argument(TileArguments::scratch),
                        code.sub(code.index(0), origin));
  return buffer;
}

//===----------------------------------------------------------------------===//
// What a tile reads
//===----------------------------------------------------------------------===//

/// The cells of this call's tile; tiles are numbered as cells are.
Box TileBuilder::ownBox() {
  Box box{SmallVector<Value, 3>(rank()), SmallVector<Value, 3>(rank())};
  Value number = argument(TileArguments::task);
  for (unsigned axis = rank(); axis-- > 0;) {
    Value cells = code.index(tile.getCells()[axis]), which = number;
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
    inFunction.map(capture, fieldAt(given, type, gridSizes));
  }
}

/// Computes the sweep's own scalars.
void TileBuilder::cloneScalars() {
  for (Operation &op : sweep.getBody().front().without_terminator())
    if (op.getNumResults() == 1 && op.getResult(0).getType().isIntOrFloat())
      code.clone(op, inFunction);
}

/// Copies rows [begin, end) of a periodic field to a buffer.
void TileBuilder::copyCells(Value from, Value to, Value begin, Value end) {
  Location loc = code.loc;
  Value size = sizes[0];
  Value isInside =
      code.both(code.compare(CodeBuilder::Order::sge, begin, code.index(0)),
                code.compare(CodeBuilder::Order::sle, end, size));
  auto choice = code.create<scf::IfOp>(loc, isInside, /*withElse=*/true);
  OpBuilder::InsertionGuard guard(code);
  code.setInsertionPointToStart(choice.thenBlock());
  code.create<LLVM::MemcpyOp>(loc, address(to, begin), address(from, begin),
                              code.mul(code.sub(end, begin), elementBytes),
                              /*isVolatile=*/false);
  code.setInsertionPointToStart(choice.elseBlock());
  auto loop = code.create<scf::ForOp>(loc, begin, end, code.index(1));
  code.setInsertionPointToStart(loop.getBody());
  Value row = loop.getInductionVar();
  auto remainder = [&](Value value) -> Value {
    return code.create<arith::RemSIOp>(loc, value, size);
  };
  Value wrapped = remainder(code.add(remainder(row), size));
  Value value = code.create<LLVM::LoadOp>(loc, sweep.type().getElement(),
                                          address(from, wrapped), elementBytes);
  code.create<LLVM::StoreOp>(loc, value, address(to, row), elementBytes);
}

/// Fills a buffer with all that the steps need of a periodic field.
void TileBuilder::copyWrapped(Value from, const Buffer &to, Reach reach) {
  Value ahead = code.add(numSteps, -1);
  Value begin = code.sub(code.add(own.begin[0], -reach.low),
                         code.mul(ahead, halo[0].low));
  Value end =
      code.add(code.add(own.end[0], reach.high), code.mul(ahead, halo[0].high));
  copyCells(from, to.base, begin, end);
}

/// Brings copies of the periodic fields that do not change from step to step.
void TileBuilder::mapCopies() {
  for (unsigned i = arguments.firstCapture(); i < sweep.getNumOperands(); ++i) {
    Value capture = sweep.getBody().getArgument(i);
    RowsAttr rows = readsOf(i);
    if (!rows || llvm::is_contained(arguments.foreignInputs(), i))
      continue;
    Buffer buffer = takeBuffer([&](unsigned axis) { return rows.axis(axis); });
    auto memory = inFunction.lookup(capture).getDefiningOp<MemoryOp>();
    copyWrapped(memory.getBase(), buffer, rows.axis(0));
    inFunction.map(capture, fieldIn(buffer, capture.getType()));
  }
}

//===----------------------------------------------------------------------===//
// Stages
//===----------------------------------------------------------------------===//

/// The rows of a group to be computed for a step's box. Rows of results beyond
/// the grid belong to the first and the last tile.
Box TileBuilder::rowsOf(const Group &group, const Box &step) {
  Box box = step;
  auto type = cast<FieldType>(group.values.front().getType());
  for (unsigned axis = 0; axis < rank(); ++axis) {
    Value &begin = box.begin[axis], &end = box.end[axis];
    Reach reach = group.stage.getReach().axis(axis);
    Value first = code.index(-type.lowRows(axis));
    Value behind = code.add(sizes[axis], type.highRows(axis));
    if (group.isScratch) {
      begin = code.add(begin, -reach.low);
      end = code.add(end, reach.high);
    }
    if (isPeriodic(grid, axis))
      continue;
    if (group.isScratch) {
      begin = code.greatest(begin, first);
      end = code.least(end, behind);
    } else {
      begin = code.select(
          code.compare(CodeBuilder::Order::sle, begin, code.index(0)), first,
          begin);
      end = code.select(code.compare(CodeBuilder::Order::sge, end, sizes[axis]),
                        behind, end);
    }
    // A tile may need no row of what the field has.
    end = code.greatest(begin, end);
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
  auto made = code.create<BoxOp>(code.loc, box.begin, box.end, sizes,
                                 cells.getOperands(), outputs,
                                 group.stage.getBoundary());
  cells.finish<WriteOp>(code.loc, group.values, made.getBody());
  // The plan is carried out.
  for (Operation &op : made.getBody().front())
    op.removeAttr(stageName);
}

/// One step on a box, which stores the results in `outputs`.
void TileBuilder::advance(const Box &step, ValueRange outputs) {
  for (const Group &group : groups) {
    Box rows = rowsOf(group, step);
    if (!group.isScratch) {
      emitBox(group, rows, outputs.take_front(group.values.size()));
      outputs = outputs.drop_front(group.values.size());
      continue;
    }
    SmallVector<Value> buffers;
    for (Value value : group.values)
      buffers.push_back(fieldIn(takeBuffer([&](unsigned axis) {
                                  return group.stage.getReach().axis(axis);
                                }),
                                value.getType()));
    emitBox(group, rows, buffers);
    inFunction.map(group.values, buffers);
  }
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

/// What the steps after number `step` still need.
Box TileBuilder::boxAfter(Value step) {
  Value after = code.sub(code.add(numSteps, -1), step);
  Box box = own;
  for (unsigned axis = 0; axis < rank(); ++axis) {
    box.begin[axis] =
        code.sub(box.begin[axis], code.mul(after, halo[axis].low));
    box.end[axis] = code.add(box.end[axis], code.mul(after, halo[axis].high));
  }
  return box;
}

/// Where the levels of each carried field lie: what the first step reads, what
/// the last one writes, and two buffers between which all others go to and fro.
struct TileBuilder::Levels {
  SmallVector<Value> current, targets, next, other;
};

TileBuilder::Levels TileBuilder::takeLevels() {
  Levels levels;
  for (unsigned i = 0; i < numStates(); ++i) {
    RowsAttr read = readsOf(1 + i);
    auto type = cast<FieldType>(sweep.getType(i));
    auto need = [&](unsigned axis) {
      Reach rows{type.lowRows(axis), type.highRows(axis)};
      if (read)
        rows.include(read.axis(axis));
      return rows;
    };
    auto baseOf = [&](unsigned position) {
      Value field = fieldAt(argument(position + i), type, sizes);
      return field.getDefiningOp<MemoryOp>().getBase();
    };
    Value current = baseOf(arguments.current());
    levels.targets.push_back(baseOf(arguments.target()));
    levels.next.push_back(takeBuffer(need).base);
    Buffer second = takeBuffer(need);
    levels.other.push_back(second.base);
    if (copiesPeriodic(grid)) {
      copyWrapped(current, second, read ? read.axis(0) : Reach());
      current = second.base;
    }
    levels.current.push_back(current);
  }
  return levels;
}

/// One step of a tile's own loop: from the first third of `carried` to the
/// second, which the next step reads, or, the last one, to `targets`.
void TileBuilder::emitStep(Value step, ValueRange carried, ValueRange targets) {
  unsigned states = numStates();
  Block &body = sweep.getBody().front();
  Value isLast =
      code.compare(CodeBuilder::Order::eq, step, code.add(numSteps, -1));
  SmallVector<Value> yields, outputs;
  for (unsigned i = 0; i < states; ++i) {
    Type type = sweep.getType(i);
    // Copies of periodic fields go on beyond the sides.
    auto field = [&](Value base) {
      return code.create<MemoryOp>(code.loc, type, base, ValueRange(),
                                   ValueRange());
    };
    inFunction.map(Value(body.getArgument(1 + i)), Value(field(carried[i])));
    yields.push_back(code.select(isLast, targets[i], carried[states + i]));
    outputs.push_back(field(yields.back()));
  }
  Value first = argument(arguments.firstStep());
  inFunction.map(Value(body.getArgument(0)), code.add(first, step));
  cloneScalars();
  advance(boxAfter(step), outputs);
  llvm::append_range(yields, carried.drop_front(2 * states));
  llvm::append_range(yields, carried.slice(states, states));
  code.create<scf::YieldOp>(code.loc, yields);
}

void TileBuilder::emitSteps() {
  Levels levels = takeLevels();
  if (copiesPeriodic(grid))
    mapCopies();
  SmallVector<Value> carried;
  for (auto *part : {&levels.current, &levels.next, &levels.other})
    carried.append(*part);
  auto loop = code.create<scf::ForOp>(code.loc, code.index(0), numSteps,
                                      code.index(1), carried);
  OpBuilder::InsertionGuard guard(code);
  code.setInsertionPointToStart(loop.getBody());
  emitStep(loop.getInductionVar(), loop.getRegionIterArgs(), levels.targets);
}

void TileBuilder::emitOnce() {
  SmallVector<Value> outputs;
  for (unsigned i = 0; i < numStates(); ++i)
    outputs.push_back(fieldAt(argument(arguments.target() + i),
                              cast<FieldType>(sweep.getType(i)), sizes));
  if (copiesPeriodic(grid))
    mapCopies();
  cloneScalars();
  advance(own, outputs);
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
  function->setAttr(tileName, TileAttr::get(code.getContext(), tile.getCells(),
                                            tile.getSteps(),
                                            scratchCells * elementBytes));
  return function;
}

func::FuncOp makeTileFunction(SweepOp sweep, StringRef name) {
  return TileBuilder(sweep, name).build();
}

} // namespace pdec::kernel
