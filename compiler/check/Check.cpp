//===- Check.cpp - the statements of a script -----------------------------===//

#include "compiler/check/Check.h"

#include "compiler/check/Checker.h"
#include "compiler/support/Identifier.h"

#include <cmath>

using namespace pdec;
using ast::as;

Checker::Checker(const ast::Script &script, DiagnosticEngine &diagnostics,
                 std::set<std::string> coefficients, TrainingPart part)
    : script(script), statements(ast::allStatements(script)),
      coefficients(std::move(coefficients)), part(part), evaluator(diagnostics),
      reporter(evaluator.reporter), nodes(evaluator.nodes),
      program(std::make_unique<Program>()),
      builtins(evaluator.names.newScope(nullptr)),
      library(evaluator.names.newScope(builtins)),
      global(evaluator.names.newScope(library)),
      grids(nodes, reporter, evaluator.names, evaluator.boundaries, evaluator,
            *program, *global),
      params(nodes, reporter, evaluator.rules, evaluator.arrays, evaluator,
             *program, *global) {
  evaluator.names.declareLate = [this](const std::string &name) {
    return params.declareLate(name);
  };
  evaluator.grids.addGrid = [this](std::unique_ptr<Grid> grid) {
    grid->index = int(program->grids.size());
    program->grids.push_back(std::move(grid));
    return program->grids.back().get();
  };
  evaluator.iterations.params = [this]() -> const std::vector<Param> & {
    return program->params;
  };
  evaluator.grids.onlyGrid = [this] { return onlyGrid(); };
  evaluator.grids.firstGrid = [this]() -> const Grid * {
    return program->grids.empty() ? nullptr : program->grids[0].get();
  };
  evaluator.solutions.library = [this](const char *name) {
    return library->lookup(name)->value.closure;
  };
  evaluator.names.findDeclaration = [this](const std::string &name) {
    auto found = declarations.find(name);
    return found == declarations.end() ? SourceRange() : found->second;
  };
}

//===----------------------------------------------------------------------===//
// What is there before the script
//===----------------------------------------------------------------------===//

void Checker::declareBuiltins() {
  auto add = [&](const char *name, Value value) {
    evaluator.names.rebind(*builtins, name, std::move(value), Role::Constant,
                           {});
  };
  for (const BuiltinInfo &info : allBuiltins())
    add(info.name, info.builtin);
  add("pi", nodes.real(std::acos(-1.0)));
  add("infinity", nodes.real(std::numeric_limits<double>::infinity()));
  Node epsilon;
  epsilon.kind = NodeKind::Epsilon;
  add("epsilon", nodes.make(std::move(epsilon)));
  add("laplace", evaluator.differences.laplacian({}));
  OperatorRef gradient = evaluator.differences.gradient({});
  add("grad", gradient);
  add("div", evaluator.operators.negated(
                 evaluator.operators.adjoint(gradient, {}), {}));
}

void Checker::declareLibrary(const LibraryScripts &files) {
  for (const ast::Script *file : files) {
    for (const ast::StatementPtr &entry : file->statements) {
      if (entry->kind == ast::StatementKind::Fun) {
        const auto &fun = as<ast::FunStatement>(*entry);
        evaluator.names.declareFunction(fun, *library);
      } else if (entry->kind == ast::StatementKind::Scheme) {
        const auto &scheme = as<ast::SchemeStatement>(*entry);
        evaluator.names.declare(*library, scheme.name,
                                evaluator.names.closureOf(scheme, *library),
                                Role::Constant);
      }
    }
  }
}

/// The names that a statement declares.
static std::vector<const ast::Identifier *>
declaredNames(const ast::Statement &statement) {
  switch (statement.kind) {
  case ast::StatementKind::Grid:
    return {&as<ast::GridStatement>(statement).name};
  case ast::StatementKind::Input:
    return {&as<ast::InputStatement>(statement).name};
  case ast::StatementKind::Let: {
    std::vector<const ast::Identifier *> result;
    for (const auto &entry : as<ast::LetStatement>(statement).entries)
      for (const ast::Identifier &name : entry.names)
        result.push_back(&name);
    return result;
  }
  case ast::StatementKind::Fun:
    return {&as<ast::FunStatement>(statement).name};
  case ast::StatementKind::Scheme:
    return {&as<ast::SchemeStatement>(statement).name};
  case ast::StatementKind::Evolve: {
    std::vector<const ast::Identifier *> result;
    for (const ast::Identifier &state :
         as<ast::EvolveStatement>(statement).states)
      result.push_back(&state);
    return result;
  }
  default:
    return {};
  }
}

void Checker::survey() {
  for (const ast::Statement *entry : statements) {
    for (const ast::Identifier *name : declaredNames(*entry))
      declarations.emplace(name->text, name->range);
    if (entry->kind != ast::StatementKind::Param)
      continue;
    for (const ast::ParamEntry &param : as<ast::ParamStatement>(*entry).entries)
      if (params.add(param, as<ast::ParamStatement>(*entry).isTrainable))
        declarations.emplace(param.name.text, param.name.range);
  }
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

/// The name of a parameter in its own condition.
static void recordCondition(const ast::Expr &expr, const ast::Identifier &param,
                            NameRecorder &recorder) {
  if (expr.kind == ast::ExprKind::Name &&
      as<ast::NameExpr>(expr).name == param.text)
    return recorder.use(expr.range, param.text, param.range);
  if (expr.kind == ast::ExprKind::Binary) {
    recordCondition(*as<ast::BinaryExpr>(expr).left, param, recorder);
    recordCondition(*as<ast::BinaryExpr>(expr).right, param, recorder);
  }
  if (expr.kind == ast::ExprKind::Compare)
    for (const ast::ExprPtr &operand : as<ast::CompareExpr>(expr).operands)
      recordCondition(*operand, param, recorder);
}

/// Parameters have a way of their own into the scope.
void Checker::recordParam(const ast::ParamEntry &entry) {
  NameRecorder *recorder = evaluator.names.recorder;
  const Binding *binding = global->find(entry.name.text, UINT64_MAX);
  if (!recorder || !binding)
    return;
  recorder->declare(entry.name.text, binding->range, binding->value,
                    binding->role, /*isInner=*/false);
  if (entry.where)
    recordCondition(*entry.where, entry.name, *recorder);
}

void Checker::statement(const ast::Statement &statement) {
  switch (statement.kind) {
  case ast::StatementKind::Grid:
    return grids.check(as<ast::GridStatement>(statement));
  case ast::StatementKind::Param:
    for (const ast::ParamEntry &entry :
         as<ast::ParamStatement>(statement).entries) {
      params.check(entry);
      recordParam(entry);
    }
    return;
  case ast::StatementKind::Input:
    return input(as<ast::InputStatement>(statement));
  case ast::StatementKind::Let:
    return evaluator.blocks.evalLet(as<ast::LetStatement>(statement), *global,
                                    Role::Constant);
  case ast::StatementKind::Fun:
    return evaluator.names.declareFunction(as<ast::FunStatement>(statement),
                                           *global);
  case ast::StatementKind::Scheme: {
    const auto &scheme = as<ast::SchemeStatement>(statement);
    return evaluator.names.declare(*global, scheme.name,
                                   evaluator.names.closureOf(scheme, *global),
                                   Role::Constant);
  }
  case ast::StatementKind::Evolve:
    return evolve(as<ast::EvolveStatement>(statement));
  case ast::StatementKind::Solve:
    return solve(as<ast::SolveStatement>(statement));
  case ast::StatementKind::Train:
    return train(as<ast::TrainStatement>(statement));
  case ast::StatementKind::Output:
    return output(as<ast::OutputStatement>(statement));
  case ast::StatementKind::Require:
    evaluator.require(as<ast::RequireStatement>(statement), *global,
                      /*isOfScript=*/statement.range.file == script.file);
    return;
  default:
    return; // the grammar has no others outside blocks
  }
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

void Checker::evolve(const ast::EvolveStatement &evolve) {
  Evolutions::Records records{program->records.size(), {}};
  for (const ast::RecordClause &record : evolve.records)
    records.intervals.push_back(recordInterval(record));
  std::vector<Value> results =
      evaluator.evolutions.ofScript(evolve, *global, std::move(records));
  if (!results.front().isPoison())
    for (const ast::RecordClause &record : evolve.records)
      program->records.push_back(
          {record.name.text, results.front().node, record.name.range});
  for (size_t i = 0; i < results.size(); ++i)
    declareResult(evolve.states[i], std::move(results[i]));
}

void Checker::solve(const ast::SolveStatement &solve) {
  ast::Identifier unknown;
  Value solution = evaluator.solution(solve, *global, unknown);
  if (!unknown.text.empty())
    declareResult(unknown, std::move(solution));
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

/// Records are outputs, too: files and options know both by their names.
void Checker::declareOutput(const ast::Identifier &name) {
  auto [first, isNew] = outputs.emplace(name.text, name.range);
  if (!isNew)
    reporter.error(Error::DuplicateName, name.range, name.text)
        .note(first->second, "the first output of this name is here");
}

/// A field or a number; null after an error.
NodeRef Checker::outputValue(const Value &value, SourceRange range) {
  bool isNumber = value.node && !value.node->type.isField() &&
                  value.node->type.element != ElementKind::Bool;
  return isNumber
             ? nodes.toReal(value.node)
             : evaluator.arithmetic.asField(value, nullptr, range, "an output");
}

void Checker::output(const ast::OutputStatement &statement) {
  for (const ast::OutputStatement::Entry &entry : statement.entries) {
    declareOutput(entry.name);
    Value value;
    if (entry.value) {
      value = evaluator.eval(*entry.value, *global);
    } else {
      ast::NameExpr name;
      name.name = entry.name.text;
      name.range = entry.name.range;
      value = evaluator.eval(name, *global);
    }
    SourceRange range = entry.value ? entry.value->range : entry.name.range;
    Output output;
    output.name = entry.name.text;
    output.range = entry.name.range;
    output.value = outputValue(value, range);
    program->outputs.push_back(std::move(output));
  }
}

//===----------------------------------------------------------------------===//
// Programs
//===----------------------------------------------------------------------===//

/// The first field of the last evolution; empty if nothing evolves.
static std::string lastEvolved(const ast::Script &script) {
  std::string name;
  for (const ast::StatementPtr &statement : script.statements)
    if (statement->kind == ast::StatementKind::Evolve)
      name = as<ast::EvolveStatement>(*statement).states.front().text;
  return name;
}

/// All values that the program, or its training, computes.
std::vector<NodeRef> Checker::computed() const {
  std::vector<NodeRef> values = program->requirements;
  for (const std::vector<Output> *list :
       {&std::as_const(program->outputs), &trainingOutputs})
    for (const Output &output : *list)
      values.push_back(output.value);
  for (const Record &record : program->records)
    values.push_back(record.evolved);
  return values;
}

std::unique_ptr<Program> Checker::run(const LibraryScripts &files) {
  program->name = identifierOf(script.file->name());
  declareBuiltins();
  declareLibrary(files);
  survey();
  for (const ast::Statement *entry : statements) {
    if (evaluator.effort.isStopped())
      break;
    statement(*entry);
  }
  program->requirements = evaluator.iterations.requirements();
  DiagnosticEngine &diagnostics = reporter.diagnostics;
  if (!diagnostics.hasErrors())
    evaluator.solutions.complete(computed());
  bool hasResults = !program->outputs.empty() || !program->records.empty();
  if (!hasResults && !diagnostics.hasErrors()) {
    uint32_t end =
        script.statements.empty() ? 0 : script.statements.back()->range.end;
    SourceRange place = {script.file, end, end};
    Diagnostic &error = reporter.error(Error::NoOutput, place);
    std::string advice = "write 'output u' to get the field u";
    std::string field = lastEvolved(script);
    if (field.empty())
      error.help(advice);
    else
      error.help(advice, {place, "\noutput " + field});
  }
  // Now: what names stand for goes with the program.
  if (evaluator.names.recorder) {
    DiagnosticEngine::Trial unheard(diagnostics);
    evaluator.names.recorder->describe(*program, evaluator.beyond);
  }
  if (part != TrainingPart::None) {
    if (!program->training && !diagnostics.hasErrors())
      reporter.error(Error::NoTraining, SourceRange{script.file, 0, 0});
    program->outputs = std::move(trainingOutputs);
    program->records.clear();
  }
  return diagnostics.hasErrors() ? nullptr : std::move(program);
}

static std::set<const SourceFile *> filesOf(const ast::Script &script) {
  std::set<const SourceFile *> result = {script.file};
  for (const ast::Statement *statement : ast::allStatements(script))
    result.insert(statement->range.file);
  return result;
}

/// With no more of the library than it can use, to read which takes longer than
/// compiling a small script.
static std::unique_ptr<Program> checkAlone(const ast::Script &script,
                                           DiagnosticEngine &diagnostics,
                                           TrainingPart part) {
  DiagnosticEngine found = diagnostics;
  LibraryScripts files = libraryScriptsFor(filesOf(script));
  Checker checker(script, found, findCoefficients(script, files), part);
  auto program = checker.run(files);
  if (program)
    diagnostics = std::move(found);
  return program;
}

static std::unique_ptr<Program> checkAll(const ast::Script &script,
                                         DiagnosticEngine &diagnostics,
                                         NameTable *names, TrainingPart part) {
  if (!names)
    if (auto program = checkAlone(script, diagnostics, part))
      return program;
  // Editors are told of all names; and what is wrong may be told with one that
  // is alike.
  const LibraryScripts &files = libraryScripts();
  Checker checker(script, diagnostics, findCoefficients(script, files), part);
  if (!names)
    return checker.run(files);
  NameRecorder recorder(*names);
  checker.record(recorder);
  return checker.run(files);
}

std::unique_ptr<Program> pdec::check(const ast::Script &script,
                                     DiagnosticEngine &diagnostics,
                                     NameTable *names, TrainingPart part) {
  auto program = checkAll(script, diagnostics, names, part);
  // What is wrong may be why something is not used.
  if (program && part == TrainingPart::None)
    warnOfUnused(script, diagnostics);
  return program;
}
