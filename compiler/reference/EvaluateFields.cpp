//===- EvaluateFields.cpp - field operations of the plain evaluator -------===//

#include "compiler/reference/Evaluator.h"

#include <cmath>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::reference {

/// The signs are random numbers, so that no loop is in tune with them.
double Evaluator::disturbed(double number) {
  bool up = signs() & 1;
  return number * (1 + (up ? data.disturbance : -data.disturbance));
}

/// A field's values, rounded to its element type.
void Evaluator::setField(Value value, Eigen::VectorXd cells) {
  if (data.disturbance != 0)
    for (double &cell : cells)
      cell = disturbed(cell);
  if (cast<FieldType>(value.getType()).getElement().isF32())
    cells = cells.cast<float>().cast<double>().eval();
  values[value].field = std::move(cells);
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

const OperatorMatrix &Evaluator::matrixOf(
    Value stencil, FieldType rows, FieldType columns,
    llvm::function_ref<OperatorMatrix(StencilOp, llvm::ArrayRef<double>)>
        make) {
  auto op = stencil.getDefiningOp<StencilOp>();
  double scale = op.getScale() ? real(op.getScale()) : 1;
  llvm::SmallVector<double> weights;
  for (Value weight : op.getWeights())
    weights.push_back(scale * real(weight));
  auto [place, isNew] = matrices.try_emplace(
      {op, rows.getAsOpaquePointer(), columns.getAsOpaquePointer()});
  Cached &cached = place->second;
  if (isNew || cached.weights != weights)
    cached = {weights, make(op, weights)};
  return cached.matrix;
}

const OperatorMatrix &Evaluator::operatorOf(Operation &op, Value stencil,
                                            FieldType rows, FieldType columns) {
  return matrixOf(stencil, rows, columns,
                  [&](StencilOp made, llvm::ArrayRef<double> weights) {
                    return operatorMatrix(made, gridOf(&op, columns),
                                          sizesOf(columns), rowsOf(rows),
                                          weights);
                  });
}

const SparseMatrix &Evaluator::restrictionOf(Operation &op, Value stencil,
                                             FieldType coarse, FieldType fine) {
  return matrixOf(stencil, coarse, fine,
                  [&](StencilOp made, llvm::ArrayRef<double> weights) {
                    return OperatorMatrix{
                        restrictionMatrix(made, gridOf(&op, coarse),
                                          sizesOf(fine), sizesOf(coarse),
                                          weights),
                        {}};
                  })
      .linear;
}

void Evaluator::runApply(ApplyOp op) {
  FieldType type = op.getField().getType();
  const OperatorMatrix &k =
      operatorOf(*op, op.getStencil(), op.getResult().getType(), type);
  Eigen::VectorXd product = k.linear * field(op.getField());
  for (auto [matrix, given] : llvm::zip(k.outside, op.getOutside())) {
    if (isa<FieldType>(given.getType())) {
      product += matrix * field(given);
      continue;
    }
    double number = real(given);
    if (type.getElement().isF32())
      number = float(number);
    product += matrix * Eigen::VectorXd::Constant(matrix.cols(), number);
  }
  setField(op.getResult(), product);
}

//===----------------------------------------------------------------------===//
// Cell by cell
//===----------------------------------------------------------------------===//

void Evaluator::runCoordinate(CoordinateOp op) {
  Rows rows = rowsOf(op.getField().getType());
  double first = real(op.getFirst()), spacing = real(op.getSpacing());
  Eigen::VectorXd cells(rows.count());
  for (int64_t i = 0; i < cells.size(); ++i)
    cells[i] = first + rows.position(i)[op.getAxis()] * spacing;
  setField(op.getField(), cells);
}

/// SplitMix64 of seed * golden + cell, as docs/language.md defines noise.
static double noiseAt(int64_t seed, int64_t cell) {
  const uint64_t golden = 0x9E3779B97F4A7C15;
  uint64_t z = uint64_t(seed) * golden + uint64_t(cell) + golden;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  z ^= z >> 31;
  return double(z >> 11) * 0x1p-52 - 1;
}

void Evaluator::runNoise(NoiseOp op) {
  Eigen::VectorXd cells(rowsOf(op.getField().getType()).count());
  for (int64_t i = 0; i < cells.size(); ++i)
    cells[i] = noiseAt(integer(op.getSeed()), i);
  setField(op.getField(), cells);
}

static double reduced(Reduction kind, const Eigen::VectorXd &a,
                      const Eigen::VectorXd &b) {
  switch (kind) {
  case Reduction::Sum:
    return a.sum();
  case Reduction::Dot:
    return a.dot(b);
  case Reduction::Min:
    return a.minCoeff<Eigen::PropagateNaN>();
  case Reduction::Max:
    return a.maxCoeff<Eigen::PropagateNaN>();
  case Reduction::MaxAbs:
    return a.cwiseAbs().maxCoeff<Eigen::PropagateNaN>();
  }
  llvm_unreachable("a reduction that is none");
}

void Evaluator::runReduce(ReduceOp op) {
  values[op.getResult()].number.real =
      disturbed(reduced(op.getKind(), field(op.getFields().front()),
                        field(op.getFields().back())));
}

/// Every cell on its own, through the region's operations. Their operands are
/// looked up once, not in each cell.
void Evaluator::runMap(MapOp op) {
  FieldType type = op.getResult().getType();
  Rows rows = rowsOf(type);
  Block &body = op.getBody().front();
  std::vector<Number> slots;
  llvm::DenseMap<Value, unsigned> slotOf;
  auto slot = [&](Value value) {
    auto [place, isNew] = slotOf.try_emplace(value, slots.size());
    if (isNew)
      slots.push_back(values[value].number);
    return place->second;
  };
  struct Operand {
    Rows rows;
    const Eigen::VectorXd *cells;
    unsigned slot;
  };
  std::vector<Operand> operands;
  for (auto [argument, operand] :
       llvm::zip(body.getArguments(), op.getFields()))
    operands.push_back(
        {rowsOf(cast<FieldType>(operand.getType())), nullptr, slot(argument)});
  struct Instruction {
    Operation *op;
    llvm::SmallVector<unsigned> args;
    unsigned result;
  };
  std::vector<Instruction> instructions;
  for (Operation &inner : body.without_terminator()) {
    Instruction next{&inner, {}, 0};
    for (Value arg : inner.getOperands())
      next.args.push_back(slot(arg));
    next.result = slot(inner.getResult(0));
    instructions.push_back(next);
  }
  unsigned yielded = slot(body.getTerminator()->getOperand(0));
  // From here on nothing is added to `values`, so that its fields stay.
  for (auto [operand, value] : llvm::zip(operands, op.getFields()))
    operand.cells = &values.find(value)->second.field;

  Eigen::VectorXd result(rows.count());
  llvm::SmallVector<Number> args;
  for (int64_t row = 0; row < rows.count(); ++row) {
    Position at = rows.position(row);
    for (const Operand &operand : operands)
      slots[operand.slot].real = (*operand.cells)[operand.rows.index(at)];
    for (const Instruction &next : instructions) {
      args.clear();
      for (unsigned arg : next.args)
        args.push_back(slots[arg]);
      slots[next.result] = evaluateScalar(*next.op, args);
    }
    result[row] = slots[yielded].real;
  }
  setField(op.getResult(), std::move(result));
}

/// False for operations that make no fields, nor numbers of fields.
bool Evaluator::runField(Operation &op) {
  if (auto apply = dyn_cast<ApplyOp>(op))
    runApply(apply);
  else if (auto adjoint = dyn_cast<AdjointOp>(op))
    setField(adjoint.getResult(),
             operatorOf(op, adjoint.getStencil(), adjoint.getField().getType(),
                        adjoint.getResult().getType())
                     .linear.transpose() *
                 field(adjoint.getField()));
  else if (auto restriction = dyn_cast<RestrictOp>(op))
    setField(restriction.getResult(),
             restrictionOf(op, restriction.getStencil(),
                           restriction.getResult().getType(),
                           restriction.getField().getType()) *
                 field(restriction.getField()));
  else if (auto prolongation = dyn_cast<ProlongOp>(op))
    setField(prolongation.getResult(),
             restrictionOf(op, prolongation.getStencil(),
                           prolongation.getField().getType(),
                           prolongation.getResult().getType())
                     .transpose() *
                 field(prolongation.getField()));
  else if (auto coordinate = dyn_cast<CoordinateOp>(op))
    runCoordinate(coordinate);
  else if (auto noise = dyn_cast<NoiseOp>(op))
    runNoise(noise);
  else if (auto reduce = dyn_cast<ReduceOp>(op))
    runReduce(reduce);
  else if (auto map = dyn_cast<MapOp>(op))
    runMap(map);
  else
    return false;
  return true;
}

} // namespace pdec::reference
