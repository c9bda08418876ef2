//===- Symbols.cpp - the parts of a script, and the words in it -----------===//

#include "compiler/lsp/Features.h"

#include "mlir/Tools/lsp-server-support/Protocol.h"

#include "llvm/ADT/STLExtras.h"

namespace pdec::lsp {

using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;
using mlir::lsp::SymbolKind;

//===----------------------------------------------------------------------===//
// Symbols
//===----------------------------------------------------------------------===//

namespace {
/// Lists what statements declare, as far as it stands in the current text.
class Outline {
public:
  explicit Outline(Document &document) : document(document) {}

  void statement(const ast::Statement &statement);
  Array symbols;

private:
  void add(const ast::Identifier &name, SymbolKind kind,
           const SourceRange &range, const std::string &detail = "");
  void let(const ast::LetStatement &let);
  void solution(const ast::Statement &solve);

  Document &document;
};
} // namespace

void Outline::add(const ast::Identifier &name, SymbolKind kind,
                  const SourceRange &range, const std::string &detail) {
  auto whole = document.rangeFromGood(range);
  auto own = document.rangeFromGood(name.range);
  if (!whole || !own || name.text.empty())
    return;
  std::string text = detail;
  auto index = document.good().nameAt(name.range.begin);
  if (text.empty() && index && document.name(*index).name == name.text)
    text = document.name(*index).text;
  symbols.push_back(Object{{"name", name.text},
                           {"detail", text},
                           {"kind", int(kind)},
                           {"range", *whole},
                           {"selectionRange", *own}});
}

void Outline::let(const ast::LetStatement &let) {
  for (const ast::LetStatement::Entry &entry : let.entries)
    for (const ast::Identifier &name : entry.names) {
      auto index = document.good().nameAt(name.range.begin);
      bool isOperator =
          index && document.name(*index).kind == NameKind::Operator;
      add(name, isOperator ? SymbolKind::Operator : SymbolKind::Variable,
          entry.range);
    }
}

/// An equation may be long; what it is solved for is a name in it.
void Outline::solution(const ast::Statement &solve) {
  for (const DeclaredName &name : document.good().names().declared)
    if (!name.isInner && name.range.file == solve.range.file &&
        name.range.begin >= solve.range.begin &&
        name.range.end <= solve.range.end)
      add({name.name, name.range}, SymbolKind::Event, solve.range);
}

void Outline::statement(const ast::Statement &statement) {
  using namespace ast;
  switch (statement.kind) {
  case StatementKind::Grid:
    return add(as<GridStatement>(statement).name, SymbolKind::Struct,
               statement.range);
  case StatementKind::Param:
    for (const ParamEntry &entry : as<ParamStatement>(statement).entries)
      add(entry.name, SymbolKind::Constant, entry.range);
    return;
  case StatementKind::Input:
    return add(as<InputStatement>(statement).name, SymbolKind::Field,
               statement.range);
  case StatementKind::Let:
    return let(as<LetStatement>(statement));
  case StatementKind::Fun:
    return add(as<FunStatement>(statement).name, SymbolKind::Function,
               statement.range);
  case StatementKind::Scheme:
    return add(as<SchemeStatement>(statement).name, SymbolKind::Method,
               statement.range);
  case StatementKind::Evolve:
    for (const Identifier &state : as<EvolveStatement>(statement).states)
      add(state, SymbolKind::Event, statement.range);
    for (const RecordClause &record : as<EvolveStatement>(statement).records)
      add(record.name, SymbolKind::Property, statement.range, "a record");
    return;
  case StatementKind::Output:
    for (const auto &entry : as<OutputStatement>(statement).entries)
      add(entry.name, SymbolKind::Property, statement.range, "an output");
    return;
  case StatementKind::Solve:
    return solution(statement);
  default:
    return; // the grammar has no others outside blocks
  }
}

Value symbols(Document &document) {
  Outline outline(document);
  for (const ast::StatementPtr &statement : document.good().tree().statements)
    outline.statement(*statement);
  return std::move(outline.symbols);
}

//===----------------------------------------------------------------------===//
// Words
//===----------------------------------------------------------------------===//

namespace {
// In the order of the legend.
enum TokenType {
  Keyword,
  Variable,
  Parameter,
  Property,
  Function,
  Method,
  Type,
  Number,
  Operator,
  Comment,
  String
};
enum TokenModifier { Declaration = 1, Readonly = 2, DefaultLibrary = 4 };
} // namespace

Value semanticTokenLegend() {
  return Object{
      {"tokenTypes",
       Array{"keyword", "variable", "parameter", "property", "function",
             "method", "type", "number", "operator", "comment", "string"}},
      {"tokenModifiers", Array{"declaration", "readonly", "defaultLibrary"}}};
}

static TokenType typeOf(const DeclaredName &name) {
  switch (name.kind) {
  case NameKind::Operator:
    return Method;
  case NameKind::Function:
  case NameKind::Scheme:
  case NameKind::Map:
    return Function;
  case NameKind::Grid:
    return Type;
  case NameKind::Axis:
    return Property;
  default:
    return name.isParam || name.isFormal ? Parameter : Variable;
  }
}

/// The type and modifiers of a name or of a word of the grammar.
static std::pair<TokenType, int> meaningOf(Document &document,
                                           const Lexeme &lexeme) {
  auto index = document.nameAt(lexeme.range.begin);
  if (!index)
    return {lexeme.kind == LexemeKind::Word ? Keyword : Variable, 0};
  const DeclaredName &name = document.name(*index);
  auto there = document.toGood(lexeme.range.begin);
  bool isHere = there && name.range.file == &document.good().file() &&
                name.range.begin == *there;
  bool isOurs = name.range.file == &document.good().file();
  return {typeOf(name), (isHere ? Declaration : 0) |
                            (name.isVariable ? 0 : Readonly) |
                            (isOurs ? 0 : DefaultLibrary)};
}

static std::pair<TokenType, int>
classify(Document &document, const Lexeme &lexeme, const Lexeme *next) {
  // An argument of a built-in function: stencil(x, [1, -1], from = 0).
  bool isArgument = next && next->text() == "=";
  switch (lexeme.kind) {
  case LexemeKind::Reserved:
    return {Keyword, 0};
  case LexemeKind::Number:
    return {Number, 0};
  case LexemeKind::Sign:
  case LexemeKind::Other:
    return {Operator, 0};
  case LexemeKind::Comment:
    return {Comment, 0};
  case LexemeKind::Text:
    return {String, 0};
  case LexemeKind::Word:
    if (isArgument && !document.nameAt(lexeme.range.begin))
      return {Parameter, DefaultLibrary};
    break;
  case LexemeKind::Name:
    break;
  }
  auto [type, modifiers] = meaningOf(document, lexeme);
  auto index = document.nameAt(lexeme.range.begin);
  if (isArgument && index && document.name(*index).isFormal)
    type = Parameter;
  return {type, modifiers};
}

/// Five numbers each: lines and letters since the token before, length, type,
/// modifiers.
Value semanticTokens(Document &document) {
  Array data;
  Position before;
  const std::vector<Lexeme> &all = document.lexemes();
  for (const Lexeme &lexeme : all) {
    const Lexeme *next = &lexeme == &all.back() ? nullptr : &lexeme + 1;
    auto [type, modifiers] = classify(document, lexeme, next);
    Range range = document.current().positions().range(lexeme.range);
    bool isSameLine = range.start.line == before.line;
    data.push_back(range.start.line - before.line);
    data.push_back(range.start.character - (isSameLine ? before.character : 0));
    data.push_back(range.end.character - range.start.character);
    data.push_back(int(type));
    data.push_back(modifiers);
    before = range.start;
  }
  return Object{{"data", std::move(data)}};
}

} // namespace pdec::lsp
