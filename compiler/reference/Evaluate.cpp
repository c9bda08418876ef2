//===- Evaluate.cpp - the plain evaluator of the pde dialect --------------===//
//
// Slow and plain on purpose, and without a line that kernel or network share:
// it is what both are compared with. Everything is computed in double and
// rounded to the element type after each operation (ScalarArithmetic.cpp,
// EvaluateFields.cpp).
//
//===----------------------------------------------------------------------===//

#include "compiler/reference/Evaluate.h"
#include "compiler/pde/PdeDialect.h"
#include "compiler/pde/PdeResults.h"
#include "compiler/reference/Evaluator.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::reference {

Position Evaluator::sizesOf(FieldType type) const {
  size_t first = 3 * interface.gridIndex(type.getGrid().getValue());
  return {data.sizes[first], data.sizes[first + 1], data.sizes[first + 2]};
}

Rows Evaluator::rowsOf(FieldType type) const {
  int grid = interface.gridIndex(type.getGrid().getValue());
  return Rows(type, sizesOf(type), interface.grids[grid].axes.size());
}

Number Evaluator::scalar(Operation &op) {
  llvm::SmallVector<Number> args;
  for (Value operand : op.getOperands())
    args.push_back(values[operand].number);
  return ScalarFunction(op)(args.data());
}

void Evaluator::runInput(InputOp op) {
  const auto &given = data.inputs[interface.inputIndex(op.getName())];
  // No data are given: the default, which the verifier wants if there is one.
  if (given.empty())
    values[op.getField()] = Known(values[op.getInitial()]);
  else
    setField(op.getField(),
             Eigen::Map<const Eigen::VectorXd>(given.data(), given.size()));
}

/// Adds to the end of a record.
void Evaluator::runRecord(Operation &operation) {
  auto op = cast<RecordOp>(operation);
  auto &made = result.outputs[interface.outputs.size() +
                              interface.recordIndex(op.getName())];
  for (Value value : op.getValues()) {
    if (!isa<FieldType>(value.getType())) {
      made.push_back(real(value));
      continue;
    }
    const Eigen::VectorXd &cells = field(value);
    made.insert(made.end(), cells.data(), cells.data() + cells.size());
  }
}

static Number initialValue(ParamOp param, const Data &data) {
  auto set = data.params.find(param.getName().str());
  bool isSet = set != data.params.end();
  if (auto integer = dyn_cast<IntegerAttr>(param.getInitial()))
    return {0, isSet ? int64_t(set->second) : integer.getInt()};
  return {isSet ? set->second
                : cast<FloatAttr>(param.getInitial()).getValueAsDouble(),
          0};
}

/// What a module declares; false for other operations.
bool Evaluator::runDeclaration(Operation &op) {
  if (auto param = dyn_cast<ParamOp>(op)) {
    values[param.getValue()].number = initialValue(param, data);
  } else if (auto size = dyn_cast<SizeOp>(op)) {
    values[size.getSize()].number.integer =
        data.sizes[3 * interface.gridIndex(size.getGrid()) + size.getAxis()];
  } else if (auto input = dyn_cast<InputOp>(op)) {
    runInput(input);
  } else if (auto output = dyn_cast<OutputOp>(op)) {
    const Eigen::VectorXd &cells = field(output.getField());
    result.outputs[interface.outputIndex(output.getName())].assign(
        cells.data(), cells.data() + cells.size());
  } else if (auto number = dyn_cast<NumberOp>(op)) {
    result.outputs[interface.outputIndex(number.getName())] = {
        real(number.getValue())};
  } else if (isa<RecordOp>(op)) {
    runRecord(op);
  } else if (!isa<AxisOp, StencilOp, StepLengthOp>(op)) {
    return false;
  }
  return true;
}

/// What is no declaration, loop or field is an operation on scalars.
void Evaluator::run(Operation &op) {
  if (!runDeclaration(op) && !runControl(op) && !runField(op))
    values[op.getResult(0)].number = scalar(op);
}

void Evaluator::runBlock(Block &block) {
  for (Operation &op : block)
    if (!isa<YieldOp, UntilOp>(op) && result.failure.empty())
      run(op);
}

Evaluation evaluate(ModuleOp root, const Interface &interface,
                    const Data &data) {
  Evaluator evaluator(interface, data);
  for (auto program : root.getOps<ProgramOp>())
    evaluator.runBlock(program.getBody().front());
  return evaluator.take();
}

} // namespace pdec::reference
