//===- Document.cpp - a script that is being edited -----------------------===//

#include "compiler/lsp/Document.h"

#include <algorithm>

namespace pdec::lsp {

void Document::keepIfGood() {
  if (now ? now->hasSyntaxErrors() : !Snapshot::canBeParsed(path, content))
    return;
  unseen.reset();
  last = std::move(now);
  if (!last)
    unseen = content;
}

static void apply(const Change &change, std::string &content) {
  if (!change.range) {
    content = change.text;
    return;
  }
  Positions positions(content);
  uint32_t begin = positions.offset(change.range->start);
  uint32_t end = std::max(begin, positions.offset(change.range->end));
  content.replace(begin, end - begin, change.text);
}

void Document::change(const std::vector<Change> &changes) {
  keepIfGood();
  now = nullptr;
  words.reset();
  isTold = false;
  for (const Change &change : changes)
    apply(change, content);
}

void Document::analyse() {
  if (now)
    return;
  now = library ? Snapshot::ofLibrary(*library)
                : Snapshot::ofScript(path, content);
  if (!now->hasSyntaxErrors())
    last = nullptr;
  else if (unseen)
    last = Snapshot::ofScript(path, *unseen);
  unseen.reset();
  if (!last)
    return;
  std::string_view before = last->file().text(), after = now->file().text();
  size_t most = std::min(before.size(), after.size());
  size_t same =
      std::mismatch(before.begin(), before.begin() + most, after.begin())
          .first -
      before.begin();
  size_t behind = std::mismatch(before.rbegin(),
                                before.rbegin() + (most - same), after.rbegin())
                      .first -
                  before.rbegin();
  difference = {uint32_t(same), uint32_t(before.size() - behind),
                uint32_t(after.size() - behind)};
}

Snapshot &Document::current() {
  analyse();
  return *now;
}

Snapshot &Document::good() {
  analyse();
  return last ? *last : *now;
}

const std::vector<Lexeme> &Document::lexemes() {
  if (!words)
    words = lex(current().file());
  return *words;
}

std::optional<uint32_t> Document::toGood(uint32_t offset) {
  analyse();
  if (!last || offset <= difference.begin)
    return offset;
  if (offset >= difference.newEnd)
    return offset - difference.newEnd + difference.oldEnd;
  return std::nullopt;
}

std::optional<uint32_t> Document::fromGood(uint32_t offset) {
  analyse();
  if (!last || offset <= difference.begin)
    return offset;
  if (offset >= difference.oldEnd)
    return offset - difference.oldEnd + difference.newEnd;
  return std::nullopt;
}

std::optional<Range> Document::rangeFromGood(const SourceRange &range) {
  auto begin = fromGood(range.begin), end = fromGood(range.end);
  if (!begin || !end || *end < *begin)
    return std::nullopt;
  return current().positions().range(*begin, *end);
}

const Lexeme *Document::lexemeAt(uint32_t offset) {
  const std::vector<Lexeme> &all = lexemes();
  auto isBehind = [](uint32_t at, const Lexeme &lexeme) {
    return at < lexeme.range.begin;
  };
  auto next = std::upper_bound(all.begin(), all.end(), offset, isBehind);
  auto isWord = [](const Lexeme &lexeme) {
    return lexeme.kind == LexemeKind::Name || lexeme.kind == LexemeKind::Word;
  };
  if (next == all.begin())
    return nullptr;
  const Lexeme &before = *std::prev(next);
  if (offset < before.range.end)
    // Between a name and the sign behind it, the name is meant.
    if (isWord(before) || before.range.begin < offset ||
        std::prev(next) == all.begin())
      return &before;
  if (before.range.begin == offset && std::prev(next) != all.begin()) {
    const Lexeme &name = *std::prev(next, 2);
    return name.range.end == offset && isWord(name) ? &name : &before;
  }
  return before.range.end >= offset ? &before : nullptr;
}

std::optional<size_t> Document::nameAt(uint32_t offset) {
  const Lexeme *lexeme = lexemeAt(offset);
  bool mayBeName = lexeme && (lexeme->kind == LexemeKind::Name ||
                              lexeme->kind == LexemeKind::Word);
  if (!mayBeName)
    return std::nullopt;
  auto there = toGood(lexeme->range.begin);
  if (there)
    if (auto name = good().nameAt(*there))
      if (this->name(*name).name == lexeme->text())
        return name;
  // Nothing is known of what has just been written, or cannot be parsed.
  bool isNew =
      !there || (good().hasSyntaxErrors() && lexeme->kind == LexemeKind::Name);
  return isNew ? good().nameOf(lexeme->text()) : std::nullopt;
}

} // namespace pdec::lsp
