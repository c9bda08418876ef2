//===- Evaluator.h - expressions to values ----------------------*- C++ -*-===//
//
// Runs the compile-time part of a script: looks up names, inlines functions and
// schemes, and builds the nodes of what is left. Every function that cannot
// give a value has reported why and gives poison (or null), which makes no
// further errors.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_CHECK_EVALUATOR_H
#define PDEC_CHECK_EVALUATOR_H

#include "compiler/check/Arrays.h"
#include "compiler/check/Blocks.h"
#include "compiler/check/BuiltinCalls.h"
#include "compiler/check/Equations.h"
#include "compiler/check/Evolutions.h"

namespace pdec {

/// Walks expressions. Owns the parts that know what these mean, each of which
/// may use those above it.
class Evaluator : public Expressions {
public:
  explicit Evaluator(DiagnosticEngine &diagnostics);

  Value eval(const ast::Expr &expr, Scope &scope) override;
  bool evalBlock(const ast::Block &block, Scope &scope) override {
    return blocks.run(block, scope);
  }
  Value solution(const ast::SolveStatement &solve, Scope &scope,
                 ast::Identifier &unknown) override {
    return equations.solve(solve, scope, unknown);
  }
  std::vector<Value> evolved(const ast::EvolveStatement &evolve,
                             Scope &scope) override {
    return evolutions.inBlock(evolve, scope);
  }
  bool require(const ast::RequireStatement &statement, Scope &scope,
               bool isOfScript) override {
    return iterations.require(statement, scope, isOfScript);
  }

  /// The derivative of a number by a variable or a list of them.
  Value gradient(const NodeRef &of, const Given &by, SourceRange range) {
    return gradients.by(of, by, range);
  }

  // Values, without scopes and syntax.
  Reporter reporter;
  NodeBuilder nodes;
  Rules rules;
  Beyond beyond;
  OperatorAlgebra operators;
  Hierarchy grids;
  Arithmetic arithmetic;
  Reductions reductions;
  Differences differences;
  States states;
  // What is declared and inlined.
  Names names;
  Effort effort;
  Freezing freezing;
  Boundaries boundaries;
  Loops loops;
  Iterations iterations;
  Blocks blocks;
  Calls calls;
  Solutions solutions;
  Equations equations;
  Evolutions evolutions;
  Arrays arrays;

private:
  Value evalUnstopped(const ast::Expr &expr, Scope &scope);
  Value evalMember(const ast::MemberExpr &expr, Scope &scope);
  Value evalCompare(const ast::CompareExpr &expr, Scope &scope);
  NodeRef comparand(const Value &value, SourceRange range);
  NodeRef comparison(const ast::CompareExpr &expr,
                     const std::vector<Value> &values);
  Value evalIf(const ast::IfExpr &expr, Scope &scope);
  Value evalBranch(const ast::Body &body, Scope &scope);
  Value select(NodeRef condition, const Value &a, const Value &b,
               const ast::IfExpr &expr);
  Value evalList(const ast::ListExpr &expr, Scope &scope);
  Value evalFixpoint(const ast::FixpointExpr &expr, Scope &scope);
  Value evalCall(const ast::CallExpr &expr, Scope &scope);
  Value applyOperator(const ast::CallExpr &expr, const Value &op,
                      const std::vector<Given> &given);

  // EvaluateArithmetic.cpp
  Value evalAdjoint(const ast::AdjointExpr &expr, Scope &scope);
  Value evalUnary(const ast::UnaryExpr &expr, Scope &scope);
  Value evalBinary(const ast::BinaryExpr &expr, Scope &scope);
  Value operatorOp(const ast::BinaryExpr &expr, const Value &a, const Value &b);
  Value operatorPower(const ast::BinaryExpr &expr, const Value &a,
                      const Value &b);
  Value fieldAndList(const ast::BinaryExpr &expr, const Value &a,
                     const Value &b);
  Value badOperands(const ast::BinaryExpr &expr, const Value &a,
                    const Value &b);

  Probes probes;
  Couplings couplings;
  Colours colours;
  GridCalls gridCalls;
  StateCalls stateCalls;
  Rates rates;
  Gradients gradients;
  Points points;
  Linearisations linearisations;
  BuiltinCalls builtins;
};

} // namespace pdec

#endif // PDEC_CHECK_EVALUATOR_H
