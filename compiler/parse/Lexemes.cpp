//===- Lexemes.cpp - the words of a text and of the language --------------===//

#include "compiler/parse/Lexemes.h"

#include "compiler/parse/Tokens.h"

#include "PdeLexer.h"
#include "PdeParser.h"

#include <cctype>

using namespace pdec;
using pdec::grammar::PdeLexer;
using pdec::grammar::PdeParser;

//===----------------------------------------------------------------------===//
// The words of the language
//===----------------------------------------------------------------------===//

namespace {

/// The generated parser, asked what can begin one of its rules.
class Grammar {
public:
  Grammar() : lexer(&nothing), stream(&lexer), parser(&stream) {}

  bool begins(size_t rule, size_t type) const {
    const antlr4::atn::ATN &atn = parser.getATN();
    return atn.nextTokens(atn.ruleToStartState[rule])
        .contains(static_cast<ssize_t>(type));
  }
  /// A word's spelling; nothing for signs and for tokens that have many.
  std::string word(size_t type) const {
    std::string text = parser.getVocabulary().getLiteralName(type);
    bool isWord = text.size() > 2 && std::isalpha(text[1]);
    return isWord ? text.substr(1, text.size() - 2) : "";
  }
  size_t numTokens() const { return parser.getVocabulary().getMaxTokenType(); }

private:
  antlr4::ANTLRInputStream nothing;
  PdeLexer lexer;
  antlr4::CommonTokenStream stream;
  PdeParser parser;
};

} // namespace

/// The list to which a word of the grammar belongs.
static std::vector<std::string> &listOf(const Grammar &grammar, size_t type,
                                        GrammarWords &words) {
  if (type == PdeLexer::TRUE || type == PdeLexer::FALSE)
    return words.literals;
  if (grammar.begins(PdeParser::RuleBoundaryRule, type))
    return words.rules;
  if (grammar.begins(PdeParser::RuleName, type))
    return words.words;
  bool isStatement = grammar.begins(PdeParser::RuleStatement, type) ||
                     grammar.begins(PdeParser::RuleBlockItem, type);
  return isStatement ? words.statements : words.reserved;
}

static GrammarWords readGrammar() {
  Grammar grammar;
  GrammarWords result;
  for (size_t type = 1; type <= grammar.numTokens(); ++type)
    if (std::string word = grammar.word(type); !word.empty())
      listOf(grammar, type, result).push_back(word);
  return result;
}

const GrammarWords &pdec::grammarWords() {
  static const GrammarWords words = readGrammar();
  return words;
}

//===----------------------------------------------------------------------===//
// The words of a text
//===----------------------------------------------------------------------===//

static std::vector<LexemeKind> kindsOfTokens() {
  Grammar grammar;
  std::vector<LexemeKind> kinds(grammar.numTokens() + 1, LexemeKind::Sign);
  for (size_t type = 1; type < kinds.size(); ++type)
    if (!grammar.word(type).empty())
      kinds[type] = grammar.begins(PdeParser::RuleName, type)
                        ? LexemeKind::Word
                        : LexemeKind::Reserved;
  kinds[PdeLexer::NAME] = LexemeKind::Name;
  kinds[PdeLexer::COMMENT] = LexemeKind::Comment;
  kinds[PdeLexer::TEXT] = LexemeKind::Text;
  for (size_t type : {PdeLexer::INTEGER, PdeLexer::REAL, PdeLexer::DIMENSION})
    kinds[type] = LexemeKind::Number;
  kinds[PdeLexer::OTHER] = kinds[PdeLexer::BAD_NUMBER] = LexemeKind::Other;
  return kinds;
}

std::vector<Lexeme> pdec::lex(const SourceFile &file) {
  static const std::vector<LexemeKind> kinds = kindsOfTokens();
  syntax::Places places(file);
  antlr4::ANTLRInputStream input{std::string(file.text())};
  PdeLexer lexer(&input);
  lexer.removeErrorListeners();
  std::vector<Lexeme> result;
  for (const auto &token : lexer.getAllTokens())
    result.push_back({kinds[token->getType()], places.range(token.get())});
  return result;
}
