//===- ParamChecker.cpp - parameters, their types and bounds --------------===//

#include "compiler/check/ParamChecker.h"

#include <algorithm>
#include <cmath>

using namespace pdec;
using ast::as;

/// A number as a script would write it.
static std::string numberText(const Param &param) {
  if (param.isInt)
    return std::to_string(param.integer);
  char text[32];
  std::snprintf(text, sizeof text, "%g", param.real);
  return text;
}

const std::vector<std::string> &pdec::paramTypes() {
  static const std::vector<std::string> types = {"int", "real"};
  return types;
}

bool ParamChecker::add(const ast::ParamEntry &entry, bool isTrainable) {
  bool isArray = !entry.extents.empty();
  int index = isArray ? -1 : int(program.params.size());
  auto [place, isNew] =
      params.emplace(entry.name.text, LateParam{&entry, index, isTrainable});
  if (isNew) {
    if (!isArray)
      program.params.emplace_back();
    return true;
  }
  reporter.error(Error::DuplicateName, entry.name.range, entry.name.text)
      .note(place->second.entry->name.range, "the first declaration is here");
  return false;
}

bool ParamChecker::declareLate(const std::string &name) {
  auto found = params.find(name);
  if (found == params.end() || found->second.state != LateParam::Waiting)
    return false;
  declare(found->second);
  return true;
}

void ParamChecker::check(const ast::ParamEntry &entry) {
  const std::string &name = entry.name.text;
  const Binding *other = global.find(name, UINT64_MAX);
  if (other && other->range && other->order != 0)
    reporter.error(Error::DuplicateName, entry.name.range, name)
        .note(other->range, "the first declaration is here");
  else
    declare(params.at(name));
}

/// Parameters are known in the whole script, so that one may be evaluated when
/// a statement above it needs it.
void ParamChecker::declare(LateParam &late) {
  if (late.state != LateParam::Waiting)
    return;
  late.state = LateParam::Busy;
  const ast::ParamEntry &entry = *late.entry;
  NodeRef made = entry.extents.empty() ? number(late) : array(late);
  late.state = LateParam::Done;
  // Order 0: functions above the declaration see it, too.
  global.bind(entry.name.text,
              {Value(made), Role::Constant, entry.name.range, 0});
}

/// Null after an error.
NodeRef ParamChecker::number(const LateParam &late) {
  const ast::ParamEntry &entry = *late.entry;
  Param &param = program.params[late.index];
  param.name = entry.name.text;
  param.range = entry.range;
  param.isTrainable = late.isTrainable;
  NodeRef initial = expressions.evalConstant(
      *entry.initial, global, "the default of '" + entry.name.text + "'");
  if (!initial || !paramType(entry, initial, param))
    return nullptr;
  if (entry.where)
    where(entry, param);
  if (param.isInt && param.isTrainable) {
    reporter.error(Error::NotTrainable, entry.range, param.name)
        .help("write " + param.name + " : real = ...");
    return nullptr;
  }
  Node node;
  node.kind = NodeKind::Param;
  node.type.element = param.isInt ? ElementKind::Int : ElementKind::Real;
  node.range = entry.name.range;
  node.index = late.index;
  return nodes.make(std::move(node));
}

/// A parameter array is an input on a grid of its own; null after an error.
NodeRef ParamChecker::array(const LateParam &late) {
  const ast::ParamEntry &entry = *late.entry;
  if (entry.type.text != "real") {
    reporter.error(Error::WrongKind, entry.type.range, "real",
                   "'" + entry.type.text + "'");
    return nullptr;
  }
  std::unique_ptr<Grid> made = arrays.gridOf(entry, global);
  if (!made)
    return nullptr;
  made->index = int(program.grids.size());
  program.grids.push_back(std::move(made));
  const Grid *grid = program.grids.back().get();
  Input input;
  input.name = entry.name.text;
  input.range = entry.range;
  input.type = cellsOf(grid);
  input.rule = rules.ofGrid(grid);
  input.initial = arrays.initial(entry, grid, global);
  if (!input.initial)
    return nullptr;
  Param &bounds = input.entries.emplace();
  bounds.name = entry.name.text;
  bounds.isTrainable = late.isTrainable;
  // A default that differs from entry to entry is checked by the run.
  const NodeRef &value =
      input.initial->args.empty() ? input.initial : input.initial->args[0];
  bool isSame = input.initial->kind == NodeKind::Spread && isConstant(value);
  bounds.real =
      isSame ? constantValue(value) : std::numeric_limits<double>::quiet_NaN();
  if (entry.where)
    where(entry, bounds);
  Node node;
  node.kind = NodeKind::Input;
  node.type = input.type;
  node.rule = input.rule;
  node.index = int(program.inputs.size());
  node.range = entry.name.range;
  program.inputs.push_back(std::move(input));
  return nodes.make(std::move(node));
}

/// The type is as written, or else that of the default.
bool ParamChecker::paramType(const ast::ParamEntry &entry,
                             const NodeRef &initial, Param &param) {
  bool isInt = initial->type.element == ElementKind::Int;
  const std::string &type = entry.type.text;
  const std::vector<std::string> &types = paramTypes();
  if (!type.empty() &&
      std::find(types.begin(), types.end(), type) == types.end()) {
    reporter.error(Error::UnknownType, entry.type.range, type);
    return false;
  }
  if (type == "int" && !isInt) {
    reporter.error(Error::BadDefault, entry.initial->range, entry.name.text,
                   "an integer", describe(initial->type));
    return false;
  }
  param.isInt = type.empty() ? isInt : type == "int";
  param.integer = isInt ? initial->integer : 0;
  param.real = constantValue(initial);
  if (!std::isfinite(param.real)) {
    reporter.error(Error::BadDefault, entry.initial->range, entry.name.text,
                   "a finite number",
                   param.real < 0   ? "minus infinity"
                   : param.real > 0 ? "infinity"
                                    : "not a number");
    return false;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

static bool isName(const ast::Expr &expr, const std::string &name) {
  return expr.kind == ast::ExprKind::Name &&
         as<ast::NameExpr>(expr).name == name;
}

/// Narrows the parameter's interval by a condition, then checks the default.
void ParamChecker::where(const ast::ParamEntry &entry, Param &param) {
  const ast::Expr &condition = *entry.where;
  std::vector<const ast::Expr *> parts = {&condition};
  size_t errors = reporter.diagnostics.all().size();
  while (!parts.empty()) {
    const ast::Expr *part = parts.back();
    parts.pop_back();
    bool isAnd = part->kind == ast::ExprKind::Binary &&
                 as<ast::BinaryExpr>(*part).op == ast::BinaryOp::And;
    if (isAnd) {
      parts.push_back(as<ast::BinaryExpr>(*part).right.get());
      parts.push_back(as<ast::BinaryExpr>(*part).left.get());
    } else if (part->kind == ast::ExprKind::Compare) {
      whereChain(as<ast::CompareExpr>(*part), param);
    } else {
      reporter.error(Error::BadWhere, part->range, param.name);
    }
  }
  if (reporter.diagnostics.all().size() != errors)
    return;
  bool anyOpen = param.lowOpen || param.highOpen;
  bool isEmpty = param.low > param.high || (param.low == param.high && anyOpen);
  if (isEmpty) {
    reporter.error(Error::EmptyInterval, condition.range, param.name);
    return;
  }
  bool below = param.lowOpen ? param.real <= param.low : param.real < param.low;
  bool above =
      param.highOpen ? param.real >= param.high : param.real > param.high;
  if (below || above)
    reporter
        .error(Error::DefaultOutside, entry.initial->range, param.name,
               numberText(param))
        .note(condition.range, "the condition is here");
}

/// One chain, with the parameter in it once: 0 < tau <= 0.5.
void ParamChecker::whereChain(const ast::CompareExpr &chain, Param &param) {
  size_t place = chain.operands.size();
  for (size_t i = 0; i < chain.operands.size(); ++i) {
    if (!isName(*chain.operands[i], param.name))
      continue;
    if (place != chain.operands.size()) {
      reporter.error(Error::BadWhere, chain.range, param.name);
      return;
    }
    place = i;
  }
  bool tooLong =
      chain.operands.size() > 3 || (chain.operands.size() == 3 && place != 1);
  if (place == chain.operands.size() || tooLong) {
    reporter.error(Error::BadWhere, chain.range, param.name);
    return;
  }
  if (place > 0)
    bound(chain, place - 1, true, param);
  if (place < chain.ops.size())
    bound(chain, place, false, param);
}

/// The comparison `link` of a chain, whose constant is on the left or right of
/// the parameter.
void ParamChecker::bound(const ast::CompareExpr &chain, size_t link,
                         bool isLeft, Param &param) {
  const ast::Expr &expr = *chain.operands[isLeft ? link : link + 1];
  NodeRef constant =
      expressions.evalConstant(expr, global, "a bound of '" + param.name + "'");
  if (!constant)
    return;
  double value = constantValue(constant);
  ast::CompareOp op = chain.ops[link];
  bool less = op == ast::CompareOp::Less || op == ast::CompareOp::LessEqual;
  bool greater =
      op == ast::CompareOp::Greater || op == ast::CompareOp::GreaterEqual;
  if (op == ast::CompareOp::NotEqual || std::isnan(value)) {
    reporter.error(Error::BadWhere, chain.range, param.name);
    return;
  }
  bool isOpen = op == ast::CompareOp::Less || op == ast::CompareOp::Greater;
  bool isLow = !less && !greater ? true : (less == isLeft);
  bool isHigh = !less && !greater ? true : !isLow;
  if (isLow && (value > param.low || (value == param.low && isOpen))) {
    param.low = value;
    param.lowOpen = isOpen;
  }
  if (isHigh && (value < param.high || (value == param.high && isOpen))) {
    param.high = value;
    param.highOpen = isOpen;
  }
}
