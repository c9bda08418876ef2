//===- Tokens.cpp - a script cut into tokens and statements ---------------===//

#include "compiler/parse/Tokens.h"

#include "compiler/parse/Idioms.h"
#include "compiler/support/Suggest.h"
#include "compiler/support/Utf8.h"

#include "PdeLexer.h"

#include <algorithm>

using namespace pdec;
using namespace pdec::syntax;
using pdec::grammar::PdeLexer;

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

Places::Places(const SourceFile &file) : file(file) {
  std::string_view text = file.text();
  offsets.reserve(text.size() + 1);
  for (size_t at = 0; at < text.size();) {
    offsets.push_back(uint32_t(at));
    at += decodeUtf8(text.substr(at)).length;
  }
  offsets.push_back(uint32_t(text.size()));
}

SourceRange Places::range(const antlr4::Token *token) const {
  return range(token, token);
}

SourceRange Places::range(const antlr4::Token *first,
                          const antlr4::Token *last) const {
  size_t end = offsets.size() - 1;
  size_t from = std::min(first->getStartIndex(), end);
  // The end of the text stops before it starts.
  size_t to = last->getType() == antlr4::Token::EOF
                  ? from
                  : std::min(last->getStopIndex() + 1, end);
  return {&file, offsets[from], offsets[std::max(from, to)]};
}

SourceRange Places::behind(const antlr4::Token *token) const {
  SourceRange place = range(token);
  return {&file, place.end, place.end};
}

//===----------------------------------------------------------------------===//
// Cutting
//===----------------------------------------------------------------------===//

/// Words that begin a statement wherever they stand; some also begin one in a
/// block.
static bool beginsStatement(size_t type, int braces) {
  switch (type) {
  case PdeLexer::GRID:
  case PdeLexer::PARAM:
  case PdeLexer::INPUT:
  case PdeLexer::FUN:
  case PdeLexer::SCHEME:
  case PdeLexer::EVOLVE:
  case PdeLexer::HIERARCHY:
  case PdeLexer::TRAINABLE:
  case PdeLexer::TRAIN:
  case PdeLexer::OUTPUT:
  case PdeLexer::IMPORT:
    return true;
  case PdeLexer::LET:
  case PdeLexer::SOLVE:
  case PdeLexer::REQUIRE:
    return braces == 0;
  default:
    return false;
  }
}

/// Whether the braces that are open before a token are closed again before the
/// next declaration, which no block can hold.
template <typename Tokens>
static bool isInBlock(const Tokens &tokens, size_t at, int braces) {
  constexpr size_t longestBlock = 5000; // tokens, from there on
  size_t end = std::min(tokens.size(), at + longestBlock);
  for (; braces > 0 && at < end; ++at) {
    size_t type = tokens[at]->getType();
    bool isDeclaration = type == PdeLexer::GRID || type == PdeLexer::PARAM ||
                         type == PdeLexer::INPUT || type == PdeLexer::FUN ||
                         type == PdeLexer::TRAINABLE ||
                         type == PdeLexer::SCHEME ||
                         type == PdeLexer::HIERARCHY;
    if (isDeclaration)
      return false;
    braces += (type == PdeLexer::LBRACE) - (type == PdeLexer::RBRACE);
  }
  return braces == 0;
}

static bool isOfScriptOnly(size_t type) {
  return type == PdeLexer::OUTPUT || type == PdeLexer::TRAIN ||
         type == PdeLexer::IMPORT;
}

/// Reports a statement of the script that stands in a block.
static void reportInBlock(const antlr4::Token *token, const Places &places,
                          DiagnosticEngine &diagnostics) {
  diagnostics.report(Error::StatementInBlock, places.range(token),
                     token->getText());
}

/// Reports what stands before the first statement.
static void reportStray(const antlr4::Token *token, const Places &places,
                        DiagnosticEngine &diagnostics) {
  std::string text = token->getText();
  SourceRange range = places.range(token);
  Diagnostic &error = diagnostics.report(Error::ExpectedStatement, range, text);
  if (token->getType() == PdeLexer::VAR)
    error.help("'var' stands in the { } of a function or scheme only");
  else if (auto advice = adviceOnStatement(text))
    error.help(*advice);
  else if (std::string nearest = nearestName(text, statementWords());
           !nearest.empty())
    error.help("did you mean '" + nearest + "'?", {range, nearest});
  else
    error.help("statements begin with grid, param, input, let, fun, scheme, "
               "hierarchy, evolve, solve, train, output, require or import");
}

/// Leaves out the last statement; what stands before all statements is none.
static void giveUp(std::vector<TokenList> &statements) {
  if (!statements.empty())
    statements.pop_back();
}

TokenizedScript syntax::tokenize(const SourceFile &file, const Places &places,
                                 DiagnosticEngine &diagnostics) {
  TokenizedScript script;
  script.input =
      std::make_unique<antlr4::ANTLRInputStream>(std::string(file.text()));
  script.lexer = std::make_unique<PdeLexer>(script.input.get());
  script.lexer->removeErrorListeners();
  std::vector<TokenList> statements;
  TokenList stray;
  int braces = 0;
  bool isSpoilt = false; // the statement, by one within it
  std::vector<TokenPtr> tokens = script.lexer->getAllTokens();
  for (size_t at = 0; at < tokens.size(); ++at) {
    TokenPtr &token = tokens[at];
    size_t type = token->getType();
    if (type == PdeLexer::COMMENT) {
      script.comments.push_back({places.range(token.get())});
      continue;
    }
    if (isOfScriptOnly(type) && isInBlock(tokens, at, braces)) {
      if (!isSpoilt && braces > 0)
        reportInBlock(token.get(), places, diagnostics);
      isSpoilt |= braces > 0;
    }
    bool isOneWord = type == PdeLexer::PARAM && !statements.empty() &&
                     statements.back().size() == 1 &&
                     statements.back()[0]->getType() == PdeLexer::TRAINABLE;
    bool isInner =
        type == PdeLexer::EVOLVE && braces > 0 && isInBlock(tokens, at, braces);
    if (beginsStatement(type, braces) && !(isSpoilt && braces > 0) &&
        !isOneWord && !isInner) {
      if (isSpoilt)
        giveUp(statements);
      isSpoilt = false;
      statements.emplace_back();
      braces = 0;
    }
    if (type == PdeLexer::LBRACE)
      ++braces;
    if (type == PdeLexer::RBRACE)
      braces = std::max(0, braces - 1);
    TokenList &target = statements.empty() ? stray : statements.back();
    target.push_back(std::move(token));
  }
  if (isSpoilt)
    giveUp(statements);
  if (!stray.empty() && checkTokens(stray, places, diagnostics))
    reportStray(stray.front().get(), places, diagnostics);
  for (TokenList &statement : statements)
    if (checkTokens(statement, places, diagnostics))
      script.statements.push_back(std::move(statement));
  return script;
}
