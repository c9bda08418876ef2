//===- Imports.cpp - the files that a script imports ----------------------===//

#include "compiler/script/Imports.h"
#include "compiler/parse/Parse.h"
#include "compiler/stages/ScriptFile.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <algorithm>
#include <set>

using namespace pdec;
using ast::as;

namespace path = llvm::sys::path;

namespace {

/// Follows the imports of a script, depth first.
class Reader {
public:
  explicit Reader(DiagnosticEngine &diagnostics) : diagnostics(diagnostics) {}

  void read(ast::Script &script, const std::string &identity);

private:
  void follow(ast::ImportStatement &import, const SourceFile &from);
  void reportCycle(const ast::ImportStatement &import,
                   const std::string &identity);
  void checkStatements(const ast::Script &script);

  /// A file that is being read, and what imports another from it.
  struct Open {
    std::string identity;
    const ast::ImportStatement *import;
  };

  DiagnosticEngine &diagnostics;
  std::vector<Open> open;
  std::set<std::string> known;
};

} // namespace

/// The same for all paths to a file.
static std::string identityOf(const std::string &file) {
  llvm::SmallString<256> real;
  return llvm::sys::fs::real_path(file, real) ? file : real.str().str();
}

void Reader::read(ast::Script &script, const std::string &identity) {
  known.insert(identity);
  open.push_back({identity, nullptr});
  for (const ast::StatementPtr &statement : script.statements)
    if (statement->kind == ast::StatementKind::Import)
      follow(static_cast<ast::ImportStatement &>(*statement), *script.file);
  open.pop_back();
}

/// Each import on the way round.
void Reader::reportCycle(const ast::ImportStatement &import,
                         const std::string &identity) {
  Diagnostic &error = diagnostics.report(Error::ImportCycle, import.path.range,
                                         import.path.text);
  auto first = std::find_if(open.begin(), open.end(), [&](const Open &file) {
    return file.identity == identity;
  });
  for (; first + 1 < open.end(); ++first)
    error.note(first->import->path.range, "it is imported from here");
}

void Reader::follow(ast::ImportStatement &import, const SourceFile &from) {
  open.back().import = &import;
  llvm::SmallString<256> file;
  if (!path::is_absolute(import.path.text))
    file = path::parent_path(from.name());
  path::append(file, import.path.text);
  std::string identity = identityOf(file.str().str()), text;
  bool isOpen = std::any_of(open.begin(), open.end(), [&](const Open &one) {
    return one.identity == identity;
  });
  if (isOpen)
    return reportCycle(import, identity);
  if (known.count(identity))
    return;
  std::string problem = driver::readText(file.str().str(), text);
  if (!problem.empty()) {
    diagnostics.report(Error::CannotImport, import.path.range, import.path.text,
                       problem);
    return;
  }
  auto read = std::make_shared<ast::ImportedFile>(ast::ImportedFile{
      SourceFile(file.str().str(), std::move(text)), nullptr});
  // Before it is parsed: messages point to its text.
  import.file = read;
  read->script = parse(read->source, diagnostics);
  if (!read->script)
    return;
  checkStatements(*read->script);
  this->read(*read->script, identity);
}

/// The word that a statement begins with.
static std::string firstWord(const ast::Statement &statement) {
  std::string_view text = statement.range.file->text().substr(
      statement.range.begin, statement.range.end - statement.range.begin);
  return std::string(text.substr(0, text.find_first_of(" \t\r\n\f(")));
}

void Reader::checkStatements(const ast::Script &script) {
  for (const ast::StatementPtr &statement : script.statements)
    switch (statement->kind) {
    case ast::StatementKind::Grid:
    case ast::StatementKind::Input:
    case ast::StatementKind::Evolve:
    case ast::StatementKind::Solve:
    case ast::StatementKind::Train:
    case ast::StatementKind::Output: {
      std::string word = firstWord(*statement);
      SourceRange range = statement->range;
      range.end = range.begin + uint32_t(word.size());
      diagnostics.report(Error::NotImported, range, word)
          .note(open.back().import->range, "the file is imported here");
      break;
    }
    default:
      break;
    }
}

void pdec::driver::readImports(ast::Script &script,
                               DiagnosticEngine &diagnostics) {
  Reader(diagnostics).read(script, identityOf(script.file->name()));
}

std::string pdec::driver::importedText(const ast::Script &script) {
  std::string result;
  for (const ast::StatementPtr &statement : script.statements) {
    if (statement->kind != ast::StatementKind::Import)
      continue;
    if (const auto &file = as<ast::ImportStatement>(*statement).file;
        file && file->script)
      result += std::string(file->source.text()) + importedText(*file->script);
  }
  return result;
}
