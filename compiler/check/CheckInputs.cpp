//===- CheckInputs.cpp - inputs, and which of them are states -------------===//
//
// The rule of a grid is that of the fields that evolve on it or are solved for,
// and of the inputs that they start from. An input that merely takes part in a
// step or an equation is a coefficient, or a datum: the boundary values of the
// unknown are not its own.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Checker.h"

#include <functional>

using namespace pdec;
using ast::as;

//===----------------------------------------------------------------------===//
// The statement
//===----------------------------------------------------------------------===//

/// The type of a field on the faces on which an operator's results live: that
/// of its result for a field of the grid. All parts of a list have the same.
Type Checker::facesOf(const ast::Expr &expr, const Grid *grid) {
  Value op = evaluator.eval(expr, *global);
  if (op.isPoison())
    return cellsOf(grid);
  if (!op.isOperator()) {
    reporter.error(Error::WrongKind, expr.range, "an operator", describe(op));
    return cellsOf(grid);
  }
  NodeRef cells = nodes.likeField(cellsOf(grid), nodes.real(0, expr.range));
  Value result = evaluator.arithmetic.apply(op.op, cells, expr.range);
  while (result.isList())
    result = Value(result.list->front());
  return result.node ? result.node->type : cellsOf(grid);
}

/// The default of an input with the rows of `type`; null after an error.
NodeRef Checker::inputDefault(const ast::Expr &expr, const Type &type) {
  Value value;
  {
    auto here = evaluator.names.meaning(type.grid);
    value = evaluator.eval(expr, *global);
  }
  NodeRef result = evaluator.arithmetic.asField(value, type.grid, expr.range,
                                                "the default of an input");
  if (!result)
    return nullptr;
  // A function of the axes that a profile has.
  NodeRef there = nodes.likeField(type, nodes.real(0, expr.range));
  if (type.grid->isFewer() && result->type.grid == type.grid->parent &&
      !evaluator.grids.sameGrid(result, there, expr.range))
    return nullptr;
  const Type &given = result->type;
  if (given.grid != type.grid)
    reporter.error(Error::GridMismatch, expr.range, type.grid->name,
                   given.grid->name);
  else if (haveSameRows(given, type))
    return result;
  else if (hasRows(given) && !hasRows(type))
    reporter.error(Error::NotOnCells, expr.range, "the default of an input")
        .help("say on which faces the input lives: input v on " +
              type.grid->name + ", faces D")
        .help("the adjoint of an operator leads from faces to cells");
  else if (NodeRef moved = nodes.onRows(result, type))
    return moved;
  else
    reporter.error(Error::DefaultRows, expr.range)
        .help("combine numbers, coordinates and what the same operator makes");
  return nullptr;
}

void Checker::input(const ast::InputStatement &statement) {
  const Grid *grid = evaluator.boundaries.gridOf(statement.on, *global);
  if (!grid) {
    evaluator.names.declare(*global, statement.name, Value(), Role::Constant);
    return;
  }
  Input input;
  input.name = statement.name.text;
  input.range = statement.range;
  input.type =
      statement.faces ? facesOf(*statement.faces, grid) : cellsOf(grid);
  if (statement.initial)
    input.initial = inputDefault(*statement.initial, input.type);
  bool isCoefficient =
      !statement.on.boundary && coefficients.count(input.name) > 0;
  if (statement.faces)
    input.rule = evaluator.rules.homogeneous(evaluator.rules.ofGrid(grid));
  else if (isCoefficient)
    input.rule = evaluator.rules.ofCoefficients(grid);
  else
    input.rule = evaluator.boundaries.ruleOn(statement.on, grid, *global);
  if (statement.faces && statement.on.boundary)
    reporter.error(Error::NotOnCells, statement.on.boundary->range,
                   "a field with a boundary rule");
  Node node;
  node.kind = NodeKind::Input;
  node.type = input.type;
  node.rule = input.rule;
  node.index = int(program->inputs.size());
  node.range = statement.name.range;
  program->inputs.push_back(std::move(input));
  evaluator.names.declare(*global, statement.name, nodes.make(std::move(node)),
                          Role::Constant);
}

//===----------------------------------------------------------------------===//
// States and coefficients
//===----------------------------------------------------------------------===//

/// Whether a script has what makes the question matter: an input without a rule
/// of its own, something that runs, and a side with a value.
static bool mayHaveCoefficients(const ast::Script &script) {
  auto mirrors = [](const ast::Boundary &boundary) {
    return isCopying(boundary.rule);
  };
  bool hasInput = false, runs = false, hasValues = false;
  for (const ast::Statement *entry : ast::allStatements(script))
    switch (entry->kind) {
    case ast::StatementKind::Input:
      hasInput |= !as<ast::InputStatement>(*entry).on.boundary;
      break;
    case ast::StatementKind::Grid:
      for (const auto &clause : as<ast::GridStatement>(*entry).clauses) {
        hasValues |=
            clause.kind == ast::ClauseKind::Boundary && !mirrors(clause.both);
        for (const ast::GridClause::Side &side : clause.sides)
          hasValues |= !mirrors(side.boundary);
      }
      break;
    default:
      runs = true;
    }
  return hasInput && runs && hasValues;
}

namespace {

/// Goes through the graph of a program, and notes the inputs from which loops
/// start and those that take part in their passes.
class Inputs {
public:
  void visit(const NodeRef &node, bool isInLoop) {
    if (!node || !seen[isInLoop].insert(node.get()).second)
      return;
    if (node->kind == NodeKind::Input && isInLoop)
      used.insert(node->index);
    if (node->loop)
      return visitLoop(*node->loop, isInLoop);
    node->forEachOperand(
        [&](const NodeRef &operand) { visit(operand, isInLoop); });
  }

  std::set<int> starts, used;

private:
  Beyond beyond;
  std::set<const Node *> seen[2];
  std::set<const Loop *> loops;

  void visitLoop(const Loop &loop, bool isInLoop) {
    if (!loops.insert(&loop).second)
      return;
    for (const NodeRef &init : loop.inits) {
      visit(init, isInLoop);
      if (!init->type.isField() || hasRows(init->type))
        continue;
      const Node *state = beyond.stateOf(init);
      while (state && state->kind == NodeKind::State)
        state = beyond.stateOf(state->args[0]);
      if (state && state->kind == NodeKind::Input)
        starts.insert(state->index);
    }
    for (const NodeRef &yield : loop.yields)
      visit(yield, true);
    for (const NodeRef &node : {loop.until, loop.measure, loop.bound})
      visit(node, true);
  }
};

} // namespace

std::set<std::string> pdec::findCoefficients(const ast::Script &script,
                                             const LibraryScripts &files) {
  if (!mayHaveCoefficients(script))
    return {};
  DiagnosticEngine unheard;
  Checker checker(script, unheard, {});
  checker.setLenient();
  std::unique_ptr<Program> program = checker.run(files);
  if (!program)
    return {};
  Inputs inputs;
  for (const Output &output : program->outputs)
    inputs.visit(output.value, false);
  for (const Record &record : program->records)
    inputs.visit(record.evolved, false);
  std::set<std::string> result;
  for (int index : inputs.used)
    if (!inputs.starts.count(index))
      result.insert(program->inputs[index].name);
  return result;
}
