//===- CheckTokens.cpp - what tokens alone can be blamed for --------------===//

#include "compiler/parse/Tokens.h"

#include "compiler/support/Utf8.h"

#include "PdeLexer.h"

#include <cstdio>

using namespace pdec;
using namespace pdec::syntax;
using pdec::grammar::PdeLexer;

/// Brackets within brackets, and operators that one expression may have open
/// at once: both bound the depth of the tree.
static constexpr int maxBrackets = 200, maxOperators = 500;

//===----------------------------------------------------------------------===//
// Characters and numbers
//===----------------------------------------------------------------------===//

namespace {
struct Lookalike {
  uint32_t character;
  const char *meant;
};
} // namespace

static constexpr Lookalike lookalikes[] = {
    {0x2212, "-"},   {0x2010, "-"},  {0x2011, "-"},    {0x2013, "-"},
    {0x2014, "-"},   {0x00D7, "*"},  {0x00B7, "*"},    {0x22C5, "*"},
    {0x2217, "*"},   {0x2219, "*"},  {0x00F7, "/"},    {0x2215, "/"},
    {0x2044, "/"},   {0x2018, "'"},  {0x2019, "'"},    {0x2032, "'"},
    {0x00B4, "'"},   {0x0060, "'"},  {0x22A4, "'"},    {0x201A, ","},
    {0xFF0C, ","},   {0xFF08, "("},  {0xFF09, ")"},    {0xFF1D, "="},
    {0xFF0B, "+"},   {0xFF0D, "-"},  {0xFF1A, ":"},    {0x2264, "<="},
    {0x2265, ">="},  {0x2260, "!="}, {0x2192, "->"},   {0x21A6, "->"},
    {0x2026, ".."},  {0x2025, ".."}, {0x2227, "and"},  {0x2228, "or"},
    {0x00AC, "not"}, {'&', "and"},   {'|', "or"},      {'!', "not"},
    {0x00B2, "^2"},  {0x00B3, "^3"}, {0x221A, "sqrt"},
};

/// Blanks of typesetters, seen or unseen.
static bool isBlank(uint32_t c) {
  return c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200D) ||
         c == 0x2060 || c == 0xFEFF;
}

/// How a character is spelt that it looks like, or nothing.
static std::string meantBy(uint32_t character) {
  for (const Lookalike &entry : lookalikes)
    if (entry.character == character)
      return entry.meant;
  return isBlank(character) ? " " : "";
}

/// How to write instead what a character stands for, or nothing.
static std::string adviceFor(uint32_t character) {
  if (isBlank(character))
    return "this is a special blank: write an ordinary one";
  if (std::string meant = meantBy(character); !meant.empty())
    return meant == "'" ? "write an ASCII quote instead"
                        : "write '" + meant + "' instead";
  if (character == ';')
    return "statements need no separator";
  if (character == '"')
    return "a text ends with '\"' on its line";
  if (character == '?')
    return "a choice is written: if c then a else b";
  if (character == '%')
    return "the remainder of a/b is mod(a, b); comments begin with '#'";
  if (character == '@' || character == '$')
    return "comments begin with '#'";
  return "";
}

static void reportCharacter(const std::string &text, SourceRange range,
                            DiagnosticEngine &diagnostics) {
  uint32_t character = decodeUtf8(text).value;
  char number[16];
  std::snprintf(number, sizeof number, "U+%04X", unsigned(character));
  bool printable =
      character > ' ' && !isControl(character) && !isBlank(character);
  Diagnostic &error = diagnostics.report(Error::UnexpectedCharacter, range,
                                         printable ? "'" + text + "'" : number);
  std::string advice = adviceFor(character);
  std::string meant = meantBy(character);
  if (!meant.empty())
    error.help(advice, {range, meant});
  else if (!advice.empty())
    error.help(advice);
  else if (character > 0x7F && printable)
    error.help("its number is " + std::string(number));
}

/// 2lambda, 3x, 0x10, 1e.
/// `isOfGrid`: behind the colon of a grid.
static void reportNumber(const std::string &text, SourceRange range,
                         bool isOfGrid, DiagnosticEngine &diagnostics) {
  size_t digits = text.find_first_not_of("0123456789.");
  std::string number = text.substr(0, digits), rest = text.substr(digits);
  Diagnostic &error = diagnostics.report(Error::MalformedNumber, range, text);
  if (rest == "D" && isOfGrid)
    error.help("a dimension has a small letter: " + number + "d",
               {range, number + "d"});
  else if (rest == "e" || rest == "E")
    error.help("an exponent has digits: " + number + "e0",
               {range, number + "e0"});
  else
    error.help("a product is written with '*': " + number + "*" + rest,
               {range, number + "*" + rest});
}

/// True if the token is sound.
static bool checkToken(const antlr4::Token *token, const antlr4::Token *before,
                       const Places &places, DiagnosticEngine &diagnostics) {
  size_t type = token->getType();
  // 1d means something after the colon of a grid only.
  bool isDimension = type == PdeLexer::DIMENSION &&
                     !(before && before->getType() == PdeLexer::COLON);
  bool isOfGrid = before && before->getType() == PdeLexer::COLON;
  // && and the like are one mistake.
  bool isRepetition = type == PdeLexer::OTHER && before &&
                      before->getText() == token->getText() &&
                      before->getStopIndex() + 1 == token->getStartIndex();
  if (isRepetition)
    return false;
  if (type == PdeLexer::OTHER)
    reportCharacter(token->getText(), places.range(token), diagnostics);
  else if (type == PdeLexer::BAD_NUMBER || isDimension)
    reportNumber(token->getText(), places.range(token), isOfGrid, diagnostics);
  else
    return true;
  return false;
}

//===----------------------------------------------------------------------===//
// Nesting
//===----------------------------------------------------------------------===//

namespace {

/// Follows how deep the tree of a statement can become.
class NestingCounter {
public:
  enum class Verdict { Fine, TooManyBrackets, TooManyOperators };

  Verdict add(size_t type) {
    if (isOpening(type))
      open.push_back(0);
    else if (isClosing(type) && open.size() > 1)
      close();
    else if (endsExpression(type))
      restart();
    else if (deepens(type))
      ++open.back(), ++operators;
    if (open.size() > size_t(maxBrackets) + 1)
      return Verdict::TooManyBrackets;
    return operators > maxOperators ? Verdict::TooManyOperators : Verdict::Fine;
  }

private:
  static bool isOpening(size_t t) {
    return t == PdeLexer::LPAREN || t == PdeLexer::LBRACKET ||
           t == PdeLexer::LBRACE;
  }
  static bool isClosing(size_t t) {
    return t == PdeLexer::RPAREN || t == PdeLexer::RBRACKET ||
           t == PdeLexer::RBRACE;
  }
  static bool endsExpression(size_t t) {
    return t == PdeLexer::COMMA || t == PdeLexer::ASSIGN ||
           t == PdeLexer::LET || t == PdeLexer::VAR || t == PdeLexer::FOR ||
           t == PdeLexer::WHERE || t == PdeLexer::RETURN ||
           t == PdeLexer::FROM || t == PdeLexer::UNTIL;
  }
  static bool deepens(size_t t) {
    switch (t) {
    case PdeLexer::ARROW:
    case PdeLexer::LESS_EQUAL:
    case PdeLexer::GREATER_EQUAL:
    case PdeLexer::EQUAL:
    case PdeLexer::NOT_EQUAL:
    case PdeLexer::LESS:
    case PdeLexer::GREATER:
    case PdeLexer::PLUS:
    case PdeLexer::MINUS:
    case PdeLexer::STAR:
    case PdeLexer::SLASH:
    case PdeLexer::CARET:
    case PdeLexer::QUOTE:
    case PdeLexer::DOT:
    case PdeLexer::IF:
    case PdeLexer::FIXPOINT:
    case PdeLexer::NOT:
    case PdeLexer::AND:
    case PdeLexer::OR:
      return true;
    default:
      return false;
    }
  }

  void restart() {
    operators -= open.back();
    open.back() = 0;
  }
  /// What is in a bracket deepens no more than its neighbours, except that a
  /// call may itself be called: f(1)(2)(3). Hence the bracket counts as one.
  void close() {
    operators -= open.back();
    open.pop_back();
    ++open.back(), ++operators;
  }

  std::vector<int> open = {0}; ///< operators at each level of brackets
  int operators = 0;           ///< their sum
};

} // namespace

static bool checkNesting(const TokenList &tokens, const Places &places,
                         DiagnosticEngine &diagnostics) {
  NestingCounter counter;
  for (const TokenPtr &token : tokens) {
    NestingCounter::Verdict verdict = counter.add(token->getType());
    if (verdict == NestingCounter::Verdict::Fine)
      continue;
    bool brackets = verdict == NestingCounter::Verdict::TooManyBrackets;
    if (brackets)
      diagnostics.report(Error::NestingTooDeep, places.range(token.get()),
                         maxBrackets);
    else
      diagnostics
          .report(Error::ExpressionTooLong, places.range(token.get()),
                  maxOperators)
          .help("give parts of it names with 'let'");
    return false;
  }
  return true;
}

bool syntax::checkTokens(const TokenList &tokens, const Places &places,
                         DiagnosticEngine &diagnostics) {
  bool sound = true;
  const antlr4::Token *before = nullptr;
  for (const TokenPtr &token : tokens) {
    sound &= checkToken(token.get(), before, places, diagnostics);
    before = token.get();
  }
  return sound && checkNesting(tokens, places, diagnostics);
}
