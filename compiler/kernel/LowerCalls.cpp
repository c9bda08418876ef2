//===- LowerCalls.cpp - calls of functions of tiles -----------------------===//

#include "compiler/abi/RuntimeAbi.h"
#include "compiler/kernel/Lowering.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

/// A function of tiles with its closure, and how many tiles there are.
struct Lowering::Call {
  func::FuncOp function;
  TileAttr tile;
  TileArguments arguments;
  Value closure, tiles;
};

/// Where an argument of a function of tiles lies in its closure.
static LLVM::GEPOp slotOf(OpBuilder &builder, Location loc, Value closure,
                          unsigned argument) {
  return builder.create<LLVM::GEPOp>(
      loc, closure.getType(), builder.getI64Type(), closure,
      ArrayRef<LLVM::GEPArg>{int32_t(argument - TileArguments::sizes)});
}

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
    Value slot = slotOf(builder, loc, closure, i);
    entry.getArgument(i).replaceAllUsesWith(builder.create<LLVM::LoadOp>(
        loc, entry.getArgument(i).getType(), slot));
  }
  entry.eraseArguments(0, old);
  function.setType(type);
  function->removeAttr(tileName);
}

void Lowering::setArgument(Location loc, const Call &call, unsigned argument,
                           Value value) {
  setSlot(loc, call.closure, argument - TileArguments::sizes, value);
}

void Lowering::setPointers(Location loc, const Call &call, unsigned argument,
                           ValueRange memory) {
  for (Value one : memory)
    setArgument(loc, call, argument++, one);
}

/// Makes the closure with all that does not change from call to call.
Lowering::Call Lowering::prepareCall(CallOp call) {
  Location loc = call.getLoc();
  TileAttr tile = call.getTile();
  TileArguments arguments(call.getOperandTypes(), call.getResultTypes(), tile);
  Value closure =
      stackSlots(loc, arguments.types().size() - TileArguments::sizes);
  auto set = [&](unsigned argument, Value value) {
    setSlot(loc, closure, argument - TileArguments::sizes, value);
  };
  Value tiles;
  for (unsigned axis = 0; axis < tile.rank(); ++axis) {
    Value size = sizeOf(call.type().getGrid().getValue(), axis);
    set(TileArguments::sizes + axis, size);
    Value count = builder.create<arith::CeilDivUIOp>(
        loc, size, index(loc, tile.getCells()[axis]));
    tiles = tiles ? builder.create<arith::MulIOp>(loc, tiles, count) : count;
  }
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

/// Several steps at once: each call reads the current levels and writes the
/// levels that many steps later to other memory.
void Lowering::lowerTiledSteps(StepsOp steps, CallOp sweep) {
  Location loc = steps.getLoc();
  Call prepared = prepareCall(sweep);
  Value most = index(loc, prepared.tile.getSteps());
  unsigned states = steps.getInits().size();
  Value count = mapping.lookup(steps.getCount());

  // Levels: current, to be written, to be written after that. The last is the
  // first level's own memory if nobody needs it any more.
  SmallVector<Value> levels, firsts, seconds;
  for (Value init : steps.getInits()) {
    auto type = cast<FieldType>(init.getType());
    levels.push_back(mapping.lookup(init));
    firsts.push_back(buffers.take(type));
    if (mayTakeOver(steps, init)) {
      disown(init);
      seconds.push_back(levels.back());
    } else {
      seconds.push_back(buffers.take(type));
    }
  }
  SmallVector<Value> starts(levels);
  levels.append(firsts);
  levels.append(seconds);

  auto loop =
      builder.create<scf::ForOp>(loc, index(loc, 0), count, most, levels);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    Value first = loop.getInductionVar();
    auto arguments = ValueRange(loop.getRegionIterArgs());
    Value left = builder.create<arith::SubIOp>(loc, count, first);
    Value now = builder.create<arith::MinSIOp>(loc, left, most);
    setArgument(loc, prepared, prepared.arguments.firstStep(), first);
    setArgument(loc, prepared, prepared.arguments.steps(), now);
    auto targets = arguments.slice(states, states);
    setPointers(loc, prepared, prepared.arguments.current(),
                arguments.take_front(states));
    setPointers(loc, prepared, prepared.arguments.target(), targets);
    runTiles(loc, prepared);
    if (steps.getEvolution())
      tellProgress(loc, builder.create<arith::AddIOp>(loc, first, now), count);
    SmallVector<Value> yields(targets);
    yields.append(arguments.begin() + 2 * states, arguments.end());
    yields.append(targets.begin(), targets.end());
    builder.create<scf::YieldOp>(loc, yields);
  }
  if (steps.getEvolution())
    countWork(steps, count);

  Value none = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::sle,
                                             count, index(loc, 0));
  for (unsigned i = 0; i < states; ++i) {
    auto type = cast<FieldType>(steps.getInits()[i].getType());
    Value made = loop.getResult(i);
    if (seconds[i] != starts[i])
      made = firstLevelIfNoStep(loc, type, none, starts[i], firsts[i], made);
    Value isFirst = builder.create<LLVM::ICmpOp>(loc, LLVM::ICmpPredicate::eq,
                                                 made, firsts[i]);
    buffers.give(type, builder.create<arith::SelectOp>(loc, isFirst, seconds[i],
                                                       firsts[i]));
    mapping.map(steps.getResult(i), made);
  }
}

} // namespace pdec::kernel
