//===- Words.cpp - the words that editors mark ----------------------------===//

#include "compiler/lsp/Words.h"

#include "compiler/check/Check.h"
#include "compiler/check/NameTable.h"
#include "compiler/check/ParamChecker.h"
#include "compiler/parse/Lexemes.h"

namespace pdec::lsp {

/// The names that a script without statements knows.
static NameTable namesBefore() {
  SourceFile file("", "");
  ast::Script empty;
  empty.file = &file;
  DiagnosticEngine unheard;
  NameTable names;
  check(empty, unheard, &names);
  return names;
}

static WordList namesOf(const NameTable &names, const char *kind,
                        const char *meaning, bool isBuiltin,
                        const std::vector<NameKind> &kinds) {
  WordList list = {kind, meaning, {}};
  for (const DeclaredName &name : names.declared) {
    bool isMeant = false;
    for (NameKind one : kinds)
      isMeant |= name.kind == one;
    if (isMeant && !name.isInner && !name.range == isBuiltin)
      list.words.push_back(name.name);
  }
  return list;
}

const std::vector<WordList> &wordLists() {
  static const std::vector<WordList> lists = [] {
    const GrammarWords &grammar = grammarWords();
    NameTable names = namesBefore();
    return std::vector<WordList>{
        {"statement", "words that statements begin with", grammar.statements},
        {"keyword", "other reserved words", grammar.reserved},
        {"literal", "reserved words that are values", grammar.literals},
        {"clause", "words where a statement expects them", grammar.words},
        {"rule", "what is beyond a side, where a statement expects it",
         grammar.rules},
        {"type", "types of parameters", paramTypes()},
        namesOf(names, "constant", "built-in numbers", true,
                {NameKind::Number}),
        namesOf(names, "operator", "built-in operators", true,
                {NameKind::Operator}),
        namesOf(names, "function", "built-in functions", true,
                {NameKind::Function}),
        {"measure", "names in conditions of 'until'", {"change", "residual"}},
        namesOf(names, "library", "functions of the library", false,
                {NameKind::Function}),
        namesOf(names, "scheme", "schemes of the library", false,
                {NameKind::Scheme}),
    };
  }();
  return lists;
}

std::string wordsAsText() {
  std::string text;
  for (const WordList &list : wordLists()) {
    text += std::string(list.kind) + ":";
    for (const std::string &word : list.words)
      text += " " + word;
    text += "\n";
  }
  return text;
}

std::optional<std::string> builtinDoc(const std::string &name) {
#define PDEC_BUILTIN(NAME, SENTENCE)                                           \
  if (name == #NAME)                                                           \
    return SENTENCE;
#include "compiler/lsp/BuiltinDocs.def"
  return std::nullopt;
}

} // namespace pdec::lsp
