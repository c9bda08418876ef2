//===- Idioms.cpp - what other languages write otherwise ------------------===//

#include "compiler/parse/Idioms.h"

#include <algorithm>
#include <cctype>

using namespace pdec::syntax;

namespace {
/// Texts that stand side by side; null: any.
struct Idiom {
  const char *before, *found, *behind, *advice;
};

struct Word {
  const char *text, *advice;
};
} // namespace

static constexpr const char *comments = "comments begin with '#'";
static constexpr const char *products =
    "arithmetic goes cell by cell: write it without the point";
static constexpr const char *assignments =
    "a variable gets another value by '=' alone: v = v + 1";

static constexpr Idiom idioms[] = {
    {nullptr, "/", "/", comments},
    {nullptr, "/", "*", comments},
    {"/", "/", nullptr, comments},
    {".", "*", nullptr, products},
    {".", "/", nullptr, products},
    {".", "^", nullptr, products},
    {nullptr, "+", "=", assignments},
    {nullptr, "-", "=", assignments},
    {nullptr, "*", "=", assignments},
    {nullptr, "/", "=", assignments},
    {"+", "=", nullptr, assignments},
    {"-", "=", nullptr, assignments},
    {"*", "=", nullptr, assignments},
    {"/", "=", nullptr, assignments},
    {"lambda", nullptr, ":", "a function without a name is written: s -> 2*s"},
    {")", "{", nullptr, "the body stands behind '=': fun f(u) = { ... }"},
};

static constexpr const char *functions = "functions are declared with 'fun'";
static constexpr const char *outputs =
    "what a script hands over is written: output u";
static constexpr const char *loops =
    "steps until a condition are 'evolve ... until', iterations 'fixpoint'";

static constexpr Word words[] = {
    {"function", functions},
    {"def", functions},
    {"func", functions},
    {"print", outputs},
    {"plot", outputs},
    {"show", outputs},
    {"disp", outputs},
    {"while", loops},
    {"until", loops},
    {"repeat", loops},
    {"const", "a constant is declared with 'let'"},
    {"include", "files are imported by: import \"file.pde\""},
};

static std::optional<std::string> adviceOnWord(const std::string &word) {
  for (const Word &known : words)
    if (word == known.text)
      return known.advice;
  return std::nullopt;
}

std::optional<std::string>
pdec::syntax::adviceOnStatement(const std::string &word) {
  if (word == "for")
    return "'for' stands in the { } of a function or scheme only; time steps "
           "are written with 'evolve'";
  return adviceOnWord(word);
}

const std::vector<std::string> &pdec::syntax::statementWords() {
  static const std::vector<std::string> all = {
      "grid",   "param",  "input",  "let",     "fun",
      "scheme", "evolve", "output", "where",   "hierarchy",
      "solve",  "train",  "return", "require", "import"};
  return all;
}

/// The functions that are applied without parentheses elsewhere.
static bool isFunction(const std::string &word) {
#define PDE_FUNCTION(NAME, ...)                                                \
  if (word == #NAME)                                                           \
    return true;
#include "compiler/support/Functions.def"
  return false;
}

static bool isName(const std::string &text) {
  return !text.empty() && std::isalpha(static_cast<unsigned char>(text[0]));
}

static bool isNumber(const std::string &text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isdigit(static_cast<unsigned char>(c));
  });
}

std::optional<std::string>
pdec::syntax::adviceOnIdiom(const Neighbours &texts) {
  auto fits = [](const char *wanted, const std::string &text) {
    return !wanted || text == wanted;
  };
  if (texts.before == "." && isNumber(texts.earlier))
    return "a number does not end with a point: " + texts.earlier + " or " +
           texts.earlier + ".0";
  if (texts.earlier == "input" && texts.found == "=")
    return "an input lies on a grid: input " + texts.before + " on X = ...";
  if (isFunction(texts.before) && isName(texts.found))
    return "what a function is applied to stands in parentheses: " +
           texts.before + "(" + texts.found + ")";
  for (const Idiom &idiom : idioms)
    if (fits(idiom.before, texts.before) && fits(idiom.found, texts.found) &&
        fits(idiom.behind, texts.behind))
      return idiom.advice;
  for (const std::string *word : {&texts.found, &texts.before})
    if (auto advice = adviceOnWord(*word))
      return advice;
  return std::nullopt;
}
