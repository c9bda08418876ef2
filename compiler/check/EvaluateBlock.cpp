//===- EvaluateBlock.cpp - blocks, assignments and loops ------------------===//

#include "compiler/check/Evaluator.h"

#include <algorithm>

using namespace pdec;
using ast::as;

void Evaluator::evalBlock(const ast::Block &block, Scope &scope) {
  for (const ast::StatementPtr &statement : block.statements) {
    if (effort.isStopped())
      return;
    evalStatement(*statement, scope);
  }
}

void Evaluator::evalStatement(const ast::Statement &statement, Scope &scope) {
  switch (statement.kind) {
  case ast::StatementKind::Let:
  case ast::StatementKind::Var: {
    bool isLet = statement.kind == ast::StatementKind::Let;
    return evalLet(as<ast::LetStatement>(statement), scope,
                   isLet ? Role::Constant : Role::Variable);
  }
  case ast::StatementKind::Assign:
    return evalAssign(as<ast::AssignStatement>(statement), scope);
  case ast::StatementKind::For:
    return evalFor(as<ast::ForStatement>(statement), scope);
  default:
    return; // the grammar has no others in blocks
  }
}

//===----------------------------------------------------------------------===//
// Assignments
//===----------------------------------------------------------------------===//

/// One list where several values are asked for is its entries; false
/// (reported) if the number is wrong then.
bool Evaluator::takeApart(std::vector<Value> &values, size_t count,
                          SourceRange range) {
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

void Evaluator::evalLet(const ast::LetStatement &let, Scope &scope, Role role) {
  std::vector<Value> values = {eval(*let.value, scope)};
  if (!let.on.grid.text.empty()) {
    const Grid *grid = names.findGrid(let.on.grid, scope);
    values[0] = grid ? declaredOn(values[0], grid, ruleOn(let.on, grid, scope),
                                  let.range)
                     : Value();
  }
  if (!takeApart(values, let.names.size(), let.range))
    values.assign(let.names.size(), Value());
  for (size_t i = 0; i < let.names.size(); ++i) {
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
Scope *Evaluator::findVariable(Scope &scope, const ast::Identifier &name) {
  for (Scope *at = &scope; at; at = at->parent) {
    const Binding *binding = at->find(name.text, UINT64_MAX);
    if (binding &&
        (binding->role == Role::Variable || binding->role == Role::State))
      return at;
    if (binding) {
      Diagnostic &error = reporter.error(Error::AssignToConstant, name.range,
                                         name.text, roleText(binding->role));
      error.note(binding->range, "it is declared here");
      if (binding->role == Role::Constant)
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

/// What a variable holds is a state, with the rule of what it held before.
Value Evaluator::assigned(const Value &before, const Value &now,
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
void Evaluator::evalAssign(const ast::AssignStatement &assign, Scope &scope) {
  std::vector<Value> values;
  for (const ast::ExprPtr &value : assign.values)
    values.push_back(eval(*value, scope));
  if (!takeApart(values, assign.targets.size(), assign.range))
    return;
  for (size_t i = 0; i < values.size(); ++i) {
    const ast::Identifier &target = assign.targets[i];
    for (size_t j = 0; j < i; ++j)
      if (assign.targets[j].text == target.text) {
        reporter.error(Error::DuplicateName, target.range, target.text);
        return;
      }
    Scope *owner = findVariable(scope, target);
    if (!owner)
      continue;
    const Binding *old = owner->find(target.text, UINT64_MAX);
    values[i] = assigned(old->value, values[i], assign.range);
    names.rebind(*owner, target.text, std::move(values[i]), old->role,
                 old->range);
  }
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// The names that a block assigns, in the order of their first assignment.
static void collectAssigned(const ast::Block &block,
                            std::vector<const ast::Identifier *> &result) {
  auto add = [&](const ast::Identifier &name) {
    for (const ast::Identifier *known : result)
      if (known->text == name.text)
        return;
    result.push_back(&name);
  };
  for (const ast::StatementPtr &statement : block.statements) {
    if (statement->kind == ast::StatementKind::Assign)
      for (const ast::Identifier &target :
           as<ast::AssignStatement>(*statement).targets)
        add(target);
    else if (statement->kind == ast::StatementKind::For)
      collectAssigned(*as<ast::ForStatement>(*statement).body, result);
  }
}

/// Whether a name is a variable that the loop's body can reach.
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

/// The type that a carried value needs to hold `after` also; what does not
/// change kind stays.
static Type widened(const Type &before, const Type &after) {
  Type result = before.isField() ? before : after;
  result.element =
      before.element == ElementKind::Int ? after.element : before.element;
  return result;
}

bool Evaluator::fitsLoop(const std::string &name, const Type &before,
                         const Type &after, SourceRange range) {
  bool sameElement = (before.element == ElementKind::Bool) ==
                     (after.element == ElementKind::Bool);
  bool sameShape = !before.isField() || !after.isField() ||
                   (before.grid == after.grid && haveSameRows(before, after));
  if (sameElement && sameShape)
    return true;
  reporter.error(Error::LoopShape, range, name, describe(before),
                 describe(after));
  return false;
}

RuleRef Evaluator::ruleOfStart(const NodeRef &field) {
  RuleRef rule = beyond.ruleOfStart(field);
  if (!rule)
    reporter.error(Error::AdjointUnclear, field->range)
        .note(field->range, "a field that changes starts from here");
  return rule;
}

static bool sameType(const Type &a, const Type &b) {
  return a.element == b.element && a.grid == b.grid;
}

/// A first pass may show that a carried integer becomes real, or a number a
/// field; then the body is evaluated again with the wider types.
std::vector<NodeRef> Evaluator::loop(const std::vector<std::string> &names,
                                     std::vector<NodeRef> inits,
                                     const NodeRef &count, bool isEvolution,
                                     SourceRange range, const LoopBody &body) {
  constexpr int maxRounds = 4;
  for (int round = 0; round < maxRounds && !effort.isStopped(); ++round) {
    auto result = std::make_shared<Loop>();
    result->count = count;
    result->names = names;
    result->isEvolution = isEvolution;
    result->range = range;
    std::vector<NodeRef> carried;
    for (size_t i = 0; i < inits.size(); ++i) {
      Node arg;
      arg.kind = NodeKind::LoopArg;
      arg.type = inits[i]->type;
      if (arg.type.isField()) {
        arg.rule = ruleOfStart(inits[i]);
        if (!arg.rule)
          return {};
      }
      arg.index = int(i);
      arg.enclosing = result.get();
      arg.range = inits[i]->range;
      carried.push_back(nodes.make(std::move(arg)));
      result->types.push_back(inits[i]->type);
    }
    result->inits = inits;
    std::vector<Value> values = body(carried, *result);
    bool isStable = true;
    for (size_t i = 0; i < values.size(); ++i) {
      if (values[i].isPoison())
        return {};
      NodeRef node = arithmetic.asPointwise(values[i], range);
      if (!node || !fitsLoop(names[i], inits[i]->type, node->type, range))
        return {};
      Type type = widened(inits[i]->type, node->type);
      isStable &= sameType(type, inits[i]->type);
      inits[i] = nodes.convert(inits[i], type);
      result->yields.push_back(nodes.convert(node, type));
    }
    if (!isStable)
      continue;
    std::vector<NodeRef> results;
    for (size_t i = 0; i < inits.size(); ++i) {
      Node node;
      node.kind = NodeKind::LoopResult;
      node.type = inits[i]->type;
      if (node.type.isField())
        node.rule = beyond.ruleOfStart(inits[i]);
      node.index = int(i);
      node.range = range;
      node.loop = result;
      results.push_back(nodes.make(std::move(node)));
    }
    return results;
  }
  return {};
}

/// The number of passes from `first` to `last`: last + (1 - first).
NodeRef Evaluator::passes(const NodeRef &first, const NodeRef &last,
                          SourceRange range) {
  NodeRef shift =
      nodes.binary(NodeKind::Sub, nodes.integer(1, range), first, range);
  if (isConstant(shift) && shift->integer == 0)
    return last;
  return nodes.binary(NodeKind::Add, last, shift, range);
}

/// The variables around a loop that its body assigns. They are what its passes
/// carry: each number and field of them, so that a list has several.
struct Evaluator::LoopVariables {
  Evaluator &evaluator;
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
  const Value &valueOf(size_t variable) const {
    return owners[variable]->find(names[variable], UINT64_MAX)->value;
  }
};

bool Evaluator::LoopVariables::find(const ast::Block &body, Scope &scope) {
  std::vector<const ast::Identifier *> assigned;
  collectAssigned(body, assigned);
  for (const ast::Identifier *name : assigned) {
    Scope *owner = reachable(scope, name->text);
    if (!owner)
      continue; // of the body itself, or an error found there
    const Value &value = owner->find(name->text, UINT64_MAX)->value;
    if (value.isPoison() ||
        !evaluator.arithmetic.flatten(value, name->range, inits))
      return false;
    names.push_back(name->text);
    leafNames.resize(inits.size(), name->text);
    owners.push_back(owner);
    shapes.push_back(value);
  }
  return true;
}

void Evaluator::LoopVariables::set(size_t variable, Value value) {
  Scope &owner = *owners[variable];
  const std::string &name = names[variable];
  const Binding *old = owner.find(name, UINT64_MAX);
  evaluator.names.rebind(owner, name, std::move(value), old->role, old->range);
}

void Evaluator::LoopVariables::setAll(const std::vector<NodeRef> &leaves) {
  size_t next = 0;
  for (size_t i = 0; i < names.size(); ++i)
    set(i, rebuild(shapes[i], leaves, next));
}

bool Evaluator::LoopVariables::read(SourceRange range,
                                    std::vector<NodeRef> &leaves) {
  for (size_t i = 0; i < names.size(); ++i) {
    const Value &value = valueOf(i);
    size_t before = leaves.size();
    std::vector<NodeRef> shape;
    evaluator.arithmetic.flatten(shapes[i], range, shape);
    if (value.isPoison() || !evaluator.arithmetic.flatten(value, range, leaves))
      return false;
    if (leaves.size() - before == shape.size())
      continue;
    evaluator.reporter.error(Error::StateShape, range, names[i],
                             describe(shapes[i]), describe(value));
    return false;
  }
  return true;
}

/// The counter of a pass: the loop's index, which begins at 0, from `first` on.
NodeRef Evaluator::counterOf(const Loop &loop, const NodeRef &first,
                             SourceRange counter, SourceRange header) {
  Node index;
  index.kind = NodeKind::LoopIndex;
  index.type.element = ElementKind::Int;
  index.enclosing = &loop;
  index.range = counter;
  NodeRef made = nodes.make(std::move(index));
  bool fromZero = isConstant(first) && first->integer == 0;
  return fromZero ? made : nodes.binary(NodeKind::Add, first, made, header);
}

void Evaluator::evalFor(const ast::ForStatement &statement, Scope &scope) {
  NodeRef first = evalInteger(*statement.first, scope, "a bound of the loop");
  NodeRef last = evalInteger(*statement.last, scope, "a bound of the loop");
  SourceRange header = {statement.range.file, statement.range.begin,
                        statement.last->range.end};
  if (!first || !last)
    return;
  NodeRef count = passes(first, last, header);
  if (!count)
    return;
  if (statement.body->result) {
    reporter.error(Error::BlockWithResult, statement.body->result->range);
    return;
  }
  LoopVariables variables = {*this};
  if (!variables.find(*statement.body, scope))
    return;
  auto pass = [&](const std::vector<NodeRef> &carried, Loop &loop) {
    variables.setAll(carried);
    NodeRef counter = counterOf(loop, first, statement.counter.range, header);
    Scope *inner = names.newScope(&scope);
    names.declare(*inner, statement.counter, counter, Role::Counter);
    evalBlock(*statement.body, *names.newScope(inner));
    std::vector<NodeRef> leaves;
    if (!variables.read(statement.range, leaves))
      return std::vector<Value>(variables.inits.size());
    return std::vector<Value>(leaves.begin(), leaves.end());
  };
  std::vector<NodeRef> results = loop(variables.leafNames, variables.inits,
                                      count, false, statement.range, pass);
  if (results.size() == variables.inits.size())
    return variables.setAll(results);
  // After an error, whatever reads them makes no further one.
  for (size_t i = 0; i < variables.names.size(); ++i)
    variables.set(i, Value());
}
