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
