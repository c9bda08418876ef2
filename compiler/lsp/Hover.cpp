//===- Hover.cpp - what a name is -----------------------------------------===//

#include "compiler/lsp/Features.h"
#include "compiler/lsp/Words.h"
#include "compiler/support/NumberText.h"

#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <cmath>

namespace pdec::lsp {

using llvm::json::Object;
using llvm::json::Value;

//===----------------------------------------------------------------------===//
// Comments
//===----------------------------------------------------------------------===//

static std::string textOf(const SourceRange &range) {
  return std::string(
      range.file->text().substr(range.begin, range.end - range.begin));
}

/// Without the # and the blank behind it.
static std::string wordsOf(const ast::Comment &comment) {
  std::string text = textOf(comment.range);
  return llvm::StringRef(text).ltrim('#').trim().str();
}

/// The line from 1 that a place begins in.
static int lineOf(const SourceRange &range) {
  return range.file->position(range.begin).line;
}

/// Whether a comment has its line for itself.
static bool standsAlone(const ast::Comment &comment) {
  std::string_view line = comment.range.file->line(lineOf(comment.range));
  return line.find_first_not_of(" \t") == line.find('#');
}

std::string commentOf(const Snapshot &snapshot, const DeclaredName &name) {
  const ast::Script *script = snapshot.scriptOf(name.range.file);
  const ast::Statement *statement = snapshot.statementAt(name.range);
  if (!script || !statement || name.isInner)
    return "";
  std::string behind;
  std::vector<std::string> above;
  int next = lineOf(statement->range) - 1;
  for (const ast::Comment &comment : llvm::reverse(script->comments)) {
    int line = lineOf(comment.range);
    if (line == lineOf(name.range) && !standsAlone(comment))
      behind = wordsOf(comment);
    if (line != next || !standsAlone(comment))
      continue;
    above.push_back(wordsOf(comment));
    --next;
  }
  // What a text begins with is about the text.
  if (next == 0)
    above.clear();
  std::reverse(above.begin(), above.end());
  return above.empty() ? behind : llvm::join(above, "\n");
}

//===----------------------------------------------------------------------===//
// Descriptions
//===----------------------------------------------------------------------===//

std::string formalText(const DeclaredName::Formal &formal) {
  return formal.initial.empty() ? formal.name
                                : formal.name + " = " + formal.initial;
}

std::string signatureOf(const DeclaredName &name) {
  std::string text = name.name + "(";
  for (const DeclaredName::Formal &formal : name.formals)
    text += (&formal == &name.formals.front() ? "" : ", ") + formalText(formal);
  return text + ")";
}

const ast::ParamEntry *paramEntryOf(const Snapshot &snapshot,
                                    const DeclaredName &name) {
  const ast::Statement *statement = snapshot.statementAt(name.range);
  if (!statement || statement->kind != ast::StatementKind::Param)
    return nullptr;
  for (const ast::ParamEntry &entry :
       ast::as<ast::ParamStatement>(*statement).entries)
    if (entry.name.range.begin == name.range.begin)
      return &entry;
  return nullptr;
}

/// The code that declares a name, as far as it fits into a line; what a formal
/// is, is said by words alone.
static std::string declarationOf(const Snapshot &snapshot,
                                 const DeclaredName &name) {
  if (!name.range)
    return name.isCallable ? signatureOf(name) : name.name;
  if (const ast::ParamEntry *entry = paramEntryOf(snapshot, name))
    return "param " + textOf(entry->range);
  const ast::Statement *statement = snapshot.statementAt(name.range);
  if (!statement || name.isInner)
    return name.name;
  std::string text = textOf(statement->range);
  size_t end = text.find_first_of("\r\n");
  if (end == std::string::npos)
    return text;
  bool isFunction = statement->kind == ast::StatementKind::Fun ||
                    statement->kind == ast::StatementKind::Scheme;
  return isFunction ? text.substr(0, text.find(' ')) + " " + signatureOf(name)
                    : text.substr(0, end) + " ...";
}

std::optional<double> certifiedLimit(const Snapshot &snapshot,
                                     const std::string &param) {
  std::optional<double> least;
  if (const analysis::Certificate *certificate = snapshot.certificate())
    for (const auto &evolution : certificate->evolutions)
      if (evolution.step && evolution.step->param == param)
        least = std::min(least.value_or(INFINITY), evolution.step->limit);
  return least;
}

/// What is proved of a parameter or of fields that evolve.
static std::string provedOf(const Snapshot &snapshot,
                            const DeclaredName &name) {
  std::string text;
  if (auto limit = certifiedLimit(snapshot, name.name); limit && name.isParam)
    text += std::isfinite(*limit)
                ? "* certified up to " + rounded(*limit, 6, /*up=*/false) + "\n"
                : "* certified for any value\n";
  const analysis::Certificate *certificate = snapshot.certificate();
  if (!certificate || name.kind != NameKind::Field || name.isInner)
    return text;
  for (const auto &evolution : certificate->evolutions) {
    if (!llvm::is_contained(evolution.fields, name.name))
      continue;
    for (const analysis::Claim &claim : evolution.claims)
      if (claim.holds)
        text += "* proved: " + analysis::sentenceOf(claim, name.name) + "\n";
  }
  return text;
}

std::string describeName(Document &document, const DeclaredName &name) {
  const Snapshot &snapshot = document.good();
  std::string text = "```pde\n" + declarationOf(snapshot, name) + "\n```\n";
  if (!name.text.empty())
    text += name.text + "\n";
  else
    text += name.isInner ? "a name within a function or scheme\n"
                         : "not known: it is not used, or has a mistake\n";
  text += "\n";
  for (const std::string &detail : name.details)
    text += "* " + detail + "\n";
  text += provedOf(snapshot, name);
  std::string comment = name.range ? commentOf(snapshot, name)
                                   : builtinDoc(name.name).value_or("");
  if (!comment.empty())
    text += "\n" + comment + "\n";
  return text;
}

Value hover(Document &document, uint32_t offset) {
  auto index = document.nameAt(offset);
  if (!index)
    return nullptr;
  // What is proved is part of the answer, where it does not take a change of
  // the text to find it.
  document.current().examine();
  const Lexeme &word = *document.lexemeAt(offset);
  std::string text = describeName(document, document.name(*index));
  return Object{{"contents", Object{{"kind", "markdown"}, {"value", text}}},
                {"range", document.current().positions().range(word.range)}};
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

namespace {
/// The call whose brackets a place is within.
struct OpenCall {
  const Lexeme *callee = nullptr;
  size_t argument = 0;
  std::string argumentName; ///< empty: by its position
};
} // namespace

static bool isSign(const Lexeme &lexeme, const char *sign) {
  return lexeme.kind == LexemeKind::Sign && lexeme.text() == sign;
}

static bool isAnySign(const Lexeme &lexeme,
                      std::initializer_list<const char *> signs) {
  return llvm::any_of(signs,
                      [&](const char *sign) { return isSign(lexeme, sign); });
}

/// Whether the name before a bracket is declared there: fun R(u).
static bool isDeclared(const std::vector<Lexeme> &all, size_t name) {
  return name > 0 && all[name - 1].kind == LexemeKind::Reserved &&
         (all[name - 1].text() == "fun" || all[name - 1].text() == "scheme" ||
          all[name - 1].text() == "hierarchy");
}

static bool beginsStatement(const Lexeme &lexeme) {
  return lexeme.kind == LexemeKind::Reserved &&
         llvm::is_contained(grammarWords().statements, lexeme.text());
}

static std::optional<OpenCall> openCallAt(Document &document, uint32_t offset) {
  const std::vector<Lexeme> &all = document.lexemes();
  size_t at = 0;
  while (at < all.size() && all[at].range.begin < offset)
    ++at;
  OpenCall call;
  for (int depth = 0; at-- > 0;) {
    const Lexeme &lexeme = all[at];
    if (lexeme.kind == LexemeKind::Comment)
      continue;
    if (depth == 0 && beginsStatement(lexeme))
      return std::nullopt;
    bool closes = isAnySign(lexeme, {")", "]", "}"});
    bool opens = isAnySign(lexeme, {"(", "[", "{"});
    if (closes && lexeme.range.end <= offset)
      ++depth;
    else if (opens && depth > 0)
      --depth;
    else if (isSign(lexeme, "(")) {
      if (at == 0 || isDeclared(all, at - 1))
        return std::nullopt;
      call.callee = &all[at - 1];
      return call;
    } else if (opens)
      return std::nullopt;
    else if (depth == 0 && isSign(lexeme, ","))
      ++call.argument;
    else if (depth == 0 && isSign(lexeme, "=") && at > 0 &&
             call.argument == 0 && call.argumentName.empty())
      call.argumentName = std::string(all[at - 1].text());
  }
  return std::nullopt;
}

Value signatureHelp(Document &document, uint32_t offset) {
  auto call = openCallAt(document, offset);
  if (!call)
    return nullptr;
  auto index = document.nameAt(call->callee->range.begin);
  if (!index || !document.name(*index).isCallable)
    return nullptr;
  const DeclaredName &name = document.name(*index);
  std::string label = signatureOf(name);
  llvm::json::Array parameters;
  size_t active = call->argument, at = name.name.size() + 1;
  for (size_t i = 0; i < name.formals.size(); ++i) {
    size_t length = formalText(name.formals[i]).size();
    parameters.push_back(Object{
        {"label", llvm::json::Array{int64_t(at), int64_t(at + length)}}});
    at += length + 2;
    if (name.formals[i].name == call->argumentName)
      active = i;
  }
  std::string doc = name.range ? commentOf(document.good(), name)
                               : builtinDoc(name.name).value_or("");
  return Object{{"signatures", llvm::json::Array{Object{
                                   {"label", label},
                                   {"documentation", doc},
                                   {"parameters", std::move(parameters)}}}},
                {"activeSignature", 0},
                {"activeParameter", int64_t(active)}};
}

} // namespace pdec::lsp
