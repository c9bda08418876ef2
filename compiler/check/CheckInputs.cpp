//===- CheckInputs.cpp - which inputs are states --------------------------===//
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

/// Whether a script has what makes the question matter: an input without a rule
/// of its own, something that runs, and a side with a value.
static bool mayHaveCoefficients(const ast::Script &script) {
  auto mirrors = [](const ast::Boundary &boundary) {
    return isCopying(boundary.rule);
  };
  bool hasInput = false, runs = false, hasValues = false;
  for (const ast::StatementPtr &entry : script.statements)
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

std::set<std::string> pdec::findCoefficients(const ast::Script &script) {
  if (!mayHaveCoefficients(script))
    return {};
  DiagnosticEngine unheard;
  Checker checker(script, unheard, {});
  checker.setLenient();
  std::unique_ptr<Program> program = checker.run();
  if (!program)
    return {};
  Inputs inputs;
  for (const Output &output : program->outputs)
    inputs.visit(output.value, false);
  std::set<std::string> result;
  for (int index : inputs.used)
    if (!inputs.starts.count(index))
      result.insert(program->inputs[index].name);
  return result;
}
