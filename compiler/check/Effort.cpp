//===- Effort.cpp - bounds on what checking does --------------------------===//

#include "compiler/check/Effort.h"

using namespace pdec;

static constexpr int maxEvalDepth = 1500, maxSteps = 1000000;
/// Hierarchies take a few calls a level.
static constexpr int maxCallDepth = 200;

bool Effort::mayEvaluate(SourceRange range) {
  if (++steps > maxSteps)
    reporter.error(Error::ExpansionTooLarge, range, maxSteps);
  else if (depth >= maxEvalDepth)
    reporter.error(Error::ResultDepth, range, maxEvalDepth);
  else
    return true;
  stopped = true;
  return false;
}

bool Effort::mayCall(const Closure &closure, SourceRange range) {
  if (callDepth < maxCallDepth)
    return true;
  if (!hierarchy.empty())
    reporter.error(Error::HierarchyEndless, range, hierarchy);
  else
    reporter.error(Error::CallsTooDeep, range,
                   closure.name.empty() ? "the map" : closure.name);
  stopped = true;
  return false;
}
