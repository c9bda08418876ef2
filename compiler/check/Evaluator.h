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

#include "compiler/ast/Ast.h"
#include "compiler/check/Differences.h"
#include "compiler/check/Effort.h"
#include "compiler/check/Freezing.h"
#include "compiler/check/Names.h"
#include "compiler/check/Reach.h"
#include "compiler/check/Reductions.h"
#include "compiler/check/States.h"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <tuple>

namespace pdec {

class Evaluator {
public:
  explicit Evaluator(DiagnosticEngine &diagnostics);

  void evalLet(const ast::LetStatement &let, Scope &scope, Role role);

  // Expressions.
  Value eval(const ast::Expr &expr, Scope &scope);
  /// A number or a field; null after an error.
  NodeRef evalPointwise(const ast::Expr &expr, Scope &scope);
  /// A number that is the same for the whole grid. `what` names it in errors.
  NodeRef evalScalar(const ast::Expr &expr, Scope &scope,
                     const std::string &what);
  NodeRef evalInteger(const ast::Expr &expr, Scope &scope,
                      const std::string &what);
  NodeRef evalConstant(const ast::Expr &expr, Scope &scope,
                       const std::string &what);

  // Calls and loops.
  Value call(const ClosureRef &closure, std::vector<Value> arguments,
             SourceRange range);
  /// A function or operator applied to a value; it may be one between states.
  Value callValue(const Value &callee, const Value &argument,
                  SourceRange range);
  /// `names` carried through `count` passes of `body`, which turns the values
  /// before a pass (and the loop's index) into those after it, and says by
  /// Loop::until when it ends before. Empty after an error.
  using LoopBody = std::function<std::vector<Value>(
      const std::vector<NodeRef> &carried, Loop &loop)>;
  std::vector<NodeRef> loop(const std::vector<std::string> &names,
                            std::vector<NodeRef> inits, const NodeRef &count,
                            bool isEvolution, SourceRange range,
                            const LoopBody &body);

  // Iterations until a condition holds (EvaluateFixpoint.cpp).
  struct Iteration {
    std::vector<std::string> names;
    std::vector<Value> initials;
    /// The next values of the given ones; `scope` is for the condition.
    std::function<std::vector<Value>(const std::vector<Value> &)> next;
    /// What of the values counts as the result; null: all of them.
    std::function<Value(const Value &)> result;
    /// Declares what the condition may name besides `names` and `change`.
    std::function<void(Scope &, const std::vector<Value> &)> declareMeasures;
    const ast::Expr *until;
    const ast::AtMost *atMost;
    SourceRange range;
  };
  /// The values at the end; empty after an error.
  std::vector<Value> iterate(const Iteration &iteration, Scope &scope);
  /// The field that is being solved for, for messages.
  std::string unknown = "cg_solve";

  // Boundary rules (EvaluateBoundary.cpp).
  /// The kinds of the sides that a clause names, and later their values.
  void sideKinds(const ast::GridClause &clause, const Grid &grid,
                 std::vector<Rule::AxisSides> &sides, bool needsAll);
  void sideValues(const ast::GridClause &clause, const Grid &grid,
                  std::vector<Rule::AxisSides> &sides, Scope &scope);
  RuleRef ruleOn(const ast::OnGrid &on, const Grid *grid, Scope &scope);
  Value declaredOn(const Value &value, const Grid *grid, const RuleRef &rule,
                   SourceRange range);
  /// The rule of a carried value; null (reported) if it is unclear.
  RuleRef ruleOfStart(const NodeRef &field);

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
  Names names;
  Effort effort;

private:
  bool checkSides(const ast::GridClause &clause, const Grid &grid,
                  bool needsAll);
  NodeRef sideValue(const ast::Expr &expr, const Grid &grid, BoundaryKind kind,
                    Scope &scope);
  static bool isOn(const Grid *grid, const Grid *finest);
  Value evalUnstopped(const ast::Expr &expr, Scope &scope);
  Value evalMember(const ast::MemberExpr &expr, Scope &scope);
  Value evalAdjoint(const ast::AdjointExpr &expr, Scope &scope);
  Value evalUnary(const ast::UnaryExpr &expr, Scope &scope);
  Value evalBinary(const ast::BinaryExpr &expr, Scope &scope);
  Value evalCompare(const ast::CompareExpr &expr, Scope &scope);
  Value evalIf(const ast::IfExpr &expr, Scope &scope);
  Value evalList(const ast::ListExpr &expr, Scope &scope);
  NodeRef evalCondition(const ast::Expr &expr, Scope &scope);

  Value evalFixpoint(const ast::FixpointExpr &expr, Scope &scope);
  Value evalBranch(const ast::Body &body, Scope &scope);
  Value select(NodeRef condition, const Value &a, const Value &b,
               const ast::IfExpr &expr);
  SourceRange placeInScript(SourceRange range) const;
  NodeRef largestCount(const Iteration &iteration, Scope &scope);
  bool readPass(const Iteration &iteration, const std::vector<Value> &after,
                const std::vector<NodeRef> &carried,
                std::vector<NodeRef> &leaves);
  Scope *conditionScope(const Iteration &iteration, Scope &scope,
                        const std::vector<Value> &before,
                        const std::vector<Value> &after);
  void setUntil(const Iteration &iteration, Scope &scope, Loop &loop);
  Value operatorOp(const ast::BinaryExpr &expr, const Value &a, const Value &b);
  Value operatorPower(const ast::BinaryExpr &expr, const Value &a,
                      const Value &b);
  Value badOperands(const ast::BinaryExpr &expr, const Value &a,
                    const Value &b);

  Value evalCall(const ast::CallExpr &expr, Scope &scope);
  Value applyOperator(const ast::CallExpr &expr, const Value &op,
                      const std::vector<Given> &given);
  Value callClosure(const ClosureRef &closure, const std::vector<Given> &given,
                    SourceRange range);
  Value callOnce(const Value &callee, const std::vector<Given> &given,
                 SourceRange range);
  Value callReceived(const Value &callee, const std::vector<Given> &given,
                     SourceRange range);
  std::vector<Given> asArguments(const Received &received,
                                 const std::vector<Given> &given);
  static void spreadList(const Closure &closure, std::vector<Given> &given);
  Value evalBody(const Closure &closure, Scope &scope);

  Value callBuiltin(Builtin builtin, const std::vector<Given> &given,
                    SourceRange range);
  Value pointwiseBuiltin(const BuiltinInfo &info,
                         const std::vector<Given> &given, SourceRange range);
  Value axisBuiltin(Builtin builtin, const std::vector<const Given *> &given,
                    SourceRange range);
  Value gridBuiltin(Builtin builtin, const std::vector<const Given *> &given,
                    SourceRange range);
  Value hold(const std::vector<const Given *> &given, SourceRange range);
  Value linear(const Given &given);
  Value closed(const Given &given, SourceRange range);
  Value requirement(const std::vector<const Given *> &given,
                    const std::string &name, SourceRange range);
  Value chessboard(const Grid *grid, SourceRange range);
  Value coloursBuiltin(Builtin builtin, const std::vector<const Given *> &given,
                       SourceRange range);
  std::pair<NodeRef, NodeRef> coloursAlong(const Grid *grid, int axis,
                                           int distance, SourceRange range);
  std::optional<Reach> findReach(const Given &function, const Given &fields,
                                 const std::vector<NodeRef> &leaves);
  std::optional<Reach> reachOf(const Given &function, const Given &fields,
                               const std::vector<NodeRef> &leaves);
  void reportCoupling(const Node &node, const Given &function);
  Value noiseBuiltin(const std::vector<Given> &given, SourceRange range);

  void evalBlock(const ast::Block &block, Scope &scope);
  void evalStatement(const ast::Statement &statement, Scope &scope);
  void evalAssign(const ast::AssignStatement &assign, Scope &scope);
  Value assigned(const Value &before, const Value &now, SourceRange range);
  bool takeApart(std::vector<Value> &values, size_t count, SourceRange range);
  struct LoopVariables;
  void evalFor(const ast::ForStatement &loop, Scope &scope);
  NodeRef counterOf(const Loop &loop, const NodeRef &first, SourceRange counter,
                    SourceRange header);
  NodeRef passes(const NodeRef &first, const NodeRef &last, SourceRange range);
  Scope *findVariable(Scope &scope, const ast::Identifier &name);
  bool fitsLoop(const std::string &name, const Type &before, const Type &after,
                SourceRange range);

  Freezing freezing;
  /// Enclose the variables by which findReach looks into functions; their nodes
  /// stay known, so these addresses must.
  std::vector<std::shared_ptr<const Loop>> probed;
  /// A function, whether its linear part is meant, the rules of its argument.
  using ReachKey =
      std::tuple<ClosureRef, OperatorRef, bool, std::vector<RuleRef>>;
  /// Nothing where an error has been reported.
  std::map<ReachKey, std::optional<Reach>> reaches;
  int numFixpoints = 0;
};

} // namespace pdec

#endif // PDEC_CHECK_EVALUATOR_H
