//===- Snapshot.cpp - all that is known of a text -------------------------===//

#include "compiler/lsp/Snapshot.h"

#include "compiler/check/Check.h"
#include "compiler/library/Library.h"
#include "compiler/parse/Parse.h"
#include "compiler/script/Imports.h"
#include "compiler/stages/Compiler.h"

namespace pdec::lsp {

Snapshot::Snapshot(const SourceFile *source)
    : source(source), places(source->text()) {}

std::unique_ptr<Snapshot> Snapshot::ofScript(const std::string &path,
                                             const std::string &text) {
  auto source = std::make_unique<SourceFile>(path, text);
  std::unique_ptr<Snapshot> result(new Snapshot(source.get()));
  result->owned = std::move(source);
  result->parsed = parse(*result->source, result->found);
  result->isBroken = result->found.hasErrors();
  if (!result->parsed)
    result->parsed = std::make_unique<ast::Script>();
  result->parsed->file = result->source;
  result->script = result->parsed.get();
  // Where statements are missing, all that follows from it is not told.
  DiagnosticEngine unheard;
  driver::readImports(*result->parsed,
                      result->isBroken ? unheard : result->found);
  bool isWhole = !result->found.hasErrors();
  result->program =
      check(*result->script, isWhole ? result->found : unheard, &result->table);
  result->indexNames();
  return result;
}

bool Snapshot::canBeParsed(const std::string &path, const std::string &text) {
  SourceFile source(path, text);
  DiagnosticEngine unheard;
  parse(source, unheard);
  return !unheard.hasErrors();
}

std::unique_ptr<Snapshot> Snapshot::ofLibrary(const ast::Script &script) {
  std::unique_ptr<Snapshot> result(new Snapshot(script.file));
  result->script = &script;
  result->examined = true;
  ast::Script empty;
  empty.file = script.file;
  DiagnosticEngine unheard;
  check(empty, unheard, &result->table);
  result->indexNames();
  return result;
}

void Snapshot::indexNames() {
  for (size_t i = 0; i < table.declared.size(); ++i) {
    const DeclaredName &name = table.declared[i];
    // Axes are declared by the name of their grid.
    if (name.range.file == source && name.kind != NameKind::Axis)
      at[name.range.begin] = {name.range.end, i};
    // What a script declares comes after, and hides, what was there.
    if (!name.isInner)
      outer[name.name] = i;
  }
  for (const NameUse &use : table.uses)
    if (use.range.file == source)
      at[use.range.begin] = {use.range.end, use.declared};
}

void Snapshot::examine() {
  if (examined)
    return;
  examined = true;
  if (!program || isBroken)
    return;
  // Of its own: a context keeps all that was ever made in it.
  auto compiler = driver::Compiler::create({});
  if (!compiler) {
    llvm::consumeError(compiler.takeError());
    return;
  }
  proved = driver::examine(*program, *source, *compiler, foundLater);
}

std::vector<const Diagnostic *> Snapshot::diagnostics() const {
  std::vector<const Diagnostic *> result;
  for (const DiagnosticEngine *engine : {&found, &foundLater})
    for (const Diagnostic &diagnostic : engine->all())
      result.push_back(&diagnostic);
  return result;
}

std::optional<size_t> Snapshot::nameAt(uint32_t offset) const {
  auto next = at.upper_bound(offset);
  if (next == at.begin())
    return std::nullopt;
  auto [end, name] = std::prev(next)->second;
  // The end, too: there the cursor is when the name has been typed.
  return offset <= end ? std::optional(name) : std::nullopt;
}

std::optional<size_t> Snapshot::nameOf(std::string_view text) const {
  auto found = outer.find(text);
  return found == outer.end() ? std::nullopt : std::optional(found->second);
}

std::vector<SourceRange> Snapshot::placesOf(size_t name) const {
  std::vector<SourceRange> result;
  for (const auto &[begin, rest] : at)
    if (rest.second == name)
      result.push_back({source, begin, rest.first});
  return result;
}

const ast::Script *Snapshot::scriptOf(const SourceFile *file) const {
  if (file == source)
    return script;
  for (const ast::Script *library : libraryScripts())
    if (library->file == file)
      return library;
  return nullptr;
}

const ast::Statement *Snapshot::statementAt(const SourceRange &place) const {
  const ast::Script *holder = scriptOf(place.file);
  if (!holder)
    return nullptr;
  for (const ast::StatementPtr &statement : holder->statements)
    if (statement->range.begin <= place.begin &&
        place.begin < statement->range.end)
      return statement.get();
  return nullptr;
}

} // namespace pdec::lsp
