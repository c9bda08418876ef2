//===- Parse.cpp - text to syntax tree ------------------------------------===//

#include "compiler/parse/Parse.h"

#include "compiler/parse/BuildAst.h"
#include "compiler/parse/SyntaxErrors.h"
#include "compiler/parse/Tokens.h"
#include "compiler/support/Utf8.h"

using namespace pdec;
using namespace pdec::syntax;
using pdec::grammar::PdeParser;

static constexpr size_t maxBytes = 1 << 20;

/// Refuses what is no text at all.
static bool checkText(const SourceFile &file, DiagnosticEngine &diagnostics) {
  std::string_view text = file.text();
  auto at = [&](size_t offset) {
    return SourceRange{&file, uint32_t(offset), uint32_t(offset + 1)};
  };
  SourceRange start = {&file, 0, 0};
  if (text.size() > maxBytes) {
    diagnostics.report(Error::ScriptTooLarge, start, int(maxBytes >> 10));
    return false;
  }
  if (size_t nul = text.find('\0'); nul != std::string_view::npos) {
    diagnostics.report(Error::NulByte, at(nul));
    return false;
  }
  if (std::optional<size_t> invalid = findInvalidUtf8(text)) {
    diagnostics.report(Error::InvalidUtf8, at(*invalid));
    return false;
  }
  return true;
}

/// Parses one statement; null after an error.
static ast::StatementPtr parseStatement(TokenList tokens, const Places &places,
                                        DiagnosticEngine &diagnostics) {
  antlr4::ListTokenSource source(std::move(tokens));
  antlr4::CommonTokenStream stream(&source);
  PdeParser parser(&stream);
  parser.removeErrorListeners();
  parser.setErrorHandler(
      std::make_shared<SentenceStrategy>(places, diagnostics));
  // The grammar needs no more, and full contexts cost stack.
  parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
      antlr4::atn::PredictionMode::SLL);
  try {
    return buildStatement(parser.statement(), places, diagnostics);
  } catch (const antlr4::ParseCancellationException &) {
    return nullptr; // reported
  }
}

std::unique_ptr<ast::Script> pdec::parse(const SourceFile &file,
                                         DiagnosticEngine &diagnostics) {
  if (!checkText(file, diagnostics))
    return nullptr;
  Places places(file);
  TokenizedScript tokens = tokenize(file, places, diagnostics);
  auto script = std::make_unique<ast::Script>();
  script->file = &file;
  script->comments = std::move(tokens.comments);
  for (TokenList &statement : tokens.statements) {
    if (diagnostics.full())
      break;
    auto parsed = parseStatement(std::move(statement), places, diagnostics);
    if (parsed)
      script->statements.push_back(std::move(parsed));
  }
  if (script->statements.empty() && !diagnostics.hasErrors())
    diagnostics.report(Error::EmptyScript, SourceRange{&file, 0, 0});
  return script;
}
