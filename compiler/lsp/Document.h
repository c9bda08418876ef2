//===- Document.h - a script that is being edited ---------------*- C++ -*-===//
//
// While somebody types a script is broken most of the time. Names are then what
// they were in the last state without mistakes of syntax, whose text differs
// from this one in one stretch; before and behind it every place of the one has
// its place in the other.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_LSP_DOCUMENT_H
#define PDEC_LSP_DOCUMENT_H

#include "compiler/lsp/Snapshot.h"
#include "compiler/parse/Lexemes.h"

namespace pdec::lsp {

/// What a client says of a text that it has changed.
struct Change {
  std::optional<Range> range; ///< all of it, if there is none
  std::string text;
};

class Document {
public:
  Document(std::string uri, std::string path, const ast::Script *library,
           int64_t version, std::string text)
      : uri(std::move(uri)), path(std::move(path)), library(library),
        version(version), content(std::move(text)) {}

  const std::string uri, path;
  /// The script of the library that this is, or null.
  const ast::Script *const library;
  int64_t version;
  /// Whether the client has been told the diagnostics of this state.
  bool isTold = false;

  /// Makes the next state of the text: one change after the other.
  void change(const std::vector<Change> &changes);

  /// Of the text as it is.
  Snapshot &current();
  /// Of the last text that could be parsed.
  Snapshot &good();
  const std::vector<Lexeme> &lexemes();

  /// The name in a place of the current text, of those in good(): as it was
  /// there, or what has its spelling.
  std::optional<size_t> nameAt(uint32_t offset);
  const DeclaredName &name(size_t index) {
    return good().names().declared[index];
  }
  /// The lexeme that a place is in or at the end of; null if there is none.
  const Lexeme *lexemeAt(uint32_t offset);
  /// From the current text to that of good(), and back; nothing where the texts
  /// differ.
  std::optional<uint32_t> toGood(uint32_t offset);
  std::optional<uint32_t> fromGood(uint32_t offset);
  std::optional<Range> rangeFromGood(const SourceRange &range);

private:
  void keepIfGood();
  void analyse();
  /// The stretch in which the texts differ.
  struct Difference {
    uint32_t begin = 0, oldEnd = 0, newEnd = 0;
  };

  std::string content;
  std::unique_ptr<Snapshot> now;  ///< null: the text has changed
  std::unique_ptr<Snapshot> last; ///< null: `now` is good, or none was
  /// The last good text, where nothing has been asked of it yet: what is
  /// answered does not depend on how fast changes come.
  std::optional<std::string> unseen;
  Difference difference;
  std::optional<std::vector<Lexeme>> words;
};

} // namespace pdec::lsp

#endif // PDEC_LSP_DOCUMENT_H
