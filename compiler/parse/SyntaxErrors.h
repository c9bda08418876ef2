//===- SyntaxErrors.h - ANTLR's findings as our sentences -------*- C++ -*-===//

#ifndef PDEC_PARSE_SYNTAXERRORS_H
#define PDEC_PARSE_SYNTAXERRORS_H

#include "compiler/parse/Tokens.h"

namespace pdec::syntax {

/// Reports the first error of a statement and gives the statement up, by
/// throwing antlr4::ParseCancellationException. It repairs nothing: the next
/// statement is parsed on its own anyway.
class SentenceStrategy : public antlr4::DefaultErrorStrategy {
public:
  SentenceStrategy(const Places &places, DiagnosticEngine &diagnostics)
      : places(places), diagnostics(diagnostics) {}

  void reportError(antlr4::Parser *parser,
                   const antlr4::RecognitionException &error) override;
  void recover(antlr4::Parser *parser, std::exception_ptr error) override;
  antlr4::Token *recoverInline(antlr4::Parser *parser) override;
  /// ANTLR's own recovery would skip tokens here.
  void sync(antlr4::Parser *) override {}

private:
  const Places &places;
  DiagnosticEngine &diagnostics;
};

} // namespace pdec::syntax

#endif // PDEC_PARSE_SYNTAXERRORS_H
