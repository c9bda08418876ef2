//===- Format.cpp - the standard layout of scripts ------------------------===//
//
// Comments: one at the end of a statement's or list item's line stays there;
// one on a line of its own stays before what follows it; one in the midst of
// an expression goes before the statement.
//
//===----------------------------------------------------------------------===//

#include "compiler/ast/Formatter.h"
#include "compiler/ast/Printer.h"

#include <algorithm>
#include <utility>

using namespace pdec;
using namespace pdec::ast;

static std::string joined(const std::vector<Identifier> &names) {
  std::string result;
  for (const Identifier &name : names)
    result += (result.empty() ? "" : ", ") + name.text;
  return result;
}

//===----------------------------------------------------------------------===//
// Comments
//===----------------------------------------------------------------------===//

size_t Formatter::firstCommentAt(uint32_t offset) const {
  auto first = std::lower_bound(
      script.comments.begin(), script.comments.end(), offset,
      [](const Comment &c, uint32_t at) { return c.range.begin < at; });
  return first - script.comments.begin();
}

std::string Formatter::commentText(size_t index) const {
  const SourceRange &range = script.comments[index].range;
  auto text = script.file->text().substr(range.begin, range.end - range.begin);
  size_t last = text.find_last_not_of(" \t\f");
  return std::string(text.substr(0, last + 1));
}

/// Whether only blanks precede a comment on its line.
bool Formatter::standsAlone(size_t index) const {
  std::string_view text = script.file->text();
  for (uint32_t i = script.comments[index].range.begin; i > 0; --i) {
    if (text[i - 1] == '\n')
      return true;
    if (text[i - 1] != ' ' && text[i - 1] != '\t')
      return false;
  }
  return true;
}

/// Goes to a new line for what stands at `offset`, after an empty line if the
/// source has some there.
void Formatter::startLine(Doc &out, uint32_t offset) {
  int line = lineOf(offset);
  if (!atStart) {
    out << Doc::hardLine();
    if (line > lastLine + 1)
      out << Doc::hardLine();
  }
  atStart = false;
}

/// Sets the comments that begin in [begin, end) on lines of their own.
void Formatter::addComments(Doc &out, uint32_t begin, uint32_t end) {
  for (size_t i = firstCommentAt(begin);
       i < taken.size() && script.comments[i].range.begin < end; ++i) {
    if (taken[i])
      continue;
    taken[i] = true;
    const SourceRange &range = script.comments[i].range;
    startLine(out, range.begin);
    out << commentText(i);
    lastLine = lineOf(range.begin);
  }
}

/// Adds one statement, and the comments within it and behind it.
void Formatter::addEntry(Doc &out, Doc entry, const SourceRange &range) {
  addComments(out, range.begin, range.end);
  startLine(out, range.begin);
  out << std::move(entry);
  lastLine = lineOf(range.end);
  size_t next = firstCommentAt(range.end);
  bool isBehind = next < taken.size() && !taken[next] &&
                  lineOf(script.comments[next].range.begin) == lastLine;
  if (!isBehind)
    return;
  auto gap = script.file->text().substr(
      range.end, script.comments[next].range.begin - range.end);
  if (gap.find_first_not_of(" \t") != std::string_view::npos)
    return;
  taken[next] = true;
  out << Doc::remark("  " + commentText(next));
}

Doc Formatter::statements(const std::vector<StatementPtr> &list,
                          const char *word,
                          const std::vector<const Expr *> &result,
                          uint32_t begin, uint32_t end) {
  Doc out;
  bool outerStart = std::exchange(atStart, true);
  int outerLine = std::exchange(lastLine, 0);
  for (const StatementPtr &entry : list) {
    addComments(out, begin, entry->range.begin);
    // Blocks within the statement keep their own line count.
    Doc doc = statement(*entry);
    addEntry(out, std::move(doc), entry->range);
    begin = entry->range.end;
  }
  if (!result.empty()) {
    SourceRange range = result.front()->range;
    range.end = result.back()->range.end;
    addComments(out, begin, range.begin);
    Doc line;
    line << word;
    for (const Expr *e : result)
      line << (e == result.front() ? "" : ", ") << continued(*e);
    addEntry(out, std::move(line), range);
    begin = range.end;
  }
  addComments(out, begin, end);
  atStart = outerStart;
  lastLine = outerLine;
  return out;
}

std::string Formatter::run() {
  uint32_t end = uint32_t(script.file->text().size());
  Doc doc = statements(script.statements, "", {}, 0, end + 1);
  std::string text = layOut(doc);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n'))
    text.pop_back();
  return text.empty() ? text : text + "\n";
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

Doc Formatter::statement(const Statement &s) {
  switch (s.kind) {
  case StatementKind::Grid:
    return grid(as<GridStatement>(s));
  case StatementKind::Param:
    return param(as<ParamStatement>(s));
  case StatementKind::Input: {
    const auto &input = as<InputStatement>(s);
    Doc out;
    out << "input " + input.name.text << onGrid(input.on);
    if (input.faces)
      out << Doc::group(std::move(Doc() << "," << Doc::line() << "faces "
                                        << expr(*input.faces)));
    if (input.initial)
      out << " = " << expr(*input.initial);
    return Doc::nest(4, std::move(out));
  }
  case StatementKind::Let:
  case StatementKind::Var:
    return let(as<LetStatement>(s));
  case StatementKind::Fun: {
    const auto &fun = as<FunStatement>(s);
    Doc out;
    out << (fun.isHierarchy ? "hierarchy " : "fun ") + fun.name.text
        << formals(fun.formals) << " = ";
    return out << body(fun.body);
  }
  case StatementKind::Scheme:
    return scheme(as<SchemeStatement>(s));
  case StatementKind::Evolve:
    return evolve(as<EvolveStatement>(s));
  case StatementKind::Solve:
    return solve(as<SolveStatement>(s));
  case StatementKind::Train:
    return train(as<TrainStatement>(s));
  case StatementKind::Output:
    return output(as<OutputStatement>(s));
  case StatementKind::Require:
    return require(as<RequireStatement>(s));
  case StatementKind::Import:
    return "import \"" + as<ImportStatement>(s).path.text + "\"";
  case StatementKind::Assign:
    return assign(as<AssignStatement>(s));
  case StatementKind::For:
    return loop(as<ForStatement>(s));
  }
  return {};
}

Doc Formatter::boundary(const Boundary &boundary) {
  Doc out;
  out << meaningOf(boundary.rule).keyword;
  if (boundary.a)
    return out << "(" << expr(*boundary.a) << ", " << expr(*boundary.b) << ", "
               << expr(*boundary.value) << ")";
  if (boundary.value)
    out << " " << expr(*boundary.value);
  return out;
}

/// " on X, boundary ..."
Doc Formatter::onGrid(const OnGrid &on) {
  Doc out;
  if (!on.grid.text.empty())
    out << " on " + on.grid.text;
  if (on.boundary)
    out << "," << Doc::line() << clause(*on.boundary);
  return Doc::group(Doc::nest(4, std::move(out)));
}

Doc Formatter::clause(const GridClause &clause) {
  Doc out;
  switch (clause.kind) {
  case ClauseKind::Boundary:
    return out << "boundary " << boundary(clause.both);
  case ClauseKind::Sides: {
    std::vector<Item> sides;
    for (const GridClause::Side &side : clause.sides) {
      Doc doc;
      constexpr const char *words[] = {"low ", "high ", ""};
      doc << side.axis.text + (side.axis.text.empty() ? "" : " ")
          << words[side.which] << boundary(side.boundary);
      sides.push_back({std::move(doc), side.range.begin, side.range.end});
    }
    return out << "boundary " << commaList(std::move(sides));
  }
  case ClauseKind::Size:
    return out << "size " << expr(*clause.values[0]);
  case ClauseKind::Spacing:
    return out << "spacing " << expr(*clause.values[0]);
  case ClauseKind::Extent:
    return out << "extent [" << exprList(clause.values) << "]";
  }
  return out;
}

Doc Formatter::grid(const GridStatement &grid) {
  std::vector<Item> items;
  Doc head = "grid " + grid.name.text + " : " + grid.dimensionsSpelling;
  uint32_t end = grid.dimensionsRange.end;
  if (!grid.axes.empty()) {
    head << " (" + joined(grid.axes) + ")";
    end = grid.axes.back().range.end;
  }
  items.push_back({std::move(head), grid.dimensionsRange.begin, end});
  for (const GridClause &part : grid.clauses)
    items.push_back({clause(part), part.range.begin, part.range.end});
  return Doc::group(Doc::nest(4, commaList(std::move(items))));
}

Doc Formatter::param(const ParamStatement &param) {
  std::vector<Item> items;
  for (const ParamEntry &entry : param.entries) {
    Doc doc;
    doc << entry.name.text;
    if (!entry.type.text.empty())
      doc << " : " + entry.type.text;
    if (!entry.extents.empty())
      doc << "[" << exprList(entry.extents) << "]";
    doc << " = " << expr(*entry.initial);
    if (entry.where)
      doc << " where " << expr(*entry.where);
    items.push_back({std::move(doc), entry.range.begin, entry.range.end});
  }
  Doc out;
  out << (param.isTrainable ? "trainable param " : "param ")
      << commaList(std::move(items));
  return Doc::group(Doc::nest(param.isTrainable ? 16 : 6, std::move(out)));
}

Doc Formatter::let(const LetStatement &let) {
  std::vector<Item> items;
  for (const LetStatement::Entry &entry : let.entries) {
    Doc doc;
    doc << joined(entry.names) << onGrid(entry.on) << " = "
        << continued(*entry.value);
    items.push_back({std::move(doc), entry.range.begin, entry.range.end});
  }
  Doc out;
  out << (let.kind == StatementKind::Let ? "let " : "var ");
  if (items.size() == 1)
    return out << std::move(items[0].doc);
  return Doc::group(
      Doc::nest(4, std::move(out << commaList(std::move(items)))));
}

Doc Formatter::require(const RequireStatement &require) {
  Doc out;
  out << "require " << expr(*require.condition) << "," << Doc::line()
      << "\"" + require.message.text + "\"";
  return Doc::group(Doc::nest(4, std::move(out)));
}

Doc Formatter::formals(const std::vector<Formal> &formals) {
  std::vector<Item> items;
  for (const Formal &formal : formals) {
    Doc doc;
    doc << formal.name.text;
    uint32_t end = formal.name.range.end;
    if (formal.initial) {
      doc << " = " << expr(*formal.initial);
      end = formal.initial->range.end;
    }
    items.push_back({std::move(doc), formal.name.range.begin, end});
  }
  Doc out;
  out << "(" << commaList(std::move(items), /*filled=*/true) << ")";
  return Doc::group(Doc::nest(4, std::move(out)));
}

Doc Formatter::body(const Body &body) {
  if (body.block)
    return block(*body.block);
  return continued(*body.expr);
}

Doc Formatter::block(const Block &block) {
  std::vector<const Expr *> result;
  if (block.result)
    result.push_back(block.result.get());
  Doc content = statements(block.statements, "return ", result,
                           block.range.begin, block.range.end);
  Doc out;
  if (content.parts.empty())
    return out << "{ }";
  Doc inner;
  inner << Doc::hardLine() << std::move(content);
  return out << "{" << Doc::nest(2, std::move(inner)) << Doc::hardLine() << "}";
}

Doc Formatter::scheme(const SchemeStatement &scheme) {
  Doc out;
  out << "scheme " + scheme.name.text;
  if (!scheme.formals.empty())
    out << formals(scheme.formals);
  return out << ": " + joined(scheme.states) + " -> " << body(scheme.body);
}

Doc Formatter::evolve(const EvolveStatement &evolve) {
  Doc out;
  out << "evolve " + joined(evolve.states) << onGrid(evolve.on) << " from ";
  out << Doc::group(exprList(evolve.initials));
  out << Doc::line() << "by " << expr(*evolve.step);
  if (evolve.count)
    out << Doc::line() << "for " << expr(*evolve.count) << " steps";
  else
    out << Doc::line() << "until " << expr(*evolve.until);
  out << atMost(evolve.atMost);
  for (const RecordClause &record : evolve.records)
    out << Doc::line() << "record " + record.name.text + " = "
        << expr(*record.value) << " every " << expr(*record.every);
  return Doc::group(Doc::nest(4, std::move(out)));
}

Doc Formatter::atMost(const AtMost &limit) {
  Doc out;
  if (!limit.count)
    return out;
  out << ", at most " << expr(*limit.count);
  return out << (limit.accept ? " else accept" : "");
}

Doc Formatter::solve(const SolveStatement &solve) {
  Doc out;
  out << "solve " << expr(*solve.equation.expr) << " = " << expr(*solve.right);
  if (solve.initial)
    out << Doc::line() << "from " << expr(*solve.initial);
  out << Doc::line() << "by " << expr(*solve.solver);
  out << Doc::line() << "until " << expr(*solve.until);
  out << atMost(solve.atMost);
  return Doc::group(Doc::nest(4, std::move(out)));
}

Doc Formatter::train(const TrainStatement &train) {
  Doc out;
  out << "train " + joined(train.weights) << Doc::line() << "minimising "
      << expr(*train.loss);
  out << Doc::line() << "by " << expr(*train.optimiser);
  out << Doc::line() << "for " << expr(*train.epochs) << " epochs";
  if (train.batch)
    out << ", batch " << expr(*train.batch);
  return Doc::group(Doc::nest(4, std::move(out)));
}

Doc Formatter::output(const OutputStatement &output) {
  std::vector<Item> items;
  for (const OutputStatement::Entry &entry : output.entries) {
    Doc doc;
    doc << entry.name.text;
    uint32_t end = entry.name.range.end;
    if (entry.value) {
      doc << " = " << expr(*entry.value);
      end = entry.value->range.end;
    }
    items.push_back({std::move(doc), entry.name.range.begin, end});
  }
  Doc out;
  out << "output " << commaList(std::move(items));
  return Doc::group(Doc::nest(7, std::move(out)));
}

Doc Formatter::assign(const AssignStatement &assign) {
  Doc out;
  out << joined(assign.targets) + " = ";
  if (assign.values.size() == 1)
    return out << continued(*assign.values[0]);
  out << Doc::group(exprList(assign.values));
  return Doc::nest(4, std::move(out));
}

Doc Formatter::loop(const ForStatement &loop) {
  Doc out;
  out << "for " + loop.counter.text + " in " << expr(*loop.first) << " .. "
      << expr(*loop.last) << " ";
  return out << block(*loop.body);
}

std::string pdec::ast::format(const Script &script) {
  return Formatter(script).run();
}
