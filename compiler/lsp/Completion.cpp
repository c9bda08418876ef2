//===- Completion.cpp - what can be written in a place --------------------===//

#include "compiler/lsp/Features.h"
#include "compiler/lsp/Words.h"

#include "llvm/ADT/STLExtras.h"

#include <set>

namespace pdec::lsp {

using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;
using mlir::lsp::CompletionItemKind;

static CompletionItemKind itemKind(const DeclaredName &name) {
  switch (name.kind) {
  case NameKind::Function:
  case NameKind::Map:
    return CompletionItemKind::Function;
  case NameKind::Scheme:
    return CompletionItemKind::Method;
  case NameKind::Operator:
    return CompletionItemKind::Operator;
  case NameKind::Grid:
    return CompletionItemKind::Struct;
  case NameKind::Axis:
    return CompletionItemKind::Property;
  case NameKind::Number:
  case NameKind::Condition:
    return name.isVariable ? CompletionItemKind::Variable
                           : CompletionItemKind::Constant;
  default:
    return CompletionItemKind::Variable;
  }
}

namespace {
/// Collects the items for one place.
class Completer {
public:
  Completer(Document &document, uint32_t offset)
      : document(document), offset(offset) {}

  Value run();

private:
  void words(const std::vector<std::string> &words);
  void names(llvm::function_ref<bool(const DeclaredName &)> isMeant);
  void axesOf(std::string_view grid);
  void name(const DeclaredName &name, bool isOurs);
  bool isVisible(const DeclaredName &name) const;
  void expression();
  void onGrid() {
    names([](const DeclaredName &n) { return n.kind == NameKind::Grid; });
  }
  void item(const std::string &label, CompletionItemKind kind,
            const std::string &detail, const std::string &order,
            const std::string &documentation = "");

  Document &document;
  uint32_t offset;
  /// Where in the text of the names; behind what is before the place in both
  /// texts where they differ.
  uint32_t there = 0;
  std::set<std::string> seen;
  Array items;
};
} // namespace

void Completer::item(const std::string &label, CompletionItemKind kind,
                     const std::string &detail, const std::string &order,
                     const std::string &documentation) {
  if (!seen.insert(label).second)
    return;
  Object item{
      {"label", label}, {"kind", int(kind)}, {"sortText", order + label}};
  if (!detail.empty())
    item["detail"] = detail;
  if (!documentation.empty())
    item["documentation"] = documentation;
  items.push_back(std::move(item));
}

void Completer::words(const std::vector<std::string> &words) {
  for (const std::string &word : words)
    item(word, CompletionItemKind::Keyword, "", "3");
}

/// Whether a statement may use the names that it declares.
static bool knowsItsNames(const ast::Statement &statement) {
  switch (statement.kind) {
  case ast::StatementKind::Fun:
    return ast::as<ast::FunStatement>(statement).isHierarchy;
  case ast::StatementKind::Scheme:
  case ast::StatementKind::Let:
  case ast::StatementKind::Input:
    return false;
  default:
    return true;
  }
}

/// Inner names end with what they are declared in.
bool Completer::isVisible(const DeclaredName &name) const {
  if (name.range.file != &document.good().file())
    return !name.isInner;
  const ast::Statement *statement = document.good().statementAt(name.range);
  if (!name.isInner) {
    bool isWithin =
        statement && there < statement->range.end && !knowsItsNames(*statement);
    return name.isParam || (name.range.begin < there && !isWithin);
  }
  uint32_t end = name.end ? name.end : statement ? statement->range.end : 0;
  return name.range.begin < there && there <= end;
}

void Completer::name(const DeclaredName &name, bool isOurs) {
  std::string detail = name.isCallable && name.kind != NameKind::Operator
                           ? signatureOf(name)
                           : name.text;
  std::string doc = !name.range    ? builtinDoc(name.name).value_or("")
                    : name.isInner ? ""
                                   : commentOf(document.good(), name);
  item(name.name, itemKind(name), detail, isOurs ? "1" : "2", doc);
}

/// The innermost of each name first: it hides others.
void Completer::names(llvm::function_ref<bool(const DeclaredName &)> isMeant) {
  std::vector<const DeclaredName *> visible;
  for (const DeclaredName &name : document.good().names().declared)
    if (isVisible(name))
      visible.push_back(&name);
  for (const DeclaredName *declared : llvm::reverse(visible)) {
    bool isOurs = declared->range.file == &document.good().file();
    if (isMeant(*declared))
      name(*declared, isOurs);
    else if (isOurs)
      seen.insert(declared->name);
  }
}

void Completer::axesOf(std::string_view grid) {
  auto index = document.good().nameOf(grid);
  if (!index || document.name(*index).kind != NameKind::Grid)
    return;
  for (const DeclaredName &axis : document.good().names().declared)
    if (axis.kind == NameKind::Axis &&
        axis.range.begin == document.name(*index).range.begin &&
        axis.range.file == document.name(*index).range.file)
      name(axis, true);
}

void Completer::expression() {
  names([](const DeclaredName &) { return true; });
  for (const WordList &list : wordLists()) {
    std::string kind = list.kind;
    if (kind == "keyword" || kind == "literal" || kind == "clause")
      words(list.words);
  }
}

/// The list of a kind of words.
static const std::vector<std::string> &listOf(llvm::StringRef kind) {
  for (const WordList &list : wordLists())
    if (kind == list.kind)
      return list.words;
  llvm_unreachable("a kind of words");
}

static bool isOneOf(std::string_view text,
                    std::initializer_list<const char *> words) {
  return llvm::is_contained(words, llvm::StringRef(text));
}

/// What can stand in a place follows from what stands before it.
Value Completer::run() {
  const std::vector<Lexeme> &all = document.lexemes();
  size_t at = 0; // the first lexeme that is not before the word being typed
  const Lexeme *typed = document.lexemeAt(offset);
  bool isWord =
      typed && typed->range.begin < offset && typed->kind != LexemeKind::Sign;
  if (isWord &&
      (typed->kind == LexemeKind::Comment || typed->kind == LexemeKind::Text ||
       typed->kind == LexemeKind::Number))
    return Array{};
  uint32_t start = isWord ? typed->range.begin : offset;
  while (at < all.size() && all[at].range.begin < start)
    ++at;
  auto known = document.toGood(start);
  for (size_t i = at; !known && i-- > 0;)
    known = document.toGood(all[i].range.end);
  there = known.value_or(0);
  std::string_view before = at > 0 ? all[at - 1].text() : "";
  std::string_view earlier = at > 1 ? all[at - 2].text() : "";
  std::string_view first = at > 2 ? all[at - 3].text() : "";
  bool beginsLine =
      at == 0 || document.current().positions().at(all[at - 1].range.end).line <
                     document.current().positions().at(start).line;
  if (before == "on")
    onGrid();
  else if (before == ".")
    axesOf(earlier);
  else if (before == ":" && first == "grid")
    words({"1d", "2d", "3d"});
  else if (before == ":")
    words(listOf("type"));
  else if (isOneOf(before, {"boundary", "low", "high"})) {
    words(listOf("rule"));
    if (before == "boundary") {
      words({"low", "high"});
      names([](const DeclaredName &n) { return n.kind == NameKind::Axis; });
    }
  } else if (before == "by")
    names([](const DeclaredName &n) { return n.isCallable; });
  else if (isOneOf(before, {"let", "fun", "scheme", "grid", "param", "input",
                            "var", "hierarchy"}))
    return Array{}; // a new name
  else {
    if (beginsLine)
      words(listOf("statement"));
    expression();
  }
  return Object{{"isIncomplete", false}, {"items", std::move(items)}};
}

Value completions(Document &document, uint32_t offset) {
  return Completer(document, offset).run();
}

} // namespace pdec::lsp
