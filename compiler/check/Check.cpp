//===- Check.cpp - the statements of a script -----------------------------===//

#include "compiler/check/Check.h"

#include "compiler/check/Checker.h"
#include "compiler/library/Library.h"

#include <cctype>
#include <cmath>

using namespace pdec;
using ast::as;

Checker::Checker(const ast::Script &script, DiagnosticEngine &diagnostics)
    : script(script), evaluator(diagnostics), reporter(evaluator.reporter),
      nodes(evaluator.nodes), program(std::make_unique<Program>()) {
  evaluator.declareLate = [this](const std::string &name) {
    return declareLate(name);
  };
  evaluator.findDeclaration = [this](const std::string &name) {
    auto found = declarations.find(name);
    return found == declarations.end() ? SourceRange() : found->second;
  };
}

//===----------------------------------------------------------------------===//
// What is there before the script
//===----------------------------------------------------------------------===//

void Checker::declareBuiltins(Scope &scope) {
  auto add = [&](const char *name, Value value) {
    evaluator.rebind(scope, name, std::move(value), Role::Constant, {});
  };
  for (const BuiltinInfo &info : allBuiltins())
    add(info.name, info.builtin);
  add("pi", nodes.real(std::acos(-1.0)));
}

void Checker::declareLibrary(Scope &scope) {
  for (const ast::Script *file : libraryScripts()) {
    for (const ast::StatementPtr &entry : file->statements) {
      if (entry->kind == ast::StatementKind::Fun) {
        const auto &fun = as<ast::FunStatement>(*entry);
        evaluator.declare(scope, fun.name, evaluator.closureOf(fun, scope),
                          Role::Constant);
      } else if (entry->kind == ast::StatementKind::Scheme) {
        const auto &scheme = as<ast::SchemeStatement>(*entry);
        evaluator.declare(scope, scheme.name,
                          evaluator.closureOf(scheme, scope), Role::Constant);
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
  case ast::StatementKind::Let:
    return {&as<ast::LetStatement>(statement).name};
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
  for (const ast::StatementPtr &entry : script.statements) {
    for (const ast::Identifier *name : declaredNames(*entry))
      declarations.emplace(name->text, name->range);
    if (entry->kind != ast::StatementKind::Param)
      continue;
    for (const ast::ParamEntry &param :
         as<ast::ParamStatement>(*entry).entries) {
      int index = int(program->params.size());
      auto [place, isNew] =
          params.emplace(param.name.text, LateParam{&param, index});
      if (isNew) {
        program->params.emplace_back();
        declarations.emplace(param.name.text, param.name.range);
        continue;
      }
      reporter.error(Error::DuplicateName, param.name.range, param.name.text)
          .note(place->second.entry->name.range,
                "the first declaration is here");
    }
  }
}

bool Checker::declareLate(const std::string &name) {
  auto found = params.find(name);
  if (found == params.end() || found->second.state != LateParam::Waiting)
    return false;
  param(found->second);
  return true;
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void Checker::statement(const ast::Statement &statement) {
  switch (statement.kind) {
  case ast::StatementKind::Grid:
    return grid(as<ast::GridStatement>(statement));
  case ast::StatementKind::Param:
    for (const ast::ParamEntry &entry :
         as<ast::ParamStatement>(statement).entries) {
      const std::string &name = entry.name.text;
      const Binding *other = global->find(name, UINT64_MAX);
      if (other && other->range && other->order != 0)
        reporter.error(Error::DuplicateName, entry.name.range, name)
            .note(other->range, "the first declaration is here");
      else
        param(params.at(name));
    }
    return;
  case ast::StatementKind::Input:
    return input(as<ast::InputStatement>(statement));
  case ast::StatementKind::Let: {
    const auto &let = as<ast::LetStatement>(statement);
    Value value = evaluator.eval(*let.value, *global);
    return evaluator.declare(*global, let.name, std::move(value),
                             Role::Constant);
  }
  case ast::StatementKind::Fun: {
    const auto &fun = as<ast::FunStatement>(statement);
    return evaluator.declare(*global, fun.name,
                             evaluator.closureOf(fun, *global), Role::Constant);
  }
  case ast::StatementKind::Scheme: {
    const auto &scheme = as<ast::SchemeStatement>(statement);
    return evaluator.declare(*global, scheme.name,
                             evaluator.closureOf(scheme, *global),
                             Role::Constant);
  }
  case ast::StatementKind::Evolve:
    return evolve(as<ast::EvolveStatement>(statement));
  case ast::StatementKind::Output:
    return output(as<ast::OutputStatement>(statement));
  default:
    return; // the grammar has no others outside blocks
  }
}

NodeRef Checker::asField(const Value &value, const Grid *grid,
                         SourceRange range, const std::string &what) {
  if (value.isPoison())
    return nullptr;
  NodeRef node;
  if (value.isPointwise())
    node = evaluator.asPointwise(value, range);
  bool isNumber = node && node->type.element != ElementKind::Bool;
  if (isNumber && !node->type.isField() && grid) {
    Type type;
    type.grid = grid;
    type.low.assign(grid->axes.size(), 0);
    type.high.assign(grid->axes.size(), 0);
    return nodes.convert(node, type);
  }
  if (!isNumber || !node->type.isField()) {
    reporter.error(Error::NotAField, range, what, describe(value));
    return nullptr;
  }
  for (size_t i = 0; i < node->type.low.size(); ++i) {
    if (node->type.low[i] == 0 && node->type.high[i] == 0)
      continue;
    reporter.error(Error::NotOnCells, range, what)
        .help("the adjoint of an operator leads from faces to cells");
    return nullptr;
  }
  return node;
}

void Checker::input(const ast::InputStatement &statement) {
  const Grid *grid = findGrid(statement.grid);
  NodeRef result;
  if (grid) {
    Input input;
    input.name = statement.name.text;
    input.grid = grid;
    input.range = statement.range;
    if (statement.initial) {
      evaluator.contextGrid = grid;
      Value value = evaluator.eval(*statement.initial, *global);
      input.initial = asField(value, grid, statement.initial->range,
                              "the default of an input");
      evaluator.contextGrid = nullptr;
      if (input.initial && input.initial->type.grid != grid)
        reporter.error(Error::GridMismatch, statement.initial->range,
                       grid->name, input.initial->type.grid->name);
    }
    Node node;
    node.kind = NodeKind::Input;
    node.type.grid = grid;
    node.type.low.assign(grid->axes.size(), 0);
    node.type.high.assign(grid->axes.size(), 0);
    node.index = int(program->inputs.size());
    node.range = statement.name.range;
    result = nodes.make(std::move(node));
    program->inputs.push_back(std::move(input));
  }
  evaluator.declare(*global, statement.name, result, Role::Constant);
}

//===----------------------------------------------------------------------===//
// Evolutions
//===----------------------------------------------------------------------===//

/// A number serves as a field where there is one grid only.
NodeRef Checker::initialField(const ast::Expr &expr) {
  Value value = evaluator.eval(expr, *global);
  if (value.isPoison())
    return nullptr;
  bool isScalar =
      value.kind == Value::Kind::Node && !value.node->type.isField();
  if (isScalar && program->grids.size() > 1 &&
      value.node->type.element != ElementKind::Bool) {
    reporter.error(Error::GridUnclear, expr.range, "the field of this number")
        .help("add it to a field of that grid, as in 0*f + 1");
    return nullptr;
  }
  const Grid *only =
      program->grids.size() == 1 ? program->grids[0].get() : nullptr;
  return asField(value, only, expr.range, "what is evolved");
}

/// The callable of one argument behind 'by'; null after an error.
static ClosureRef stepOf(const Value &value, const ast::Expr &expr,
                         Reporter &reporter) {
  if (value.isPoison())
    return nullptr;
  bool isClosure = value.kind == Value::Kind::Closure;
  if (isClosure && value.closure->kind == Closure::Kind::Scheme) {
    Diagnostic &error =
        reporter.error(Error::NotAStep, expr.range, describe(value));
    std::string arguments;
    for (const Closure::Formal &formal : value.closure->formals)
      arguments += (arguments.empty() ? "" : ", ") + formal.name;
    error.help("write " + value.closure->name + "(" + arguments + ")");
    return nullptr;
  }
  if (isClosure && value.closure->formals.size() == 1)
    return value.closure;
  reporter.error(Error::NotAStep, expr.range,
                 isClosure ? describe(value) + " of " +
                                 std::to_string(value.closure->formals.size()) +
                                 " arguments"
                           : describe(value));
  return nullptr;
}

NodeRef Checker::evolved(const ast::EvolveStatement &evolve) {
  if (evolve.states.size() > 1 || evolve.initials.size() > 1) {
    if (evolve.states.size() != evolve.initials.size())
      reporter.error(Error::InitialMismatch, evolve.initials[0]->range,
                     counted(evolve.initials.size(), "initial field"),
                     counted(evolve.states.size(), "evolved field"));
    else
      reporter.error(Error::SystemsUnsupported, evolve.states[1].range,
                     "evolutions");
    return nullptr;
  }
  NodeRef initial = initialField(*evolve.initials[0]);
  Value stepValue = evaluator.eval(*evolve.step, *global);
  ClosureRef step = stepOf(stepValue, *evolve.step, reporter);
  NodeRef count =
      evaluator.evalInteger(*evolve.count, *global, "the number of steps");
  if (count && isConstant(count) && count->integer < 0)
    reporter.error(Error::NegativeCount, evolve.count->range);
  if (!initial || !step || !count)
    return nullptr;
  const Grid *grid = initial->type.grid;
  auto body = [&](const std::vector<NodeRef> &carried, const Loop &) {
    Value next = evaluator.call(step, {carried[0]}, evolve.step->range);
    bool isField =
        next.isPointwise() && (!next.node || next.node->type.isField());
    if (!next.isPoison() && !isField &&
        !(next.node && next.node->type.element != ElementKind::Bool)) {
      reporter.error(Error::StepResult, evolve.step->range, grid->name,
                     describe(next));
      return std::vector<Value>{Value()};
    }
    NodeRef field =
        asField(next, grid, evolve.step->range, "the result of a step");
    if (field && field->type.grid != grid) {
      reporter.error(Error::StepResult, evolve.step->range, grid->name,
                     describe(field->type));
      field = nullptr;
    }
    return std::vector<Value>{Value(field)};
  };
  std::vector<NodeRef> results = evaluator.loop(
      {evolve.states[0].text}, {initial}, count, true, evolve.range, body);
  return results.empty() ? nullptr : results[0];
}

void Checker::evolve(const ast::EvolveStatement &evolve) {
  NodeRef result = evolved(evolve);
  for (const ast::Identifier &state : evolve.states) {
    const Binding *known = global->find(state.text, UINT64_MAX);
    if (known && known->role == Role::Evolved)
      evaluator.rebind(*global, state.text, result, Role::Evolved, state.range);
    else
      evaluator.declare(*global, state, result, Role::Evolved);
  }
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

void Checker::output(const ast::OutputStatement &statement) {
  for (const ast::OutputStatement::Entry &entry : statement.entries) {
    auto [first, isNew] = outputs.emplace(entry.name.text, entry.name.range);
    if (!isNew)
      reporter.error(Error::DuplicateName, entry.name.range, entry.name.text)
          .note(first->second, "the first output of this name is here");
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
    output.value = asField(value, nullptr, range, "an output");
    program->outputs.push_back(std::move(output));
  }
}

//===----------------------------------------------------------------------===//
// Programs
//===----------------------------------------------------------------------===//

/// The file's name without folders and ending, made an identifier.
static std::string programName(const std::string &path) {
  size_t slash = path.find_last_of("/\\");
  std::string base = slash == std::string::npos ? path : path.substr(slash + 1);
  base = base.substr(0, base.find('.', 1));
  std::string name;
  for (unsigned char c : base)
    name += c < 0x80 && std::isalnum(c) ? char(c) : '_';
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name[0])))
    name = "pde_" + name;
  return name;
}

std::unique_ptr<Program> Checker::run() {
  program->name = programName(script.file->name());
  Scope *builtins = evaluator.newScope(nullptr);
  declareBuiltins(*builtins);
  Scope *library = evaluator.newScope(builtins);
  declareLibrary(*library);
  global = evaluator.newScope(library);
  survey();
  for (const ast::StatementPtr &entry : script.statements) {
    if (evaluator.isStopped())
      break;
    statement(*entry);
  }
  DiagnosticEngine &diagnostics = reporter.diagnostics;
  if (program->outputs.empty() && !diagnostics.hasErrors()) {
    uint32_t end =
        script.statements.empty() ? 0 : script.statements.back()->range.end;
    reporter.error(Error::NoOutput, SourceRange{script.file, end, end})
        .help("write 'output u' to get the field u");
  }
  return diagnostics.hasErrors() ? nullptr : std::move(program);
}

std::unique_ptr<Program> pdec::check(const ast::Script &script,
                                     DiagnosticEngine &diagnostics) {
  return Checker(script, diagnostics).run();
}
