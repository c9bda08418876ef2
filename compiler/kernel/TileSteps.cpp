//===- TileSteps.cpp - several steps of a tile ----------------------------===//

#include "compiler/kernel/TileBuilder.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

//===----------------------------------------------------------------------===//
// Levels
//===----------------------------------------------------------------------===//

/// The rows around a step's box that a level has or that are read of it.
Reach TileBuilder::rowsOfLevel(unsigned state, unsigned axis) {
  auto type = cast<FieldType>(sweep.getType(state));
  Reach rows{type.lowRows(axis), type.highRows(axis)};
  if (RowsAttr read = readsOf(1 + state)) {
    rows.low = std::max(rows.low, read.axis(axis).low);
    // A step of a wavefront is behind the one before it by what it reads ahead.
    if (axis > 0 || !isWavefront())
      rows.high = std::max(rows.high, read.axis(axis).high);
  }
  return rows;
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
  Levels levels{placeAt(arguments.current()), placeAt(arguments.target()), {}};
  // Steps that one row after the other computes need all levels at once.
  int64_t fields = isWavefront() ? tile.getSteps() - 1 + isCopied() : 2;
  levels.between =
      takeBuffer([&](unsigned axis) { return rowsOfLevel(state, axis); },
                 fields, halo[0].high);
  return levels;
}

/// Where the level lies that a step other than the last makes; after step -1,
/// the copy of a periodic field.
TileBuilder::Place TileBuilder::levelAfter(const Levels &levels, Value step) {
  if (isWavefront())
    return at(levels.between, code.add(step, isCopied() ? 1 : 0));
  return at(levels.between, code.both(step, code.index(1)));
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
  Value before = code.add(number, -1);
  Value isFirst = code.compare(CodeBuilder::Order::eq, number, code.index(0));
  Value isLast =
      code.compare(CodeBuilder::Order::eq, number, code.add(numSteps, -1));
  SmallVector<Value> outputs;
  for (auto [i, level] : llvm::enumerate(levels)) {
    Type type = sweep.getType(i);
    Place from = levelAfter(level, before);
    if (!isCopied())
      from = choose(isFirst, level.current, from);
    Place to = choose(isLast, level.target, levelAfter(level, number));
    inFunction.map(Value(body.getArgument(1 + i)), fieldIn(from, type));
    outputs.push_back(fieldIn(to, type));
  }
  Value first = argument(arguments.firstStep());
  inFunction.map(Value(body.getArgument(0)), code.add(first, number));
  cloneScalars();
  advance({number, boxAfter(number), row}, outputs);
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
  runCopies({start, widest, row});
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
                        levelAfter(levels.back(), code.index(-1)),
                        cast<FieldType>(sweep.getType(i)), rows});
  }
  if (isCopied())
    copyCaptures();
  if (isWavefront())
    return emitWavefront();
  Value start = code.index(0);
  runCopies({start, boxAfter(start), {}});
  emitAllSteps([](Value) { return Value(); });
}

} // namespace pdec::kernel
