//===- Ast.cpp - questions to the tree -----------------------------===//

#include "compiler/ast/Ast.h"

using namespace pdec::ast;

const NameExpr *pdec::ast::findUnknown(const Expr &equation) {
  if (equation.kind != ExprKind::Call)
    return nullptr;
  const std::vector<Argument> &arguments = as<CallExpr>(equation).arguments;
  bool isOneName = arguments.size() == 1 && arguments[0].name.text.empty() &&
                   arguments[0].value->kind == ExprKind::Name;
  return isOneName ? &as<NameExpr>(*arguments[0].value) : nullptr;
}

const NameExpr *
pdec::ast::findName(const Expr &e,
                    const std::function<bool(const NameExpr &)> &accepts) {
  std::vector<const Expr *> parts;
  switch (e.kind) {
  case ExprKind::Name:
    return accepts(as<NameExpr>(e)) ? &as<NameExpr>(e) : nullptr;
  case ExprKind::Adjoint:
    parts = {as<AdjointExpr>(e).operand.get()};
    break;
  case ExprKind::Unary:
    parts = {as<UnaryExpr>(e).operand.get()};
    break;
  case ExprKind::Binary:
    parts = {as<BinaryExpr>(e).left.get(), as<BinaryExpr>(e).right.get()};
    break;
  case ExprKind::Call:
    parts = {as<CallExpr>(e).callee.get()};
    for (const Argument &argument : as<CallExpr>(e).arguments)
      parts.push_back(argument.value.get());
    break;
  case ExprKind::List:
    for (const ExprPtr &element : as<ListExpr>(e).elements)
      parts.push_back(element.get());
    break;
  default:
    break;
  }
  for (const Expr *part : parts)
    if (const NameExpr *found = findName(*part, accepts))
      return found;
  return nullptr;
}

static void collect(const Script &script,
                    std::vector<const Statement *> &result) {
  for (const StatementPtr &entry : script.statements) {
    if (entry->kind != StatementKind::Import) {
      result.push_back(entry.get());
      continue;
    }
    const auto &file = as<ImportStatement>(*entry).file;
    if (file && file->script)
      collect(*file->script, result);
  }
}

std::vector<const Statement *> pdec::ast::allStatements(const Script &script) {
  std::vector<const Statement *> result;
  collect(script, result);
  return result;
}
