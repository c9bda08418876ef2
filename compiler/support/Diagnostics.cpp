//===- Diagnostics.cpp - collecting and explaining errors -----------------===//

#include "compiler/support/Diagnostics.h"

#include <algorithm>
#include <cctype>

using namespace pdec;

namespace {
struct ErrorInfo {
  const char *code, *name, *message, *explanation, *example;
};
} // namespace

static constexpr ErrorInfo errorTable[] = {
#define PDEC_ERROR(CODE, NAME, MESSAGE, EXPLANATION, EXAMPLE)                  \
  {#CODE, #NAME, MESSAGE, EXPLANATION, EXAMPLE},
#include "compiler/support/Errors.def"
};

static const ErrorInfo &info(Error error) {
  return errorTable[static_cast<size_t>(error)];
}

std::string_view pdec::errorCode(Error error) { return info(error).code; }

/// A word of the script, shortened if nobody would read it to its end.
static std::string clipped(const std::string &text) {
  constexpr size_t limit = 80;
  if (text.size() <= limit)
    return text;
  size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end; // not within a code point
  return text.substr(0, end) + "...";
}

/// Replaces {0}, {1}, ... by the arguments.
static std::string fill(std::string_view pattern,
                        const std::vector<std::string> &args) {
  std::string result;
  for (size_t i = 0; i < pattern.size(); ++i) {
    bool isHole = pattern[i] == '{' && i + 2 < pattern.size() &&
                  std::isdigit(static_cast<unsigned char>(pattern[i + 1])) &&
                  pattern[i + 2] == '}';
    size_t index = isHole ? size_t(pattern[i + 1] - '0') : args.size();
    if (index >= args.size()) {
      result += pattern[i];
      continue;
    }
    result += clipped(args[index]);
    i += 2;
  }
  return result;
}

Diagnostic &Diagnostic::note(SourceRange where, std::string text) {
  notes.push_back({where, std::move(text)});
  return *this;
}

Diagnostic &Diagnostic::help(std::string text) {
  helps.push_back(std::move(text));
  return *this;
}

Diagnostic &Diagnostic::help(std::string text, Fix fix) {
  fixes.push_back(std::move(fix));
  return help(std::move(text));
}

static bool sameRange(const SourceRange &a, const SourceRange &b) {
  return a.file == b.file && a.begin == b.begin && a.end == b.end;
}

Diagnostic &DiagnosticEngine::add(Severity severity, Error error,
                                  SourceRange range,
                                  const std::vector<std::string> &args) {
  dropped = {};
  bool isError = severity == Severity::Error;
  for (const Diagnostic &old : diagnostics)
    if (old.error == error && sameRange(old.range, range))
      return dropped;
  // Warnings share the limit, so that no script can flood a terminal.
  if (isError ? full() : int(diagnostics.size()) >= 2 * errorLimit) {
    truncated = true;
    return dropped;
  }
  errorCount += isError;
  diagnostics.push_back({error,
                         severity,
                         range,
                         fill(info(error).message, args),
                         {},
                         {},
                         {},
                         {}});
  return diagnostics.back();
}

/// Whether a code of the table is meant: E0205 by e0205, 0205 and 205, W0801 by
/// w0801.
static bool isMeant(std::string_view code, std::string_view given) {
  bool hasLetter = std::isalpha(static_cast<unsigned char>(given[0]));
  if (hasLetter && std::toupper(given[0]) != code[0])
    return false;
  std::string_view number = given.substr(hasLetter), digits = code.substr(1);
  size_t zeros = digits.size() - std::min(digits.size(), number.size());
  return !number.empty() && digits.substr(zeros) == number &&
         digits.find_first_not_of('0') >= zeros;
}

/// All codes with their messages.
/// A message with dots for the words of a script.
static std::string ofAnyScript(std::string text) {
  for (size_t at; (at = text.find('{')) != std::string::npos;)
    text.replace(at, text.find('}', at) + 1 - at, "...");
  return text;
}

static std::string codeList() {
  std::string text;
  for (const ErrorInfo &entry : errorTable)
    text += std::string(entry.code) + "  " + ofAnyScript(entry.message) + "\n";
  return text;
}

static std::string indented(std::string_view lines) {
  std::string result;
  while (!lines.empty()) {
    size_t end = std::min(lines.find('\n'), lines.size());
    result += "    " + std::string(lines.substr(0, end)) + "\n";
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return result;
}

std::optional<std::string> pdec::explain(std::string_view code) {
  if (code.empty())
    return codeList();
  for (const ErrorInfo &entry : errorTable) {
    if (!isMeant(entry.code, code))
      continue;
    return std::string(entry.code) + ": " + ofAnyScript(entry.message) +
           "\n\n" + entry.explanation + "\n\nFor example:\n" +
           indented(entry.example);
  }
  return std::nullopt;
}

std::string pdec::errorsAsMarkdown() {
  std::string page = "# Error index\n\n"
                     "What `pdec explain CODE` tells. In a message, `{0}` and "
                     "so on stand for words of the script.\n";
  for (const ErrorInfo &entry : errorTable) {
    page += std::string("\n## ") + entry.code + "\n**" + entry.message +
            "**\n\n" + entry.explanation + "\n\n```pde-faulty\n" +
            entry.example + "\n```\n";
  }
  return page;
}
