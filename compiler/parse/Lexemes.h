//===- Lexemes.h - the words of a text and of the language ------*- C++ -*-===//
//
// For those who look at scripts that need not be sound, as editors do.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PARSE_LEXEMES_H
#define PDEC_PARSE_LEXEMES_H

#include "compiler/support/Source.h"

#include <string>
#include <vector>

namespace pdec {

enum class LexemeKind {
  Reserved, ///< a word of the language wherever it stands
  Word,     ///< one where a statement expects it, a name everywhere else
  Name,
  Number, ///< dimensions, too: 1d
  Text,   ///< with its quotation marks
  Sign,   ///< operators and punctuation
  Comment,
  Other, ///< what means nothing
};

struct Lexeme {
  LexemeKind kind;
  SourceRange range;

  std::string_view text() const {
    return range.file->text().substr(range.begin, range.end - range.begin);
  }
};

/// All of a text that is UTF-8, in its order; blanks are left out.
std::vector<Lexeme> lex(const SourceFile &file);

/// The words of the grammar, each in one list, in its order.
struct GrammarWords {
  std::vector<std::string> statements; ///< that a statement or item begins with
  std::vector<std::string> reserved;   ///< others that are never names
  std::vector<std::string> literals;
  std::vector<std::string> rules; ///< what is beyond a side
  std::vector<std::string> words; ///< names where no statement expects them
};
const GrammarWords &grammarWords();

} // namespace pdec

#endif // PDEC_PARSE_LEXEMES_H
