//===- SweepCaptures.cpp - what a sweep takes from outside ----------------===//

#include "compiler/kernel/SweepCaptures.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

/// True of values that a loop's body has in each pass: all but what is known
/// before the loop.
static bool isInLoop(StepsOp steps, Value value) {
  return steps && value.getParentBlock() == &steps.getBody().front();
}

static bool isConstant(Operation *op) {
  return op && op->hasTrait<OpTrait::ConstantLike>();
}

//===----------------------------------------------------------------------===//
// Captures
//===----------------------------------------------------------------------===//

/// Adds a scalar: itself if it is known before the loop, else what it is
/// computed from in the loop's body.
static void captureScalar(StepsOp steps, Value value,
                          llvm::DenseSet<Value> &seen,
                          std::vector<Value> &scalars) {
  Operation *op = value.getDefiningOp();
  if (isConstant(op) || !seen.insert(value).second)
    return;
  if (!isInLoop(steps, value))
    scalars.push_back(value);
  else if (op)
    for (Value operand : op->getOperands())
      captureScalar(steps, operand, seen, scalars);
}

SweepCaptures::SweepCaptures(SweepOp sweep, StepsOp steps) {
  llvm::DenseSet<Value> seen;
  llvm::SetVector<Value> fields;
  auto grid = cast<FieldType>(sweep.getResult(0).getType()).getGrid();
  sweep.getBody().walk([&](Operation *op) {
    for (Value operand : op->getOperands()) {
      bool isInside = sweep.getBody().isAncestor(operand.getParentRegion());
      if (auto stencil = operand.getDefiningOp<StencilOp>())
        for (Value scalar : stencil->getOperands())
          captureScalar(steps, scalar, seen, scalars);
      else if (!isInside && !isa<FieldType>(operand.getType()))
        captureScalar(steps, operand, seen, scalars);
      else if (!isInside && !isInLoop(steps, operand))
        fields.insert(operand);
    }
  });
  leaves.assign(fields.begin(), fields.end());
  for (Value leaf : leaves)
    if (cast<FieldType>(leaf.getType()).getGrid() != grid)
      foreign.push_back(leaf);
}

//===----------------------------------------------------------------------===//
// Structure
//===----------------------------------------------------------------------===//

namespace {

/// Writes a sweep down without names: values by numbers in the order of their
/// appearance, attributes by their unique addresses, grids by their rules.
class StructureWriter {
public:
  StructureWriter(SweepOp sweep, StepsOp steps) : sweep(sweep), steps(steps) {}

  std::string write() {
    writeNumber(steps ? 1 : 0);
    for (Operation &op : sweep.getBody().front())
      writeOperation(op);
    return std::move(text);
  }

private:
  SweepOp sweep;
  StepsOp steps;
  std::string text;
  llvm::DenseMap<Value, int64_t> numbers;

  void writeNumber(int64_t number) {
    text.append(reinterpret_cast<const char *>(&number), sizeof number);
  }
  void writeAddress(const void *address) {
    writeNumber(reinterpret_cast<intptr_t>(address));
  }
  void writeType(Type type);
  void writeValue(Value value);
  void writeOperation(Operation &op);
};

} // namespace

void StructureWriter::writeType(Type type) {
  auto field = dyn_cast<FieldType>(type);
  if (!field)
    return writeAddress(type.getAsOpaquePointer());
  GridOp grid = gridOf(sweep, field);
  writeAddress(field.getElement().getAsOpaquePointer());
  writeNumber(grid.rank());
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    writeNumber(int64_t(grid.axis(axis).getLow()));
    writeNumber(int64_t(grid.axis(axis).getHigh()));
    writeNumber(int64_t(grid.axis(axis).getCoarsening()));
    writeNumber(field.lowRows(axis));
    writeNumber(field.highRows(axis));
  }
}

/// A value, and with constants, operators and a loop's own scalars what they
/// are: the function holds them itself.
void StructureWriter::writeValue(Value value) {
  auto [place, isNew] = numbers.try_emplace(value, numbers.size());
  writeNumber(place->second);
  if (!isNew)
    return;
  Operation *op = value.getDefiningOp();
  auto argument = dyn_cast<BlockArgument>(value);
  bool isMade =
      op && (isa<StencilOp>(op) || isConstant(op) || isInLoop(steps, value));
  writeNumber(isMade ? 1 : isInLoop(steps, value) ? 2 : 3);
  if (isMade)
    writeOperation(*op);
  else if (argument && isInLoop(steps, value))
    writeNumber(argument.getArgNumber());
  writeType(value.getType());
}

void StructureWriter::writeOperation(Operation &op) {
  writeAddress(op.getName().getAsOpaquePointer());
  writeAddress(op.getAttrDictionary().getAsOpaquePointer());
  writeNumber(op.getNumOperands());
  for (Value operand : op.getOperands())
    writeValue(operand);
  for (Region &region : op.getRegions())
    for (Block &block : region) {
      for (Value argument : block.getArguments())
        writeValue(argument);
      for (Operation &inner : block)
        writeOperation(inner);
    }
  for (Value result : op.getResults()) {
    numbers.try_emplace(result, numbers.size());
    writeType(result.getType());
  }
}

std::string structureOf(SweepOp sweep, StepsOp steps) {
  return StructureWriter(sweep, steps).write();
}

} // namespace pdec::kernel
