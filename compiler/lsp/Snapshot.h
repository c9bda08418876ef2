//===- Snapshot.h - all that is known of a text -----------------*- C++ -*-===//

#ifndef PDEC_LSP_SNAPSHOT_H
#define PDEC_LSP_SNAPSHOT_H

#include "compiler/analysis/Certificate.h"
#include "compiler/check/NameTable.h"
#include "compiler/lsp/Positions.h"
#include "compiler/script/Script.h"

#include <map>
#include <memory>
#include <optional>

namespace pdec::lsp {

/// What the compiler makes of one state of a text.
class Snapshot {
public:
  /// Of a script, which messages call by its path.
  static std::unique_ptr<Snapshot> ofScript(const std::string &path,
                                            const std::string &text);
  /// Whether a text has no mistakes in its syntax, and nothing else of it.
  static bool canBeParsed(const std::string &path, const std::string &text);
  /// Of a script of the library.
  static std::unique_ptr<Snapshot> ofLibrary(const ast::Script &script);

  /// Finds what is proved, once; adds to the diagnostics.
  void examine();
  bool isExamined() const { return examined; }

  const SourceFile &file() const { return *source; }
  const Positions &positions() const { return places; }
  /// Lacks statements with mistakes in their syntax.
  const ast::Script &tree() const { return *script; }
  bool hasSyntaxErrors() const { return isBroken; }
  const NameTable &names() const { return table; }
  std::vector<const Diagnostic *> diagnostics() const;
  /// How many of them were there before examine().
  size_t numMistakes() const { return found.all().size(); }
  /// Null before examine(), and where nothing is examined.
  const analysis::Certificate *certificate() const {
    return proved ? &*proved : nullptr;
  }

  /// The name that is used or declared in a place of this text: an index of
  /// names().declared.
  std::optional<size_t> nameAt(uint32_t offset) const;
  /// A name of the whole script, or of what is there before it.
  std::optional<size_t> nameOf(std::string_view text) const;
  /// All places of a name in this text, in order, its declarations included.
  std::vector<SourceRange> placesOf(size_t name) const;
  /// The statement of a script that a place is in, and null for others; the
  /// script is this one or one of the library.
  const ast::Statement *statementAt(const SourceRange &place) const;
  const ast::Script *scriptOf(const SourceFile *file) const;

private:
  explicit Snapshot(const SourceFile *source);
  void indexNames();

  std::unique_ptr<SourceFile> owned;
  const SourceFile *source;
  Positions places;
  std::unique_ptr<ast::Script> parsed;
  const ast::Script *script = nullptr;
  std::unique_ptr<Program> program;
  DiagnosticEngine found, foundLater;
  NameTable table;
  std::map<uint32_t, std::pair<uint32_t, size_t>> at; ///< begin to end, name
  std::map<std::string, size_t, std::less<>> outer;   ///< names of the script
  std::optional<analysis::Certificate> proved;
  bool isBroken = false, examined = false;
};

} // namespace pdec::lsp

#endif // PDEC_LSP_SNAPSHOT_H
