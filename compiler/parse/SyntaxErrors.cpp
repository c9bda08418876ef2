//===- SyntaxErrors.cpp - ANTLR's findings as our sentences ---------------===//
//
// ANTLR says which tokens could have followed; from these and the rule being
// parsed comes a sentence that a user of the language understands.
//
//===----------------------------------------------------------------------===//

#include "compiler/parse/SyntaxErrors.h"

#include "compiler/parse/Idioms.h"
#include "compiler/support/Suggest.h"

#include "PdeParser.h"

#include <cctype>

using namespace pdec;
using namespace pdec::syntax;
using pdec::grammar::PdeParser;

namespace {

/// One error: the token that fits nowhere, what could stand there, and where
/// the parser is.
struct Situation {
  antlr4::Parser &parser;
  const antlr4::Token *found;
  const antlr4::Token *before; ///< never null: a statement begins soundly
  antlr4::misc::IntervalSet expected;
  const Places &places;
  DiagnosticEngine &diagnostics;

  bool foundEnd() const { return found->getType() == antlr4::Token::EOF; }
  bool foundIs(size_t type) const { return found->getType() == type; }
  bool expects(size_t type) const {
    return expected.contains(static_cast<ssize_t>(type));
  }
  /// An error at the end is one behind the last token.
  SourceRange range() const {
    return foundEnd() ? places.behind(before) : places.range(found);
  }
  std::string afterText() const { return "'" + before->getText() + "'"; }
};

} // namespace

static bool isReservedWord(size_t type) {
  return type >= PdeParser::GRID && type <= PdeParser::HIERARCHY;
}

/// The innermost bracket that the statement has opened and not closed before
/// its end.
static const antlr4::Token *findUnclosed(antlr4::TokenStream &tokens) {
  std::vector<const antlr4::Token *> open;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const antlr4::Token *token = tokens.get(i);
    switch (token->getType()) {
    case PdeParser::LPAREN:
    case PdeParser::LBRACKET:
    case PdeParser::LBRACE:
      open.push_back(token);
      break;
    case PdeParser::RPAREN:
    case PdeParser::RBRACKET:
    case PdeParser::RBRACE:
      if (!open.empty())
        open.pop_back();
      break;
    default:
      break;
    }
  }
  return open.empty() ? nullptr : open.back();
}

/// Whether a closing bracket has no opening one before it.
static bool closesNothing(antlr4::TokenStream &tokens,
                          const antlr4::Token *closing) {
  int depth = 0;
  for (size_t i = 0; i < tokens.size() && tokens.get(i) != closing; ++i) {
    size_t type = tokens.get(i)->getType();
    depth += type == PdeParser::LPAREN || type == PdeParser::LBRACKET ||
             type == PdeParser::LBRACE;
    depth -= type == PdeParser::RPAREN || type == PdeParser::RBRACKET ||
             type == PdeParser::RBRACE;
  }
  return depth <= 0;
}

static bool isClosing(size_t type) {
  return type == PdeParser::RPAREN || type == PdeParser::RBRACKET ||
         type == PdeParser::RBRACE;
}

static std::string quoted(size_t type, const antlr4::dfa::Vocabulary &words) {
  switch (type) {
  case PdeParser::DIMENSION:
    return "a dimension, as 1d,";
  case PdeParser::NAME:
    return "a name";
  case PdeParser::TEXT:
    return "a text in quotation marks";
  default:
    return words.getLiteralName(type);
  }
}

/// "'by'", "',' or ')'": what could follow, if that is a short list.
static std::string expectedList(const Situation &s) {
  std::vector<std::string> words;
  for (ssize_t type : s.expected.toList()) {
    if (type == static_cast<ssize_t>(antlr4::Token::EOF))
      continue;
    std::string word = quoted(size_t(type), s.parser.getVocabulary());
    if (!word.empty())
      words.push_back(word);
  }
  if (words.empty() || words.size() > 6)
    return {};
  std::string result = words[0];
  for (size_t i = 1; i < words.size(); ++i)
    result += (i + 1 == words.size() ? " or " : ", ") + words[i];
  return result;
}

/// What a closing bracket that is missing would end.
static std::string missingBracket(const Situation &s) {
  antlr4::ParserRuleContext *context = s.parser.getContext();
  if (auto *call = dynamic_cast<PdeParser::CallExprContext *>(context)) {
    std::string callee = call->expr()->getText();
    if (callee.size() > 40)
      callee = "the function";
    else
      callee = "'" + callee + "'";
    return "',' or ')' to end the arguments of " + callee;
  }
  if (auto *fun = dynamic_cast<PdeParser::FunStatementContext *>(context))
    if (s.expects(PdeParser::RPAREN))
      return "',' or ')' to end the parameters of '" + fun->name()->getText() +
             "'";
  if (auto *def = dynamic_cast<PdeParser::SchemeStatementContext *>(context))
    if (s.expects(PdeParser::RPAREN))
      return "',' or ')' to end the parameters of '" + def->name()->getText() +
             "'";
  if (dynamic_cast<PdeParser::ParenExprContext *>(context))
    return "')' to close the parenthesis";
  if (dynamic_cast<PdeParser::ListExprContext *>(context))
    return "',' or ']' to end the list";
  if (dynamic_cast<PdeParser::BlockContext *>(context))
    return "a statement or '}' to end the block";
  return {};
}

/// The text of a token of the statement, or nothing.
static std::string textAt(const Situation &s, ssize_t index) {
  antlr4::TokenStream &tokens = *s.parser.getTokenStream();
  if (index < 0 || size_t(index) >= tokens.size() ||
      tokens.get(index)->getType() == antlr4::Token::EOF)
    return {};
  return tokens.get(index)->getText();
}

static std::optional<std::string> idiomAdvice(const Situation &s) {
  ssize_t at = s.found->getTokenIndex();
  // Tokens are fetched as they are looked at.
  if (s.found == s.parser.getCurrentToken())
    s.parser.getTokenStream()->LA(2);
  return adviceOnIdiom(
      {textAt(s, at - 2), textAt(s, at - 1), textAt(s, at), textAt(s, at + 1)});
}

/// The word of the language that a name is but for its capitals, or nothing.
static std::string inSmallLetters(const Situation &s,
                                  const antlr4::Token *token) {
  std::string text = token->getText(), small = text;
  for (char &c : small)
    c = char(std::tolower(static_cast<unsigned char>(c)));
  if (token->getType() != PdeParser::NAME || small == text)
    return {};
  const antlr4::dfa::Vocabulary &all = s.parser.getVocabulary();
  for (size_t type = 1; type <= all.getMaxTokenType(); ++type)
    if (all.getLiteralName(type) == "'" + small + "'")
      return small;
  return {};
}

/// Advice on words with capitals; true if there is some.
static bool adviseOnCapitals(const Situation &s, Diagnostic &error) {
  for (const antlr4::Token *token : {s.before, s.found}) {
    std::string meant = inSmallLetters(s, token);
    if (meant.empty())
      continue;
    error.help("did you mean '" + meant + "'?", {s.places.range(token), meant});
    return true;
  }
  return false;
}

/// Advice on mistakes that have a pattern.
static void addAdvice(const Situation &s, Diagnostic &error) {
  if (adviseOnCapitals(s, error))
    return;
  if (auto advice = idiomAdvice(s)) {
    error.help(*advice);
    return;
  }
  size_t found = s.found->getType(), before = s.before->getType();
  bool adjacent = s.found->getStartIndex() == s.before->getStopIndex() + 1;
  bool endsOperand = before == PdeParser::NAME ||
                     before == PdeParser::INTEGER ||
                     before == PdeParser::REAL || before == PdeParser::RPAREN;
  if (found == PdeParser::TEXT)
    error.help("texts stand in 'require' and 'import' only");
  else if (found == PdeParser::STAR && before == PdeParser::STAR && adjacent)
    error.help("powers are written with '^'",
               {s.places.range(s.before, s.found), "^"});
  else if (found == PdeParser::EQUAL && s.expects(PdeParser::ASSIGN))
    error.help("a name gets its value by '='", {s.range(), "="});
  else if (found == PdeParser::ASSIGN && !s.foundEnd() && endsOperand)
    error.help("two values are compared with '=='", {s.range(), "=="});
  else if (found == PdeParser::ASSIGN && before == PdeParser::LESS)
    error.help("'less or equal' is written '<='",
               {s.places.range(s.before, s.found), "<="});
  else if (endsOperand && found == PdeParser::COLON)
    error.help("a value is given with '='", {s.range(), "="});
}

/// Advice for a name where a bracket or the statement should end.
static void adviseOnName(const Situation &s, Diagnostic &error) {
  if (!s.foundIs(PdeParser::NAME) || !error.helps.empty())
    return;
  if (s.found == s.parser.getCurrentToken() &&
      s.parser.getTokenStream()->LA(2) == PdeParser::ASSIGN) {
    error.help("a new name is given by 'let': let " + s.found->getText() +
               " = ...");
    return;
  }
  std::string nearest = nearestName(s.found->getText(), statementWords());
  size_t before = s.before->getType();
  if (!nearest.empty())
    error.help("did you mean '" + nearest + "'?", {s.range(), nearest});
  else if (before == PdeParser::NAME || before == PdeParser::INTEGER ||
           before == PdeParser::REAL || before == PdeParser::RPAREN)
    error.help("a product is written with '*'",
               {s.places.behind(s.before), "*"});
}

static void reportUnclosed(const Situation &s, const antlr4::Token *bracket) {
  s.diagnostics
      .report(Error::UnclosedBracket, s.places.range(bracket),
              bracket->getText())
      .note(s.places.behind(s.before), "the statement ends here");
}

static void reportTrailing(const Situation &s) {
  Diagnostic &error = s.diagnostics.report(Error::TrailingText, s.range(),
                                           "'" + s.found->getText() + "'");
  addAdvice(s, error);
  auto advice = adviceOnStatement(s.found->getText());
  if (error.helps.empty() && advice)
    error.help(*advice);
  adviseOnName(s, error);
  bool isClause = s.foundIs(PdeParser::BOUNDARY) ||
                  s.foundIs(PdeParser::SIZE) || s.foundIs(PdeParser::EXTENT);
  if (error.helps.empty() && isClause)
    error.help("the clauses of a grid are separated by commas",
               {s.places.behind(s.before), ","});
}

/// The word that stands behind all that has been understood, also where the
/// statement has been cut there.
static std::string_view nextWord(const Situation &s) {
  SourceRange place = s.places.behind(s.before);
  std::string_view text = place.file->text().substr(place.end);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n"), text.size()));
  return text.substr(0, text.find_first_of(" \t\n"));
}

static void reportNoExpression(const Situation &s) {
  Diagnostic &error =
      s.diagnostics.report(Error::ExpectedExpression, s.range(), s.afterText());
  std::string word(nextWord(s));
  if (word == "evolve" || word == "solve")
    error.help("'" + word +
               "' is a statement, which gives its result a name; where a value "
               "is needed, write { " +
               word + " ... return u }, or the statement before and its name");
  else
    addAdvice(s, error);
}

static void reportExpected(const Situation &s) {
  std::string what = missingBracket(s);
  bool isBracket = !what.empty();
  if (!isBracket && s.expects(PdeParser::INTEGER)) {
    return reportNoExpression(s);
  }
  if (!isBracket && s.expects(PdeParser::NAME))
    what = "a name";
  if (what.empty())
    what = expectedList(s);
  if (what.empty())
    return reportTrailing(s);
  if (!isBracket)
    what += " after " + s.afterText();
  Diagnostic &error =
      s.diagnostics.report(Error::ExpectedToken, s.range(), what);
  addAdvice(s, error);
  antlr4::ParserRuleContext *context = s.parser.getContext();
  if (dynamic_cast<PdeParser::RequireStatementContext *>(context))
    error.help("what to tell where the condition does not hold: require n > 0, "
               "\"n is positive\"");
  bool inExpression = dynamic_cast<PdeParser::CallExprContext *>(context) ||
                      dynamic_cast<PdeParser::ParenExprContext *>(context);
  if (inExpression)
    adviseOnName(s, error);
}

/// Chooses the sentence; the order goes from the particular to the general.
static void report(const Situation &s) {
  size_t found = s.found->getType();
  if (s.foundEnd())
    if (const antlr4::Token *open = findUnclosed(*s.parser.getTokenStream()))
      return reportUnclosed(s, open);
  if (isClosing(found) && closesNothing(*s.parser.getTokenStream(), s.found)) {
    s.diagnostics.report(Error::UnmatchedBracket, s.range(),
                         s.found->getText());
    return;
  }
  bool wantsName = s.expects(PdeParser::NAME) && !s.expects(PdeParser::INTEGER);
  if (wantsName && isReservedWord(found)) {
    s.diagnostics.report(Error::KeywordAsName, s.range(), s.found->getText());
    return;
  }
  bool onlyEnd = s.expected.size() == 1 && s.expects(antlr4::Token::EOF);
  if (onlyEnd)
    return reportTrailing(s);
  reportExpected(s);
}

/// Collects what is known about an error at the token `found`.
static void reportAt(antlr4::Parser &parser, const antlr4::Token *found,
                     const Places &places, DiagnosticEngine &diagnostics) {
  antlr4::TokenStream *tokens = parser.getTokenStream();
  size_t index = found->getTokenIndex();
  Situation situation = {parser, found,  tokens->get(index > 0 ? index - 1 : 0),
                         {},     places, diagnostics};
  // What could follow is known for the next token only, not for a later one
  // at which a prediction failed.
  if (found == parser.getCurrentToken())
    situation.expected = parser.getExpectedTokens();
  report(situation);
}

void SentenceStrategy::reportError(antlr4::Parser *parser,
                                   const antlr4::RecognitionException &error) {
  reportAt(*parser, error.getOffendingToken(), places, diagnostics);
}

void SentenceStrategy::recover(antlr4::Parser *, std::exception_ptr) {
  throw antlr4::ParseCancellationException();
}

antlr4::Token *SentenceStrategy::recoverInline(antlr4::Parser *parser) {
  reportAt(*parser, parser->getCurrentToken(), places, diagnostics);
  throw antlr4::ParseCancellationException();
}
