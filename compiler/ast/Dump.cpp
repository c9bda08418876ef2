//===- Dump.cpp - the syntax tree, one node a line ------------------------===//

#include "compiler/ast/Printer.h"

using namespace pdec;
using namespace pdec::ast;

const char *pdec::ast::spelling(UnaryOp op) {
  switch (op) {
  case UnaryOp::Minus:
    return "-";
  case UnaryOp::Plus:
    return "+";
  case UnaryOp::Not:
    return "not";
  }
  return "";
}

const char *pdec::ast::spelling(BinaryOp op) {
  constexpr const char *table[] = {"+", "-", "*", "/", "^", "and", "or"};
  return table[static_cast<int>(op)];
}

const char *pdec::ast::spelling(CompareOp op) {
  constexpr const char *table[] = {"<", "<=", ">", ">=", "==", "!="};
  return table[static_cast<int>(op)];
}

namespace {

class Dumper {
public:
  std::string out;

  void statement(const Statement &s);

private:
  /// Opens a node: its line now, its children one level deeper while it lives.
  struct Level {
    Level(Dumper &dumper, const std::string &text) : dumper(dumper) {
      dumper.out.append(2 * dumper.depth, ' ');
      dumper.out += text + "\n";
      ++dumper.depth;
    }
    ~Level() { --dumper.depth; }
    Dumper &dumper;
  };

  void leaf(const std::string &text) { Level level(*this, text); }
  void expr(const Expr &e);
  void labelled(const std::string &label, const Expr &e) {
    Level level(*this, label);
    expr(e);
  }
  void body(const Body &body);
  void block(const Block &block);
  void atMost(const AtMost &limit) {
    if (limit.count)
      labelled(limit.accept ? "at most, else accept" : "at most", *limit.count);
  }
  void formals(const std::vector<Formal> &list);
  void grid(const GridStatement &grid);
  void boundary(const std::string &label, const Boundary &boundary);
  void boundaries(const GridClause &clause);

  int depth = 1;
};

} // namespace

void Dumper::boundary(const std::string &label, const Boundary &boundary) {
  Level level(*this, label + meaningOf(boundary.rule).keyword);
  for (const ExprPtr *value : {&boundary.a, &boundary.b, &boundary.value})
    if (*value)
      expr(**value);
}

static std::string sideLabel(const GridClause::Side &side) {
  constexpr const char *words[] = {"low ", "high ", ""};
  return "boundary " + side.axis.text + (side.axis.text.empty() ? "" : " ") +
         words[side.which];
}

void Dumper::boundaries(const GridClause &clause) {
  if (clause.kind == ClauseKind::Boundary)
    boundary("boundary ", clause.both);
  for (const GridClause::Side &side : clause.sides)
    boundary(sideLabel(side), side.boundary);
}

static std::string onGrid(const OnGrid &on) {
  return on.grid.text.empty() ? "" : " on " + on.grid.text;
}

void Dumper::grid(const GridStatement &grid) {
  Level level(*this,
              "grid " + grid.name.text + " : " + grid.dimensionsSpelling);
  constexpr const char *kinds[] = {"boundary", "boundary", "size", "spacing",
                                   "extent"};
  for (const GridClause &clause : grid.clauses) {
    if (clause.values.empty()) {
      boundaries(clause);
      continue;
    }
    Level values(*this, kinds[static_cast<int>(clause.kind)]);
    for (const ExprPtr &value : clause.values)
      expr(*value);
  }
}

void Dumper::formals(const std::vector<Formal> &list) {
  for (const Formal &formal : list) {
    Level level(*this, "parameter " + formal.name.text);
    if (formal.initial)
      expr(*formal.initial);
  }
}

void Dumper::body(const Body &body) {
  if (body.block)
    block(*body.block);
  else
    expr(*body.expr);
}

void Dumper::block(const Block &block) {
  Level level(*this, "block");
  for (const StatementPtr &s : block.statements)
    statement(*s);
  if (block.result)
    labelled("result", *block.result);
}

void Dumper::statement(const Statement &s) {
  switch (s.kind) {
  case StatementKind::Grid:
    return grid(as<GridStatement>(s));
  case StatementKind::Param: {
    Level level(*this, "param");
    for (const ParamEntry &entry : as<ParamStatement>(s).entries) {
      bool typed = !entry.type.text.empty();
      Level inner(*this,
                  entry.name.text + (typed ? " : " : "") + entry.type.text);
      expr(*entry.initial);
      if (entry.where)
        labelled("where", *entry.where);
    }
    return;
  }
  case StatementKind::Input: {
    const auto &input = as<InputStatement>(s);
    Level level(*this, "input " + input.name.text + onGrid(input.on));
    if (input.on.boundary)
      boundaries(*input.on.boundary);
    if (input.faces)
      labelled("faces", *input.faces);
    if (input.initial)
      expr(*input.initial);
    return;
  }
  case StatementKind::Let:
  case StatementKind::Var: {
    const auto &let = as<LetStatement>(s);
    bool isLet = s.kind == StatementKind::Let;
    std::string names;
    for (const Identifier &name : let.names)
      names += (names.empty() ? "" : ", ") + name.text;
    Level level(*this, (isLet ? "let " : "var ") + names + onGrid(let.on));
    if (let.on.boundary)
      boundaries(*let.on.boundary);
    return expr(*let.value);
  }
  case StatementKind::Fun: {
    const auto &fun = as<FunStatement>(s);
    Level level(*this,
                (fun.isHierarchy ? "hierarchy " : "fun ") + fun.name.text);
    formals(fun.formals);
    return body(fun.body);
  }
  case StatementKind::Scheme: {
    const auto &scheme = as<SchemeStatement>(s);
    Level level(*this, "scheme " + scheme.name.text);
    formals(scheme.formals);
    for (const Identifier &state : scheme.states)
      leaf("state " + state.text);
    return body(scheme.body);
  }
  case StatementKind::Evolve: {
    const auto &evolve = as<EvolveStatement>(s);
    Level level(*this, "evolve" + onGrid(evolve.on));
    for (const Identifier &state : evolve.states)
      leaf("state " + state.text);
    if (evolve.on.boundary)
      boundaries(*evolve.on.boundary);
    for (const ExprPtr &initial : evolve.initials)
      labelled("from", *initial);
    labelled("by", *evolve.step);
    return labelled("for", *evolve.count);
  }
  case StatementKind::Solve: {
    const auto &solve = as<SolveStatement>(s);
    Level level(*this, "solve");
    expr(*solve.equation);
    labelled("right", *solve.right);
    if (solve.initial)
      labelled("from", *solve.initial);
    labelled("by", *solve.solver);
    labelled("until", *solve.until);
    return atMost(solve.atMost);
  }
  case StatementKind::Output: {
    Level level(*this, "output");
    for (const auto &entry : as<OutputStatement>(s).entries) {
      Level inner(*this, entry.name.text);
      if (entry.value)
        expr(*entry.value);
    }
    return;
  }
  case StatementKind::Assign: {
    const auto &assign = as<AssignStatement>(s);
    Level level(*this, "assign");
    for (const Identifier &target : assign.targets)
      leaf("target " + target.text);
    for (const ExprPtr &value : assign.values)
      expr(*value);
    return;
  }
  case StatementKind::For: {
    const auto &loop = as<ForStatement>(s);
    Level level(*this, "for " + loop.counter.text);
    labelled("first", *loop.first);
    labelled("last", *loop.last);
    return block(*loop.body);
  }
  }
}

void Dumper::expr(const Expr &e) {
  switch (e.kind) {
  case ExprKind::Number:
    return leaf("number " + as<NumberExpr>(e).spelling);
  case ExprKind::Boolean:
    return leaf(as<BooleanExpr>(e).value ? "true" : "false");
  case ExprKind::Name:
    return leaf("name " + as<NameExpr>(e).name);
  case ExprKind::Member:
    return labelled("axis " + as<MemberExpr>(e).member.text,
                    *as<MemberExpr>(e).object);
  case ExprKind::Adjoint:
    return labelled("adjoint", *as<AdjointExpr>(e).operand);
  case ExprKind::Call: {
    const auto &call = as<CallExpr>(e);
    Level level(*this, "call");
    expr(*call.callee);
    for (const Argument &argument : call.arguments) {
      if (argument.name.text.empty())
        expr(*argument.value);
      else
        labelled("argument " + argument.name.text, *argument.value);
    }
    return;
  }
  case ExprKind::Unary:
    return labelled(std::string("unary ") + spelling(as<UnaryExpr>(e).op),
                    *as<UnaryExpr>(e).operand);
  case ExprKind::Binary: {
    const auto &binary = as<BinaryExpr>(e);
    Level level(*this, std::string("binary ") + spelling(binary.op));
    expr(*binary.left);
    return expr(*binary.right);
  }
  case ExprKind::Compare: {
    const auto &compare = as<CompareExpr>(e);
    std::string ops = "compare";
    for (CompareOp op : compare.ops)
      ops += std::string(" ") + spelling(op);
    Level level(*this, ops);
    for (const ExprPtr &operand : compare.operands)
      expr(*operand);
    return;
  }
  case ExprKind::If: {
    const auto &choice = as<IfExpr>(e);
    Level level(*this, "if");
    expr(*choice.condition);
    body(choice.whenTrue);
    return body(choice.whenFalse);
  }
  case ExprKind::List: {
    Level level(*this, "list");
    for (const ExprPtr &element : as<ListExpr>(e).elements)
      expr(*element);
    return;
  }
  case ExprKind::Arrow: {
    const auto &arrow = as<ArrowExpr>(e);
    std::string names;
    for (const Identifier &formal : arrow.formals)
      names += " " + formal.text;
    Level level(*this, "arrow" + names);
    return body(arrow.body);
  }
  case ExprKind::Fixpoint: {
    const auto &fixpoint = as<FixpointExpr>(e);
    Level level(*this, "fixpoint");
    for (const Identifier &state : fixpoint.states)
      leaf("state " + state.text);
    for (const ExprPtr &initial : fixpoint.initials)
      labelled("from", *initial);
    block(*fixpoint.body);
    for (const ExprPtr &value : fixpoint.values)
      labelled("value", *value);
    labelled("until", *fixpoint.until);
    return atMost(fixpoint.atMost);
  }
  }
}

std::string pdec::ast::dump(const Script &script) {
  Dumper dumper;
  dumper.out = "script\n";
  for (const StatementPtr &s : script.statements)
    dumper.statement(*s);
  return dumper.out;
}
