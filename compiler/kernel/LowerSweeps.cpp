//===- LowerSweeps.cpp - the program as calls of tile functions -----------===//

#include "compiler/abi/RuntimeAbi.h"
#include "compiler/kernel/Passes.h"
#include "compiler/kernel/SweepFunction.h"
#include "compiler/pde/Interface.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

#define GEN_PASS_DEF_LOWERSWEEPS
#include "compiler/kernel/Passes.h.inc"

namespace {

/// Turns a program's block into code that allocates fields, calls tile
/// functions and frees each field after its last use. A field's memory is its
/// owner's; a loop takes it over where nothing reads the field afterwards.
class Lowering {
public:
  Lowering(ModuleOp module, ProgramOp program, const TileOptions &options)
      : module(module), program(program), options(options),
        interface(collectInterface(module)), builder(module.getContext()) {}
  void run();

private:
  ModuleOp module;
  ProgramOp program;
  TileOptions options;
  Interface interface;
  OpBuilder builder;
  IRMapping mapping;
  Value context;
  /// Fields whose memory somebody else owns by now.
  llvm::DenseSet<Value> taken;

  Type pointer() { return LLVM::LLVMPointerType::get(builder.getContext()); }
  Value index(Location loc, int64_t value) {
    return builder.create<arith::ConstantOp>(loc,
                                             builder.getI64IntegerAttr(value));
  }
  Value number(Location loc, int32_t value) {
    return builder.create<arith::ConstantOp>(loc,
                                             builder.getI32IntegerAttr(value));
  }
  Value call(Location loc, StringRef name, ValueRange arguments) {
    return abi::call(builder, loc, name, arguments);
  }
  Value sizeOf(Location loc, FieldType type);
  Value allocate(Location loc, FieldType type);
  void release(Location loc, Value memory) {
    call(loc, "pde_free", {context, memory});
  }

  void lowerBlock(Block &block);
  void lower(Operation &op);
  void freeAfter(Operation &op);
  bool isLastUse(Operation *op, Value field);
  bool mayTakeOver(StepsOp steps, Value init);
  void lowerInput(InputOp input);
  SmallVector<Value> runSweep(SweepOp sweep);
  void lowerTiledSteps(StepsOp steps, SweepOp sweep);
  void lowerPlainSteps(StepsOp steps);
  SmallVector<Value> yieldOwned(YieldOp yield, Block &body);
  Value copyField(Location loc, FieldType type, Value memory);

  Value makeClosure(Location loc, SweepFunction &function, Value size);
  void setSlot(Location loc, Value closure, unsigned position, Value value);
  void setPointers(Location loc, Value closure, SweepFunction &function,
                   ValueRange current, ValueRange targets);
  void runTiles(Location loc, SweepFunction &function, Value closure,
                Value size);
};

} // namespace

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

Value Lowering::sizeOf(Location loc, FieldType type) {
  int grid = interface.gridIndex(type.getGrid().getValue());
  return call(loc, "pde_get_size",
              {context, number(loc, grid), number(loc, 0)});
}

/// Memory of a field; the few rows that it may have beyond the grid fit into
/// what pde_alloc leaves around.
Value Lowering::allocate(Location loc, FieldType type) {
  return call(loc, "pde_alloc", {context, sizeOf(loc, type)});
}

Value Lowering::copyField(Location loc, FieldType type, Value memory) {
  Value copy = allocate(loc, type);
  Value bytes = builder.create<arith::MulIOp>(
      loc, sizeOf(loc, type),
      index(loc, type.getElement().getIntOrFloatBitWidth() / 8));
  builder.create<LLVM::MemcpyOp>(loc, copy, memory, bytes, false);
  return copy;
}

/// True if nothing after `op` in its block reads the field, which is computed
/// in the same block.
bool Lowering::isLastUse(Operation *op, Value field) {
  if (field.getParentBlock() != op->getBlock() || taken.count(field))
    return false;
  return llvm::all_of(field.getUsers(), [&](Operation *user) {
    Operation *inBlock = op->getBlock()->findAncestorOpInBlock(*user);
    return inBlock == op || inBlock->isBeforeInBlock(op);
  });
}

/// True if a loop may carry on in its first level's own memory: nobody reads
/// the field afterwards, and the body does not read it while the loop runs.
bool Lowering::mayTakeOver(StepsOp steps, Value init) {
  bool isRead = llvm::any_of(init.getUsers(), [&](Operation *user) {
    return steps->isProperAncestor(user);
  });
  return !isRead && llvm::count(steps.getInits(), init) == 1 &&
         isLastUse(steps, init);
}

/// Frees what `op` was the last to read, and what nothing reads at all.
void Lowering::freeAfter(Operation &op) {
  llvm::SetVector<Value> fields;
  op.walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (isa<FieldType>(operand.getType()))
        fields.insert(operand);
  });
  for (Value result : op.getResults())
    if (isa<FieldType>(result.getType()) && result.use_empty())
      fields.insert(result);
  for (Value field : fields)
    if (mapping.contains(field) && isLastUse(&op, field)) {
      release(op.getLoc(), mapping.lookup(field));
      taken.insert(field);
    }
}

//===----------------------------------------------------------------------===//
// Tile functions
//===----------------------------------------------------------------------===//

void Lowering::setSlot(Location loc, Value closure, unsigned position,
                       Value value) {
  Value address =
      builder.create<LLVM::GEPOp>(loc, pointer(), builder.getI64Type(), closure,
                                  ArrayRef<LLVM::GEPArg>{int32_t(position)});
  builder.create<LLVM::StoreOp>(loc, value, address);
}

/// The closure with all that does not change from call to call.
Value Lowering::makeClosure(Location loc, SweepFunction &function, Value size) {
  unsigned slots = SweepFunction::pointersSlot + 2 * function.states +
                   function.leaves.size() + function.scalars.size();
  Value closure;
  {
    // In the entry block, so that a loop does not allocate in each pass.
    OpBuilder::InsertionGuard guard(builder);
    auto run = builder.getBlock()->getParentOp();
    auto entry = isa<func::FuncOp>(run) ? cast<func::FuncOp>(run)
                                        : run->getParentOfType<func::FuncOp>();
    builder.setInsertionPointToStart(&entry.getBody().front());
    closure = builder.create<LLVM::AllocaOp>(
        loc, pointer(), builder.getI64Type(), index(loc, slots), 8);
  }
  setSlot(loc, closure, SweepFunction::contextSlot, context);
  setSlot(loc, closure, SweepFunction::sizeSlot, size);
  setSlot(loc, closure, SweepFunction::firstStepSlot, index(loc, 0));
  setSlot(loc, closure, SweepFunction::stepsSlot, index(loc, 1));
  unsigned position = SweepFunction::pointersSlot + 2 * function.states;
  for (Value leaf : function.leaves)
    setSlot(loc, closure, position++, mapping.lookup(leaf));
  for (Value scalar : function.scalars)
    setSlot(loc, closure, position++, mapping.lookup(scalar));
  return closure;
}

void Lowering::setPointers(Location loc, Value closure, SweepFunction &function,
                           ValueRange current, ValueRange targets) {
  unsigned position = SweepFunction::pointersSlot;
  for (Value memory : current)
    setSlot(loc, closure, position++, memory);
  position = SweepFunction::pointersSlot + function.states;
  for (Value memory : targets)
    setSlot(loc, closure, position++, memory);
}

void Lowering::runTiles(Location loc, SweepFunction &function, Value closure,
                        Value size) {
  Value tiles = builder.create<arith::CeilDivUIOp>(
      loc, size, index(loc, function.tileCells));
  Value body = builder.create<func::ConstantOp>(
      loc, function.function.getFunctionType(), function.function.getSymName());
  call(loc, "pde_parallel",
       {context, tiles, body, closure, index(loc, function.scratchBytes)});
}

/// Computes a sweep's results into new memory.
SmallVector<Value> Lowering::runSweep(SweepOp sweep) {
  Location loc = sweep.getLoc();
  SweepFunction function = makeSweepFunction(module, sweep, {}, options);
  SmallVector<Value> targets;
  for (Type type : sweep.getResultTypes())
    targets.push_back(allocate(loc, cast<FieldType>(type)));
  Value size = sizeOf(loc, cast<FieldType>(sweep.getResult(0).getType()));
  Value closure = makeClosure(loc, function, size);
  setPointers(loc, closure, function, {}, targets);
  runTiles(loc, function, closure, size);
  return targets;
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

/// The only sweep of a loop whose body is nothing but scalars and this sweep,
/// which makes all new levels: such a loop can advance several steps a tile.
static SweepOp onlySweep(StepsOp steps) {
  Block &body = steps.getBody().front();
  SweepOp only;
  for (Operation &op : body.without_terminator()) {
    if (op.getNumRegions() == 0)
      continue;
    if (only || !isa<SweepOp>(op))
      return {};
    only = cast<SweepOp>(op);
  }
  if (!only)
    return {};
  ValueRange yields = body.getTerminator()->getOperands();
  return yields == ValueRange(only.getResults()) ? only : SweepOp();
}

/// Blocks of steps: each reads the current levels and writes the levels that
/// many steps later to other memory.
void Lowering::lowerTiledSteps(StepsOp steps, SweepOp sweep) {
  Location loc = steps.getLoc();
  SweepFunction function = makeSweepFunction(module, sweep, steps, options);
  unsigned states = steps.getInits().size();
  Value size = sizeOf(loc, cast<FieldType>(steps.getInits()[0].getType()));
  Value closure = makeClosure(loc, function, size);
  Value count = mapping.lookup(steps.getCount());

  // Levels: current, to be written, to be written after that. The last is the
  // first level's own memory if nobody needs it any more.
  SmallVector<Value> levels;
  SmallVector<Value> firsts, seconds;
  for (Value init : steps.getInits()) {
    auto type = cast<FieldType>(init.getType());
    levels.push_back(mapping.lookup(init));
    firsts.push_back(allocate(loc, type));
    if (mayTakeOver(steps, init)) {
      taken.insert(init);
      seconds.push_back(levels.back());
    } else {
      seconds.push_back(allocate(loc, type));
    }
  }
  SmallVector<Value> starts(levels);
  levels.append(firsts);
  levels.append(seconds);

  auto loop = builder.create<scf::ForOp>(loc, index(loc, 0), count,
                                         index(loc, function.maxSteps), levels);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    Value first = loop.getInductionVar();
    auto arguments = ValueRange(loop.getRegionIterArgs());
    Value left = builder.create<arith::SubIOp>(loc, count, first);
    Value now = builder.create<arith::MinSIOp>(loc, left,
                                               index(loc, function.maxSteps));
    setSlot(loc, closure, SweepFunction::firstStepSlot, first);
    setSlot(loc, closure, SweepFunction::stepsSlot, now);
    auto current = arguments.take_front(states);
    auto targets = arguments.slice(states, states);
    setPointers(loc, closure, function, current, targets);
    runTiles(loc, function, closure, size);
    if (steps.getEvolution())
      call(loc, "pde_progress",
           {context, builder.create<arith::AddIOp>(loc, first, now), count});
    SmallVector<Value> yields(targets);
    yields.append(arguments.begin() + 2 * states, arguments.end());
    yields.append(targets.begin(), targets.end());
    builder.create<scf::YieldOp>(loc, yields);
  }
  if (steps.getEvolution()) {
    Value points = builder.create<arith::MulIOp>(
        loc, size, builder.create<arith::MaxSIOp>(loc, count, index(loc, 0)));
    unsigned bytes = cast<FieldType>(steps.getInits()[0].getType())
                         .getElement()
                         .getIntOrFloatBitWidth() /
                     8;
    call(loc, "pde_count_work",
         {context, points,
          builder.create<arith::MulIOp>(loc, points,
                                        index(loc, 2 * states * bytes))});
  }

  // No step at all leaves the first level, which may have another owner.
  Value none = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::sle,
                                             count, index(loc, 0));
  for (unsigned i = 0; i < states; ++i) {
    auto type = cast<FieldType>(steps.getInits()[i].getType());
    Value made = loop.getResult(i);
    if (seconds[i] != starts[i])
      made =
          builder
              .create<scf::IfOp>(
                  loc, none,
                  [&](OpBuilder &, Location) {
                    Value bytes = builder.create<arith::MulIOp>(
                        loc, size,
                        index(loc,
                              type.getElement().getIntOrFloatBitWidth() / 8));
                    builder.create<LLVM::MemcpyOp>(loc, firsts[i], starts[i],
                                                   bytes, false);
                    builder.create<scf::YieldOp>(loc, firsts[i]);
                  },
                  [&](OpBuilder &, Location) {
                    builder.create<scf::YieldOp>(loc, made);
                  })
              .getResult(0);
    Value isFirst = builder.create<LLVM::ICmpOp>(loc, LLVM::ICmpPredicate::eq,
                                                 made, firsts[i]);
    release(loc, builder.create<arith::SelectOp>(loc, isFirst, seconds[i],
                                                 firsts[i]));
    mapping.map(steps.getResult(i), made);
  }
}

/// The yielded values, each field in memory that the loop owns.
SmallVector<Value> Lowering::yieldOwned(YieldOp yield, Block &body) {
  SmallVector<Value> owned;
  llvm::DenseSet<Value> given;
  for (Value value : yield.getValues()) {
    Value memory = mapping.lookup(value);
    auto type = dyn_cast<FieldType>(value.getType());
    bool isOwn = value.getParentBlock() == &body && given.insert(value).second;
    if (type && !isOwn)
      memory = copyField(yield.getLoc(), type, memory);
    if (type && isOwn)
      taken.insert(value);
    owned.push_back(memory);
  }
  for (Value argument : body.getArguments())
    if (isa<FieldType>(argument.getType()) && !taken.count(argument)) {
      release(yield.getLoc(), mapping.lookup(argument));
      taken.insert(argument);
    }
  return owned;
}

/// A loop with several sweeps, inner loops or carried scalars, pass by pass.
void Lowering::lowerPlainSteps(StepsOp steps) {
  Location loc = steps.getLoc();
  SmallVector<Value> inits;
  for (Value init : steps.getInits()) {
    Value value = mapping.lookup(init);
    auto type = dyn_cast<FieldType>(init.getType());
    if (type && mayTakeOver(steps, init))
      taken.insert(init);
    else if (type)
      value = copyField(loc, type, value);
    inits.push_back(value);
  }
  Value count = mapping.lookup(steps.getCount());
  auto loop = builder.create<scf::ForOp>(loc, index(loc, 0), count,
                                         index(loc, 1), inits);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    Block &body = steps.getBody().front();
    mapping.map(body.getArgument(0), loop.getInductionVar());
    for (auto [argument, value] :
         llvm::zip(body.getArguments().drop_front(), loop.getRegionIterArgs()))
      mapping.map(argument, value);
    lowerBlock(body);
    auto yield = cast<YieldOp>(body.getTerminator());
    if (steps.getEvolution())
      call(loc, "pde_progress",
           {context,
            builder.create<arith::AddIOp>(loc, loop.getInductionVar(),
                                          index(loc, 1)),
            count});
    builder.create<scf::YieldOp>(loc, yieldOwned(yield, body));
  }
  for (auto [result, value] : llvm::zip(steps.getResults(), loop.getResults()))
    mapping.map(result, value);
}

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

/// A sweep whose results only defaults of inputs use; it runs when needed.
static bool isDefault(SweepOp sweep) {
  return !sweep->use_empty() &&
         llvm::all_of(sweep->getUsers(), llvm::IsaPred<InputOp>);
}

void Lowering::lowerInput(InputOp input) {
  Location loc = input.getLoc();
  Value port = number(loc, interface.inputIndex(input.getName()));
  Value given = call(loc, "pde_read_input", {context, port});
  if (Value initial = input.getInitial()) {
    Value null = builder.create<LLVM::ZeroOp>(loc, pointer());
    Value isMissing =
        builder.create<LLVM::ICmpOp>(loc, LLVM::ICmpPredicate::eq, given, null);
    auto choice = builder.create<scf::IfOp>(loc, pointer(), isMissing, true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(choice.elseBlock());
    builder.create<scf::YieldOp>(loc, given);
    builder.setInsertionPointToStart(choice.thenBlock());
    // A default that nothing else needs is computed here; any other is copied,
    // since it has an owner.
    Value made =
        mapping.contains(initial)
            ? copyField(loc, input.getField().getType(),
                        mapping.lookup(initial))
            : runSweep(initial.getDefiningOp<
                       SweepOp>())[cast<OpResult>(initial).getResultNumber()];
    call(loc, "pde_note_input", {context, port, made});
    builder.create<scf::YieldOp>(loc, made);
    given = choice.getResult(0);
  }
  mapping.map(input.getField(), given);
}

void Lowering::lower(Operation &op) {
  Location loc = op.getLoc();
  if (auto param = dyn_cast<ParamOp>(op)) {
    bool isReal = param.getValue().getType().isF64();
    Value position = number(loc, interface.paramIndex(param.getName()));
    mapping.map(param.getValue(),
                call(loc, isReal ? "pde_get_real" : "pde_get_int",
                     {context, position}));
  } else if (auto size = dyn_cast<SizeOp>(op)) {
    Value grid = number(loc, interface.gridIndex(size.getGrid()));
    mapping.map(size.getSize(),
                call(loc, "pde_get_size",
                     {context, grid, number(loc, size.getAxis())}));
  } else if (auto axis = dyn_cast<AxisOp>(op)) {
    Value grid = number(loc, interface.gridIndex(axis.getGrid()));
    call(loc, "pde_set_axis",
         {context, grid, number(loc, axis.getAxis()),
          mapping.lookup(axis.getFirst()), mapping.lookup(axis.getSpacing())});
  } else if (auto input = dyn_cast<InputOp>(op)) {
    lowerInput(input);
  } else if (auto output = dyn_cast<OutputOp>(op)) {
    Value port = number(loc, interface.outputIndex(output.getName()));
    call(loc, "pde_write_output",
         {context, port, mapping.lookup(output.getField())});
  } else if (auto sweep = dyn_cast<SweepOp>(op)) {
    if (isDefault(sweep))
      return;
    for (auto [result, memory] : llvm::zip(sweep.getResults(), runSweep(sweep)))
      mapping.map(result, memory);
  } else if (auto steps = dyn_cast<StepsOp>(op)) {
    if (SweepOp only = onlySweep(steps))
      lowerTiledSteps(steps, only);
    else
      lowerPlainSteps(steps);
  } else if (!isa<StencilOp, YieldOp>(op)) {
    builder.clone(op, mapping);
  }
}

void Lowering::lowerBlock(Block &block) {
  for (Operation &op : block) {
    lower(op);
    if (!isa<YieldOp>(op))
      freeAfter(op);
  }
}

void Lowering::run() {
  Location loc = program.getLoc();
  abi::declareRuntime(module);
  builder.setInsertionPointToEnd(module.getBody());
  auto run = builder.create<func::FuncOp>(
      loc, "run", FunctionType::get(builder.getContext(), {pointer()}, {}));
  Block *entry = run.addEntryBlock();
  context = entry->getArgument(0);
  builder.setInsertionPointToEnd(entry);
  lowerBlock(program.getBody().front());
  builder.create<func::ReturnOp>(loc);
}

namespace {
struct LowerSweepsPass : impl::LowerSweepsBase<LowerSweepsPass> {
  using LowerSweepsBase::LowerSweepsBase;
  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto programs = llvm::to_vector(module.getOps<ProgramOp>());
    for (ProgramOp program : programs)
      Lowering(module, program, {vectorBytes, tileBytes, maxSteps}).run();
    for (ProgramOp program : programs)
      program.erase();
    for (GridOp grid : llvm::make_early_inc_range(module.getOps<GridOp>()))
      grid.erase();
    abi::removeUnusedDeclarations(module);
  }
};
} // namespace

} // namespace pdec::kernel
