//===- FormatExpr.cpp - the standard layout of expressions ----------------===//
//
// Expressions as documents (Layout.h), which decide on line breaks when the
// width is known. Parentheses are kept as they were written, never added or
// dropped: laying out a script must not change what it means, and laid out
// again it stays as it is. Comments that stand within a list stay behind the
// entry that they follow.
//
//===----------------------------------------------------------------------===//

#include "compiler/ast/Formatter.h"

using namespace pdec;
using namespace pdec::ast;

Doc Formatter::commaList(std::vector<Item> items, bool filled) {
  Doc out;
  bool broken = false;
  for (size_t i = 0; i < items.size(); ++i) {
    Doc piece;
    if (i > 0)
      piece << (broken ? Doc::hardLine() : Doc::line());
    piece << std::move(items[i].doc);
    out << (filled && !broken ? Doc::group(std::move(piece))
                              : std::move(piece));
    if (i + 1 == items.size())
      break;
    out << ",";
    broken = false;
    for (size_t c = firstCommentAt(items[i].end);
         c < taken.size() &&
         script.comments[c].range.begin < items[i + 1].begin;
         ++c) {
      if (taken[c])
        continue;
      // A comment is printed once, by the innermost list around it.
      taken[c] = true;
      bool alone = broken || standsAlone(c);
      out << (alone ? Doc::hardLine() : Doc(""));
      out << Doc::remark((alone ? "" : "  ") + commentText(c));
      broken = true;
    }
  }
  return out;
}

Doc Formatter::exprList(const std::vector<ExprPtr> &list) {
  std::vector<Item> items;
  for (const ExprPtr &e : list)
    items.push_back({expr(*e), e->range.begin, e->range.end});
  return commaList(std::move(items), /*filled=*/true);
}

Doc Formatter::expr(const Expr &e) {
  if (!e.parenthesized)
    return bare(e);
  Doc out;
  out << "(" << bare(e) << ")";
  return Doc::group(std::move(out));
}

Doc Formatter::bare(const Expr &e) {
  Doc out;
  switch (e.kind) {
  case ExprKind::Number:
    return as<NumberExpr>(e).spelling;
  case ExprKind::Boolean:
    return as<BooleanExpr>(e).value ? "true" : "false";
  case ExprKind::Name:
    return as<NameExpr>(e).name;
  case ExprKind::Member: {
    const auto &member = as<MemberExpr>(e);
    return out << expr(*member.object) << "." + member.member.text;
  }
  case ExprKind::Adjoint:
    return out << expr(*as<AdjointExpr>(e).operand) << "'";
  case ExprKind::Call:
    return call(as<CallExpr>(e));
  case ExprKind::Index:
    out << expr(*as<IndexExpr>(e).object) << "["
        << exprList(as<IndexExpr>(e).indices) << "]";
    return Doc::group(std::move(out));
  case ExprKind::Unary: {
    const auto &unary = as<UnaryExpr>(e);
    return out << spelling(unary.op) << (unary.op == UnaryOp::Not ? " " : "")
               << expr(*unary.operand);
  }
  case ExprKind::Binary:
    return binary(as<BinaryExpr>(e));
  case ExprKind::Compare:
    return compare(as<CompareExpr>(e));
  case ExprKind::If: {
    const auto &choice = as<IfExpr>(e);
    out << "if " << expr(*choice.condition) << Doc::line();
    out << "then " << branch(choice.whenTrue) << Doc::line();
    out << "else " << branch(choice.whenFalse);
    return Doc::group(std::move(out));
  }
  case ExprKind::List:
    out << "[" << exprList(as<ListExpr>(e).elements) << "]";
    return Doc::group(Doc::nest(1, std::move(out)));
  case ExprKind::Arrow: {
    const auto &arrow = as<ArrowExpr>(e);
    std::string formals;
    for (const Identifier &formal : arrow.formals)
      formals += (formals.empty() ? "" : ", ") + formal.text;
    if (arrow.formals.size() > 1)
      formals = "(" + formals + ")";
    return out << formals + " -> " << branch(arrow.body);
  }
  case ExprKind::Fixpoint:
    return fixpoint(as<FixpointExpr>(e));
  }
  return out;
}

/// Whether an expression ends with a block, whose brace then closes at the
/// indentation of the statement.
static bool endsInBlock(const Expr &e) {
  auto ends = [](const Body &body) {
    return body.block || endsInBlock(*body.expr);
  };
  if (e.parenthesized)
    return false;
  if (e.kind == ExprKind::Arrow)
    return ends(as<ArrowExpr>(e).body);
  if (e.kind == ExprKind::If)
    return ends(as<IfExpr>(e).whenTrue) || ends(as<IfExpr>(e).whenFalse);
  return e.kind == ExprKind::Fixpoint;
}

/// An expression that goes on, if it must, on lines further in.
Doc Formatter::continued(const Expr &e) {
  return endsInBlock(e) ? expr(e) : Doc::nest(4, expr(e));
}

/// A branch of `if` or the body of an arrow: indented with the whole.
Doc Formatter::branch(const Body &body) {
  return body.block ? block(*body.block) : expr(*body.expr);
}

/// On one line if it has no statements and fits.
Doc Formatter::fixpoint(const FixpointExpr &fixpoint) {
  Doc out;
  out << "fixpoint ";
  for (const Identifier &state : fixpoint.states)
    out << (&state == &fixpoint.states.front() ? "" : ", ") + state.text;
  out << " from " << Doc::group(exprList(fixpoint.initials)) << " {";
  std::vector<const Expr *> values;
  for (const ExprPtr &value : fixpoint.values)
    values.push_back(value.get());
  bool isShort = fixpoint.body->statements.empty();
  Doc content =
      statements(fixpoint.body->statements, isShort ? "" : "return ", values,
                 fixpoint.initials.back()->range.end, values.back()->range.end);
  Doc inner;
  inner << (isShort ? Doc::line() : Doc::hardLine()) << std::move(content);
  out << Doc::nest(2, std::move(inner))
      << (isShort ? Doc::line() : Doc::hardLine()) << "} until "
      << expr(*fixpoint.until) << atMost(fixpoint.atMost);
  return Doc::group(std::move(out));
}

Doc Formatter::call(const CallExpr &call) {
  std::vector<Item> items;
  for (const Argument &argument : call.arguments) {
    Doc doc;
    bool isNamed = !argument.name.text.empty();
    if (isNamed)
      doc << argument.name.text + " = ";
    doc << expr(*argument.value);
    uint32_t begin =
        isNamed ? argument.name.range.begin : argument.value->range.begin;
    items.push_back({std::move(doc), begin, argument.value->range.end});
  }
  Doc inside;
  if (!items.empty())
    inside << Doc::softLine() << commaList(std::move(items), /*filled=*/true);
  Doc out;
  out << "(" << Doc::nest(4, std::move(inside)) << ")";
  Doc result;
  return result << expr(*call.callee) << Doc::group(std::move(out));
}

/// Written with blanks around; a line may end there.
static bool isLoose(BinaryOp op) {
  return op != BinaryOp::Mul && op != BinaryOp::Div && op != BinaryOp::Pow;
}

/// Sums and conditions break before their operators; products never.
Doc Formatter::binary(const BinaryExpr &binary) {
  Doc out;
  if (!isLoose(binary.op))
    // Without blanks: they bind more closely than sums, and look so.
    return out << expr(*binary.left) << spelling(binary.op)
               << expr(*binary.right);
  // A chain of sums is one group.
  std::vector<const BinaryExpr *> chain = {&binary};
  auto goesOn = [](const Expr &e) {
    return !e.parenthesized && e.kind == ExprKind::Binary &&
           isLoose(as<BinaryExpr>(e).op);
  };
  while (goesOn(*chain.back()->left))
    chain.push_back(&as<BinaryExpr>(*chain.back()->left));
  out << expr(*chain.back()->left);
  for (size_t i = chain.size(); i > 0; --i)
    addOperand(out, *chain[i - 1]->right, chain[i - 1]->op);
  return Doc::group(std::move(out));
}

void Formatter::addOperand(Doc &out, const Expr &operand, BinaryOp op) {
  out << Doc::line() << std::string(spelling(op)) + " " << expr(operand);
}

Doc Formatter::compare(const CompareExpr &compare) {
  Doc out;
  out << expr(*compare.operands[0]);
  for (size_t i = 0; i < compare.ops.size(); ++i)
    out << Doc::line() << std::string(spelling(compare.ops[i])) + " "
        << expr(*compare.operands[i + 1]);
  return Doc::group(std::move(out));
}
