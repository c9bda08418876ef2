//===- Library.cpp - schemes and fluxes written in the language -----------===//

#include "compiler/library/Library.h"

#include "compiler/library/LibrarySources.h"
#include "compiler/parse/Parse.h"

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <unordered_map>

using namespace pdec;

static bool isOfWord(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' ||
         (c & 0x80) != 0;
}

/// Calls `found` with each word outside comments, and where it begins.
template <typename Found>
static void findWords(std::string_view text, const Found &found) {
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && isOfWord(text[end]))
      ++end;
    if (end > at)
      found(text.substr(at, end - at), at);
    else if (text[at] == '#')
      end = std::min(text.find('\n', at), text.size() - 1);
    at = std::max(end, at + 1);
  }
}

namespace {

class LibraryFile {
public:
  explicit LibraryFile(const LibrarySource &embedded)
      : source(embedded.name, embedded.text) {}

  const SourceFile source;
  const ast::Script &script();

private:
  std::unique_ptr<ast::Script> parsed;
};

/// Which file declares a name is known without parsing it: statements begin
/// in the first column, with their kind and their name.
class Library {
public:
  Library();

  LibraryScripts all();
  LibraryScripts neededBy(const std::set<const SourceFile *> &users);

private:
  void addNeeded(std::string_view text, std::vector<bool> &isNeeded) const;

  std::vector<std::unique_ptr<LibraryFile>> files;
  std::unordered_map<std::string_view, size_t> declaredIn;
};

} // namespace

const ast::Script &LibraryFile::script() {
  if (parsed)
    return *parsed;
  DiagnosticEngine diagnostics;
  parsed = parse(source, diagnostics);
  if (diagnostics.hasErrors()) {
    // A bug of ours, which the first run of any test finds.
    std::fputs(diagnostics.render().c_str(), stderr);
    std::abort();
  }
  return *parsed;
}

Library::Library() {
  for (const LibrarySource &embedded : librarySources()) {
    files.push_back(std::make_unique<LibraryFile>(embedded));
    std::string_view text = files.back()->source.text();
    bool isName = false;
    findWords(text, [&](std::string_view word, size_t at) {
      if (isName)
        declaredIn.emplace(word, files.size() - 1);
      isName = at == 0 || text[at - 1] == '\n';
    });
  }
  // Whoever solves an equation, or says that something does, asks for them.
  declaredIn.emplace("solve", declaredIn.at("solvable"));
  declaredIn.emplace("solution", declaredIn.at("transposed_at"));
}

LibraryScripts Library::all() {
  LibraryScripts result;
  for (const auto &file : files)
    result.push_back(&file->script());
  return result;
}

void Library::addNeeded(std::string_view text,
                        std::vector<bool> &isNeeded) const {
  std::vector<size_t> added;
  findWords(text, [&](std::string_view word, size_t) {
    auto found = declaredIn.find(word);
    if (found == declaredIn.end() || isNeeded[found->second])
      return;
    isNeeded[found->second] = true;
    added.push_back(found->second);
  });
  for (size_t file : added)
    addNeeded(files[file]->source.text(), isNeeded);
}

LibraryScripts Library::neededBy(const std::set<const SourceFile *> &users) {
  std::vector<bool> isNeeded(files.size());
  for (const SourceFile *user : users)
    addNeeded(user->text(), isNeeded);
  LibraryScripts result;
  for (size_t file = 0; file < files.size(); ++file)
    if (isNeeded[file])
      result.push_back(&files[file]->script());
  return result;
}

/// Never destroyed: programs may refer to the files until the process ends.
static Library &library() {
  static Library &only = *new Library();
  return only;
}

const LibraryScripts &pdec::libraryScripts() {
  static const LibraryScripts &all = *new LibraryScripts(library().all());
  return all;
}

LibraryScripts
pdec::libraryScriptsFor(const std::set<const SourceFile *> &users) {
  return library().neededBy(users);
}
