//===- Blocks.cpp - blocks, assignments and loops -------------------------===//

#include "compiler/check/Blocks.h"

using namespace pdec;
using ast::as;

bool Blocks::run(const ast::Block &block, Scope &scope) {
  for (const ast::StatementPtr &statement : block.statements)
    if (effort.isStopped() || !evalStatement(*statement, scope))
      return false;
  return true;
}

/// False (reported) if the statement requires what does not hold.
bool Blocks::evalStatement(const ast::Statement &statement, Scope &scope) {
  switch (statement.kind) {
  case ast::StatementKind::Let:
    evalLet(as<ast::LetStatement>(statement), scope, Role::Constant);
    return true;
  case ast::StatementKind::Var:
    evalLet(as<ast::LetStatement>(statement), scope, Role::Variable);
    return true;
  case ast::StatementKind::Assign:
    evalAssign(as<ast::AssignStatement>(statement), scope);
    return true;
  case ast::StatementKind::For:
    evalFor(as<ast::ForStatement>(statement), scope);
    return true;
  case ast::StatementKind::Solve:
    evalSolve(as<ast::SolveStatement>(statement), scope);
    return true;
  case ast::StatementKind::Evolve:
    evalEvolve(as<ast::EvolveStatement>(statement), scope);
    return true;
  case ast::StatementKind::Require:
    return expressions.require(as<ast::RequireStatement>(statement), scope,
                               /*isOfScript=*/false);
  default:
    return true; // the grammar has no others in blocks
  }
}

/// The names that a statement of a block declares or assigns.
static std::vector<ast::Identifier>
namesSetBy(const ast::Statement &statement) {
  if (statement.kind == ast::StatementKind::Assign)
    return as<ast::AssignStatement>(statement).targets;
  if (statement.kind == ast::StatementKind::Evolve)
    return as<ast::EvolveStatement>(statement).states;
  bool declares = statement.kind == ast::StatementKind::Let ||
                  statement.kind == ast::StatementKind::Var;
  if (declares)
    return as<ast::LetStatement>(statement).entries.back().names;
  if (statement.kind == ast::StatementKind::Solve)
    if (const ast::NameExpr *unknown =
            ast::findUnknown(*as<ast::SolveStatement>(statement).equation.expr))
      return {{unknown->name, unknown->range}};
  return {};
}

void pdec::reportNoResult(const ast::Block &block, Reporter &reporter) {
  Diagnostic &error = reporter.error(Error::BlockWithoutResult, block.range);
  if (block.statements.empty())
    return;
  std::string result;
  std::vector<ast::Identifier> set = namesSetBy(*block.statements.back());
  for (const ast::Identifier &name : set)
    result += (result.empty() ? "" : ", ") + name.text;
  if (!set.empty())
    error.help("end it with 'return " +
               (set.size() > 1 ? "[" + result + "]" : result) + "'");
}

//===----------------------------------------------------------------------===//
// Assignments
//===----------------------------------------------------------------------===//

bool pdec::takeApart(std::vector<Value> &values, size_t count,
                     SourceRange range, Reporter &reporter) {
  if (values.size() == count)
    return true;
  if (values.size() == 1 && values[0].isPoison())
    return false;
  if (values.size() == 1 && values[0].isList()) {
    std::vector<Value> entries = *values[0].list;
    values = std::move(entries);
    if (values.size() == count)
      return true;
  }
  reporter.error(Error::AssignmentCount, range, counted(count, "variable"),
                 counted(values.size(), "value"));
  return false;
}

/// The word `let` of the declaration of a name, behind which stand only names;
/// no place if that is no `let`.
static SourceRange letOf(const SourceRange &name) {
  constexpr std::string_view word = "let";
  std::string_view text = name.file ? name.file->text() : "";
  size_t at = text.substr(0, name.begin).rfind(word);
  if (at == std::string_view::npos)
    return {};
  size_t end = at + word.size();
  bool isIts = text.substr(end, name.begin - end).find_first_of("=({}#") ==
               std::string_view::npos;
  return isIts ? SourceRange{name.file, uint32_t(at), uint32_t(end)}
               : SourceRange();
}

/// A new name for what the block could assign would leave that as it is.
void Blocks::refuseHiding(const ast::LetStatement::Entry &let,
                          const ast::Identifier &name, Scope &scope,
                          Role role) {
  for (Scope *at = &scope; !at->isCall && at->parent;) {
    at = at->parent;
    const Binding *binding = at->find(name.text, UINT64_MAX);
    if (!binding)
      continue;
    if (binding->role != Role::Variable && binding->role != Role::State)
      return;
    Diagnostic &error =
        reporter.error(Error::HiddenVariable, name.range, name.text);
    error.note(binding->range, "the variable is declared here");
    std::string advice = "to change it, write '" + name.text + " = ...'";
    SourceRange word =
        role == Role::Constant ? letOf(name.range) : SourceRange();
    bool isAlone = word && let.names.size() == 1;
    if (isAlone)
      error.help(advice, {{word.file, word.begin, name.range.begin}, ""});
    else
      error.help(advice);
    return;
  }
}

void Blocks::evalLet(const ast::LetStatement &let, Scope &scope, Role role) {
  for (const ast::LetStatement::Entry &entry : let.entries)
    evalEntry(entry, scope, role);
}

void Blocks::evalEntry(const ast::LetStatement::Entry &let, Scope &scope,
                       Role role) {
  std::vector<Value> values = {expressions.eval(*let.value, scope)};
  if (!let.on.grid.text.empty()) {
    const Grid *grid = boundaries.gridOf(let.on, scope);
    values[0] = grid ? boundaries.declaredOn(
                           values[0], grid,
                           boundaries.ruleOn(let.on, grid, scope), let.range)
                     : Value();
  }
  if (!takeApart(values, let.names.size(), let.range, reporter))
    values.assign(let.names.size(), Value());
  for (size_t i = 0; i < let.names.size(); ++i) {
    refuseHiding(let, let.names[i], scope, role);
    if (role == Role::Variable)
      values[i] = states.asVariable(values[i], let.range);
    names.declare(scope, let.names[i], std::move(values[i]), role);
  }
}

static const char *roleText(Role role) {
  switch (role) {
  case Role::Constant:
    return "a constant";
  case Role::Parameter:
    return "a parameter";
  case Role::Counter:
    return "the counter of a loop";
  default:
    return "not a variable of this block";
  }
}

/// The scope whose variable a name is; null after an error.
Scope *Blocks::findVariable(Scope &scope, const ast::Identifier &name) {
  for (Scope *at = &scope; at; at = at->parent) {
    const Binding *binding = at->find(name.text, UINT64_MAX);
    if (binding &&
        (binding->role == Role::Variable || binding->role == Role::State)) {
      if (names.recorder)
        names.recorder->use(name.range, name.text, binding->range);
      return at;
    }
    if (binding) {
      Diagnostic &error = reporter.error(Error::AssignToConstant, name.range,
                                         name.text, roleText(binding->role));
      error.note(binding->range, "it is declared here");
      SourceRange let = letOf(binding->range);
      if (binding->role == Role::Constant && let)
        error.help("declare it with 'var' instead of 'let'", {let, "var"});
      else if (binding->role == Role::Constant)
        error.help("declare it with 'var' instead of 'let'");
      else
        error.help("copy it to a variable first: var v = " + name.text);
      return nullptr;
    }
    if (at->isCall)
      break;
  }
  if (scope.lookup(name.text))
    reporter.error(Error::AssignOutside, name.range, name.text)
        .help("declare it with 'var " + name.text + " = ...'");
  else
    names.reportUnknown(scope, name.text, name.range);
  return nullptr;
}

/// The scope of a variable that a block can assign, or null.
static Scope *reachable(Scope &scope, const std::string &name) {
  for (Scope *at = &scope; at; at = at->parent) {
    if (const Binding *binding = at->find(name, UINT64_MAX))
      return binding->role == Role::Variable || binding->role == Role::State
                 ? at
                 : nullptr;
    if (at->isCall)
      return nullptr;
  }
  return nullptr;
}

/// What a variable holds is a state, with the rule of what it held before.
Value Blocks::assigned(const Value &before, const Value &now,
                       SourceRange range) {
  if (!before.isList() || !now.isList() ||
      before.list->size() != now.list->size()) {
    bool wasField = before.node && before.node->type.isField();
    return states.asStates(now, range, [&](const NodeRef &field) {
      bool isSame = wasField && before.node->type.grid == field->type.grid;
      return beyond.ruleOfStart(isSame ? before.node : field);
    });
  }
  std::vector<Value> elements;
  for (size_t i = 0; i < now.list->size(); ++i)
    elements.push_back(assigned((*before.list)[i], (*now.list)[i], range));
  return Value::ofList(std::move(elements));
}

/// All values are computed before any variable changes.
void Blocks::evalAssign(const ast::AssignStatement &assign, Scope &scope) {
  std::vector<Value> values;
  for (const ast::ExprPtr &value : assign.values)
    values.push_back(expressions.eval(*value, scope));
  if (!takeApart(values, assign.targets.size(), assign.range, reporter) ||
      !names.areDistinct(assign.targets))
    return;
  for (size_t i = 0; i < values.size(); ++i) {
    const ast::Identifier &target = assign.targets[i];
    Scope *owner = findVariable(scope, target);
    if (!owner)
      continue;
    const Binding *old = owner->find(target.text, UINT64_MAX);
    values[i] = assigned(old->value, values[i], assign.range);
    names.rebind(*owner, target.text, std::move(values[i]), old->role,
                 old->range);
  }
}

/// Whether a name of a block that is passed again and again would hide one that
/// stands outside and keeps its value: then no pass sees what the one before
/// has made.
static bool hidesFromLoop(Scope &scope, const std::string &name) {
  bool isInLoop = false;
  for (Scope *at = &scope; at; at = at->parent) {
    if (at->find(name, UINT64_MAX))
      return isInLoop;
    if (at->isCall)
      return false;
    isInLoop |= at->isPass;
  }
  return false;
}

/// What has been computed may be solved for or evolve further: it is a new
/// variable, or one gets a new value.
void Blocks::setResult(const ast::Identifier &name, Value value, Scope &scope,
                       SourceRange range) {
  Scope *owner = reachable(scope, name.text);
  if (!owner && hidesFromLoop(scope, name.text)) {
    findVariable(scope, name);
    return;
  }
  if (!owner)
    return names.declare(scope, name, std::move(value), Role::Variable);
  const Binding *old = owner->find(name.text, UINT64_MAX);
  value = assigned(old->value, value, range);
  names.rebind(*owner, name.text, std::move(value), old->role, old->range);
}

void Blocks::evalSolve(const ast::SolveStatement &solve, Scope &scope) {
  ast::Identifier unknown;
  Value solution = expressions.solution(solve, scope, unknown);
  if (!unknown.text.empty())
    setResult(unknown, std::move(solution), scope, solve.range);
}

void Blocks::evalEvolve(const ast::EvolveStatement &evolve, Scope &scope) {
  std::vector<Value> state = expressions.evolved(evolve, scope);
  for (size_t i = 0; i < state.size(); ++i)
    setResult(evolve.states[i], std::move(state[i]), scope, evolve.range);
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// The names that a block assigns, in the order of their first assignment.
static void collectAssigned(const ast::Block &block,
                            std::vector<ast::Identifier> &result) {
  auto add = [&](const ast::Identifier &name) {
    for (const ast::Identifier &known : result)
      if (known.text == name.text)
        return;
    result.push_back(name);
  };
  for (const ast::StatementPtr &statement : block.statements) {
    bool declares = statement->kind == ast::StatementKind::Let ||
                    statement->kind == ast::StatementKind::Var;
    if (statement->kind == ast::StatementKind::For)
      collectAssigned(*as<ast::ForStatement>(*statement).body, result);
    else if (!declares)
      for (const ast::Identifier &name : namesSetBy(*statement))
        add(name);
  }
}

namespace {

/// The variables around a loop that its body assigns. They are what its passes
/// carry: each number and field of them, so that a list has several.
class LoopVariables {
public:
  LoopVariables(Names &declarations, Arithmetic &arithmetic, Reporter &reporter)
      : declarations(declarations), arithmetic(arithmetic), reporter(reporter) {
  }

  std::vector<std::string> names;
  std::vector<Scope *> owners; ///< whose variables they are
  std::vector<Value> shapes;   ///< their values before the loop
  std::vector<std::string> leafNames;
  std::vector<NodeRef> inits;

  bool find(const ast::Block &body, Scope &scope);
  /// A new version of a variable, or poison.
  void set(size_t variable, Value value);
  void setAll(const std::vector<NodeRef> &leaves);
  /// Their numbers and fields after a pass; false (reported) if they are none
  /// or a list has become another one.
  bool read(SourceRange range, std::vector<NodeRef> &leaves);

private:
  Names &declarations;
  Arithmetic &arithmetic;
  Reporter &reporter;

  const Value &valueOf(size_t variable) const {
    return owners[variable]->find(names[variable], UINT64_MAX)->value;
  }
};

} // namespace

bool LoopVariables::find(const ast::Block &body, Scope &scope) {
  std::vector<ast::Identifier> assigned;
  collectAssigned(body, assigned);
  for (const ast::Identifier &name : assigned) {
    Scope *owner = reachable(scope, name.text);
    if (!owner)
      continue; // of the body itself, or an error found there
    const Value &value = owner->find(name.text, UINT64_MAX)->value;
    if (value.isPoison() || !arithmetic.flatten(value, name.range, inits))
      return false;
    names.push_back(name.text);
    leafNames.resize(inits.size(), name.text);
    owners.push_back(owner);
    shapes.push_back(value);
  }
  return true;
}

void LoopVariables::set(size_t variable, Value value) {
  Scope &owner = *owners[variable];
  const std::string &name = names[variable];
  const Binding *old = owner.find(name, UINT64_MAX);
  declarations.rebind(owner, name, std::move(value), old->role, old->range);
}

void LoopVariables::setAll(const std::vector<NodeRef> &leaves) {
  size_t next = 0;
  for (size_t i = 0; i < names.size(); ++i)
    set(i, rebuild(shapes[i], leaves, next));
}

bool LoopVariables::read(SourceRange range, std::vector<NodeRef> &leaves) {
  for (size_t i = 0; i < names.size(); ++i) {
    const Value &value = valueOf(i);
    size_t before = leaves.size();
    std::vector<NodeRef> shape;
    arithmetic.flatten(shapes[i], range, shape);
    if (value.isPoison() || !arithmetic.flatten(value, range, leaves))
      return false;
    if (leaves.size() - before == shape.size())
      continue;
    reporter.error(Error::StateShape, range, names[i], describe(shapes[i]),
                   describe(value));
    return false;
  }
  return true;
}

void Blocks::evalFor(const ast::ForStatement &statement, Scope &scope) {
  NodeRef first =
      expressions.evalInteger(*statement.first, scope, "a bound of the loop");
  NodeRef last =
      expressions.evalInteger(*statement.last, scope, "a bound of the loop");
  SourceRange header = {statement.range.file, statement.range.begin,
                        statement.last->range.end};
  if (!first || !last)
    return;
  NodeRef count = loops.passes(first, last, header);
  if (!count)
    return;
  if (statement.body->result) {
    reporter.error(Error::BlockWithResult, statement.body->result->range);
    return;
  }
  LoopVariables variables(names, arithmetic, reporter);
  if (!variables.find(*statement.body, scope))
    return;
  auto pass = [&](const std::vector<NodeRef> &carried, Loop &loop) {
    variables.setAll(carried);
    NodeRef counter =
        loops.counterOf(loop, first, statement.counter.range, header);
    Scope *inner = names.newScope(&scope);
    inner->isPass = true;
    names.declare(*inner, statement.counter, counter, Role::Counter);
    run(*statement.body, *names.newScope(inner));
    std::vector<NodeRef> leaves;
    if (!variables.read(statement.range, leaves))
      return std::vector<Value>(variables.inits.size());
    return std::vector<Value>(leaves.begin(), leaves.end());
  };
  std::vector<NodeRef> results =
      loops.make(variables.leafNames, variables.inits, count, false,
                 statement.range, pass);
  if (results.size() == variables.inits.size())
    return variables.setAll(results);
  // After an error, whatever reads them makes no further one.
  for (size_t i = 0; i < variables.names.size(); ++i)
    variables.set(i, Value());
}
