//===- LowerCalls.cpp - calls of functions of tiles -----------------------===//

#include "compiler/abi/RuntimeAbi.h"
#include "compiler/kernel/Lowering.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

void takeFromClosure(func::FuncOp function) {
  Block &entry = function.getBody().front();
  auto builder = OpBuilder::atBlockBegin(&entry);
  Location loc = function.getLoc();
  FunctionType type = abi::bodyType(builder.getContext());
  unsigned old = entry.getNumArguments();
  entry.addArguments(type.getInputs(),
                     SmallVector<Location>(type.getNumInputs(), loc));
  auto added = entry.getArguments().drop_front(old);
  Value closure = added[0];
  entry.getArgument(TileArguments::task).replaceAllUsesWith(added[1]);
  entry.getArgument(TileArguments::scratch).replaceAllUsesWith(added[3]);
  for (unsigned i = TileArguments::sizes; i < old; ++i) {
    Value slot = builder.create<LLVM::GEPOp>(
        loc, closure.getType(), builder.getI64Type(), closure,
        ArrayRef<LLVM::GEPArg>{int32_t(i - TileArguments::sizes)});
    entry.getArgument(i).replaceAllUsesWith(builder.create<LLVM::LoadOp>(
        loc, entry.getArgument(i).getType(), slot));
  }
  entry.eraseArguments(0, old);
  function.setType(type);
  function->removeAttr(tileName);
}

/// Puts an argument of a function of tiles where that finds it.
void Lowering::setArgument(Location loc, Value closure, unsigned argument,
                           Value value) {
  setSlot(loc, closure, argument - TileArguments::sizes, value);
}

void Lowering::setPointers(Location loc, const Call &call, unsigned argument,
                           ValueRange memory) {
  for (Value one : memory)
    setArgument(loc, call.closure, argument++, one);
}

/// The rows of a tile along the first axis, of which `beside` lie side by side.
/// A wavefront's may be of any number: nothing that it keeps grows with it.
Value Lowering::rowsOfTiles(Location loc, TileAttr tile, Value size,
                            Value beside) {
  Value most = index(loc, tile.getCells().front());
  if (tile.rank() == 1 || !(tile.takesSteps() || tile.isChain()))
    return most;
  return call(loc, "pde_tile_rows", {context, size, beside, most});
}

/// Whether a field is made outside of all loops, and has cells only.
bool Lowering::isFixed(Value field) {
  return field.getParentBlock() == &program->getRegion(0).front() &&
         !cast<FieldType>(field.getType()).hasExtraRows();
}

/// Asks the runtime which rows of a field are the same ones again and again, of
/// each axis but the last.
SmallVector<Value, 2> Lowering::makeRings(Location loc, Value field) {
  GridOp grid = gridOf(program, cast<FieldType>(field.getType()));
  SmallVector<Value, 2> made;
  Value blocks = index(loc, 1);
  for (unsigned axis = 0; axis + 1 < grid.rank(); ++axis) {
    Value rows = sizeOf(grid.getSymName(), axis), cells = index(loc, 1);
    for (unsigned inner = axis + 1; inner < grid.rank(); ++inner)
      cells = builder.create<arith::MulIOp>(loc, cells,
                                            sizeOf(grid.getSymName(), inner));
    made.push_back(call(loc, "pde_row_ring",
                        {context, blocks, rows, cells, mapping.lookup(field)}));
    blocks = builder.create<arith::MulIOp>(loc, blocks, rows);
  }
  return made;
}

/// The rings of the rows of a field that a call reads. It pays to look at a
/// field that does not change while loops read it again and again; any other's
/// rows are taken as all different.
SmallVector<Value, 2> Lowering::ringsOf(CallOp op, Value field) {
  Location loc = op.getLoc();
  if (auto known = rings.find(field); known != rings.end())
    return known->second;
  Operation *loop = buffers.outermostLoop();
  bool isRepeated = loop || op.getTile().takesSteps();
  // What is found out in a branch is not known behind it.
  Block *block = loop ? loop->getBlock() : builder.getBlock();
  if (!isFixed(field) || !isRepeated || block != context.getParentBlock()) {
    unsigned rank = op.getTile().rank();
    return SmallVector<Value, 2>(rank - 1, index(loc, -1));
  }
  OpBuilder::InsertionGuard guard(builder);
  if (loop)
    builder.setInsertionPoint(loop);
  return rings[field] = makeRings(loc, field);
}

/// Makes the closure with all that does not change from call to call.
Lowering::Call Lowering::prepareCall(CallOp call) {
  Location loc = call.getLoc();
  TileAttr tile = call.getTile();
  TileArguments arguments(call.getOperandTypes(), call.getResultTypes(), tile);
  Value closure =
      stackSlots(loc, arguments.types().size() - TileArguments::sizes);
  auto set = [&](unsigned argument, Value value) {
    setArgument(loc, closure, argument, value);
  };
  // From the last axis on: the first is shared out among threads.
  Value tiles = index(loc, 1), rows;
  for (unsigned axis = tile.rank(); axis-- > 0;) {
    Value size = sizeOf(call.type().getGrid().getValue(), axis);
    set(TileArguments::sizes + axis, size);
    Value cells = index(loc, tile.getCells()[axis]);
    if (axis == 0)
      rows = cells = rowsOfTiles(loc, tile, size, tiles);
    Value count = builder.create<arith::CeilDivUIOp>(loc, size, cells);
    tiles = builder.create<arith::MulIOp>(loc, tiles, count);
  }
  set(arguments.rows(), rows);
  set(arguments.firstStep(), index(loc, 0));
  set(arguments.steps(), index(loc, 1));
  for (unsigned i = arguments.firstCapture(); i < call.getNumOperands(); ++i)
    set(arguments.capture(i), mapping.lookup(call.getOperand(i)));
  for (unsigned i : arguments.foreignInputs())
    for (unsigned axis = 0; axis < tile.rank(); ++axis) {
      auto type = cast<FieldType>(call.getOperand(i).getType());
      set(arguments.foreignSizes(i) + axis,
          sizeOf(type.getGrid().getValue(), axis));
    }
  for (unsigned i : arguments.foreignResults())
    for (unsigned axis = 0; axis < tile.rank(); ++axis) {
      auto type = cast<FieldType>(call.getResultTypes()[i]);
      set(arguments.foreignResultSizes(i) + axis,
          sizeOf(type.getGrid().getValue(), axis));
    }
  for (unsigned i : arguments.ownInputs())
    for (auto [axis, ring] : llvm::enumerate(ringsOf(call, call.getOperand(i))))
      set(arguments.rings(i) + axis, ring);
  return {call.getFunction(), tile, arguments, closure, tiles};
}

void Lowering::runTiles(Location loc, const Call &prepared) {
  func::FuncOp function = prepared.function;
  // The type that it has once its arguments come from the closure.
  Value body = builder.create<func::ConstantOp>(
      loc, abi::bodyType(builder.getContext()), function.getSymName());
  call(loc, "pde_parallel",
       {context, prepared.tiles, body, prepared.closure,
        index(loc, prepared.tile.getScratch())});
}

/// Computes a sweep's results into new memory.
SmallVector<Value> Lowering::runCall(CallOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> targets;
  for (Type type : op.getResultTypes())
    targets.push_back(buffers.take(cast<FieldType>(type)));
  Call prepared = prepareCall(op);
  setPointers(loc, prepared, prepared.arguments.target(), targets);
  runTiles(loc, prepared);
  return targets;
}

/// The levels of a loop whose calls take several steps, of each carried field:
/// where it starts, and two pieces of memory to be written in turns. The second
/// is the start's own if nobody needs that any more.
struct Lowering::TiledLevels {
  SmallVector<Value> starts, firsts, seconds;
};

Lowering::TiledLevels Lowering::takeLevels(StepsOp steps) {
  TiledLevels levels;
  for (Value init : steps.getInits()) {
    auto type = cast<FieldType>(init.getType());
    levels.starts.push_back(mapping.lookup(init));
    levels.firsts.push_back(buffers.take(type));
    if (mayTakeOver(steps, init)) {
      disown(init);
      levels.seconds.push_back(levels.starts.back());
    } else {
      levels.seconds.push_back(buffers.take(type));
    }
  }
  return levels;
}

/// The current levels and the memory to be written next. Those of a run that
/// goes on are restored to memory of the loop's own, as if a pass had made
/// them.
SmallVector<Value> Lowering::firstLevels(StepsOp steps,
                                         const TiledLevels &levels, Value state,
                                         Value begin) {
  Location loc = steps.getLoc();
  SmallVector<Value> carried;
  if (!state) {
    for (auto *part : {&levels.starts, &levels.firsts, &levels.seconds})
      carried.append(*part);
    return carried;
  }
  restoreState(loc, steps.getInits(), state, levels.firsts);
  Value goesOn = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::sgt,
                                               begin, index(loc, 0));
  auto choose = [&](ArrayRef<Value> resumed, ArrayRef<Value> fresh) {
    for (auto [one, other] : llvm::zip(resumed, fresh))
      carried.push_back(
          builder.create<arith::SelectOp>(loc, goesOn, one, other));
  };
  choose(levels.firsts, levels.starts);
  choose(levels.seconds, levels.firsts);
  choose(levels.firsts, levels.seconds);
  return carried;
}

/// What a pass of a loop of tiled steps needs besides: its first step, how many
/// it makes at most, whether it is watched, and the evolution's state.
struct Lowering::TiledPass {
  Value first, most, isWatched, state;
};

/// One call of several steps: it reads the current levels, `carried` first, and
/// writes those that many steps later to the memory that comes next.
void Lowering::lowerTiledPass(StepsOp steps, const Call &prepared,
                              const TiledPass &pass, ValueRange carried) {
  Location loc = steps.getLoc();
  auto [first, most, isWatched, state] = pass;
  unsigned states = steps.getInits().size();
  Value count = mapping.lookup(steps.getCount());
  Value left = builder.create<arith::SubIOp>(loc, count, first);
  Value now = builder.create<arith::MinSIOp>(loc, left, most);
  setArgument(loc, prepared.closure, prepared.arguments.firstStep(), first);
  setArgument(loc, prepared.closure, prepared.arguments.steps(), now);
  auto targets = carried.slice(states, states);
  setPointers(loc, prepared, prepared.arguments.current(),
              carried.take_front(states));
  setPointers(loc, prepared, prepared.arguments.target(), targets);
  runTiles(loc, prepared);
  if (steps.getEvolution()) {
    Value done = builder.create<arith::AddIOp>(loc, first, now);
    watchStep(steps, isWatched, first, done, steps.getInits(), targets);
    tellProgress(loc, done, count);
    saveState(steps, state, done, truth(loc, false), steps.getInits(), targets);
  }
  SmallVector<Value> yields(targets);
  llvm::append_range(yields, carried.drop_front(2 * states));
  llvm::append_range(yields, targets);
  builder.create<scf::YieldOp>(loc, yields);
}

/// What a loop gives that ends with `made`, or, if it made no step, with the
/// first level, which may have another owner.
Value Lowering::firstLevelIfNoStep(Location loc, FieldType type, Value none,
                                   Value start, Value first, Value made) {
  auto choice = builder.create<scf::IfOp>(
      loc, none,
      [&](OpBuilder &, Location) {
        builder.create<LLVM::MemcpyOp>(loc, first, start, bytesOf(type), false);
        builder.create<scf::YieldOp>(loc, first);
      },
      [&](OpBuilder &, Location) { builder.create<scf::YieldOp>(loc, made); });
  return choice.getResult(0);
}

/// The last levels are the steps' results; the other memory is given back.
void Lowering::keepLastLevels(StepsOp steps, const TiledLevels &levels,
                              ValueRange last) {
  Location loc = steps.getLoc();
  Value none = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::sle,
                                             mapping.lookup(steps.getCount()),
                                             index(loc, 0));
  for (auto [i, init] : llvm::enumerate(steps.getInits())) {
    auto type = cast<FieldType>(init.getType());
    Value first = levels.firsts[i], second = levels.seconds[i], made = last[i];
    if (second != levels.starts[i])
      made = firstLevelIfNoStep(loc, type, none, levels.starts[i], first, made);
    Value isFirst =
        builder.create<LLVM::ICmpOp>(loc, LLVM::ICmpPredicate::eq, made, first);
    buffers.give(type,
                 builder.create<arith::SelectOp>(loc, isFirst, second, first));
    mapping.map(steps.getResult(i), made);
  }
}

void Lowering::lowerTiledSteps(StepsOp steps, CallOp sweep) {
  Location loc = steps.getLoc();
  Call prepared = prepareCall(sweep);
  Value most = index(loc, prepared.tile.getSteps());
  Value count = mapping.lookup(steps.getCount());
  TiledLevels levels = takeLevels(steps);
  Value state = steps.getEvolution() ? beginState(steps, count) : Value();
  Value begin = firstStep(loc, state);
  SmallVector<Value> carried = firstLevels(steps, levels, state, begin);
  Value isWatched =
      steps.getEvolution()
          ? startWatch(steps, steps.getInits(),
                       ArrayRef(carried).take_front(levels.starts.size()))
          : Value();
  // Who watches wants to see each step.
  if (isWatched)
    most = builder.create<arith::SelectOp>(loc, isWatched, index(loc, 1), most);
  auto loop = builder.create<scf::ForOp>(loc, begin, count, most, carried);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    lowerTiledPass(steps, prepared,
                   {loop.getInductionVar(), most, isWatched, state},
                   loop.getRegionIterArgs());
  }
  if (steps.getEvolution())
    countWork(steps, count);
  keepLastLevels(steps, levels, loop.getResults());
}

} // namespace pdec::kernel
