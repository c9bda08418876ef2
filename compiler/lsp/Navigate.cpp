//===- Navigate.cpp - where names are declared and used -------------------===//

#include "compiler/lsp/Features.h"
#include "compiler/lsp/WrittenOut.h"

#include "mlir/Tools/lsp-server-support/Protocol.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

namespace pdec::lsp {

using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

/// The URI of another file than the document: one of the library, or one that
/// exists.
static std::optional<std::string> uriOf(const Snapshot &snapshot,
                                        const SourceFile &file) {
  const ast::Script *script = snapshot.scriptOf(&file);
  if (script && script->file != &snapshot.file())
    return uriOfLibrary(*script);
  auto uri = llvm::sys::fs::exists(file.name())
                 ? mlir::lsp::URIForFile::fromFile(file.name())
                 : llvm::Expected<mlir::lsp::URIForFile>(
                       llvm::createStringError("no such file"));
  if (uri)
    return uri->uri().str();
  llvm::consumeError(uri.takeError());
  return std::nullopt;
}

Value definition(Document &document, uint32_t offset) {
  auto index = document.nameAt(offset);
  if (!index)
    return nullptr;
  const SourceRange &place = document.name(*index).range;
  if (!place)
    return nullptr; // built in
  if (place.file == &document.good().file()) {
    auto range = document.rangeFromGood(place);
    return range ? Value(Object{{"uri", document.uri}, {"range", *range}})
                 : Value(nullptr);
  }
  auto uri = uriOf(document.good(), *place.file);
  if (!uri)
    return nullptr;
  return Object{{"uri", *uri},
                {"range", Positions(place.file->text()).range(place)}};
}

/// All places of a name in the current text.
static std::vector<Range> rangesOf(Document &document, size_t index,
                                   bool withDeclaration) {
  std::vector<Range> ranges;
  const SourceRange &declared = document.name(index).range;
  for (const SourceRange &place : document.good().placesOf(index)) {
    bool isDeclaration =
        declared.file == place.file && declared.begin == place.begin;
    if (isDeclaration && !withDeclaration)
      continue;
    if (auto range = document.rangeFromGood(place))
      ranges.push_back(*range);
  }
  return ranges;
}

Value references(Document &document, uint32_t offset, bool withDeclaration) {
  auto index = document.nameAt(offset);
  if (!index)
    return nullptr;
  Array result;
  for (const Range &range : rangesOf(document, *index, withDeclaration))
    result.push_back(Object{{"uri", document.uri}, {"range", range}});
  return result;
}

Value highlights(Document &document, uint32_t offset) {
  auto index = document.nameAt(offset);
  if (!index)
    return nullptr;
  Array result;
  for (const Range &range : rangesOf(document, *index, true))
    result.push_back(Object{{"range", range}});
  return result;
}

//===----------------------------------------------------------------------===//
// Renaming
//===----------------------------------------------------------------------===//

static llvm::Error refuse(const std::string &why) {
  return llvm::make_error<mlir::lsp::LSPError>(
      why, mlir::lsp::ErrorCode::RequestFailed);
}

/// Why a name cannot be renamed; nothing if it can.
static std::optional<std::string> obstacleTo(Document &document,
                                             std::optional<size_t> index) {
  if (!index)
    return "here is no name";
  const DeclaredName &name = document.name(*index);
  if (name.kind == NameKind::Axis)
    return "axes have the names that their grid gives them";
  if (document.library || name.range.file != &document.good().file())
    return "'" + name.name + "' is not declared in this script";
  if (document.current().hasSyntaxErrors())
    return "the script has mistakes in its syntax";
  return std::nullopt;
}

Value renamed(Document &document, uint32_t offset) {
  auto index = document.nameAt(offset);
  if (obstacleTo(document, index))
    return nullptr;
  return document.current().positions().range(document.lexemeAt(offset)->range);
}

static bool isName(const std::string &text) {
  SourceFile file("", text);
  std::vector<Lexeme> lexemes = lex(file);
  return lexemes.size() == 1 && lexemes[0].text() == text &&
         (lexemes[0].kind == LexemeKind::Name ||
          lexemes[0].kind == LexemeKind::Word);
}

/// The text with another name in these places.
static std::string withName(std::string_view text,
                            const std::vector<SourceRange> &places,
                            const std::string &name) {
  std::string result(text);
  for (const SourceRange &place : llvm::reverse(places))
    result.replace(place.begin, place.end - place.begin, name);
  return result;
}

/// The declaration of each use in a text, both by their order in it.
static std::vector<size_t> meaningOf(const Snapshot &snapshot) {
  std::vector<std::pair<uint32_t, size_t>> uses;
  for (const NameUse &use : snapshot.names().uses)
    if (use.range.file == &snapshot.file())
      uses.emplace_back(use.range.begin, use.declared);
  llvm::sort(uses);
  std::vector<size_t> meaning;
  for (const auto &[begin, declared] : uses) {
    const SourceRange &range = snapshot.names().declared[declared].range;
    size_t before = 0; // how many uses stand before the declaration
    if (range.file == &snapshot.file())
      for (const auto &use : uses)
        before += use.first < range.begin;
    meaning.push_back(range.file == &snapshot.file() ? before + 1 : 0);
  }
  return meaning;
}

llvm::Expected<Value> rename(Document &document, uint32_t offset,
                             const std::string &newName) {
  auto index = document.nameAt(offset);
  if (auto why = obstacleTo(document, index))
    return refuse(*why);
  if (!isName(newName))
    return refuse("'" + newName + "' is no name");
  Snapshot &before = document.current();
  std::vector<SourceRange> places = before.placesOf(*index);
  auto after = Snapshot::ofScript(
      document.path, withName(before.file().text(), places, newName));
  // Whoever hides another name, or is hidden by one, changes what uses mean.
  if (after->numMistakes() != before.numMistakes() ||
      meaningOf(*after) != meaningOf(before))
    return refuse("with the name '" + newName +
                  "' the script would not mean the same");
  Array edits;
  for (const SourceRange &place : places)
    edits.push_back(Object{{"range", before.positions().range(place)},
                           {"newText", newName}});
  return Object{{"changes", Object{{document.uri, std::move(edits)}}}};
}

} // namespace pdec::lsp
