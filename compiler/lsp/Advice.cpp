//===- Advice.cpp - mistakes, how to mend them, what is proved ------------===//

#include "compiler/ast/Printer.h"
#include "compiler/lsp/Features.h"
#include "compiler/lsp/WrittenOut.h"
#include "compiler/support/NumberText.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace pdec::lsp {

using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

//===----------------------------------------------------------------------===//
// Diagnostics
//===----------------------------------------------------------------------===//

/// A place as related information: in the document or in a file of the library.
static std::optional<Value> locationOf(Document &document,
                                       const SourceRange &range) {
  const Snapshot &snapshot = document.current();
  if (range.file == &snapshot.file())
    return Object{{"uri", document.uri},
                  {"range", snapshot.positions().range(range)}};
  const ast::Script *script = snapshot.scriptOf(range.file);
  auto uri = script ? uriOfLibrary(*script) : std::nullopt;
  if (!uri)
    return std::nullopt;
  return Object{{"uri", *uri},
                {"range", Positions(range.file->text()).range(range)}};
}

/// Where in the document a message is shown: one about the library, at the
/// outermost call that led there.
static SourceRange shownAt(const Snapshot &snapshot,
                           const Diagnostic &diagnostic) {
  if (diagnostic.range.file == &snapshot.file())
    return diagnostic.range;
  for (const Diagnostic::Note &call : llvm::reverse(diagnostic.trail))
    if (call.range.file == &snapshot.file())
      return call.range;
  return {&snapshot.file(), 0, 0};
}

static Value told(Document &document, const Diagnostic &diagnostic) {
  const Snapshot &snapshot = document.current();
  SourceRange place = shownAt(snapshot, diagnostic);
  std::string message = diagnostic.message;
  for (const std::string &help : diagnostic.helps)
    message += "\nhelp: " + help;
  Array related;
  auto relate = [&](const SourceRange &range, const std::string &text) {
    auto location = range ? locationOf(document, range) : std::nullopt;
    if (location)
      related.push_back(Object{{"location", *location}, {"message", text}});
    else
      message += "\nnote: " + text;
  };
  if (diagnostic.range && diagnostic.range.file != &snapshot.file())
    relate(diagnostic.range, "it is about this");
  for (const auto *notes : {&diagnostic.notes, &diagnostic.trail})
    for (const Diagnostic::Note &note : *notes)
      relate(note.range, note.text);
  std::string code(errorCode(diagnostic.error));
  Object result{{"range", snapshot.positions().range(place)},
                {"severity", diagnostic.severity == Severity::Error ? 1 : 2},
                {"code", code},
                {"source", "pdec"},
                {"message", message}};
  if (!related.empty())
    result["relatedInformation"] = std::move(related);
  if (auto uri = uriOfExplanation(code))
    result["codeDescription"] = Object{{"href", *uri}};
  return result;
}

Value diagnosticsOf(Document &document) {
  // By place, and those of one place in the order in which they were found.
  std::vector<const Diagnostic *> all = document.current().diagnostics();
  std::multimap<uint32_t, const Diagnostic *> byPlace;
  for (const Diagnostic *diagnostic : all)
    byPlace.emplace(diagnostic->range.begin, diagnostic);
  Array result;
  for (const auto &[begin, diagnostic] : byPlace)
    result.push_back(told(document, *diagnostic));
  return result;
}

//===----------------------------------------------------------------------===//
// Changes that mend
//===----------------------------------------------------------------------===//

namespace {
/// Collects the changes for a range of the document.
class Mender {
public:
  Mender(Document &document, const Range &asked)
      : document(document), asked(asked) {}

  void diagnostic(const Diagnostic &diagnostic);
  Array actions;

private:
  void action(const Diagnostic &diagnostic, const std::string &title,
              const Diagnostic::Fix &fix);
  void shorterSteps(const Diagnostic &diagnostic);

  Document &document;
  const Range &asked;
};
} // namespace

void Mender::action(const Diagnostic &diagnostic, const std::string &title,
                    const Diagnostic::Fix &fix) {
  const Positions &positions = document.current().positions();
  Object edit{{"range", positions.range(fix.range)}, {"newText", fix.text}};
  actions.push_back(Object{
      {"title", title},
      {"kind", "quickfix"},
      {"isPreferred", diagnostic.fixes.size() == 1},
      {"diagnostics", Array{told(document, diagnostic)}},
      {"edit",
       Object{{"changes", Object{{document.uri, Array{std::move(edit)}}}}}}});
}

/// To a step that is certified: the default of its parameter.
void Mender::shorterSteps(const Diagnostic &diagnostic) {
  const Snapshot &snapshot = document.current();
  for (const DeclaredName &name : snapshot.names().declared) {
    auto limit = certifiedLimit(snapshot, name.name);
    const ast::ParamEntry *entry =
        name.isParam ? paramEntryOf(snapshot, name) : nullptr;
    if (!entry || !limit || !(*limit > 0) || !std::isfinite(*limit))
      continue;
    std::string value = rounded(*limit, 4, /*up=*/false);
    action(diagnostic, "use " + name.name + " = " + value,
           {entry->initial->range, value});
  }
}

static bool touch(const Range &a, const Range &b) {
  return a.start <= b.end && b.start <= a.end;
}

void Mender::diagnostic(const Diagnostic &diagnostic) {
  const Snapshot &snapshot = document.current();
  if (!touch(asked, snapshot.positions().range(shownAt(snapshot, diagnostic))))
    return;
  for (const Diagnostic::Fix &fix : diagnostic.fixes) {
    if (fix.range.file != &snapshot.file())
      continue;
    std::string old(snapshot.file().text().substr(
        fix.range.begin, fix.range.end - fix.range.begin));
    std::string text = llvm::StringRef(fix.text).trim().str();
    action(diagnostic,
           old.empty() ? "insert '" + text + "'"
                       : "change '" + old + "' to '" + text + "'",
           fix);
  }
  if (diagnostic.error == Error::StepTooLarge)
    shorterSteps(diagnostic);
}

Value fixesFor(Document &document, const Range &range) {
  document.current().examine();
  Mender mender(document, range);
  for (const Diagnostic *diagnostic : document.current().diagnostics())
    mender.diagnostic(*diagnostic);
  return std::move(mender.actions);
}

//===----------------------------------------------------------------------===//
// What is proved
//===----------------------------------------------------------------------===//

namespace {
/// Collects the hints of a range.
class Hints {
public:
  Hints(Document &document, const Range &asked)
      : document(document), asked(asked) {}

  void param(const DeclaredName &name);
  void evolution(const analysis::EvolutionCertificate &evolution);
  void estimate(const analysis::Estimate &estimate);
  Array hints;

private:
  void add(uint32_t offset, const std::string &label);
  void endOfLine(const analysis::Place &place, const std::string &label);

  Document &document;
  const Range &asked;
};
} // namespace

void Hints::add(uint32_t offset, const std::string &label) {
  Position position = document.current().positions().at(offset);
  if (position < asked.start || asked.end < position)
    return;
  hints.push_back(
      Object{{"position", position}, {"label", label}, {"paddingLeft", true}});
}

/// Behind the statement, before a comment.
void Hints::endOfLine(const analysis::Place &place, const std::string &label) {
  const SourceFile &file = document.current().file();
  if (!place.line || place.file != file.name())
    return;
  std::string_view line = file.line(int(place.line));
  size_t length = std::min(line.find('#'), line.size());
  while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\t'))
    --length;
  add(uint32_t(line.data() - file.text().data() + length), label);
}

void Hints::param(const DeclaredName &name) {
  const Snapshot &snapshot = document.current();
  auto limit = certifiedLimit(snapshot, name.name);
  const ast::ParamEntry *entry =
      name.isParam ? paramEntryOf(snapshot, name) : nullptr;
  if (!entry || !limit || !std::isfinite(*limit))
    return;
  std::string bound = name.name + " <= " + rounded(*limit, 4, /*up=*/false);
  add(entry->range.end, bound + ", certified");
}

/// Steps of which no parameter is the length.
void Hints::evolution(const analysis::EvolutionCertificate &evolution) {
  if (evolution.holds() && !evolution.step)
    endOfLine(evolution.place, "certified");
}

void Hints::estimate(const analysis::Estimate &estimate) {
  if (!estimate.factor)
    return;
  char factor[32];
  std::snprintf(factor, sizeof factor, "%.3g", *estimate.factor);
  endOfLine(estimate.place,
            std::string("error times ") + factor + " a pass, estimated");
}

Value inlayHints(Document &document, const Range &range) {
  Snapshot &snapshot = document.current();
  snapshot.examine();
  Hints hints(document, range);
  for (const DeclaredName &name : snapshot.names().declared)
    hints.param(name);
  if (const analysis::Certificate *certificate = snapshot.certificate()) {
    for (const auto &evolution : certificate->evolutions)
      hints.evolution(evolution);
    for (const auto &estimate : certificate->estimates)
      hints.estimate(estimate);
  }
  return std::move(hints.hints);
}

//===----------------------------------------------------------------------===//
// Layout
//===----------------------------------------------------------------------===//

/// One change, of the stretch that differs: so that cursors stay elsewhere.
Value formatting(Document &document) {
  const Snapshot &snapshot = document.current();
  if (snapshot.hasSyntaxErrors() || snapshot.tree().statements.empty())
    return nullptr;
  std::string after = ast::format(snapshot.tree());
  std::string_view before = snapshot.file().text();
  size_t same = 0, most = std::min(before.size(), after.size());
  while (same < most && before[same] == after[same])
    ++same;
  size_t behind = 0;
  while (behind < most - same &&
         before[before.size() - 1 - behind] == after[after.size() - 1 - behind])
    ++behind;
  if (same + behind == before.size() && before.size() == after.size())
    return Array{};
  // Not within a letter.
  auto isWithin = [&](size_t at) {
    return at < before.size() && (before[at] & 0xC0) == 0x80;
  };
  while (same > 0 && isWithin(same))
    --same;
  while (behind > 0 && isWithin(before.size() - behind))
    --behind;
  return Array{
      Object{{"range", snapshot.positions().range(
                           uint32_t(same), uint32_t(before.size() - behind))},
             {"newText", after.substr(same, after.size() - behind - same)}}};
}

} // namespace pdec::lsp
