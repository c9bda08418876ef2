//===- Unused.cpp - names that nothing reads ------------------------------===//
//
// A name is used if it stands anywhere outside of its own declaration: in
// functions that are never called, too, and where it is another thing's name.
// So what is told is never wrong.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Check.h"

#include <cctype>
#include <map>
#include <set>

using namespace pdec;
using ast::as;

static bool isOfName(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) || byte == '_';
}

/// Where the text behind a comment or a text in quotes goes on; `at` itself if
/// none begins there.
static size_t behindQuoted(std::string_view text, size_t at) {
  if (text[at] == '#')
    return std::min(text.find('\n', at), text.size());
  if (text[at] == '"')
    return std::min(text.find('"', at + 1), text.size() - 1) + 1;
  return at;
}

/// The places of all words of a file.
static void addWords(const SourceFile &file,
                     std::multimap<std::string_view, SourceRange> &words) {
  std::string_view text = file.text();
  for (size_t at = 0; at < text.size();) {
    size_t next = behindQuoted(text, at);
    if (next == at)
      while (next < text.size() && isOfName(text[next]))
        ++next;
    if (next > at && isOfName(text[at]))
      words.emplace(text.substr(at, next - at),
                    SourceRange{&file, uint32_t(at), uint32_t(next)});
    at = std::max(next, at + 1);
  }
}

namespace {

struct Declared {
  const ast::Identifier *name;
  SourceRange whole; ///< with its default and its condition
};

} // namespace

static void addDeclared(const ast::Statement &statement,
                        std::vector<Declared> &declared) {
  switch (statement.kind) {
  case ast::StatementKind::Param:
    for (const ast::ParamEntry &entry :
         as<ast::ParamStatement>(statement).entries)
      declared.push_back({&entry.name, entry.range});
    return;
  case ast::StatementKind::Input:
    declared.push_back(
        {&as<ast::InputStatement>(statement).name, statement.range});
    return;
  case ast::StatementKind::Let:
    for (const auto &entry : as<ast::LetStatement>(statement).entries)
      for (const ast::Identifier &name : entry.names)
        declared.push_back({&name, entry.range});
    return;
  default:
    return;
  }
}

void pdec::warnOfUnused(const ast::Script &script,
                        DiagnosticEngine &diagnostics) {
  std::vector<Declared> declared;
  std::set<const SourceFile *> files = {script.file};
  for (const ast::Statement *statement : ast::allStatements(script)) {
    files.insert(statement->range.file);
    if (statement->range.file == script.file)
      addDeclared(*statement, declared);
  }
  std::multimap<std::string_view, SourceRange> words;
  for (const SourceFile *file : files)
    addWords(*file, words);
  for (const auto &[name, whole] : declared) {
    auto [first, last] = words.equal_range(name->text);
    bool isUsed = name->text.front() == '_';
    for (auto word = first; word != last; ++word)
      isUsed |= word->second.file != whole.file ||
                word->second.begin < whole.begin ||
                word->second.end > whole.end;
    if (!isUsed)
      diagnostics.warn(Error::Unused, name->range, name->text);
  }
}
