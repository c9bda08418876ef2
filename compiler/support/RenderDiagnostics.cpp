//===- RenderDiagnostics.cpp - messages with source lines and carets ------===//

#include "compiler/support/Diagnostics.h"
#include "compiler/support/Utf8.h"

#include <algorithm>
#include <tuple>

using namespace pdec;

namespace {

/// Escape sequences, or nothing.
struct Palette {
  const char *bold = "", *error = "", *warning = "", *note = "", *help = "",
             *caret = "", *reset = "";
};

constexpr Palette coloured = {"\033[1m",    "\033[1;31m", "\033[1;35m",
                              "\033[1;36m", "\033[1;32m", "\033[1;32m",
                              "\033[0m"};

/// The part of a long line that is shown around a caret.
constexpr size_t shownBefore = 70, shownAfter = 50;

} // namespace

/// Appends `file:line:column: `, or just the file's name without an offset.
static void appendPlace(std::string &out, const SourceRange &range) {
  if (!range)
    return;
  SourceFile::Position at = range.file->position(range.begin);
  out += range.file->name() + ":" + std::to_string(at.line) + ":" +
         std::to_string(at.column) + ": ";
}

/// Splits a line into code points, with harmless ones in place of controls.
static std::vector<CodePoint> visible(std::string_view line) {
  std::vector<CodePoint> result;
  while (!line.empty()) {
    CodePoint c = decodeUtf8(line);
    line.remove_prefix(c.length);
    if (isControl(c.value) && c.value != '\t')
      c.value = 0xFFFD;
    result.push_back(c);
  }
  return result;
}

/// Appends the source line of a range and the caret line below it. A range
/// that goes on in further lines is marked to the end of its first.
static void appendSource(std::string &out, const SourceRange &range,
                         const Palette &palette) {
  if (!range)
    return;
  SourceFile::Position at = range.file->position(range.begin);
  std::vector<CodePoint> line = visible(range.file->line(at.line));
  size_t first = size_t(at.column) - 1;
  uint32_t end = std::max(range.end, range.begin);
  SourceFile::Position last = range.file->position(end);
  size_t past = last.line == at.line ? size_t(last.column) - 1 : line.size();
  past = std::max(past, first + 1);

  size_t from = first > shownBefore ? first - shownBefore : 0;
  size_t to = std::min(line.size(), std::max(past, first + shownAfter));
  to = std::min(to, from + shownBefore + 2 * shownAfter);
  std::string text = from ? "..." : "", carets(from ? 3 : 0, ' ');
  for (size_t i = from; i < std::max(to, first + 1); ++i) {
    uint32_t c = i < line.size() ? line[i].value : ' ';
    if (i < line.size())
      text += encodeUtf8(c);
    // A tab stays a tab, so that both lines advance alike.
    if (i < first)
      carets += c == '\t' ? "\t" : std::string(displayWidth(c), ' ');
    else if (i < past)
      carets += (i == first ? "^" : "~") +
                std::string(std::max(1u, displayWidth(c)) - 1, '~');
  }
  out += "  " + text + (to < line.size() ? "..." : "") + "\n";
  out += "  " + carets.insert(carets.find('^'), palette.caret) + palette.reset +
         "\n";
}

static void appendNote(std::string &out, const Diagnostic::Note &note,
                       const Palette &palette) {
  out += palette.bold;
  appendPlace(out, note.range);
  out += std::string(palette.reset) + palette.note + "note: ";
  out += palette.reset + note.text + "\n";
  appendSource(out, note.range, palette);
}

/// Whether a place is in text that comes with the compiler.
static bool isInLibrary(const SourceRange &range) {
  return range && range.file->name().rfind("library/", 0) == 0;
}

/// What a user reads first: of a mistake that shows within the library the
/// innermost call in the script.
static Diagnostic ledByScript(Diagnostic diagnostic) {
  std::vector<Diagnostic::Note> &trail = diagnostic.trail;
  auto isOwn = [](const Diagnostic::Note &call) {
    return call.range && !isInLibrary(call.range);
  };
  auto call = std::find_if(trail.begin(), trail.end(), isOwn);
  if (!isInLibrary(diagnostic.range) || call == trail.end())
    return diagnostic;
  SourceRange within = diagnostic.range;
  diagnostic.range = call->range;
  trail.erase(call);
  trail.insert(trail.begin(), {within, "it shows here"});
  return diagnostic;
}

static void appendDiagnostic(std::string &out, const Diagnostic &diagnostic,
                             const Palette &palette) {
  bool isError = diagnostic.severity == Severity::Error;
  out += palette.bold;
  appendPlace(out, diagnostic.range);
  out += isError ? palette.error : palette.warning;
  out += isError ? "error: " : "warning: ";
  out += palette.reset + (palette.bold + diagnostic.message);
  out += " [" + std::string(errorCode(diagnostic.error)) + "]";
  out += std::string(palette.reset) + "\n";
  appendSource(out, diagnostic.range, palette);
  for (const std::string &help : diagnostic.helps)
    out += std::string("  ") + palette.help + "help:" + palette.reset + " " +
           help + "\n";
  for (const Diagnostic::Note &note : diagnostic.notes)
    appendNote(out, note, palette);
  for (const Diagnostic::Note &call : diagnostic.trail)
    appendNote(out, call, palette);
}

std::string DiagnosticEngine::render(bool colour) const {
  // By file in the order of their first messages, by place, by time.
  std::vector<Diagnostic> led;
  std::vector<const SourceFile *> files;
  std::vector<std::tuple<size_t, uint32_t, size_t>> order;
  for (size_t i = 0; i < diagnostics.size(); ++i) {
    led.push_back(ledByScript(diagnostics[i]));
    const SourceRange &range = led[i].range;
    auto place = std::find(files.begin(), files.end(), range.file);
    order.emplace_back(place - files.begin(), range.begin, i);
    if (place == files.end())
      files.push_back(range.file);
  }
  std::sort(order.begin(), order.end());
  std::string out;
  for (const auto &[file, begin, index] : order)
    appendDiagnostic(out, led[index], colour ? coloured : Palette());
  if (truncated)
    out += "There are more errors; correct these first.\n";
  return out;
}
