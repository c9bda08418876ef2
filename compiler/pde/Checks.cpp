//===- Checks.cpp - what verifiers have in common -------------------------===//

#include "compiler/pde/Checks.h"
#include "compiler/pde/PdeResults.h"
#include "compiler/support/Identifier.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace pdec::pde {

LogicalResult findGrid(Operation *op, SymbolTableCollection &symbols,
                       FlatSymbolRefAttr name, GridOp &grid) {
  grid = symbols.lookupNearestSymbolFrom<GridOp>(op, name);
  if (!grid)
    if (auto module = op->getParentOfType<ModuleOp>())
      grid = symbols.lookupSymbolIn<GridOp>(module, name);
  if (!grid)
    return op->emitOpError("uses the unknown grid ") << name;
  return success();
}

LogicalResult checkName(Operation *op, StringRef name) {
  if (isScriptName(name.str()))
    return success();
  return op->emitOpError(
             "needs a name of letters, digits and underscores, not '")
         << name << "'";
}

LogicalResult checkHolds(Operation *op, StringRef what,
                         function_ref<bool(Operation &)> isHeld) {
  for (Region &region : op->getRegions())
    for (Operation &inner : region.front())
      if (!inner.hasTrait<OpTrait::IsTerminator>() && !isHeld(inner))
        return op->emitOpError("holds ")
               << what << " only, not " << inner.getName();
  return success();
}

/// Of the math dialect only what processors have: no program calls a library.
bool isScalarArithmetic(Operation &op) {
  bool isArithmetic =
      isa_and_nonnull<arith::ArithDialect>(op.getDialect()) ||
      isa<math::AbsFOp, math::AbsIOp, math::FloorOp, math::SqrtOp>(op) ||
      op.hasTrait<FunctionTrait>();
  return isArithmetic && op.getNumRegions() == 0 && op.getNumResults() == 1 &&
         op.getResult(0).getType().isIntOrFloat();
}

LogicalResult checkOffsets(Operation *op, ArrayAttr offsets, size_t taps,
                           StringRef weights, unsigned rank) {
  if (offsets.empty() || offsets.size() != taps)
    return op->emitOpError("needs as many offsets as ")
           << weights << ", and at least one";
  ArrayRef<int64_t> before;
  for (auto attr : offsets.getAsRange<DenseI64ArrayAttr>()) {
    ArrayRef<int64_t> offset = attr.asArrayRef();
    if (offset.size() != rank)
      return op->emitOpError("needs one integer for each axis in an offset");
    if (!before.empty() &&
        !std::lexicographical_compare(before.begin(), before.end(),
                                      offset.begin(), offset.end()))
      return op->emitOpError("needs its offsets in ascending order");
    before = offset;
  }
  return success();
}

LogicalResult checkIndices(Operation *op, ValueRange indices,
                           ArrayRef<int64_t> extents) {
  if (extents.empty() || indices.size() != extents.size())
    return op->emitOpError("needs an index for each of its extents");
  for (auto [index, extent] : llvm::zip(indices, extents)) {
    llvm::APInt value;
    bool isOutside = matchPattern(index, m_ConstantInt(&value)) &&
                     (value.isNegative() || value.getSExtValue() >= extent);
    if (extent < 1 || isOutside)
      return op->emitOpError("has an index outside of its extent ") << extent;
  }
  return success();
}

/// What users see; it stands in the program itself, where they look for it.
bool isShown(Operation &op) {
  return isa<ParamOp, AxisOp, InputOp, OutputOp, NumberOp, StepLengthOp>(op);
}

/// Whether an operation of any dialect makes fields, as a sweep does, whose
/// place it may take.
static bool makesFields(Operation &op) {
  return op.getNumResults() > 0 &&
         llvm::all_of(op.getResultTypes(), llvm::IsaPred<FieldType>);
}

/// Fields, loops and what else the dialect has besides.
bool isHeldByLoops(Operation &op) {
  if (isShown(op))
    return false;
  return isScalarArithmetic(op) || makesFields(op) ||
         isa_and_nonnull<PdeDialect>(op.getDialect());
}

LogicalResult checkHeldByLoop(Operation *loop) {
  return checkHolds(loop, "fields, loops and scalars", isHeldByLoops);
}

} // namespace pdec::pde
