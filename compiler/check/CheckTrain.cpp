//===- CheckTrain.cpp - what is trained, and how --------------------------===//
//
// Of a script that trains three programs are made beside its own: what is
// minimised with its derivatives, for one sample; and the optimiser, applied to
// a grid of all weights, one after the other, for its first state and from
// state to state. Whoever runs them adds up the derivatives of the samples.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Checker.h"

#include <algorithm>

using namespace pdec;
using ast::as;

/// The declaration of a parameter, if it is a trainable one.
static const Param *trainableParam(const Program &program, const Value &value) {
  if (value.kind != Value::Kind::Node)
    return nullptr;
  const Node &node = *value.node;
  const Param *param = nullptr;
  if (node.kind == NodeKind::Param)
    param = &program.params[node.index];
  else if (node.kind == NodeKind::Input && program.inputs[node.index].entries)
    param = &*program.inputs[node.index].entries;
  return param && param->isTrainable ? param : nullptr;
}

bool Checker::findWeights(const ast::TrainStatement &statement,
                          Training &training, std::vector<Given> &weights) {
  if (!evaluator.names.areDistinct(statement.weights))
    return false;
  for (const ast::Identifier &weight : statement.weights) {
    ast::NameExpr name;
    name.name = weight.text;
    name.range = weight.range;
    Value value = evaluator.eval(name, *global);
    if (value.isPoison())
      return false;
    if (!trainableParam(*program, value)) {
      reporter.error(Error::NotTrainable, weight.range, weight.text);
      return false;
    }
    training.weights.push_back(
        {value.node->kind == NodeKind::Input, value.node->index});
    weights.push_back({weight.text, value, weight.range});
  }
  return true;
}

bool Checker::readCount(const ast::Expr &expr, const std::string &what,
                        int64_t &count) {
  NodeRef number = evaluator.evalConstant(expr, *global, what);
  if (!number)
    return false;
  count = number->integer;
  if (number->type.element == ElementKind::Int && count >= 1)
    return true;
  reporter.error(Error::BadTrainingCount, expr.range, what);
  return false;
}

void Checker::setOutput(const std::string &name, NodeRef value,
                        SourceRange range) {
  Output output;
  output.name = name;
  auto isTaken = [&](const Output &other) { return other.name == output.name; };
  while (std::any_of(trainingOutputs.begin(), trainingOutputs.end(), isTaken))
    output.name += "_";
  output.value = std::move(value);
  output.range = range;
  trainingOutputs.push_back(std::move(output));
}

void Checker::prepareLoss(const NodeRef &loss,
                          const std::vector<Given> &weights) {
  setOutput("loss", loss, loss->range);
  for (const Given &weight : weights) {
    Value derivative = evaluator.gradient(loss, weight, weight.range);
    if (!derivative.isPoison())
      setOutput("by_" + weight.name, derivative.node, weight.range);
  }
  // What a training starts from, where no file has it.
  for (const Given &weight : weights)
    if (weight.value.node->type.isField())
      setOutput("first_" + weight.name, weight.value.node, weight.range);
}

//===----------------------------------------------------------------------===//
// The optimiser
//===----------------------------------------------------------------------===//

/// An array on the grid of all weights, as an input of the program.
NodeRef Checker::addTrained(const std::string &name, SourceRange range) {
  const Grid *grid = program->grids.back().get();
  Input input;
  input.name = "train_" + name;
  // What is the optimiser's is told by how its name begins.
  auto isTaken = [&](const Input &other) { return other.name == input.name; };
  while (std::any_of(program->inputs.begin(), program->inputs.end(), isTaken))
    input.name += "_";
  input.range = range;
  input.type = cellsOf(grid);
  input.rule = evaluator.rules.ofGrid(grid);
  Node node;
  node.kind = NodeKind::Input;
  node.type = input.type;
  node.rule = input.rule;
  node.index = int(program->inputs.size());
  node.range = range;
  program->inputs.push_back(std::move(input));
  return nodes.make(std::move(node));
}

static std::unique_ptr<Grid> gridOfWeights(const Program &program,
                                           const Training &training,
                                           NodeBuilder &nodes,
                                           SourceRange range) {
  int64_t count = 0;
  for (const Training::Weight &weight : training.weights)
    count += weight.isArray
                 ? *program.inputs[weight.index].type.grid->axes[0].size
                 : 1;
  std::unique_ptr<Grid> grid = arrayGrid(nodes, "train", {count}, range);
  grid->index = int(program.grids.size());
  return grid;
}

static bool isMap(const Value &value) {
  return value.kind == Value::Kind::Closure &&
         value.closure->kind != Closure::Kind::Scheme;
}

/// Of a function that still waits for its parameters a map is left.
static bool hasMap(const Value &value) {
  return isMap(value) ||
         (value.isList() &&
          std::any_of(value.list->begin(), value.list->end(), isMap));
}

static void badOptimiser(const Value &found, SourceRange range,
                         Reporter &reporter) {
  Diagnostic &error =
      reporter.error(Error::BadOptimiser, range, describe(found));
  if (std::string call = missingCall(found); !call.empty())
    error.help("optimisers are made by calls: " + call);
}

/// Evaluates the optimiser, and makes outputs of what it gives.
bool Checker::prepareOptimiser(const ast::TrainStatement &statement,
                               Training &training) {
  const ast::Expr &expr = *statement.optimiser;
  SourceRange range = expr.range;
  Value optimiser = evaluator.eval(expr, *global);
  if (optimiser.isPoison())
    return false;
  program->grids.push_back(
      gridOfWeights(*program, training, nodes, statement.range));
  NodeRef weights = addTrained("weights", range);
  Value slope = addTrained("slope", range);
  Value step, start;
  if (isMap(optimiser))
    step = evaluator.calls.call(optimiser.closure, {slope}, range);
  if (step.isList() && step.list->size() == 2) {
    start = (*step.list)[0];
    step = Value((*step.list)[1]);
  }
  if (!isMap(step) || (!start.isPoison() && !isMap(start))) {
    badOptimiser(optimiser, range, reporter);
    return false;
  }
  Value state = weights;
  if (!start.isPoison())
    state = evaluator.calls.call(start.closure, {weights}, range);
  std::vector<NodeRef> first, before = {weights}, after;
  if (state.isPoison() || !evaluator.arithmetic.flatten(state, range, first))
    return false;
  for (size_t i = 1; i < first.size(); ++i)
    before.push_back(addTrained("state" + std::to_string(i), range));
  size_t next = 0;
  Value given = rebuild(state, before, next);
  bool takesList = step.closure->formals.size() == 1 || !given.isList();
  Value made = evaluator.calls.call(
      step.closure, takesList ? std::vector<Value>{given} : *given.list, range);
  if (hasMap(made)) {
    badOptimiser(optimiser, range, reporter);
    return false;
  }
  if (made.isPoison() || !evaluator.arithmetic.flatten(made, range, after))
    return false;
  if (after.size() != before.size()) {
    reporter.error(Error::BadOptimiser, range,
                   "a step of " + std::to_string(before.size()) +
                       " arrays to " + std::to_string(after.size()));
    return false;
  }
  training.numStates = int(before.size()) - 1;
  const std::vector<NodeRef> &results =
      part == TrainingPart::Start ? first : after;
  for (size_t i = 0; i < results.size(); ++i) {
    NodeRef array = evaluator.arithmetic.asField(
        results[i], weights->type.grid, range, "what an optimiser makes");
    if (!array)
      return false;
    if (part != TrainingPart::Loss)
      setOutput(i ? "state" + std::to_string(i) : "weights", array, range);
  }
  return true;
}

void Checker::train(const ast::TrainStatement &statement) {
  if (program->training) {
    reporter.error(Error::TrainedTwice, statement.range);
    return;
  }
  Training training;
  std::vector<Given> weights;
  bool isSound =
      findWeights(statement, training, weights) &&
      readCount(*statement.epochs, "the number of epochs", training.epochs) &&
      (!statement.batch ||
       readCount(*statement.batch, "the size of a batch", training.batch));
  NodeRef loss =
      evaluator.evalScalar(*statement.loss, *global, "what training minimises");
  if (!isSound || !loss)
    return;
  size_t numGrids = program->grids.size(), numInputs = program->inputs.size();
  if (!prepareOptimiser(statement, training))
    return;
  if (part == TrainingPart::Loss)
    prepareLoss(nodes.toReal(loss), weights);
  // The script itself has nothing of the optimiser's.
  if (part == TrainingPart::None || part == TrainingPart::Loss) {
    trainingOutputs.resize(part == TrainingPart::Loss ? trainingOutputs.size()
                                                      : 0);
    program->inputs.resize(numInputs);
    trainedGrid = std::move(program->grids.back());
    program->grids.resize(numGrids);
  }
  program->training = std::move(training);
}
