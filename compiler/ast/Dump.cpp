//===- Dump.cpp - the syntax tree, one node a line ------------------------===//
//
// What `--emit ast` prints. It shows what was parsed and nothing that was
// concluded, so that a test of the parser needs no other stage: what the user
// did not write (an empty name, no initial value) leaves no line. Numbers keep
// their spelling. Each kind of statement and expression has its case in one of
// the two switches, over the whole enumeration, so that a new kind does not
// compile until it has one.
//
//===----------------------------------------------------------------------===//

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

/// In the order of the enumeration, as the next one.
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
  /// So a node's children are dumped before its function returns, and what is
  /// dumped without one lies beside it.
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
  /// A child that is known by its part: a level for the label, one for the
  /// child.
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
  void states(const std::vector<Identifier> &list);
  void boundary(const std::string &label, const Boundary &boundary);
  void boundaries(const GridClause &clause);

  // Nodes with more than one child, or with other things than expressions.
  void dump(const GridStatement &grid);
  void dump(const ParamStatement &param);
  void dump(const InputStatement &input);
  void dump(const LetStatement &let);
  void dump(const FunStatement &fun);
  void dump(const SchemeStatement &scheme);
  void dump(const EvolveStatement &evolve);
  void dump(const SolveStatement &solve);
  void dump(const TrainStatement &train);
  void dump(const OutputStatement &output);
  void dump(const AssignStatement &assign);
  void dump(const ForStatement &loop);
  void dump(const CallExpr &call);
  void dump(const IndexExpr &index);
  void dump(const BinaryExpr &binary);
  void dump(const CompareExpr &compare);
  void dump(const IfExpr &choice);
  void dump(const ListExpr &list);
  void dump(const ArrowExpr &arrow);
  void dump(const FixpointExpr &fixpoint);

  int depth = 1;
};

} // namespace

/// The arguments of a rule in the order in which they are written: robin(a, b,
/// value).
void Dumper::boundary(const std::string &label, const Boundary &boundary) {
  Level level(*this, label + meaningOf(boundary.rule).keyword);
  for (const ExprPtr *value : {&boundary.a, &boundary.b, &boundary.value})
    if (*value)
      expr(**value);
}

/// A rule for both sides of an axis has neither word, one for all axes no axis.
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

void Dumper::states(const std::vector<Identifier> &list) {
  for (const Identifier &state : list)
    leaf("state " + state.text);
}

void Dumper::formals(const std::vector<Formal> &list) {
  for (const Formal &formal : list) {
    Level level(*this, "parameter " + formal.name.text);
    if (formal.initial)
      expr(*formal.initial);
  }
}

/// A body is a block or an expression; the latter has no line of its own.
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
    return dump(as<GridStatement>(s));
  case StatementKind::Param:
    return dump(as<ParamStatement>(s));
  case StatementKind::Input:
    return dump(as<InputStatement>(s));
  case StatementKind::Let:
  case StatementKind::Var:
    return dump(as<LetStatement>(s));
  case StatementKind::Fun:
    return dump(as<FunStatement>(s));
  case StatementKind::Scheme:
    return dump(as<SchemeStatement>(s));
  case StatementKind::Evolve:
    return dump(as<EvolveStatement>(s));
  case StatementKind::Solve:
    return dump(as<SolveStatement>(s));
  case StatementKind::Train:
    return dump(as<TrainStatement>(s));
  case StatementKind::Output:
    return dump(as<OutputStatement>(s));
  case StatementKind::Require:
    return labelled("require \"" + as<RequireStatement>(s).message.text + "\"",
                    *as<RequireStatement>(s).condition);
  case StatementKind::Import:
    return leaf("import \"" + as<ImportStatement>(s).path.text + "\"");
  case StatementKind::Assign:
    return dump(as<AssignStatement>(s));
  case StatementKind::For:
    return dump(as<ForStatement>(s));
  }
}

void Dumper::dump(const GridStatement &grid) {
  Level level(*this,
              "grid " + grid.name.text + " : " + grid.dimensionsSpelling);
  for (const Identifier &axis : grid.axes)
    leaf("axis " + axis.text);
  // By ClauseKind: a rule for all sides and one for each are both boundary.
  constexpr const char *kinds[] = {"boundary", "boundary", "size", "spacing",
                                   "extent"};
  for (const GridClause &clause : grid.clauses) {
    // Only clauses about the boundary have no values.
    if (clause.values.empty()) {
      boundaries(clause);
      continue;
    }
    Level values(*this, kinds[static_cast<int>(clause.kind)]);
    for (const ExprPtr &value : clause.values)
      expr(*value);
  }
}

void Dumper::dump(const ParamStatement &param) {
  Level level(*this, param.isTrainable ? "trainable param" : "param");
  for (const ParamEntry &entry : param.entries) {
    // Without a type the value decides on it, later.
    bool typed = !entry.type.text.empty();
    Level inner(*this,
                entry.name.text + (typed ? " : " : "") + entry.type.text);
    for (const ExprPtr &extent : entry.extents)
      labelled("extent", *extent);
    expr(*entry.initial);
    if (entry.where)
      labelled("where", *entry.where);
  }
}

void Dumper::dump(const InputStatement &input) {
  Level level(*this, "input " + input.name.text + onGrid(input.on));
  if (input.on.boundary)
    boundaries(*input.on.boundary);
  if (input.faces)
    labelled("faces", *input.faces);
  if (input.initial)
    expr(*input.initial);
}

/// Each entry is a line, as if it had been written as a statement.
void Dumper::dump(const LetStatement &let) {
  bool isLet = let.kind == StatementKind::Let;
  for (const LetStatement::Entry &entry : let.entries) {
    std::string names;
    for (const Identifier &name : entry.names)
      names += (names.empty() ? "" : ", ") + name.text;
    Level level(*this, (isLet ? "let " : "var ") + names + onGrid(entry.on));
    if (entry.on.boundary)
      boundaries(*entry.on.boundary);
    expr(*entry.value);
  }
}

void Dumper::dump(const FunStatement &fun) {
  Level level(*this, (fun.isHierarchy ? "hierarchy " : "fun ") + fun.name.text);
  formals(fun.formals);
  body(fun.body);
}

void Dumper::dump(const SchemeStatement &scheme) {
  Level level(*this, "scheme " + scheme.name.text);
  formals(scheme.formals);
  states(scheme.states);
  body(scheme.body);
}

void Dumper::dump(const EvolveStatement &evolve) {
  Level level(*this, "evolve" + onGrid(evolve.on));
  states(evolve.states);
  if (evolve.on.boundary)
    boundaries(*evolve.on.boundary);
  for (const ExprPtr &initial : evolve.initials)
    labelled("from", *initial);
  labelled("by", *evolve.step);
  if (evolve.count)
    labelled("for", *evolve.count);
  else
    labelled("until", *evolve.until);
  atMost(evolve.atMost);
  for (const RecordClause &record : evolve.records) {
    Level inner(*this, "record " + record.name.text);
    expr(*record.value);
    labelled("every", *record.every);
  }
}

void Dumper::dump(const SolveStatement &solve) {
  Level level(*this, "solve");
  expr(*solve.equation.expr);
  labelled("right", *solve.right);
  if (solve.initial)
    labelled("from", *solve.initial);
  labelled("by", *solve.solver);
  labelled("until", *solve.until);
  atMost(solve.atMost);
}

void Dumper::dump(const TrainStatement &train) {
  Level level(*this, "train");
  for (const Identifier &weight : train.weights)
    leaf("weight " + weight.text);
  labelled("minimising", *train.loss);
  labelled("by", *train.optimiser);
  labelled("epochs", *train.epochs);
  if (train.batch)
    labelled("batch", *train.batch);
}

void Dumper::dump(const OutputStatement &output) {
  Level level(*this, "output");
  for (const auto &entry : output.entries) {
    Level inner(*this, entry.name.text);
    if (entry.value)
      expr(*entry.value);
  }
}

void Dumper::dump(const AssignStatement &assign) {
  Level level(*this, "assign");
  for (const Identifier &target : assign.targets)
    leaf("target " + target.text);
  for (const ExprPtr &value : assign.values)
    expr(*value);
}

void Dumper::dump(const ForStatement &loop) {
  Level level(*this, "for " + loop.counter.text);
  labelled("first", *loop.first);
  labelled("last", *loop.last);
  block(*loop.body);
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
  case ExprKind::Call:
    return dump(as<CallExpr>(e));
  case ExprKind::Index:
    return dump(as<IndexExpr>(e));
  case ExprKind::Unary:
    return labelled(std::string("unary ") + spelling(as<UnaryExpr>(e).op),
                    *as<UnaryExpr>(e).operand);
  case ExprKind::Binary:
    return dump(as<BinaryExpr>(e));
  case ExprKind::Compare:
    return dump(as<CompareExpr>(e));
  case ExprKind::If:
    return dump(as<IfExpr>(e));
  case ExprKind::List:
    return dump(as<ListExpr>(e));
  case ExprKind::Arrow:
    return dump(as<ArrowExpr>(e));
  case ExprKind::Fixpoint:
    return dump(as<FixpointExpr>(e));
  }
}

void Dumper::dump(const CallExpr &call) {
  Level level(*this, "call");
  expr(*call.callee);
  for (const Argument &argument : call.arguments) {
    if (argument.name.text.empty())
      expr(*argument.value);
    else
      labelled("argument " + argument.name.text, *argument.value);
  }
}

void Dumper::dump(const IndexExpr &index) {
  Level level(*this, "index");
  expr(*index.object);
  for (const ExprPtr &one : index.indices)
    expr(*one);
}

void Dumper::dump(const BinaryExpr &binary) {
  Level level(*this, std::string("binary ") + spelling(binary.op));
  expr(*binary.left);
  expr(*binary.right);
}

/// A chain such as 0 < a <= 1 is one node: its operators on the line, then its
/// operands, one more than operators.
void Dumper::dump(const CompareExpr &compare) {
  std::string ops = "compare";
  for (CompareOp op : compare.ops)
    ops += std::string(" ") + spelling(op);
  Level level(*this, ops);
  for (const ExprPtr &operand : compare.operands)
    expr(*operand);
}

void Dumper::dump(const IfExpr &choice) {
  Level level(*this, "if");
  expr(*choice.condition);
  body(choice.whenTrue);
  body(choice.whenFalse);
}

void Dumper::dump(const ListExpr &list) {
  Level level(*this, "list");
  for (const ExprPtr &element : list.elements)
    expr(*element);
}

void Dumper::dump(const ArrowExpr &arrow) {
  std::string names;
  for (const Identifier &formal : arrow.formals)
    names += " " + formal.text;
  Level level(*this, "arrow" + names);
  body(arrow.body);
}

/// In the order of the text, where values come after the block that computes
/// them.
void Dumper::dump(const FixpointExpr &fixpoint) {
  Level level(*this, "fixpoint");
  states(fixpoint.states);
  for (const ExprPtr &initial : fixpoint.initials)
    labelled("from", *initial);
  block(*fixpoint.body);
  for (const ExprPtr &value : fixpoint.values)
    labelled("value", *value);
  labelled("until", *fixpoint.until);
  atMost(fixpoint.atMost);
}

std::string pdec::ast::dump(const Script &script) {
  Dumper dumper;
  dumper.out = "script\n";
  for (const StatementPtr &s : script.statements)
    dumper.statement(*s);
  return dumper.out;
}
