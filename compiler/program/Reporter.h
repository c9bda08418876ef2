//===- Reporter.h - errors with the calls that led to them ------*- C++ -*-===//

#ifndef PDEC_PROGRAM_REPORTER_H
#define PDEC_PROGRAM_REPORTER_H

#include "compiler/support/Diagnostics.h"

namespace pdec {

/// Reports errors and adds a note for each call that is being inlined: an error
/// in a function's body is often the caller's fault.
class Reporter {
public:
  explicit Reporter(DiagnosticEngine &diagnostics) : diagnostics(diagnostics) {}

  template <typename... Args>
  Diagnostic &error(Error code, SourceRange range, const Args &...args) {
    Diagnostic &result = diagnostics.report(code, range, args...);
    addCalls(result);
    return result;
  }

  const std::vector<SourceRange> &callStack() const { return calls; }

  /// Says that a call is being inlined, while it lives.
  class Call {
  public:
    Call(Reporter &reporter, SourceRange range) : reporter(reporter) {
      reporter.calls.push_back(range);
    }
    ~Call() { reporter.calls.pop_back(); }
    Call(const Call &) = delete;

  private:
    Reporter &reporter;
  };

  DiagnosticEngine &diagnostics;

private:
  void addCalls(Diagnostic &error) const {
    // The innermost calls and the outermost: all that a reader can bear.
    constexpr size_t shown = 3;
    for (size_t i = 0; i < calls.size(); ++i)
      if (i < shown || i + 1 == calls.size())
        error.trail.push_back({calls[calls.size() - 1 - i], "in this call"});
  }

  std::vector<SourceRange> calls;
};

} // namespace pdec

#endif // PDEC_PROGRAM_REPORTER_H
