//===- Diagnostics.h - errors with a code, a place and advice ---*- C++ -*-===//
//
// All that the compiler tells about a script goes through a DiagnosticEngine:
// it drops repetitions, stops after a bearable number, sorts by place and
// renders with the source line and a caret.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_SUPPORT_DIAGNOSTICS_H
#define PDEC_SUPPORT_DIAGNOSTICS_H

#include "compiler/support/Source.h"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pdec {

/// What can be wrong; Errors.def has the codes, the texts and explanations.
enum class Error {
#define PDEC_ERROR(CODE, NAME, MESSAGE, EXPLANATION, EXAMPLE) NAME,
#include "compiler/support/Errors.def"
};

enum class Severity { Error, Warning };

/// One message with what belongs to it.
struct Diagnostic {
  struct Note {
    SourceRange range; ///< null: the text stands alone
    std::string text;
  };

  /// A change of the script that follows an advice.
  struct Fix {
    SourceRange range; ///< what is replaced
    std::string text;
  };

  Error error;
  Severity severity;
  SourceRange range; ///< null: about the script as a whole
  std::string message;
  std::vector<Note> notes;
  std::vector<std::string> helps;
  std::vector<Fix> fixes;
  std::vector<Note> trail; ///< the calls that led here, after all notes

  /// Adds a place that explains the message.
  Diagnostic &note(SourceRange where, std::string text);
  /// Adds a way out, printed right below the source line.
  Diagnostic &help(std::string text);
  /// The same with the change of the script that it advises.
  Diagnostic &help(std::string text, Fix fix);
};

class DiagnosticEngine {
public:
  /// Records an error; the arguments fill {0}, {1}, ... of its message. The
  /// result takes notes and help. A repetition (same error, same range) and
  /// what exceeds the limit are recorded nowhere.
  template <typename... Args>
  Diagnostic &report(Error error, SourceRange range, const Args &...args) {
    return add(Severity::Error, error, range, {asText(args)...});
  }
  template <typename... Args>
  Diagnostic &warn(Error error, SourceRange range, const Args &...args) {
    return add(Severity::Warning, error, range, {asText(args)...});
  }

  bool hasErrors() const { return errorCount > 0; }
  bool empty() const { return diagnostics.empty(); }
  /// True when the limit is reached: what follows would only be dropped.
  bool full() const { return errorCount >= errorLimit; }
  static constexpr int errorLimit = 20;

  const std::deque<Diagnostic> &all() const { return diagnostics; }

  /// What is recorded while it lives is forgotten.
  class Trial;

  /// Everything recorded, sorted by place.
  std::string render(bool colour = false) const;

private:
  static std::string asText(std::string_view text) { return std::string(text); }
  static std::string asText(long long number) { return std::to_string(number); }

  Diagnostic &add(Severity severity, Error error, SourceRange range,
                  const std::vector<std::string> &args);

  std::deque<Diagnostic> diagnostics;
  Diagnostic dropped{}; ///< takes the notes of what is not recorded
  int errorCount = 0;
  bool truncated = false;
};

class DiagnosticEngine::Trial {
public:
  explicit Trial(DiagnosticEngine &engine) : engine(engine), before(engine) {}
  ~Trial() { engine = std::move(before); }
  Trial(const Trial &) = delete;

  bool hasErrors() const { return engine.errorCount > before.errorCount; }

private:
  DiagnosticEngine &engine;
  DiagnosticEngine before;
};

/// The code of an error, as E0201.
std::string_view errorCode(Error error);

/// For `pdec explain`: the explanation of a code, in either case of its letter
/// or without it; all codes, where none is given.
std::optional<std::string> explain(std::string_view code);

/// The page docs/errors.md.
std::string errorsAsMarkdown();

} // namespace pdec

#endif // PDEC_SUPPORT_DIAGNOSTICS_H
