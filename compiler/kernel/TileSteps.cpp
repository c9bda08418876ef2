//===- TileSteps.cpp - several steps of a tile ----------------------------===//

#include "compiler/kernel/SweepPlan.h"
#include "compiler/kernel/TileBuilder.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

//===----------------------------------------------------------------------===//
// Levels
//===----------------------------------------------------------------------===//

/// The rows around a step's box that a level has or that are read of it, by
/// this field or by one whose level before it is.
Reach TileBuilder::rowsOfLevel(unsigned state, unsigned axis) {
  auto type = cast<FieldType>(sweep.getType(state));
  Reach rows{type.lowRows(axis), type.highRows(axis)};
  bool isRing = axis == 0 && isWavefront();
  if (RowsAttr read = readsOf(1 + state)) {
    rows.low = std::max(rows.low, read.axis(axis).low);
    // A step of a wavefront is behind the one before it by what it reads ahead.
    if (!isRing)
      rows.high = std::max(rows.high, read.axis(axis).high);
  }
  for (unsigned other = 0; other < numStates(); ++other)
    if (other != state && olderLevel(sweep, other) == state) {
      Reach theirs = rowsOfLevel(other, axis);
      // They are read one step later.
      theirs.low += isRing ? halo[0].high : 0;
      rows.include(theirs);
    }
  return rows;
}

/// For how many steps more than the next one a level is read.
int64_t TileBuilder::timesHandedOn(unsigned state) {
  int64_t most = 0;
  for (unsigned other = 0; other < numStates(); ++other)
    if (other != state && olderLevel(sweep, other) == state)
      most = std::max(most, 1 + timesHandedOn(other));
  return most;
}

/// A piece is as many rows as the rings have room for anyway.
void TileBuilder::choosePiece() {
  if (!isWavefront())
    return;
  int64_t rows = 0;
  for (unsigned i = 0; i < numStates(); ++i) {
    Reach level = rowsOfLevel(i, 0);
    rows = std::max(rows, level.low + level.high + halo[0].high);
  }
  piece = llvm::PowerOf2Ceil(rows + 1) - rows;
}

TileBuilder::Levels TileBuilder::takeLevels(unsigned state) {
  auto type = cast<FieldType>(sweep.getType(state));
  auto placeAt = [&](unsigned position) {
    return placeOf(argument(position + state), type, sizes);
  };
  Levels levels{placeAt(arguments.current()),
                placeAt(arguments.target()),
                olderLevel(sweep, state),
                {},
                isCopied()};
  // Steps that one row after the other computes need all levels at once.
  if (!levels.other)
    levels.count = isWavefront() ? tile.getSteps() - 1 + isCopied()
                                 : 2 + timesHandedOn(state);
  levels.between =
      takeBuffer([&](unsigned axis) { return rowsOfLevel(state, axis); },
                 levels.count, halo[0].high);
  return levels;
}

/// Where the level lies that a step other than the last makes; after step -1,
/// the copy of a periodic field.
TileBuilder::Place TileBuilder::levelAfter(const Levels &levels, Value step) {
  if (isWavefront())
    return at(levels.between, code.add(step, isCopied() ? 1 : 0));
  Value count = code.index(levels.count);
  return at(levels.between, code.create<arith::RemUIOp>(
                                code.loc, code.add(step, count), count));
}

/// Where the level lies that a step reads.
TileBuilder::Place TileBuilder::levelBefore(unsigned state, Value step) {
  const Levels &own = levels[state];
  Value before = code.add(step, -1);
  Place later =
      own.other ? levelBefore(*own.other, before) : levelAfter(own, before);
  if (isCopied() && !own.other)
    return later;
  Value isFirst = code.compare(CodeBuilder::Order::sle, step, code.index(0));
  Place first = isCopied() ? own.between.first : own.current;
  return choose(isFirst, first, later);
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

/// What the steps after number `step` still need.
TileBuilder::Box TileBuilder::boxAfter(Value step) {
  Value after = code.sub(code.add(numSteps, -1), step);
  Box box = own;
  for (unsigned axis = 0; axis < rank(); ++axis) {
    box.begin[axis] =
        code.sub(box.begin[axis], code.mul(after, halo[axis].low));
    box.end[axis] = code.add(box.end[axis], code.mul(after, halo[axis].high));
  }
  return box;
}

/// One step, or the piece of it from `row` on. The first reads what the tile
/// was given, the last writes what is asked of it.
void TileBuilder::emitStep(Value number, Value row) {
  Block &body = sweep.getBody().front();
  Value isLast =
      code.compare(CodeBuilder::Order::eq, number, code.add(numSteps, -1));
  SmallVector<Value> outputs;
  for (auto [i, level] : llvm::enumerate(levels)) {
    Type type = sweep.getType(i);
    inFunction.map(Value(body.getArgument(1 + i)),
                   fieldIn(levelBefore(i, number), type));
    Place to = level.other
                   ? level.target
                   : choose(isLast, level.target, levelAfter(level, number));
    outputs.push_back(fieldIn(to, type));
  }
  Value first = argument(arguments.firstStep());
  inFunction.map(Value(body.getArgument(0)), code.add(first, number));
  cloneScalars();
  advance({number, boxAfter(number), row, isLast}, outputs);
}

/// The tile's own loop over steps.
void TileBuilder::emitAllSteps(function_ref<Value(Value)> rowOf) {
  auto loop =
      code.create<scf::ForOp>(code.loc, code.index(0), numSteps, code.index(1));
  OpBuilder::InsertionGuard guard(code);
  code.setInsertionPointToStart(loop.getBody());
  emitStep(loop.getInductionVar(), rowOf(loop.getInductionVar()));
}

/// Goes over the rows of the first axis, piece by piece. Each step is so far
/// behind the one before it that this has made all that it reads.
void TileBuilder::emitWavefront() {
  Value start = code.index(0);
  Box widest = boxAfter(start);
  auto loop = code.create<scf::ForOp>(code.loc, widest.begin[0], widest.end[0],
                                      code.index(piece));
  OpBuilder::InsertionGuard guard(code);
  code.setInsertionPointToStart(loop.getBody());
  Value row = loop.getInductionVar();
  runCopies({start, widest, row, {}});
  emitAllSteps(
      [&](Value step) { return code.sub(row, code.mul(step, halo[0].high)); });
}

void TileBuilder::emitSteps() {
  choosePiece();
  for (unsigned i = 0; i < numStates(); ++i) {
    levels.push_back(takeLevels(i));
    RowsAttr rows = readsOf(1 + i);
    if (isCopied() && rows)
      copies.push_back({levels.back().current,
                        levels.back().other
                            ? levels.back().between.first
                            : levelAfter(levels.back(), code.index(-1)),
                        cast<FieldType>(sweep.getType(i)), rows});
  }
  if (isCopied())
    copyCaptures();
  if (isWavefront())
    return emitWavefront();
  Value start = code.index(0);
  runCopies({start, boxAfter(start), {}, {}});
  emitAllSteps([](Value) { return Value(); });
}

} // namespace pdec::kernel
