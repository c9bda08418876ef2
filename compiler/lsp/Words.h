//===- Words.h - the words that editors mark --------------------*- C++ -*-===//

#ifndef PDEC_LSP_WORDS_H
#define PDEC_LSP_WORDS_H

#include <optional>
#include <string>
#include <vector>

namespace pdec::lsp {

/// Words of one kind, in a fixed order.
struct WordList {
  const char *kind;
  const char *meaning;
  std::vector<std::string> words;
};

/// All words that mean something before a script declares any: those of the
/// grammar, built-in names and the library's.
const std::vector<WordList> &wordLists();

/// For `pdec words`: a line for each list.
std::string wordsAsText();

/// What a built-in name does; nothing for other names.
std::optional<std::string> builtinDoc(const std::string &name);

} // namespace pdec::lsp

#endif // PDEC_LSP_WORDS_H
