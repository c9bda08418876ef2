//===- Tokens.h - a script cut into tokens and statements -------*- C++ -*-===//

#ifndef PDEC_PARSE_TOKENS_H
#define PDEC_PARSE_TOKENS_H

#include "compiler/ast/Ast.h"
#include "compiler/support/Diagnostics.h"

#include "antlr4-runtime.h"

#include <memory>
#include <vector>

namespace pdec::syntax {

using TokenPtr = std::unique_ptr<antlr4::Token>;
using TokenList = std::vector<TokenPtr>;

/// From ANTLR's positions, which count code points, to bytes of the file.
class Places {
public:
  explicit Places(const SourceFile &file);

  SourceRange range(const antlr4::Token *token) const;
  /// From the start of one token to the end of another.
  SourceRange range(const antlr4::Token *first,
                    const antlr4::Token *last) const;
  /// The empty range behind a token.
  SourceRange behind(const antlr4::Token *token) const;

private:
  const SourceFile &file;
  std::vector<uint32_t> offsets; ///< of each code point, and the file's end
};

/// A script without comments, cut where a statement begins. Statements that
/// cannot be parsed for the sake of their tokens have been reported and left
/// out.
struct TokenizedScript {
  /// Tokens refer to both.
  std::unique_ptr<antlr4::CharStream> input;
  std::unique_ptr<antlr4::Lexer> lexer;
  std::vector<TokenList> statements;
  std::vector<ast::Comment> comments;
};

TokenizedScript tokenize(const SourceFile &file, const Places &places,
                         DiagnosticEngine &diagnostics);

/// Checks what the parser does not: characters and numbers that mean nothing,
/// and a nesting that would exhaust the stack of whoever walks the tree.
/// False: not fit for the parser.
bool checkTokens(const TokenList &tokens, const Places &places,
                 DiagnosticEngine &diagnostics);

} // namespace pdec::syntax

#endif // PDEC_PARSE_TOKENS_H
