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

const OperatorMatrix &
Evaluator::matrixOf(const MatrixKey &key, llvm::ArrayRef<double> scalars,
                    llvm::function_ref<OperatorMatrix()> make) {
  auto [place, isNew] = matrices.try_emplace(key);
  Cached &cached = place->second;
  if (isNew || llvm::ArrayRef(cached.scalars) != scalars)
    cached = {llvm::SmallVector<double>(scalars), make()};
  return cached.matrix;
}

/// The weights of a stencil times its scale.
llvm::SmallVector<double> Evaluator::weightsOf(StencilOp stencil) {
  double scale = stencil.getScale() ? real(stencil.getScale()) : 1;
  llvm::SmallVector<double> weights;
  for (Value weight : stencil.getWeights())
    weights.push_back(scale * real(weight));
  return weights;
}

/// What an apply or adjoint is given for its sides.
GivenSides Evaluator::givenSides(SidedOpInterface op) {
  GivenSides sides;
  for (auto [axis, rules] : llvm::enumerate(sidesOf(op)))
    for (bool high : {false, true}) {
      GivenSide &side = sides[axis][high];
      side.rule = high ? rules.getHigh() : rules.getLow();
      side.hasFactors = op.takesValues();
      SideOperands given = operandsOf(op, axis, high);
      for (Value scalar : given.scalars)
        side.scalars.push_back(real(scalar));
      if (given.value && isa<FieldType>(given.value.getType()))
        side.place = rowsOf(cast<FieldType>(given.value.getType()));
    }
  return sides;
}

/// The matrix of an apply, or of the operator that an adjoint transposes.
const OperatorMatrix &Evaluator::operatorOf(SidedOpInterface op) {
  FieldType rows = op.getOuter(), columns = op.getInner();
  StencilOp stencil = op.getOperator();
  GivenSides sides = givenSides(op);
  llvm::SmallVector<double> weights = weightsOf(stencil), scalars = weights;
  bool isShared = true;
  for (const auto &ends : sides)
    for (const GivenSide &side : ends) {
      scalars.append(side.scalars.begin(), side.scalars.end());
      isShared &= side.scalars.empty() && side.place.count() == 1;
    }
  Attribute rules = op->getAttr("sides");
  return matrixOf(
      {stencil, rows.getAsOpaquePointer(), columns.getAsOpaquePointer(),
       rules.getAsOpaquePointer(), isShared ? nullptr : op.getOperation()},
      scalars, [&] {
        return operatorMatrix(stencil, sides, sizesOf(columns), rowsOf(rows),
                              rowsOf(columns), weights);
      });
}

const SparseMatrix &Evaluator::restrictionOf(Operation &op, Value stencil,
                                             FieldType coarse, FieldType fine) {
  auto made = stencil.getDefiningOp<StencilOp>();
  llvm::SmallVector<double> weights = weightsOf(made);
  return matrixOf({made, coarse.getAsOpaquePointer(), fine.getAsOpaquePointer(),
                   nullptr, nullptr},
                  weights,
                  [&] {
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
  const OperatorMatrix &k = operatorOf(op);
  Eigen::VectorXd product = k.linear * field(op.getField());
  unsigned next = 0;
  for (unsigned axis = 0; axis < sidesOf(op).size(); ++axis)
    for (bool high : {false, true}) {
      Value given = operandsOf(op, axis, high).value;
      if (!given)
        continue;
      const SparseMatrix &matrix = k.outside[next++];
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

void Evaluator::runEntry(EntryOp op) {
  if (auto place = blockOf(op.getIndices(), op.getExtents(), 1))
    values[op.getResult()].number.real = field(op.getArray())[*place];
}

namespace {

/// The region of a map with its operands looked up: by position in a list of
/// numbers instead of by value in each cell.
class MapProgram {
public:
  MapProgram(MapOp op, llvm::function_ref<Number(Value)> outside) {
    Block &body = op.getBody().front();
    for (Value argument : body.getArguments())
      arguments.push_back(slot(argument, outside));
    for (Operation &inner : body.without_terminator()) {
      Instruction next{ScalarFunction(inner), {}, 0};
      for (Value operand : inner.getOperands())
        next.operands.push_back(slot(operand, outside));
      next.result = slot(inner.getResult(0), outside);
      instructions.push_back(std::move(next));
    }
    yielded = slot(body.getTerminator()->getOperand(0), outside);
  }

  void setArgument(unsigned i, double value) {
    numbers[arguments[i]].real = value;
  }

  double run() {
    llvm::SmallVector<Number, 3> operands;
    for (const Instruction &next : instructions) {
      operands.clear();
      for (unsigned operand : next.operands)
        operands.push_back(numbers[operand]);
      numbers[next.result] = next.function(operands.data());
    }
    return numbers[yielded].real;
  }

private:
  struct Instruction {
    ScalarFunction function;
    llvm::SmallVector<unsigned, 3> operands;
    unsigned result;
  };
  std::vector<Number> numbers;
  llvm::DenseMap<Value, unsigned> slots;
  std::vector<unsigned> arguments;
  std::vector<Instruction> instructions;
  unsigned yielded;

  unsigned slot(Value value, llvm::function_ref<Number(Value)> outside) {
    auto [place, isNew] = slots.try_emplace(value, numbers.size());
    if (isNew)
      numbers.push_back(outside(value));
    return place->second;
  }
};

} // namespace

/// Every cell on its own, through the region's operations.
void Evaluator::runMap(MapOp op) {
  FieldType type = op.getResult().getType();
  Rows rows = rowsOf(type);
  MapProgram program(op, [&](Value value) { return values[value].number; });
  llvm::SmallVector<std::pair<Rows, const Eigen::VectorXd *>> operands;
  for (Value operand : op.getFields())
    operands.push_back({rowsOf(cast<FieldType>(operand.getType())),
                        &values.find(operand)->second.field});
  Eigen::VectorXd result(rows.count());
  for (int64_t row = 0; row < rows.count(); ++row) {
    Position at = rows.position(row);
    for (auto [i, operand] : llvm::enumerate(operands))
      program.setArgument(i, (*operand.second)[operand.first.index(at)]);
    result[row] = program.run();
  }
  setField(op.getResult(), std::move(result));
}

/// False for operations that make no fields, nor numbers of fields.
bool Evaluator::runField(Operation &op) {
  if (auto apply = dyn_cast<ApplyOp>(op))
    runApply(apply);
  else if (auto adjoint = dyn_cast<AdjointOp>(op))
    setField(adjoint.getResult(), operatorOf(adjoint).linear.transpose() *
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
  else if (auto entry = dyn_cast<EntryOp>(op))
    runEntry(entry);
  else if (auto map = dyn_cast<MapOp>(op))
    runMap(map);
  else if (auto along = dyn_cast<AlongOp>(op))
    runAlong(along);
  else if (auto convolve = dyn_cast<ConvolveOp>(op))
    runConvolve(convolve);
  else if (auto correlate = dyn_cast<CorrelateOp>(op))
    runCorrelate(correlate);
  else
    return false;
  return true;
}

} // namespace pdec::reference
