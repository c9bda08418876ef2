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
#include "compiler/check/NodeBuilder.h"
#include "compiler/check/Operators.h"
#include "compiler/check/Reporter.h"
#include "compiler/check/Values.h"

#include <deque>
#include <functional>

namespace pdec {

class Evaluator {
public:
  explicit Evaluator(DiagnosticEngine &diagnostics);

  // Scopes and names.
  Scope *newScope(Scope *parent, bool isCall = false);
  /// Declares a name that is new in its scope; reports it if it is not.
  void declare(Scope &scope, const ast::Identifier &name, Value value,
               Role role);
  /// Declares a name, or a new version of it.
  void rebind(Scope &scope, const std::string &name, Value value, Role role,
              SourceRange range);
  void reportUnknown(const Scope &scope, const std::string &name,
                     SourceRange range,
                     const std::vector<std::string> &locals = {});
  Value closureOf(const ast::FunStatement &fun, Scope &scope);
  Value closureOf(const ast::SchemeStatement &scheme, Scope &scope);
  /// From a scheme that has its arguments to the step that it is then.
  static void makeStep(Closure &scheme);
  /// Reports the unknown names in a body that may never be evaluated.
  bool checkNames(const Closure &closure);

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
  /// `names` carried through `count` passes of `body`, which turns the values
  /// before a pass (and the loop's index) into those after it. Null after an
  /// error.
  using LoopBody = std::function<std::vector<Value>(
      const std::vector<NodeRef> &carried, const Loop &loop)>;
  std::vector<NodeRef> loop(const std::vector<std::string> &names,
                            std::vector<NodeRef> inits, NodeRef count,
                            bool isEvolution, SourceRange range,
                            const LoopBody &body);

  /// True when there is no point in going on.
  bool isStopped() const {
    return stopped || nodes.isExhausted() || reporter.diagnostics.full();
  }

  NodeRef asPointwise(const Value &value, SourceRange range);
  NodeRef coordinate(const Grid *grid, int axis, SourceRange range);

  Reporter reporter;
  NodeBuilder nodes;
  OperatorAlgebra operators;
  /// The grid of the input whose default is being evaluated.
  const Grid *contextGrid = nullptr;
  /// Asked for names that no scope has: what the script declares further down.
  /// True: the name is known now.
  std::function<bool(const std::string &)> declareLate;
  /// Where the script declares a name, if it does at all.
  std::function<SourceRange(const std::string &)> findDeclaration;
  /// The function whose body is being checked for names.
  std::string defining;

private:
  struct Given {
    std::string name; ///< empty: by position
    Value value;
    SourceRange range;
  };

  Value evalUnstopped(const ast::Expr &expr, Scope &scope);
  Value evalName(const ast::NameExpr &expr, Scope &scope);
  Value evalMember(const ast::MemberExpr &expr, Scope &scope);
  Value evalAdjoint(const ast::AdjointExpr &expr, Scope &scope);
  Value evalUnary(const ast::UnaryExpr &expr, Scope &scope);
  Value evalBinary(const ast::BinaryExpr &expr, Scope &scope);
  Value evalCompare(const ast::CompareExpr &expr, Scope &scope);
  Value evalIf(const ast::IfExpr &expr, Scope &scope);
  Value evalList(const ast::ListExpr &expr, Scope &scope);
  Value evalArrow(const ast::ArrowExpr &expr, Scope &scope);
  NodeRef evalCondition(const ast::Expr &expr, Scope &scope);

  Value numberOp(const ast::BinaryExpr &expr, NodeRef a, NodeRef b);
  Value operatorOp(const ast::BinaryExpr &expr, const Value &a, const Value &b);
  Value operatorPower(const ast::BinaryExpr &expr, const Value &a,
                      const Value &b);
  Value badOperands(const ast::BinaryExpr &expr, const Value &a,
                    const Value &b);
  bool sameGrid(const NodeRef &a, const NodeRef &b, SourceRange range);

  Value evalCall(const ast::CallExpr &expr, Scope &scope);
  Value applyOperator(const ast::CallExpr &expr, const Value &op,
                      const std::vector<Given> &given);
  /// The given arguments in the order of the parameters; null values where none
  /// is given. False after an error.
  bool match(const std::vector<Given> &given,
             const std::vector<std::string> &formals, size_t required,
             const std::string &callee, SourceRange range,
             std::vector<const Given *> &result);
  Value callClosure(const ClosureRef &closure, const std::vector<Given> &given,
                    SourceRange range);
  Value evalBody(const Closure &closure, Scope &scope);

  Value callBuiltin(Builtin builtin, const std::vector<Given> &given,
                    SourceRange range);
  Value pointwiseBuiltin(const BuiltinInfo &info,
                         const std::vector<Given> &given, SourceRange range);
  Value differenceBuiltin(Builtin builtin, const Grid *grid, int axis,
                          SourceRange range);
  Value stencilBuiltin(const std::vector<const Given *> &given,
                       SourceRange range);
  Value noiseBuiltin(const std::vector<Given> &given, SourceRange range);
  NodeRef scalarOf(const Given &given, const std::string &what);

  void evalBlock(const ast::Block &block, Scope &scope);
  void evalStatement(const ast::Statement &statement, Scope &scope);
  void evalAssign(const ast::AssignStatement &assign, Scope &scope);
  void evalFor(const ast::ForStatement &loop, Scope &scope);
  NodeRef passes(const NodeRef &first, const NodeRef &last, SourceRange range);
  Scope *findVariable(Scope &scope, const ast::Identifier &name);
  bool fitsLoop(const std::string &name, const Type &before, const Type &after,
                SourceRange range);

  std::deque<Scope> scopes;
  uint64_t clock = 1;
  int depth = 0;
  int steps = 0;
  int callDepth = 0;
  bool stopped = false;
};

} // namespace pdec

#endif // PDEC_CHECK_EVALUATOR_H
