//===- CheckEvolve.cpp - evolutions ---------------------------------------===//
//
// A state is made of fields and numbers. What starts from a field is one. What
// starts from a number may be either: the step says so, by what it can do with
// it, and is tried for that.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Checker.h"

#include <bitset>

using namespace pdec;

struct Checker::Evolution {
  const ast::EvolveStatement &statement;
  ClosureRef step;
  /// What the state starts from: fields and numbers.
  std::vector<NodeRef> initials;
  NodeRef count; ///< null: until a condition holds
  /// Of each record after how many steps it takes the next entry.
  std::vector<NodeRef> intervals;
};

static bool isNumber(const Value &value) {
  return value.kind == Value::Kind::Node && !value.node->type.isField() &&
         value.node->type.element != ElementKind::Bool;
}

static std::string countedFields(size_t count) {
  return count == 1 ? "one field" : counted(count, "field");
}

/// The only grid that the script declares, or null.
const Grid *Checker::onlyGrid() const {
  const Grid *only = nullptr;
  for (const auto &grid : program->grids) {
    if (grid->parent || grid->isArray())
      continue;
    if (only)
      return nullptr;
    only = grid.get();
  }
  return only;
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
Value Checker::nextLevel(const Value &next, const Type &before,
                         SourceRange range) {
  if (next.isPoison())
    return {};
  bool fits = isNumber(next) || next.isPointwise();
  if (isNumber(next))
    return before.isField() ? nodes.likeField(before, next.node) : next;
  NodeRef field = fits ? evaluator.arithmetic.asField(next, before.grid, range,
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
std::vector<Value> Checker::nextLevels(const Evolution &evolution,
                                       const std::vector<NodeRef> &carried) {
  SourceRange range = evolution.statement.step->range;
  auto firstField =
      std::find_if(carried.begin(), carried.end(),
                   [](const NodeRef &node) { return node->type.isField(); });
  auto here = evaluator.states.inStepOf(
      firstField == carried.end() ? nullptr : (*firstField)->rule);
  std::vector<Value> state(carried.begin(), carried.end());
  size_t count = carried.size();
  bool asList = count > 1 && evolution.step->formals.size() == 1;
  Value next = evaluator.calls.call(
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
std::vector<NodeRef> Checker::recorded(const ast::RecordClause &record,
                                       const Evolution &evolution,
                                       const std::vector<Value> &state) {
  Scope *scope = evaluator.names.newScope(global);
  for (size_t i = 0; i < state.size(); ++i)
    evaluator.names.rebind(*scope, evolution.statement.states[i].text, state[i],
                           Role::Constant, evolution.statement.states[i].range);
  Value value = evaluator.eval(*record.value, *scope);
  SourceRange range = record.value->range;
  std::vector<NodeRef> parts;
  if (value.isPoison())
    return {};
  bool isNodes = value.isList() || value.isPointwise();
  if (isNodes && !evaluator.arithmetic.flatten(value, range, parts))
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
bool Checker::recordPasses(const Evolution &evolution, Loop &loop,
                           const std::vector<Value> &after) {
  bool isSound = true;
  const auto &records = evolution.statement.records;
  for (size_t i = 0; i < records.size(); ++i) {
    Recording recording{int(program->records.size() + i),
                        evolution.intervals[i],
                        {},
                        recorded(records[i], evolution, after)};
    isSound &= !recording.after.empty();
    loop.recordings.push_back(std::move(recording));
  }
  return isSound;
}

/// Adds to a loop that it notes down what it starts from, as `passes` are noted
/// down; false after an error.
bool Checker::recordStart(const Evolution &evolution, Loop &loop,
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
std::vector<NodeRef> Checker::evolvedFor(const Evolution &evolution) {
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
  return evaluator.loops.make(namesOf(evolution.statement), evolution.initials,
                              evolution.count, true, evolution.statement.range,
                              body);
}

/// The state when the condition holds; empty after an error. It may hold at the
/// start: so the loop is in one that makes a pass or none.
std::vector<NodeRef> Checker::evolvedUntil(const Evolution &evolution) {
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
  NodeRef holds = evaluator.iterations.holdsAtStart(iteration, *global);
  if (!holds)
    return {};
  NodeRef count = nodes.toInteger(
      nodes.unary(NodeKind::Not, holds, statement.until->range));
  auto body = [&](const std::vector<NodeRef> &carried, Loop &loop) {
    iteration.initials.assign(carried.begin(), carried.end());
    std::vector<Value> results =
        evaluator.iterations.iterate(iteration, *global);
    bool isRecorded =
        !results.empty() && recordStart(evolution, loop, recordings);
    return isRecorded ? results : std::vector<Value>(carried.size());
  };
  return evaluator.loops.make(iteration.names, evolution.initials, count, false,
                              statement.range, body);
}

std::vector<NodeRef> Checker::evolved(const Evolution &evolution) {
  return evolution.count ? evolvedFor(evolution) : evolvedUntil(evolution);
}

//===----------------------------------------------------------------------===//
// What a state starts from
//===----------------------------------------------------------------------===//

/// A field or a number; null after an error.
NodeRef Checker::initialValue(const ast::Expr &expr) {
  Value value = evaluator.eval(expr, *global);
  if (isNumber(value))
    return value.node;
  return evaluator.arithmetic.asField(value, nullptr, expr.range,
                                      "what is evolved");
}

/// Gives the initial fields the rule that the evolving ones are to have; those
/// on faces keep that of their operators. False after an error.
bool Checker::declareInitials(Evolution &evolution, const Grid *grid) {
  const ast::EvolveStatement &statement = evolution.statement;
  RuleRef rule = evaluator.boundaries.ruleOn(statement.on, grid, *global);
  bool isSound = true;
  for (NodeRef &initial : evolution.initials) {
    bool isOnFaces = hasRows(initial->type) && initial->type.grid == grid;
    if (isOnFaces || !initial->type.isField())
      continue;
    initial =
        evaluator.boundaries.declaredOn(initial, grid, rule, statement.range)
            .node;
    isSound &= initial != nullptr;
  }
  return isSound;
}

/// Whether the evolution makes sense with what it starts from.
bool Checker::canEvolve(Evolution evolution, const Grid *grid) {
  DiagnosticEngine::Trial trial(reporter.diagnostics);
  auto unnumbered = evaluator.iterations.unnumbered();
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
void Checker::chooseFields(Evolution &evolution, const Grid *grid) {
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
bool Checker::findStart(Evolution &evolution) {
  const ast::EvolveStatement &statement = evolution.statement;
  bool isDeclared = !statement.on.grid.text.empty();
  const Grid *grid = isDeclared
                         ? evaluator.boundaries.gridOf(statement.on, *global)
                         : onlyGrid();
  if (grid)
    chooseFields(evolution, grid);
  if (isDeclared)
    return grid && declareInitials(evolution, grid);
  bool isUnclear = !grid && !program->grids.empty() &&
                   std::any_of(evolution.initials.begin(),
                               evolution.initials.end(), isNumber) &&
                   !canEvolve(evolution, grid);
  if (isUnclear)
    reporter
        .error(Error::GridUnclear, statement.initials[0]->range,
               "the field of this number")
        .help("name it: evolve " + statement.states[0].text + " on " +
              program->grids[0]->name + " from ...");
  return !isUnclear;
}

//===----------------------------------------------------------------------===//
// The statement
//===----------------------------------------------------------------------===//

/// The number of steps from one entry of a record to the next; null after an
/// error.
NodeRef Checker::recordInterval(const ast::RecordClause &record) {
  declareOutput(record.name);
  NodeRef every = evaluator.evalInteger(*record.every, *global,
                                        "the number of steps between records");
  if (!every || !isConstant(every) || every->integer >= 1)
    return every;
  reporter.error(Error::BadInterval, record.every->range, every->integer);
  return nullptr;
}

/// Reads an evolution; false after an error.
bool Checker::readEvolution(Evolution &evolution) {
  const ast::EvolveStatement &statement = evolution.statement;
  size_t count = statement.states.size();
  if (count != statement.initials.size()) {
    reporter.error(Error::InitialMismatch, statement.initials[0]->range,
                   counted(statement.initials.size(), "initial value"),
                   counted(count, "evolved value"));
    return false;
  }
  bool isSound = evaluator.names.areDistinct(statement.states);
  for (const ast::ExprPtr &initial : statement.initials) {
    evolution.initials.push_back(initialValue(*initial));
    isSound &= evolution.initials.back() != nullptr;
  }
  evolution.step = stepOf(evaluator.eval(*statement.step, *global), count,
                          *statement.step, reporter);
  if (statement.count) {
    evolution.count =
        evaluator.evalInteger(*statement.count, *global, "the number of steps");
    isSound &= evolution.count != nullptr;
    if (evolution.count && isConstant(evolution.count) &&
        evolution.count->integer < 0)
      reporter.error(Error::NegativeCount, statement.count->range);
  }
  for (const ast::RecordClause &record : statement.records) {
    evolution.intervals.push_back(recordInterval(record));
    isSound &= evolution.intervals.back() != nullptr;
  }
  return isSound && evolution.step;
}

/// Gives an evolved or solved field its name, maybe once more.
void Checker::declareResult(const ast::Identifier &name, Value value) {
  const Binding *known = global->find(name.text, UINT64_MAX);
  bool isAgain = known && known->role == Role::Evolved;
  if (isAgain && evaluator.names.recorder)
    evaluator.names.recorder->declareAgain(name, known->range);
  if (isAgain)
    evaluator.names.rebind(*global, name.text, std::move(value), Role::Evolved,
                           name.range);
  else
    evaluator.names.declare(*global, name, std::move(value), Role::Evolved);
}

void Checker::evolve(const ast::EvolveStatement &evolve) {
  Evolution evolution{evolve, nullptr, {}, nullptr, {}};
  std::vector<NodeRef> results;
  if (readEvolution(evolution) && findStart(evolution))
    results = evolved(evolution);
  if (!results.empty())
    for (const ast::RecordClause &record : evolve.records)
      program->records.push_back(
          {record.name.text, results.front(), record.name.range});
  results.resize(evolve.states.size());
  for (size_t i = 0; i < results.size(); ++i)
    declareResult(evolve.states[i], results[i]);
}
