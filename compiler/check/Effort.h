//===- Effort.h - bounds on what checking does ------------------*- C++ -*-===//

#ifndef PDEC_CHECK_EFFORT_H
#define PDEC_CHECK_EFFORT_H

#include "compiler/check/Scoped.h"
#include "compiler/check/Values.h"
#include "compiler/program/NodeBuilder.h"

namespace pdec {

/// Owns how much has been evaluated and how deep it is nested: functions are
/// inlined, so that both need bounds.
class Effort {
public:
  Effort(Reporter &reporter, NodeBuilder &nodes)
      : reporter(reporter), nodes(nodes) {}

  /// True when there is no point in going on.
  bool isStopped() const {
    return stopped || nodes.isExhausted() || reporter.diagnostics.full();
  }
  /// Whether there is room for one more expression, or call; reports it and
  /// stops if there is none.
  bool mayEvaluate(SourceRange range);
  bool mayCall(const Closure &closure, SourceRange range);

  Scoped<int> inExpression() { return {depth, depth + 1}; }
  Scoped<int> inCall() { return {callDepth, callDepth + 1}; }
  Scoped<std::string> inBody(const Closure &closure) {
    return {hierarchy, closure.isHierarchy ? closure.name : hierarchy};
  }

private:
  Reporter &reporter;
  NodeBuilder &nodes;
  int depth = 0, callDepth = 0, steps = 0;
  std::string hierarchy; ///< the innermost one being evaluated
  bool stopped = false;
};

} // namespace pdec

#endif // PDEC_CHECK_EFFORT_H
