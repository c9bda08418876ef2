//===- FunctionBuilder.cpp - what all sweep functions have ----------------===//
//
// A sweep function has the type of a pde_body: closure, first task, one behind
// the last, scratch of the thread. The closure's slots have eight bytes each;
// ClosureLayout says what is in which, and the caller (LowerCalls.cpp) fills
// them in the same order. openFunction must come first: everything else uses
// what it loads.
//
//===----------------------------------------------------------------------===//

#include "compiler/kernel/FunctionBuilder.h"
#include "compiler/abi/RuntimeAbi.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

FunctionBuilder::FunctionBuilder(ModuleOp module, StringRef name, SweepOp sweep,
                                 Passes passes, const SweepOptions &options)
    : module(module), name(name), sweep(sweep), passes(passes), plan(sweep),
      layout(sweep, passes), builder(module.getContext()), loc(sweep.getLoc()),
      element(sweep.type().getElement()),
      elementBytes(element.getIntOrFloatBitWidth() / 8),
      width(std::max(1u, options.vectorBytes / elementBytes)) {}

Value FunctionBuilder::slot(unsigned position, Type type) {
  Value address =
      builder.create<LLVM::GEPOp>(loc, pointer(), builder.getI64Type(), closure,
                                  ArrayRef<LLVM::GEPArg>{int32_t(position)});
  return builder.create<LLVM::LoadOp>(loc, type, address);
}

void FunctionBuilder::openFunction() {
  builder.setInsertionPointToEnd(module.getBody());
  result.function = builder.create<func::FuncOp>(
      loc, name, abi::bodyType(builder.getContext()));
  result.function.setPrivate();
  Block *entry = result.function.addEntryBlock();
  builder.setInsertionPointToEnd(entry);
  closure = entry->getArgument(0);
  task = entry->getArgument(1);
  scratch = entry->getArgument(3);
  Type i64 = builder.getI64Type();
  for (unsigned axis = 0; axis < rank(); ++axis)
    sizes.push_back(slot(ClosureLayout::sizeSlot + axis, i64));
  for (unsigned i = layout.firstCapture; i < sweep.getNumOperands(); ++i) {
    Value capture = sweep.getBody().getArgument(i);
    auto type = dyn_cast<FieldType>(capture.getType());
    if (!type) {
      scalars.map(capture, slot(layout.captureSlot(i), capture.getType()));
      continue;
    }
    // What comes from other grids (transfers) brings sizes of its own.
    SmallVector<Value, 3> gridSizes(sizes);
    if (llvm::is_contained(layout.foreign, i))
      for (auto [axis, size] : llvm::enumerate(gridSizes))
        size = slot(layout.foreignSlot(i) + axis, i64);
    fields[capture] = fieldInSlot(layout.captureSlot(i), type, gridSizes);
  }
}

void FunctionBuilder::emitApart(function_ref<void()> emit) {
  OpBuilder::InsertionGuard guard(builder);
  auto apart = builder.create<scf::ExecuteRegionOp>(loc, TypeRange());
  builder.setInsertionPointToStart(&apart.getRegion().emplaceBlock());
  emit();
  builder.create<scf::YieldOp>(loc);
}

/// The memory begins with the rows below cell 0; `base` is moved to cell 0, so
/// that rows have negative places and no access adds an offset.
StoredField FunctionBuilder::fieldInSlot(unsigned position, FieldType type,
                                         ValueRange gridSizes) {
  StoredField field{slot(position, pointer()), {}, {}};
  field.sizes.assign(gridSizes.begin(), gridSizes.end());
  field.strides.resize(rank() - 1);
  Value stride, first = index(0);
  for (unsigned axis = rank(); axis-- > 0;) {
    if (axis + 1 < rank())
      field.strides[axis] = stride;
    int64_t low = type.lowRows(axis);
    if (low)
      first = add(first, stride ? mul(stride, low) : index(low));
    Value extent = add(gridSizes[axis], low + type.highRows(axis));
    stride = stride ? mul(extent, stride) : extent;
  }
  if (type.hasExtraRows())
    field.base = address(field.base, first);
  return field;
}

void FunctionBuilder::cloneScalars() {
  for (Operation &op : sweep.getBody().front().without_terminator())
    if (op.getNumResults() == 1 && op.getResult(0).getType().isIntOrFloat())
      builder.clone(op, scalars);
}

Value FunctionBuilder::maskOf(Value count) {
  Value lanes =
      builder.create<arith::IndexCastOp>(loc, builder.getIndexType(), count);
  return builder.create<vector::CreateMaskOp>(
      loc, VectorType::get({width}, builder.getI1Type()), lanes);
}

void FunctionBuilder::store(Value value, const StoredField &field,
                            const Position &cell, Value mask) {
  Value number = cell.back();
  for (auto [row, stride] : llvm::zip(cell, field.strides))
    number = add(mul(row, stride), number);
  Value place = address(field.base, number);
  if (mask)
    builder.create<LLVM::MaskedStoreOp>(loc, value, place, mask, elementBytes);
  else
    builder.create<LLVM::StoreOp>(loc, value, place, elementBytes);
}

void FunctionBuilder::emitCells(Group group, ArrayRef<StoredField> outputs,
                                const Position &cell, unsigned lanes,
                                Value mask, bool isInterior) {
  CellEmitter emitter(builder, plan, fields, scalars, sizes, lanes, mask);
  for (auto [stage, output] : llvm::zip(group, outputs)) {
    Value value;
    if (stage.result >= 0)
      value = isInterior ? emitter.interior(stage.value, cell)
                         : emitter.anywhere(stage.value, cell);
    else
      value = isInterior ? emitter.interiorDefinition(stage.value, cell)
                         : emitter.anywhereDefinition(stage.value, cell);
    store(value, output, cell, mask);
  }
}

void FunctionBuilder::emitSides(Group group, ArrayRef<StoredField> outputs,
                                Position row, Value begin, Value middle,
                                Value rest, Value end) {
  OpBuilder::InsertionGuard guard(builder);
  // One loop over both sides: the code of boundary cells is long, and stands
  // once.
  Value before = sub(middle, begin);
  Value count = add(before, sub(end, rest));
  auto loop = builder.create<scf::ForOp>(loc, index(0), count, index(1));
  builder.setInsertionPointToStart(loop.getBody());
  Value i = loop.getInductionVar();
  row.back() = select(compare(arith::CmpIPredicate::slt, i, before),
                      add(begin, i), add(rest, sub(i, before)));
  emitCells(group, outputs, row, 1, {}, /*isInterior=*/false);
}

void FunctionBuilder::emitInterior(Group group, ArrayRef<StoredField> outputs,
                                   Position row, Value begin, Value end) {
  OpBuilder::InsertionGuard guard(builder);
  Value count = sub(end, begin);
  Value whole = builder.create<arith::DivUIOp>(loc, count, index(width));
  Value middle = add(begin, mul(whole, width));
  auto loop = builder.create<scf::ForOp>(loc, begin, middle, index(width));
  builder.setInsertionPointToStart(loop.getBody());
  row.back() = loop.getInductionVar();
  emitCells(group, outputs, row, width, {}, /*isInterior=*/true);
  builder.setInsertionPointAfter(loop);
  if (width == 1)
    return;
  Value left = sub(end, middle);
  Value isAny = compare(arith::CmpIPredicate::sgt, left, index(0));
  auto masked = builder.create<scf::IfOp>(loc, isAny, /*withElse=*/false);
  builder.setInsertionPointToStart(masked.thenBlock());
  row.back() = middle;
  emitCells(group, outputs, row, width, maskOf(left), /*isInterior=*/true);
}

} // namespace pdec::kernel
