//===- EvaluateBlock.cpp - blocks, assignments and loops ------------------===//

#include "compiler/check/Evaluator.h"

#include <algorithm>

using namespace pdec;
using ast::as;

void Evaluator::evalBlock(const ast::Block &block, Scope &scope) {
  for (const ast::StatementPtr &statement : block.statements) {
    if (isStopped())
      return;
    evalStatement(*statement, scope);
  }
}

void Evaluator::evalStatement(const ast::Statement &statement, Scope &scope) {
  switch (statement.kind) {
  case ast::StatementKind::Let:
  case ast::StatementKind::Var: {
    const auto &let = as<ast::LetStatement>(statement);
    Value value = eval(*let.value, scope);
    bool isLet = statement.kind == ast::StatementKind::Let;
    return declare(scope, let.name, std::move(value),
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
    reportUnknown(scope, name.text, name.range);
  return nullptr;
}

/// All values are computed before any variable changes.
void Evaluator::evalAssign(const ast::AssignStatement &assign, Scope &scope) {
  if (assign.targets.size() != assign.values.size()) {
    reporter.error(Error::AssignmentCount, assign.range,
                   counted(assign.targets.size(), "variable"),
                   counted(assign.values.size(), "value"));
    return;
  }
  std::vector<Value> values;
  for (const ast::ExprPtr &value : assign.values)
    values.push_back(eval(*value, scope));
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
    rebind(*owner, target.text, std::move(values[i]), old->role, old->range);
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
                   (before.grid == after.grid && before.low == after.low &&
                    before.high == after.high);
  if (sameElement && sameShape)
    return true;
  reporter.error(Error::LoopShape, range, name, describe(before),
                 describe(after));
  return false;
}

static bool sameType(const Type &a, const Type &b) {
  return a.element == b.element && a.grid == b.grid;
}

/// A first pass may show that a carried integer becomes real, or a number a
/// field; then the body is evaluated again with the wider types.
std::vector<NodeRef> Evaluator::loop(const std::vector<std::string> &names,
                                     std::vector<NodeRef> inits, NodeRef count,
                                     bool isEvolution, SourceRange range,
                                     const LoopBody &body) {
  constexpr int maxRounds = 4;
  for (int round = 0; round < maxRounds && !isStopped(); ++round) {
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
      NodeRef node = asPointwise(values[i], range);
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
  std::vector<const ast::Identifier *> assigned;
  collectAssigned(*statement.body, assigned);
  std::vector<std::string> names;
  std::vector<Scope *> owners;
  std::vector<NodeRef> inits;
  for (const ast::Identifier *name : assigned) {
    Scope *owner = reachable(scope, name->text);
    if (!owner)
      continue; // of the body itself, or an error found there
    const Value &value = owner->find(name->text, UINT64_MAX)->value;
    if (value.isPoison())
      return;
    NodeRef init = asPointwise(value, name->range);
    if (!init)
      return;
    names.push_back(name->text);
    owners.push_back(owner);
    inits.push_back(init);
  }
  auto set = [&](size_t i, Value value) {
    const Binding *old = owners[i]->find(names[i], UINT64_MAX);
    rebind(*owners[i], names[i], std::move(value), old->role, old->range);
  };
  auto pass = [&](const std::vector<NodeRef> &carried, const Loop &loop) {
    for (size_t i = 0; i < carried.size(); ++i)
      set(i, carried[i]);
    Node index;
    index.kind = NodeKind::LoopIndex;
    index.type.element = ElementKind::Int;
    index.enclosing = &loop;
    index.range = statement.counter.range;
    NodeRef counter = nodes.make(std::move(index));
    bool fromZero = isConstant(first) && first->integer == 0;
    if (!fromZero)
      counter = nodes.binary(NodeKind::Add, first, counter, header);
    Scope *inner = newScope(&scope);
    declare(*inner, statement.counter, counter, Role::Counter);
    evalBlock(*statement.body, *newScope(inner));
    std::vector<Value> results;
    for (size_t i = 0; i < names.size(); ++i)
      results.push_back(owners[i]->find(names[i], UINT64_MAX)->value);
    return results;
  };
  std::vector<NodeRef> results =
      loop(names, inits, count, false, statement.range, pass);
  for (size_t i = 0; i < names.size(); ++i)
    set(i, i < results.size() ? Value(results[i]) : Value());
}
