//===- LowerPrograms.cpp - the program as calls of tile functions ---------===//

#include "compiler/abi/RuntimeAbi.h"
#include "compiler/kernel/Lowering.h"
#include "compiler/kernel/Passes.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

#define GEN_PASS_DEF_LOWERPROGRAMS
#include "compiler/kernel/Passes.h.inc"

Lowering::Lowering(ModuleOp module, ProgramOp program)
    : module(module), program(program), interface(collectInterface(module)),
      builder(module.getContext()),
      buffers(builder,
              {[this](FieldType type) {
                 Location loc = this->program.getLoc();
                 return call(loc, "pde_alloc", {context, cellsOf(type)});
               },
               [this](Value memory) {
                 call(this->program.getLoc(), "pde_free", {context, memory});
               },
               [this] { return stackSlots(this->program.getLoc(), 1); }}) {}

Value Lowering::call(Location loc, StringRef name, ValueRange arguments) {
  return abi::call(builder, loc, name, arguments);
}

//===----------------------------------------------------------------------===//
// Sizes and memory
//===----------------------------------------------------------------------===//

/// Makes code at the function's start, where a loop does not repeat it.
Value Lowering::inFrame(function_ref<Value()> make) {
  OpBuilder::InsertionGuard guard(builder);
  if (frame)
    builder.setInsertionPointAfter(frame);
  else
    builder.setInsertionPointToStart(context.getParentBlock());
  Value made = make();
  frame = made.getDefiningOp();
  return made;
}

Value Lowering::stackSlots(Location loc, int64_t count) {
  return inFrame([&] {
    return builder.create<LLVM::AllocaOp>(loc, pointer(), builder.getI64Type(),
                                          index(loc, count), 8);
  });
}

Value Lowering::sizeOf(StringRef grid, unsigned axis) {
  int which = interface.gridIndex(grid);
  Value &known = sizes[{which, axis}];
  if (!known)
    known = inFrame([&] {
      Location loc = program.getLoc();
      return call(loc, "pde_get_size",
                  {context, number(loc, which), number(loc, axis)});
    });
  return known;
}

/// Elements of a field, with the rows that it has beyond the grid.
Value Lowering::cellsOf(FieldType type) {
  if (Value known = cells.lookup(type))
    return known;
  Location loc = program.getLoc();
  GridOp grid = gridOf(program, type);
  Value all;
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    Value size = sizeOf(grid.getSymName(), axis);
    int64_t extra = type.lowRows(axis) + type.highRows(axis);
    if (extra)
      size = inFrame([&] {
        return builder.create<arith::AddIOp>(loc, size, index(loc, extra));
      });
    all = all ? inFrame([&] {
      return builder.create<arith::MulIOp>(loc, all, size);
    })
              : size;
  }
  return cells[type] = all;
}

Value Lowering::bytesOf(FieldType type) {
  Location loc = program.getLoc();
  Value all = cellsOf(type);
  int64_t bytes = type.getElement().getIntOrFloatBitWidth() / 8;
  return builder.create<arith::MulIOp>(loc, all, index(loc, bytes));
}

Value Lowering::copyField(Location loc, FieldType type, Value memory) {
  Value copy = buffers.take(type);
  builder.create<LLVM::MemcpyOp>(loc, copy, memory, bytesOf(type), false);
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

/// A sweep whose results only defaults of inputs use; it runs when needed.
static bool isDefault(CallOp sweep) {
  return !sweep->use_empty() &&
         llvm::all_of(sweep->getUsers(), llvm::IsaPred<InputOp>);
}

/// Frees what `op` was the last to read, and what nothing reads at all.
void Lowering::freeAfter(Operation &op) {
  llvm::SetVector<Value> fields;
  auto addOperands = [&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (isa<FieldType>(operand.getType()))
        fields.insert(operand);
  };
  op.walk(addOperands);
  // A default's sweep runs where its input is.
  if (auto input = dyn_cast<InputOp>(op); input && input.getInitial())
    if (auto sweep = input.getInitial().getDefiningOp<CallOp>())
      addOperands(sweep);
  for (Value result : op.getResults())
    if (isa<FieldType>(result.getType()) && result.use_empty())
      fields.insert(result);
  for (Value field : fields)
    if (mapping.contains(field) && isLastUse(&op, field)) {
      buffers.give(cast<FieldType>(field.getType()), mapping.lookup(field));
      taken.insert(field);
    }
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

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
            : runCall(initial.getDefiningOp<CallOp>())[cast<OpResult>(initial)
                                                           .getResultNumber()];
    call(loc, "pde_note_input", {context, port, made});
    builder.create<scf::YieldOp>(loc, made);
    given = choice.getResult(0);
  }
  mapping.map(input.getField(), given);
}

void Lowering::lowerReduce(ReduceOp reduce) {
  Location loc = reduce.getLoc();
  Value a = mapping.lookup(reduce.getFields().front());
  Value b = mapping.lookup(reduce.getFields().back());
  Value count = cellsOf(cast<FieldType>(reduce.getFields().front().getType()));
  mapping.map(
      reduce.getResult(),
      call(loc, "pde_reduce",
           {context, number(loc, int32_t(reduce.getKind())), count, a, b}));
}

/// Parameters, grids, inputs and outputs.
void Lowering::lowerDeclaration(Operation &op) {
  Location loc = op.getLoc();
  if (auto param = dyn_cast<ParamOp>(op)) {
    bool isReal = param.getValue().getType().isF64();
    Value position = number(loc, interface.paramIndex(param.getName()));
    mapping.map(param.getValue(),
                call(loc, isReal ? "pde_get_real" : "pde_get_int",
                     {context, position}));
  } else if (auto size = dyn_cast<SizeOp>(op)) {
    mapping.map(size.getSize(), sizeOf(size.getGrid(), size.getAxis()));
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
  }
}

void Lowering::lower(Operation &op) {
  if (isa<ParamOp, SizeOp, AxisOp, InputOp, OutputOp>(op)) {
    lowerDeclaration(op);
  } else if (auto sweep = dyn_cast<CallOp>(op)) {
    if (isDefault(sweep))
      return;
    for (auto [result, memory] : llvm::zip(sweep.getResults(), runCall(sweep)))
      mapping.map(result, memory);
  } else if (auto reduce = dyn_cast<ReduceOp>(op)) {
    lowerReduce(reduce);
  } else if (auto steps = dyn_cast<StepsOp>(op)) {
    lowerSteps(steps);
  } else if (auto fixpoint = dyn_cast<FixpointOp>(op)) {
    lowerFixpoint(fixpoint);
  } else if (!isa<StencilOp, YieldOp, UntilOp>(op)) {
    abi::cloneScalar(builder, op, program, context, mapping);
  }
}

void Lowering::lowerBlock(Block &block) {
  for (Operation &op : block) {
    lower(op);
    auto sweep = dyn_cast<CallOp>(op);
    if (!isa<YieldOp, UntilOp>(op) && !(sweep && isDefault(sweep)))
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

/// Something that computes fields but is no call of a tiles' function, or null.
static Operation *fieldOpIn(ProgramOp program) {
  Operation *found = nullptr;
  program.walk([&](Operation *op) {
    if (!isa<SweepOp, FieldOpInterface>(op))
      return WalkResult::advance();
    found = op;
    return WalkResult::interrupt();
  });
  return found;
}

namespace {
struct LowerProgramsPass : impl::LowerProgramsBase<LowerProgramsPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto programs = llvm::to_vector(module.getOps<ProgramOp>());
    for (ProgramOp program : programs)
      if (Operation *left = fieldOpIn(program)) {
        left->emitOpError("must be a kernel.call by now: pde-form-sweeps, "
                          "pde-plan-sweeps and pde-tile-sweeps make one");
        return signalPassFailure();
      }
    for (ProgramOp program : programs)
      Lowering(module, program).run();
    for (ProgramOp program : programs)
      program.erase();
    for (auto function : module.getOps<func::FuncOp>())
      if (function->hasAttr(tileName))
        takeFromClosure(function);
    for (GridOp grid : llvm::make_early_inc_range(module.getOps<GridOp>()))
      grid.erase();
    abi::removeUnusedDeclarations(module);
  }
};
} // namespace

} // namespace pdec::kernel
