//===- Evaluate.cpp - the plain evaluator of the pde dialect --------------===//

#include "compiler/reference/Evaluate.h"
#include "compiler/pde/PdeDialect.h"
#include "compiler/reference/OperatorMatrix.h"
#include "compiler/reference/ScalarArithmetic.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <Eigen/Core>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::reference {

namespace {

/// A value of the program: a scalar, or a field with its extra rows.
struct Known {
  Number number;
  Eigen::VectorXd field;
};

class Evaluator {
public:
  Evaluator(const Interface &interface, const Data &data)
      : interface(interface), data(data), outputs(interface.outputs.size()) {}

  void runBlock(Block &block) {
    for (Operation &op : block)
      if (!isa<YieldOp>(op))
        run(op);
  }
  std::vector<std::vector<double>> take() { return std::move(outputs); }

private:
  const Interface &interface;
  const Data &data;
  std::vector<std::vector<double>> outputs;
  llvm::DenseMap<Value, Known> values;

  double real(Value value) { return values[value].number.real; }
  const Eigen::VectorXd &field(Value value) { return values[value].field; }
  int64_t sizeOf(FieldType type) {
    return data.sizes[interface.gridIndex(type.getGrid().getValue())];
  }
  Number scalar(Operation &op);
  void run(Operation &op);
  void runInput(InputOp op);
  void runSteps(StepsOp op);
  void runMap(MapOp op);
  Eigen::VectorXd rounded(Eigen::VectorXd values, FieldType type);
  OperatorMatrix matrixOf(Operation *op, StencilOp stencil, FieldType grid,
                          ValueRange outside);
};

} // namespace

Eigen::VectorXd Evaluator::rounded(Eigen::VectorXd values, FieldType type) {
  if (type.getElement().isF32())
    values = values.cast<float>().cast<double>();
  return values;
}

OperatorMatrix Evaluator::matrixOf(Operation *op, StencilOp stencil,
                                   FieldType type, ValueRange outside) {
  GridOp grid = gridOf(op, type);
  double scale = stencil.getScale() ? real(stencil.getScale()) : 1;
  llvm::SmallVector<double> weights;
  for (Value weight : stencil.getWeights())
    weights.push_back(scale * real(weight));
  unsigned next = 0;
  auto beyond = [&](Boundary rule) {
    return rule == Boundary::Dirichlet && next < outside.size()
               ? real(outside[next++])
               : 0;
  };
  double low = beyond(grid.axis(0).getLow());
  double high = beyond(grid.axis(0).getHigh());
  return operatorMatrix(stencil, grid, sizeOf(type), weights, low, high);
}

/// Every cell on its own, through the region's operations.
void Evaluator::runMap(MapOp op) {
  FieldType type = op.getResult().getType();
  int64_t low = type.lowRows(0), rows = sizeOf(type) + low + type.highRows(0);
  Eigen::VectorXd result(rows);
  Block &body = op.getBody().front();
  for (int64_t row = 0; row < rows; ++row) {
    for (auto [argument, operand] :
         llvm::zip(body.getArguments(), op.getFields())) {
      int64_t more = cast<FieldType>(operand.getType()).lowRows(0) - low;
      values[argument].number.real = field(operand)[row + more];
    }
    for (Operation &inner : body.without_terminator())
      values[inner.getResult(0)].number = scalar(inner);
    result[row] = real(body.getTerminator()->getOperand(0));
  }
  values[op.getResult()].field = result;
}

Number Evaluator::scalar(Operation &op) {
  llvm::SmallVector<Number> args;
  for (Value operand : op.getOperands())
    args.push_back(values[operand].number);
  return evaluateScalar(op, args);
}

void Evaluator::runInput(InputOp op) {
  const auto &given = data.inputs[interface.inputIndex(op.getName())];
  Known &known = values[op.getField()];
  if (given.empty())
    known.field = field(op.getInitial());
  else
    known.field = Eigen::Map<const Eigen::VectorXd>(given.data(), given.size());
}

void Evaluator::runSteps(StepsOp op) {
  Block &body = op.getBody().front();
  llvm::SmallVector<Known> carried;
  for (Value init : op.getInits())
    carried.push_back(values[init]);
  int64_t count = values[op.getCount()].number.integer;
  for (int64_t pass = 0; pass < count; ++pass) {
    values[body.getArgument(0)].number.integer = pass;
    for (auto [argument, value] :
         llvm::zip(body.getArguments().drop_front(), carried))
      values[argument] = value;
    runBlock(body);
    for (auto [value, yielded] :
         llvm::zip(carried, body.getTerminator()->getOperands()))
      value = values[yielded];
  }
  for (auto [result, value] : llvm::zip(op.getResults(), carried))
    values[result] = value;
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

void Evaluator::run(Operation &op) {
  if (auto param = dyn_cast<ParamOp>(op)) {
    Number &number = values[param.getValue()].number;
    auto set = data.params.find(param.getName().str());
    if (auto integer = dyn_cast<IntegerAttr>(param.getInitial()))
      number.integer =
          set == data.params.end() ? integer.getInt() : int64_t(set->second);
    else
      number.real = set == data.params.end()
                        ? cast<FloatAttr>(param.getInitial()).getValueAsDouble()
                        : set->second;
  } else if (auto size = dyn_cast<SizeOp>(op)) {
    values[size.getSize()].number.integer =
        data.sizes[interface.gridIndex(size.getGrid())];
  } else if (auto input = dyn_cast<InputOp>(op)) {
    runInput(input);
  } else if (auto output = dyn_cast<OutputOp>(op)) {
    const Eigen::VectorXd &result = field(output.getField());
    outputs[interface.outputIndex(output.getName())].assign(
        result.data(), result.data() + result.size());
  } else if (auto coordinate = dyn_cast<CoordinateOp>(op)) {
    FieldType type = coordinate.getField().getType();
    Eigen::VectorXd cells(sizeOf(type));
    for (int64_t i = 0; i < cells.size(); ++i)
      cells[i] =
          real(coordinate.getFirst()) + i * real(coordinate.getSpacing());
    values[coordinate.getField()].field = rounded(cells, type);
  } else if (auto noise = dyn_cast<NoiseOp>(op)) {
    FieldType type = noise.getField().getType();
    Eigen::VectorXd cells(sizeOf(type));
    for (int64_t i = 0; i < cells.size(); ++i)
      cells[i] = noiseAt(values[noise.getSeed()].number.integer, i);
    values[noise.getField()].field = rounded(cells, type);
  } else if (auto apply = dyn_cast<ApplyOp>(op)) {
    OperatorMatrix k =
        matrixOf(&op, apply.getStencil().getDefiningOp<StencilOp>(),
                 apply.getField().getType(), apply.getOutside());
    Eigen::VectorXd product = k.matrix * field(apply.getField()) + k.constant;
    values[apply.getResult()].field =
        rounded(product, apply.getResult().getType());
  } else if (auto adjoint = dyn_cast<AdjointOp>(op)) {
    OperatorMatrix k =
        matrixOf(&op, adjoint.getStencil().getDefiningOp<StencilOp>(),
                 adjoint.getResult().getType(), {});
    Eigen::VectorXd product = k.matrix.transpose() * field(adjoint.getField());
    values[adjoint.getResult()].field =
        rounded(product, adjoint.getResult().getType());
  } else if (auto map = dyn_cast<MapOp>(op)) {
    runMap(map);
  } else if (auto steps = dyn_cast<StepsOp>(op)) {
    runSteps(steps);
  } else if (!isa<AxisOp, StencilOp>(op)) {
    values[op.getResult(0)].number = scalar(op);
  }
}

std::vector<std::vector<double>>
evaluate(ModuleOp root, const Interface &interface, const Data &data) {
  Evaluator evaluator(interface, data);
  for (auto program : root.getOps<ProgramOp>())
    evaluator.runBlock(program.getBody().front());
  return evaluator.take();
}

} // namespace pdec::reference
