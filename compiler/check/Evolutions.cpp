//===- Evolutions.cpp - what evolves --------------------------------------===//
//
// A state is made of fields and numbers. What starts from a field is one. What
// starts from a number may be either: the step says so, by what it can do with
// it, and is tried for that.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Evolutions.h"

#include <bitset>

using namespace pdec;

struct Evolutions::Evolution {
  const ast::EvolveStatement &statement;
  Scope &scope;    ///< of the statement
  bool isOfScript; ///< not of a block
  Records records;
  ClosureRef step = nullptr;
  /// What the state starts from: fields and numbers.
  std::vector<NodeRef> initials = {};
  NodeRef count = nullptr; ///< until a condition holds
};

static bool isNumber(const Value &value) {
  return value.kind == Value::Kind::Node && !value.node->type.isField() &&
         value.node->type.element != ElementKind::Bool;
}

static std::string countedFields(size_t count) {
  return count == 1 ? "one field" : counted(count, "field");
}

/// The callable behind 'by', of as many arguments as there are fields or of
/// one, their list; null after an error.
static ClosureRef stepOf(const Value &value, size_t count,
                         const ast::Expr &expr, Reporter &reporter) {
  if (value.isPoison())
    return nullptr;
  bool isClosure = value.kind == Value::Kind::Closure;
  if (isClosure && value.closure->kind == Closure::Kind::Scheme) {
    Diagnostic &error = reporter.error(Error::NotAStep, expr.range,
                                       describe(value), countedFields(count));
    std::string arguments;
    for (const Closure::Formal &formal : value.closure->formals)
      arguments += (arguments.empty() ? "" : ", ") + formal.name;
    error.help("write " + value.closure->name + "(" + arguments + ")");
    return nullptr;
  }
  if (isClosure && (value.closure->formals.size() == 1 ||
                    value.closure->formals.size() == count))
    return value.closure;
  reporter.error(Error::NotAStep, expr.range,
                 isClosure ? describe(value) + " of " +
                                 std::to_string(value.closure->formals.size()) +
                                 " arguments"
                           : describe(value),
                 countedFields(count));
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

/// One part of the next level; a field is on the grid of the level before.
Value Evolutions::nextLevel(const Value &next, const Type &before,
                            SourceRange range) {
  if (next.isPoison())
    return {};
  bool fits = isNumber(next) || next.isPointwise();
  if (isNumber(next))
    return before.isField() ? nodes.likeField(before, next.node) : next;
  NodeRef field = fits ? arithmetic.asField(next, before.grid, range,
                                            "the result of a step")
                       : nullptr;
  if (fits && !field)
    return {};
  if (field && (!before.isField() || field->type.grid == before.grid))
    return field;
  reporter.error(Error::StepResult, range, describe(before),
                 field ? describe(field->type) : describe(next));
  return {};
}

/// The state after a step from `carried`; poison after an error.
std::vector<Value> Evolutions::nextLevels(const Evolution &evolution,
                                          const std::vector<NodeRef> &carried) {
  SourceRange range = evolution.statement.step->range;
  auto firstField =
      std::find_if(carried.begin(), carried.end(),
                   [](const NodeRef &node) { return node->type.isField(); });
  auto here = states.inStepOf(
      firstField == carried.end() ? nullptr : (*firstField)->rule);
  std::vector<Value> state(carried.begin(), carried.end());
  size_t count = carried.size();
  bool asList = count > 1 && evolution.step->formals.size() == 1;
  Value next = calls.call(
      evolution.step, asList ? std::vector<Value>{Value::ofList(state)} : state,
      range);
  std::vector<Value> levels = {next};
  if (count > 1 && !next.isPoison()) {
    if (!next.isList() || next.list->size() != count) {
      reporter.error(Error::NotFields, range, "the result of the step",
                     "a list of " + countedFields(count), describe(next));
      return std::vector<Value>(count);
    }
    levels = *next.list;
  }
  levels.resize(count);
  for (size_t i = 0; i < count; ++i)
    levels[i] = nextLevel(levels[i], carried[i]->type, range);
  return levels;
}

//===----------------------------------------------------------------------===//
// Records
//===----------------------------------------------------------------------===//

/// What a record takes of a state: one field, or Real numbers; empty after an
/// error.
std::vector<NodeRef> Evolutions::recorded(const ast::RecordClause &record,
                                          const Evolution &evolution,
                                          const std::vector<Value> &state) {
  Scope *scope = names.newScope(&evolution.scope);
  for (size_t i = 0; i < state.size(); ++i)
    names.rebind(*scope, evolution.statement.states[i].text, state[i],
                 Role::Constant, evolution.statement.states[i].range);
  Value value = expressions.eval(*record.value, *scope);
  SourceRange range = record.value->range;
  std::vector<NodeRef> parts;
  if (value.isPoison())
    return {};
  bool isNodes = value.isList() || value.isPointwise();
  if (isNodes && !arithmetic.flatten(value, range, parts))
    return {};
  auto isField = [](const NodeRef &part) { return part->type.isField(); };
  auto isBool = [](const NodeRef &part) {
    return part->type.element == ElementKind::Bool;
  };
  bool fits =
      !parts.empty() && std::none_of(parts.begin(), parts.end(), isBool);
  if (parts.size() > 1)
    fits &= std::none_of(parts.begin(), parts.end(), isField);
  if (!fits) {
    reporter.error(Error::BadRecord, range, describe(value))
        .help("record each field under a name of its own");
    return {};
  }
  for (NodeRef &part : parts)
    part = nodes.toReal(part);
  return parts;
}

/// Adds to a loop what is noted down after its passes; false after an error.
bool Evolutions::recordPasses(const Evolution &evolution, Loop &loop,
                              const std::vector<Value> &after) {
  bool isSound = true;
  const auto &records = evolution.statement.records;
  for (size_t i = 0; i < records.size(); ++i) {
    Recording recording{int(evolution.records.first + i),
                        evolution.records.intervals[i],
                        {},
                        recorded(records[i], evolution, after)};
    isSound &= !recording.after.empty();
    loop.recordings.push_back(std::move(recording));
  }
  return isSound;
}

/// Adds to a loop that it notes down what it starts from, as `passes` are noted
/// down; false after an error.
bool Evolutions::recordStart(const Evolution &evolution, Loop &loop,
                             std::vector<Recording> passes) {
  const auto &records = evolution.statement.records;
  for (size_t i = 0; i < passes.size(); ++i) {
    std::vector<NodeRef> start =
        recorded(records[i], evolution, {loop.inits.begin(), loop.inits.end()});
    if (start.size() != passes[i].after.size())
      return false;
    for (size_t j = 0; j < start.size(); ++j)
      start[j] = nodes.convert(start[j], passes[i].after[j]->type);
    passes[i].start = std::move(start);
    passes[i].after.clear();
    loop.recordings.push_back(std::move(passes[i]));
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

static bool isSound(const std::vector<Value> &values) {
  return std::none_of(values.begin(), values.end(),
                      [](const Value &value) { return value.isPoison(); });
}

static std::vector<std::string> namesOf(const ast::EvolveStatement &statement) {
  std::vector<std::string> names;
  for (const ast::Identifier &state : statement.states)
    names.push_back(state.text);
  return names;
}

/// The state after so many steps; empty after an error.
std::vector<NodeRef> Evolutions::evolvedFor(const Evolution &evolution) {
  auto body = [&](const std::vector<NodeRef> &carried, Loop &loop) {
    std::vector<Value> levels = nextLevels(evolution, carried);
    if (!isSound(levels))
      return levels;
    Loop passes;
    bool isRecorded = recordPasses(evolution, passes, levels) &&
                      recordStart(evolution, loop, passes.recordings);
    for (size_t i = 0; isRecorded && i < passes.recordings.size(); ++i)
      loop.recordings[i].after = passes.recordings[i].after;
    return isRecorded ? levels : std::vector<Value>(levels.size());
  };
  return loops.make(namesOf(evolution.statement), evolution.initials,
                    evolution.count, evolution.isOfScript,
                    evolution.statement.range, body);
}

/// The state when the condition holds; empty after an error. It may hold at the
/// start: so the loop is in one that makes a pass or none.
std::vector<NodeRef> Evolutions::evolvedUntil(const Evolution &evolution) {
  const ast::EvolveStatement &statement = evolution.statement;
  Iteration iteration;
  iteration.names = namesOf(statement);
  iteration.initials.assign(evolution.initials.begin(),
                            evolution.initials.end());
  iteration.until = statement.until.get();
  iteration.atMost = &statement.atMost;
  for (const ast::Identifier &state : statement.states)
    iteration.places.push_back(state.range);
  iteration.isEvolution = true;
  iteration.isOfScript = evolution.isOfScript;
  iteration.range = statement.range;
  iteration.next = [&](const std::vector<Value> &carried) {
    std::vector<NodeRef> state;
    for (const Value &value : carried)
      state.push_back(value.node);
    return nextLevels(evolution, state);
  };
  std::vector<Recording> recordings;
  iteration.observe = [&](Loop &loop, const std::vector<Value> &after) {
    bool isRecorded = recordPasses(evolution, loop, after);
    recordings = loop.recordings;
    return isRecorded;
  };
  NodeRef holds = iterations.holdsAtStart(iteration, evolution.scope);
  if (!holds)
    return {};
  NodeRef count = nodes.toInteger(
      nodes.unary(NodeKind::Not, holds, statement.until->range));
  auto body = [&](const std::vector<NodeRef> &carried, Loop &loop) {
    iteration.initials.assign(carried.begin(), carried.end());
    std::vector<Value> results = iterations.iterate(iteration, evolution.scope);
    bool isRecorded =
        !results.empty() && recordStart(evolution, loop, recordings);
    return isRecorded ? results : std::vector<Value>(carried.size());
  };
  return loops.make(iteration.names, evolution.initials, count, false,
                    statement.range, body);
}

std::vector<NodeRef> Evolutions::evolved(const Evolution &evolution) {
  return evolution.count ? evolvedFor(evolution) : evolvedUntil(evolution);
}

//===----------------------------------------------------------------------===//
// What a state starts from
//===----------------------------------------------------------------------===//

/// A field or a number; null after an error.
NodeRef Evolutions::initialValue(const ast::Expr &expr, Scope &scope) {
  Value value = expressions.eval(expr, scope);
  if (isNumber(value))
    return value.node;
  return arithmetic.asField(value, nullptr, expr.range, "what is evolved");
}

/// Gives the initial fields the rule that the evolving ones are to have; those
/// on faces keep that of their operators. False after an error.
bool Evolutions::declareInitials(Evolution &evolution, const Grid *grid) {
  const ast::EvolveStatement &statement = evolution.statement;
  RuleRef rule = boundaries.ruleOn(statement.on, grid, evolution.scope);
  bool isSound = true;
  for (NodeRef &initial : evolution.initials) {
    bool isOnFaces = hasRows(initial->type) && initial->type.grid == grid;
    if (isOnFaces || !initial->type.isField())
      continue;
    initial = boundaries.declaredOn(initial, grid, rule, statement.range).node;
    isSound &= initial != nullptr;
  }
  return isSound;
}

/// Whether the evolution makes sense with what it starts from.
bool Evolutions::canEvolve(Evolution evolution, const Grid *grid) {
  DiagnosticEngine::Trial trial(reporter.diagnostics);
  auto unnumbered = iterations.unnumbered();
  bool isDeclared = !evolution.statement.on.grid.text.empty();
  return (!isDeclared || declareInitials(evolution, grid)) &&
         !evolved(evolution).empty() && !trial.hasErrors();
}

/// The ways to make fields of some of `count` numbers: as bits, those with the
/// fewest fields first.
static std::vector<unsigned> choicesOfFields(size_t count) {
  constexpr size_t most = 5; // of more, all or none
  if (count > most)
    return {0, ~0u};
  std::vector<unsigned> choices;
  for (unsigned choice = 0; choice < 1u << count; ++choice)
    choices.push_back(choice);
  auto fields = [](unsigned choice) {
    return std::bitset<most>(choice).count();
  };
  std::sort(choices.begin(), choices.end(), [&](unsigned a, unsigned b) {
    return std::pair(fields(a), a) < std::pair(fields(b), b);
  });
  return choices;
}

/// Makes fields on `grid` of the numbers that the step needs as such. A state
/// that the script puts on a grid has a field.
void Evolutions::chooseFields(Evolution &evolution, const Grid *grid) {
  std::vector<size_t> numbers;
  for (size_t i = 0; i < evolution.initials.size(); ++i)
    if (!evolution.initials[i]->type.isField())
      numbers.push_back(i);
  if (numbers.empty())
    return;
  const std::vector<NodeRef> given = evolution.initials;
  bool needsField = !evolution.statement.on.grid.text.empty() &&
                    numbers.size() == given.size();
  for (unsigned choice : choicesOfFields(numbers.size())) {
    if (needsField && !choice)
      continue;
    evolution.initials = given;
    for (size_t i = 0; i < numbers.size(); ++i)
      if (choice >> i & 1)
        evolution.initials[numbers[i]] =
            nodes.convert(given[numbers[i]], cellsOf(grid));
    if (canEvolve(evolution, grid))
      return;
  }
  // Whatever is wrong is told of what the script says.
  if (!needsField && numbers.size() < given.size())
    evolution.initials = given;
}

/// What to start from, with the grid of all fields that the script names or
/// that is the only one; false after an error.
bool Evolutions::findStart(Evolution &evolution) {
  const ast::EvolveStatement &statement = evolution.statement;
  bool isDeclared = !statement.on.grid.text.empty();
  const Grid *grid = isDeclared
                         ? boundaries.gridOf(statement.on, evolution.scope)
                         : grids.onlyGrid();
  if (grid)
    chooseFields(evolution, grid);
  if (isDeclared)
    return grid && declareInitials(evolution, grid);
  bool isUnclear = !grid && grids.firstGrid() &&
                   std::any_of(evolution.initials.begin(),
                               evolution.initials.end(), isNumber) &&
                   !canEvolve(evolution, grid);
  if (isUnclear)
    reporter
        .error(Error::GridUnclear, statement.initials[0]->range,
               "the field of this number")
        .help("name it: evolve " + statement.states[0].text + " on " +
              grids.firstGrid()->name + " from ...");
  return !isUnclear;
}

//===----------------------------------------------------------------------===//
// The statement
//===----------------------------------------------------------------------===//

/// Reads how often the step is made; false after an error.
bool Evolutions::readCount(Evolution &evolution) {
  const ast::ExprPtr &count = evolution.statement.count;
  if (!count)
    return true;
  evolution.count =
      expressions.evalInteger(*count, evolution.scope, "the number of steps");
  if (!evolution.count)
    return false;
  if (isConstant(evolution.count) && evolution.count->integer < 0)
    reporter.error(Error::NegativeCount, count->range);
  return true;
}

/// Reads an evolution; false after an error.
bool Evolutions::read(Evolution &evolution) {
  const ast::EvolveStatement &statement = evolution.statement;
  size_t count = statement.states.size();
  if (count != statement.initials.size()) {
    reporter.error(Error::InitialMismatch, statement.initials[0]->range,
                   counted(statement.initials.size(), "initial value"),
                   counted(count, "evolved value"));
    return false;
  }
  bool isSound = names.areDistinct(statement.states);
  for (const ast::ExprPtr &initial : statement.initials) {
    evolution.initials.push_back(initialValue(*initial, evolution.scope));
    isSound &= evolution.initials.back() != nullptr;
  }
  evolution.step = stepOf(expressions.eval(*statement.step, evolution.scope),
                          count, *statement.step, reporter);
  isSound &= readCount(evolution);
  for (const NodeRef &interval : evolution.records.intervals)
    isSound &= interval != nullptr;
  return isSound && evolution.step;
}

std::vector<Value> Evolutions::stateAfter(Evolution evolution) {
  std::vector<NodeRef> results;
  if (read(evolution) && findStart(evolution))
    results = evolved(evolution);
  results.resize(evolution.statement.states.size());
  return {results.begin(), results.end()};
}

std::vector<Value> Evolutions::ofScript(const ast::EvolveStatement &statement,
                                        Scope &scope, Records records) {
  return stateAfter(
      {statement, scope, /*isOfScript=*/true, std::move(records)});
}

std::vector<Value> Evolutions::inBlock(const ast::EvolveStatement &statement,
                                       Scope &scope) {
  if (!statement.records.empty()) {
    reporter
        .error(Error::StatementInBlock, statement.records[0].name.range,
               "record")
        .help("a block may be passed many times; record where the script "
              "itself evolves");
    return std::vector<Value>(statement.states.size());
  }
  return stateAfter({statement, scope, /*isOfScript=*/false, Records()});
}
