//===- Names.cpp - scopes, declarations, unknown names --------------------===//
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

#include "compiler/check/Names.h"

#include "compiler/support/Suggest.h"

#include <algorithm>

using namespace pdec;

Scope *Names::newScope(Scope *parent) {
  scopes.emplace_back(parent, UINT64_MAX, /*isCall=*/false);
  return &scopes.back();
}

Scope *Names::newSnapshot(Scope *parent) {
  scopes.emplace_back(parent, clock, /*isCall=*/false);
  return &scopes.back();
}

Scope *Names::newScope(const Closure &called) {
  scopes.emplace_back(called.environment, called.visible, /*isCall=*/true);
  return &scopes.back();
}

bool Names::isInner(const Scope &scope) const {
  for (size_t i = 0; i < std::min(numOuterScopes, scopes.size()); ++i)
    if (&scopes[i] == &scope)
      return false;
  return true;
}

void Names::rebind(Scope &scope, const std::string &name, Value value,
                   Role role, SourceRange range) {
  if (recorder)
    recorder->declare(name, range, value, role, isInner(scope));
  scope.bind(name, {std::move(value), role, range, clock++});
}

void Names::declare(Scope &scope, const ast::Identifier &name, Value value,
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

bool Names::areDistinct(const std::vector<ast::Identifier> &names) {
  for (size_t i = 0; i < names.size(); ++i)
    for (size_t j = 0; j < i; ++j)
      if (names[j].text == names[i].text) {
        reporter.error(Error::DuplicateName, names[i].range, names[i].text)
            .note(names[j].range, "it stands here, too");
        return false;
      }
  return true;
}

void Names::reportUnknown(const Scope &scope, const std::string &name,
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
    error.help("Euler's number is exp(1)", {range, "exp(1)"});
    return;
  }
  std::vector<std::string> candidates = locals;
  scope.collect(candidates);
  std::string nearest = nearestName(name, candidates);
  if (!nearest.empty())
    error.help("did you mean '" + nearest + "'?", {range, nearest});
}

Value Names::valueOf(const ast::NameExpr &expr, const Scope &scope) {
  const Binding *binding = scope.lookup(expr.name);
  if (!binding && declareLate(expr.name))
    binding = scope.lookup(expr.name);
  if (!binding) {
    reportUnknown(scope, expr.name, expr.range);
    return {};
  }
  if (recorder)
    recorder->use(expr.range, expr.name, binding->range);
  if (binding->value.kind != Value::Kind::AmbiguousAxis)
    return binding->value;
  if (meant)
    for (size_t i = 0; i < meant->axes.size(); ++i)
      if (meant->axes[i].name == expr.name)
        return Value::ofAxis(meant, int(i));
  reporter.error(Error::AmbiguousAxis, expr.range, expr.name)
      .help("write it with its grid, as in " + binding->value.grid->name + "." +
            expr.name);
  return {};
}

const Grid *Names::findGrid(const ast::Identifier &name, const Scope &scope) {
  const Binding *binding = scope.lookup(name.text);
  if (!binding) {
    reportUnknown(scope, name.text, name.range);
    return nullptr;
  }
  if (recorder)
    recorder->use(name.range, name.text, binding->range);
  if (binding->value.kind == Value::Kind::Grid)
    return binding->value.grid;
  if (!binding->value.isPoison())
    reporter.error(Error::WrongKind, name.range, "a grid",
                   describe(binding->value));
  return nullptr;
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

void Names::declareFunction(const ast::FunStatement &fun, Scope &scope) {
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

/// From a scheme that has its arguments to the step that it is then.
static void makeStep(Closure &scheme) {
  scheme.kind = Closure::Kind::Step;
  scheme.formals.clear();
  for (const ast::Identifier &state : scheme.scheme->states)
    scheme.formals.push_back({state.text, state.range, nullptr});
}

Value Names::closureOf(const ast::SchemeStatement &scheme, Scope &scope) {
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

Value Names::closureOf(const ast::ArrowExpr &arrow, Scope &scope) {
  auto closure = std::make_shared<Closure>();
  closure->kind = Closure::Kind::Step;
  for (const ast::Identifier &formal : arrow.formals)
    closure->formals.push_back({formal.text, formal.range, nullptr});
  closure->body = &arrow.body;
  closure->environment = &scope;
  closure->visible = clock;
  return Value(ClosureRef(closure));
}

Value Names::closureOf(const ast::Identifier &formal, const ast::Body &body,
                       Scope &scope) {
  auto closure = std::make_shared<Closure>();
  closure->kind = Closure::Kind::Step;
  closure->formals = {{formal.text, formal.range, nullptr}};
  closure->body = &body;
  closure->environment = &scope;
  closure->visible = clock;
  return Value(ClosureRef(closure));
}

Value Names::stepOf(const Closure &scheme, Scope &arguments) {
  auto step = std::make_shared<Closure>(scheme);
  makeStep(*step);
  step->environment = &arguments;
  step->visible = clock;
  return Value(ClosureRef(step));
}

namespace {

/// Walks a body and reports names that neither it nor its surroundings know.
class NameCheck {
public:
  NameCheck(Names &names, Reporter &reporter, const Scope &scope)
      : names(names), reporter(reporter), scope(scope) {}

  bool isSound = true;

  void formals(const std::vector<Closure::Formal> &formals);
  void add(const ast::Identifier &name, Role role = Role::Constant);
  void body(const ast::Body &body);
  /// The locals behind the first `count` end here.
  void leave(size_t count, uint32_t end);

private:
  bool isKnown(const std::string &name, SourceRange use) const;
  std::vector<std::string> localNames() const;
  void namedArguments(const ast::CallExpr &call) const;
  void block(const ast::Block &block);
  void statement(const ast::Statement &statement);
  void expr(const ast::Expr &expr);
  void fixpoint(const ast::FixpointExpr &e);
  void solve(const ast::SolveStatement &solve);
  void evolve(const ast::EvolveStatement &evolve);

  Names &names;
  Reporter &reporter;
  const Scope &scope;
  std::vector<ast::Identifier> locals;
};

} // namespace

void NameCheck::add(const ast::Identifier &name, Role role) {
  locals.push_back(name);
  if (names.recorder)
    names.recorder->declare(name.text, name.range, {}, role, /*isInner=*/true);
}

void NameCheck::leave(size_t count, uint32_t end) {
  if (names.recorder)
    for (size_t i = count; i < locals.size(); ++i)
      names.recorder->end(locals[i].range, locals[i].text, end);
  locals.resize(count);
}

std::vector<std::string> NameCheck::localNames() const {
  std::vector<std::string> result;
  for (const ast::Identifier &local : locals)
    result.push_back(local.text);
  return result;
}

/// Whether anything has a name that is used in a place.
bool NameCheck::isKnown(const std::string &name, SourceRange use) const {
  auto isIt = [&](const ast::Identifier &local) { return local.text == name; };
  auto local = std::find_if(locals.rbegin(), locals.rend(), isIt);
  bool isLocal = local != locals.rend();
  if (!isLocal && !scope.lookup(name) && !names.declareLate(name))
    return false;
  if (names.recorder)
    names.recorder->use(use, name,
                        isLocal ? local->range : scope.lookup(name)->range);
  return true;
}

/// Notes the names that a call gives its arguments, where it is known what it
/// calls.
void NameCheck::namedArguments(const ast::CallExpr &call) const {
  if (!names.recorder || call.callee->kind != ast::ExprKind::Name)
    return;
  const std::string &callee = ast::as<ast::NameExpr>(*call.callee).name;
  for (const ast::Identifier &local : locals)
    if (local.text == callee)
      return;
  if (const Binding *binding = scope.lookup(callee))
    names.recorder->useFormals(call, binding->value);
}

void NameCheck::formals(const std::vector<Closure::Formal> &formals) {
  for (const Closure::Formal &formal : formals) {
    auto same = [&](const Closure::Formal &other) {
      return other.name == formal.name;
    };
    auto first = std::find_if(formals.begin(), formals.end(), same);
    // Each duplicate is told once, with the first of its name.
    if (&*first != &formal) {
      reporter.error(Error::DuplicateName, formal.range, formal.name)
          .note(first->range, "the first declaration is here");
      isSound = false;
    }
    if (formal.initial)
      expr(*formal.initial);
    // A default may name the parameters before its own.
    add({formal.name, formal.range}, Role::Parameter);
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
  leave(outer, block.range.end);
}

void NameCheck::statement(const ast::Statement &statement) {
  switch (statement.kind) {
  case ast::StatementKind::Let:
  case ast::StatementKind::Var: {
    bool isVariable = statement.kind == ast::StatementKind::Var;
    for (const auto &entry : ast::as<ast::LetStatement>(statement).entries) {
      // Before its names: they are not known in their own value.
      expr(*entry.value);
      for (const ast::Identifier &name : entry.names)
        add(name, isVariable ? Role::Variable : Role::Constant);
    }
    return;
  }
  case ast::StatementKind::Solve:
    return solve(ast::as<ast::SolveStatement>(statement));
  case ast::StatementKind::Evolve:
    return evolve(ast::as<ast::EvolveStatement>(statement));
  case ast::StatementKind::Require:
    return expr(*ast::as<ast::RequireStatement>(statement).condition);
  case ast::StatementKind::Assign:
    // Targets are checked when the block is evaluated: they need their roles.
    if (names.recorder)
      for (const ast::Identifier &target :
           ast::as<ast::AssignStatement>(statement).targets)
        isKnown(target.text, target.range);
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
    leave(locals.size() - 1, loop.range.end);
    return;
  }
  default:
    return; // no others in blocks
  }
}

void NameCheck::solve(const ast::SolveStatement &solve) {
  for (const ast::ExprPtr *part :
       {&solve.right, &solve.initial, &solve.solver, &solve.atMost.count})
    if (*part)
      expr(**part);
  const ast::Expr &equation = *solve.equation.expr;
  const ast::NameExpr *unknown = ast::findUnknown(equation);
  if (unknown)
    expr(*ast::as<ast::CallExpr>(equation).callee);
  else
    unknown = ast::findName(equation, [&](const ast::NameExpr &name) {
      return !isKnown(name.name, name.range);
    });
  // An equation without an unknown is told when it is solved.
  if (!unknown)
    return;
  add({unknown->name, unknown->range});
  if (!ast::findUnknown(equation))
    expr(equation);
  size_t outer = locals.size();
  for (const char *measure : {"change", "residual"})
    locals.push_back({measure, {}});
  expr(*solve.until);
  leave(outer, solve.range.end);
}

void NameCheck::evolve(const ast::EvolveStatement &evolve) {
  for (const ast::ExprPtr &initial : evolve.initials)
    expr(*initial);
  for (const ast::ExprPtr *part :
       {&evolve.step, &evolve.count, &evolve.atMost.count})
    if (*part)
      expr(**part);
  for (const ast::Identifier &state : evolve.states)
    add(state, Role::Variable);
  size_t outer = locals.size();
  locals.push_back({"change", {}});
  if (evolve.until)
    expr(*evolve.until);
  leave(outer, evolve.range.end);
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
  locals.push_back({"change", {}});
  expr(*e.until);
  leave(outer, e.range.end);
}

void NameCheck::expr(const ast::Expr &e) {
  using namespace ast;
  switch (e.kind) {
  case ExprKind::Number:
  case ExprKind::Boolean:
    return;
  case ExprKind::Name:
    if (isKnown(as<NameExpr>(e).name, e.range))
      return;
    isSound = false;
    return names.reportUnknown(scope, as<NameExpr>(e).name, e.range,
                               localNames());
  case ExprKind::Member:
    return expr(*as<MemberExpr>(e).object);
  case ExprKind::Adjoint:
    return expr(*as<AdjointExpr>(e).operand);
  case ExprKind::Call:
    expr(*as<CallExpr>(e).callee);
    namedArguments(as<CallExpr>(e));
    for (const Argument &argument : as<CallExpr>(e).arguments)
      expr(*argument.value);
    return;
  case ExprKind::Index:
    expr(*as<IndexExpr>(e).object);
    for (const ExprPtr &index : as<IndexExpr>(e).indices)
      expr(*index);
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
    return leave(locals.size() - as<ArrowExpr>(e).formals.size(), e.range.end);
  case ExprKind::Fixpoint:
    return fixpoint(as<FixpointExpr>(e));
  }
}

static uint32_t endOf(const ast::Body &body) {
  return body.block ? body.block->range.end : body.expr->range.end;
}

bool Names::checkNames(const Closure &closure) {
  if (!closure.isHierarchy)
    defining = closure.name;
  NameCheck check(*this, reporter, *closure.environment);
  check.formals(closure.formals);
  if (closure.scheme)
    for (const ast::Identifier &state : closure.scheme->states)
      check.add(state, Role::State);
  check.body(*closure.body);
  check.leave(0, endOf(*closure.body));
  // Whoever has an unknown name from here on defines nothing.
  defining.clear();
  return check.isSound;
}
