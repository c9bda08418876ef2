//===- EvaluateNames.cpp - scopes, declarations, unknown names ------------===//
//
// Scripts declare before they use, so that functions can be inlined where they
// are called and nothing calls itself. A name counts as known if a scope has
// it, or if the script declares it further down in a place where that is
// allowed (declareLate).
//
// Bodies of functions are evaluated only when they are called, maybe never.
// Their names are checked when they are declared, once; a body with an unknown
// name is marked as broken and its calls give poison without another message.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Evaluator.h"

#include "compiler/support/Suggest.h"

#include <algorithm>

using namespace pdec;

Scope *Evaluator::newScope(Scope *parent, bool isCall) {
  scopes.emplace_back(parent, UINT64_MAX, isCall);
  return &scopes.back();
}

void Evaluator::rebind(Scope &scope, const std::string &name, Value value,
                       Role role, SourceRange range) {
  scope.bind(name, {std::move(value), role, range, clock++});
}

void Evaluator::declare(Scope &scope, const ast::Identifier &name, Value value,
                        Role role) {
  if (const Binding *first = scope.find(name.text, UINT64_MAX)) {
    Diagnostic &error =
        reporter.error(Error::DuplicateName, name.range, name.text);
    if (first->value.kind == Value::Kind::Axis)
      error.help("grids have axes of this name");
    if (first->range)
      error.note(first->range, "the first declaration is here");
    return;
  }
  rebind(scope, name.text, std::move(value), role, name.range);
}

void Evaluator::reportUnknown(const Scope &scope, const std::string &name,
                              SourceRange range,
                              const std::vector<std::string> &locals) {
  // The likeliest reason for each kind of unknown name, in this order.
  if (!defining.empty() && name == defining) {
    reporter.error(Error::Recursion, range, name)
        .help("repetition is written with 'for' or 'evolve'");
    return;
  }
  if (SourceRange later = findDeclaration(name)) {
    reporter.error(Error::UsedBeforeDeclaration, range, name)
        .note(later, "it is declared here");
    return;
  }
  Diagnostic &error = reporter.error(Error::UnknownName, range, name);
  if (name == "e") {
    error.help("Euler's number is exp(1)");
    return;
  }
  std::vector<std::string> candidates = locals;
  size_t ours = candidates.size();
  scope.collect(candidates);
  // Scopes are hash tables: without an order the suggestion would vary.
  std::sort(candidates.begin() + ours, candidates.end());
  std::string nearest = nearestName(name, candidates);
  if (!nearest.empty())
    error.help("did you mean '" + nearest + "'?");
}

//===----------------------------------------------------------------------===//
// Functions and schemes
//===----------------------------------------------------------------------===//

static std::vector<Closure::Formal>
formalsOf(const std::vector<ast::Formal> &formals) {
  std::vector<Closure::Formal> result;
  for (const ast::Formal &formal : formals)
    result.push_back(
        {formal.name.text, formal.name.range, formal.initial.get()});
  return result;
}

void Evaluator::declareFunction(const ast::FunStatement &fun, Scope &scope) {
  auto closure = std::make_shared<Closure>();
  closure->name = fun.name.text;
  closure->formals = formalsOf(fun.formals);
  closure->body = &fun.body;
  closure->environment = &scope;
  closure->isHierarchy = fun.isHierarchy;
  // A hierarchy sees its own name, any other function what was there before.
  if (fun.isHierarchy)
    declare(scope, fun.name, Value(ClosureRef(closure)), Role::Constant);
  closure->isBroken = !checkNames(*closure);
  // After the check: it may have declared parameters that the body names.
  closure->visible = clock;
  if (!fun.isHierarchy)
    declare(scope, fun.name, Value(ClosureRef(closure)), Role::Constant);
}

void Evaluator::makeStep(Closure &scheme) {
  scheme.kind = Closure::Kind::Step;
  scheme.formals.clear();
  for (const ast::Identifier &state : scheme.scheme->states)
    scheme.formals.push_back({state.text, state.range, nullptr});
}

Value Evaluator::closureOf(const ast::SchemeStatement &scheme, Scope &scope) {
  auto closure = std::make_shared<Closure>();
  closure->kind = Closure::Kind::Scheme;
  closure->name = scheme.name.text;
  closure->formals = formalsOf(scheme.formals);
  closure->body = &scheme.body;
  closure->scheme = &scheme;
  closure->environment = &scope;
  closure->isBroken = !checkNames(*closure);
  closure->visible = clock;
  // Without parameters there is nothing to apply it to: it is a step already.
  if (closure->formals.empty())
    makeStep(*closure);
  return Value(ClosureRef(closure));
}

namespace {

/// Walks a body and reports names that neither it nor its surroundings know.
class NameCheck {
public:
  NameCheck(Evaluator &evaluator, const Scope &scope)
      : evaluator(evaluator), scope(scope) {}

  bool isSound = true;

  void formals(const std::vector<Closure::Formal> &formals);
  void add(const ast::Identifier &name) { locals.push_back(name.text); }
  void body(const ast::Body &body);

private:
  bool isKnown(const std::string &name) const {
    return std::find(locals.begin(), locals.end(), name) != locals.end() ||
           scope.lookup(name) || evaluator.declareLate(name);
  }
  void block(const ast::Block &block);
  void statement(const ast::Statement &statement);
  void expr(const ast::Expr &expr);
  void fixpoint(const ast::FixpointExpr &e);

  Evaluator &evaluator;
  const Scope &scope;
  std::vector<std::string> locals;
};

} // namespace

void NameCheck::formals(const std::vector<Closure::Formal> &formals) {
  for (const Closure::Formal &formal : formals) {
    auto same = [&](const Closure::Formal &other) {
      return other.name == formal.name;
    };
    auto first = std::find_if(formals.begin(), formals.end(), same);
    // Each duplicate is told once, with the first of its name.
    if (&*first != &formal) {
      evaluator.reporter.error(Error::DuplicateName, formal.range, formal.name)
          .note(first->range, "the first declaration is here");
      isSound = false;
    }
    if (formal.initial)
      expr(*formal.initial);
    // A default may name the parameters before its own.
    locals.push_back(formal.name);
  }
}

void NameCheck::body(const ast::Body &body) {
  if (body.block)
    block(*body.block);
  else
    expr(*body.expr);
}

void NameCheck::block(const ast::Block &block) {
  size_t outer = locals.size();
  for (const ast::StatementPtr &entry : block.statements)
    statement(*entry);
  if (block.result)
    expr(*block.result);
  locals.resize(outer);
}

void NameCheck::statement(const ast::Statement &statement) {
  switch (statement.kind) {
  case ast::StatementKind::Let:
  case ast::StatementKind::Var: {
    const auto &let = ast::as<ast::LetStatement>(statement);
    // Before its names: they are not known in their own value.
    expr(*let.value);
    for (const ast::Identifier &name : let.names)
      add(name);
    return;
  }
  case ast::StatementKind::Assign:
    // Targets are checked when the block is evaluated: they need their roles.
    for (const ast::ExprPtr &value :
         ast::as<ast::AssignStatement>(statement).values)
      expr(*value);
    return;
  case ast::StatementKind::For: {
    const auto &loop = ast::as<ast::ForStatement>(statement);
    expr(*loop.first);
    expr(*loop.last);
    add(loop.counter);
    block(*loop.body);
    locals.pop_back();
    return;
  }
  default:
    return; // no others in blocks
  }
}

void NameCheck::fixpoint(const ast::FixpointExpr &e) {
  for (const ast::ExprPtr &initial : e.initials)
    expr(*initial);
  if (e.atMost.count)
    expr(*e.atMost.count);
  size_t outer = locals.size();
  for (const ast::Identifier &state : e.states)
    add(state);
  for (const ast::StatementPtr &entry : e.body->statements)
    statement(*entry);
  for (const ast::ExprPtr &value : e.values)
    expr(*value);
  // The condition alone knows it.
  locals.push_back("change");
  expr(*e.until);
  locals.resize(outer);
}

void NameCheck::expr(const ast::Expr &e) {
  using namespace ast;
  switch (e.kind) {
  case ExprKind::Number:
  case ExprKind::Boolean:
    return;
  case ExprKind::Name:
    if (isKnown(as<NameExpr>(e).name))
      return;
    isSound = false;
    return evaluator.reportUnknown(scope, as<NameExpr>(e).name, e.range,
                                   locals);
  case ExprKind::Member:
    return expr(*as<MemberExpr>(e).object);
  case ExprKind::Adjoint:
    return expr(*as<AdjointExpr>(e).operand);
  case ExprKind::Call:
    expr(*as<CallExpr>(e).callee);
    for (const Argument &argument : as<CallExpr>(e).arguments)
      expr(*argument.value);
    return;
  case ExprKind::Unary:
    return expr(*as<UnaryExpr>(e).operand);
  case ExprKind::Binary:
    expr(*as<BinaryExpr>(e).left);
    return expr(*as<BinaryExpr>(e).right);
  case ExprKind::Compare:
    for (const ExprPtr &operand : as<CompareExpr>(e).operands)
      expr(*operand);
    return;
  case ExprKind::If:
    expr(*as<IfExpr>(e).condition);
    body(as<IfExpr>(e).whenTrue);
    return body(as<IfExpr>(e).whenFalse);
  case ExprKind::List:
    for (const ExprPtr &element : as<ListExpr>(e).elements)
      expr(*element);
    return;
  case ExprKind::Arrow:
    for (const Identifier &formal : as<ArrowExpr>(e).formals)
      add(formal);
    body(as<ArrowExpr>(e).body);
    locals.resize(locals.size() - as<ArrowExpr>(e).formals.size());
    return;
  case ExprKind::Fixpoint:
    return fixpoint(as<FixpointExpr>(e));
  }
}

bool Evaluator::checkNames(const Closure &closure) {
  if (!closure.isHierarchy)
    defining = closure.name;
  NameCheck check(*this, *closure.environment);
  check.formals(closure.formals);
  if (closure.scheme)
    for (const ast::Identifier &state : closure.scheme->states)
      check.add(state);
  check.body(*closure.body);
  // Whoever has an unknown name from here on defines nothing.
  defining.clear();
  return check.isSound;
}
