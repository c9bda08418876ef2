//===- LowerPrograms.cpp - the program as calls of tile functions ---------===//

#include "compiler/abi/RuntimeAbi.h"
#include "compiler/kernel/Lowering.h"
#include "compiler/kernel/Passes.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

#define GEN_PASS_DEF_LOWERPROGRAMS
#include "compiler/kernel/Passes.h.inc"

Lowering::Lowering(ModuleOp module, ProgramOp program)
    : Shell(module, program),
      buffers(builder,
              {[this](FieldType type) {
                 Location loc = this->program->getLoc();
                 return call(loc, "pde_alloc", {context, cellsOf(type)});
               },
               [this](Value memory) {
                 call(this->program->getLoc(), "pde_free", {context, memory});
               },
               [this] { return stackSlots(this->program->getLoc(), 1); }}) {}

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
  Value &known = sizes[{grid, axis}];
  if (!known)
    known =
        inFrame([&] { return Shell::readSize(program->getLoc(), grid, axis); });
  return known;
}

/// Elements of a field, with the rows that it has beyond the grid.
Value Lowering::cellsOf(FieldType type) {
  if (Value known = cells.lookup(type))
    return known;
  Location loc = program->getLoc();
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
  Location loc = program->getLoc();
  Value all = cellsOf(type);
  int64_t bytes = type.getElement().getIntOrFloatBitWidth() / 8;
  return builder.create<arith::MulIOp>(loc, all, index(loc, bytes));
}

bool Lowering::isField(Value value) { return isa<FieldType>(value.getType()); }

Value Lowering::handOn(Location loc, Value field, bool isFree) {
  Value memory = mapping.lookup(field);
  if (isFree) {
    disown(field);
    return memory;
  }
  auto type = cast<FieldType>(field.getType());
  Value copy = buffers.take(type);
  builder.create<LLVM::MemcpyOp>(loc, copy, memory, bytesOf(type), false);
  return copy;
}

void Lowering::release(Location, Value field) {
  buffers.give(cast<FieldType>(field.getType()), mapping.lookup(field));
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

/// A sweep whose results only defaults of inputs use; it runs when needed.
bool Lowering::isDeferred(Operation &op) {
  return isa<CallOp>(op) && !op.use_empty() &&
         llvm::all_of(op.getUsers(), llvm::IsaPred<InputOp>);
}

/// A default that nothing else needs is computed here; any other is copied,
/// since it has an owner.
Value Lowering::makeDefault(InputOpInterface op) {
  Value initial = cast<InputOp>(*op).getInitial();
  if (mapping.contains(initial))
    return handOn(op.getLoc(), initial, /*isFree=*/false);
  auto made = cast<OpResult>(initial);
  return runCall(cast<CallOp>(made.getOwner()))[made.getResultNumber()];
}

static bool isSum(ReduceOp reduce) {
  return reduce.getKind() == Reduction::Sum ||
         reduce.getKind() == Reduction::Dot;
}

/// With a sum those that might as well be formed where it stands: what they
/// read is there.
SmallVector<ReduceOp> Lowering::sumsWith(ReduceOp first) {
  SmallVector<ReduceOp> found{first};
  for (Operation *next = first->getNextNode(); next && isSum(first);
       next = next->getNextNode()) {
    auto other = dyn_cast<ReduceOp>(next);
    if (other && isSum(other) &&
        other.getFields().front().getType() ==
            first.getFields().front().getType() &&
        llvm::all_of(other.getFields(),
                     [&](Value field) { return mapping.contains(field); }))
      found.push_back(other);
  }
  return found;
}

void Lowering::lowerSums(ArrayRef<ReduceOp> sums, Value count) {
  Location loc = sums.front()->getLoc();
  SmallVector<Value> as, bs;
  for (ReduceOp sum : sums) {
    bool isDot = sum.getKind() == Reduction::Dot;
    as.push_back(mapping.lookup(sum.getFields().front()));
    bs.push_back(isDot ? mapping.lookup(sum.getFields().back()) : null(loc));
  }
  Value results = stackSlots(loc, sums.size());
  call(loc, "pde_sums",
       {context, index(loc, sums.size()), count, pointersTo(loc, as),
        pointersTo(loc, bs), results});
  int32_t place = 0;
  for (ReduceOp sum : sums) {
    Value slot =
        builder.create<LLVM::GEPOp>(loc, pointer(), builder.getI64Type(),
                                    results, ArrayRef<LLVM::GEPArg>{place++});
    mapping.map(sum.getResult(),
                builder.create<LLVM::LoadOp>(loc, builder.getF64Type(), slot));
  }
}

void Lowering::lowerReduce(ReduceOp reduce) {
  if (mapping.contains(reduce.getResult())) // with another one
    return;
  Location loc = reduce.getLoc();
  Value count = cellsOf(cast<FieldType>(reduce.getFields().front().getType()));
  SmallVector<ReduceOp> sums = sumsWith(reduce);
  if (sums.size() > 1)
    return lowerSums(sums, count);
  Value a = mapping.lookup(reduce.getFields().front());
  Value b = mapping.lookup(reduce.getFields().back());
  mapping.map(
      reduce.getResult(),
      call(loc, "pde_reduce",
           {context, small(loc, int32_t(reduce.getKind())), count, a, b}));
}

bool Lowering::lowerComputation(Operation &op) {
  if (auto sweep = dyn_cast<CallOp>(op)) {
    for (auto [result, memory] : llvm::zip(sweep.getResults(), runCall(sweep)))
      mapping.map(result, memory);
    return true;
  }
  if (auto reduce = dyn_cast<ReduceOp>(op)) {
    lowerReduce(reduce);
    return true;
  }
  if (auto entry = dyn_cast<EntryOp>(op)) {
    Value place = placeOf(op, entry.getIndices(), entry.getExtents());
    mapping.map(entry.getResult(),
                call(op.getLoc(), "pde_read_entry",
                     {context, mapping.lookup(entry.getArray()), place}));
    return true;
  }
  if (auto along = dyn_cast<AlongOp>(op)) {
    lowerAlong(along);
    return true;
  }
  if (auto convolve = dyn_cast<ConvolveOp>(op)) {
    lowerConvolve(convolve);
    return true;
  }
  if (auto correlate = dyn_cast<CorrelateOp>(op)) {
    lowerCorrelate(correlate);
    return true;
  }
  if (auto steps = dyn_cast<StepsOp>(op))
    return lowerLeading(steps) || lowerSteps(steps);
  if (auto reversal = dyn_cast<ReverseOp>(op))
    return lowerReverse(reversal);
  // A stencil is part of the sweeps that apply it.
  return isa<StencilOp>(op);
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
