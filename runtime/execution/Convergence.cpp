//===- Convergence.cpp - what iterative loops report ----------------------===//

#include "runtime/execution/Convergence.h"
#include "runtime/execution/Context.h"

#include <cmath>
#include <cstring>

using namespace pdert;

void LoopHistory::startRun() {
  ++runs;
  kept.clear();
  inRun = 0;
  stride = 1;
}

/// Keeps each second point; the first stays.
void LoopHistory::thin() {
  for (size_t i = 0; 2 * i < kept.size(); ++i)
    kept[i] = kept[2 * i];
  kept.resize((kept.size() + 1) / 2);
  stride *= 2;
}

void LoopHistory::note(int64_t pass, double measure, double bound,
                       double time) {
  if (runs == 0 || pass <= last.pass)
    startRun();
  else
    seconds += time - lastTime;
  lastTime = time;
  last = {pass, measure};
  latestBound = bound;
  ++passes;
  if (inRun++ % stride != 0)
    return;
  if (kept.size() == mostPoints)
    thin();
  if ((inRun - 1) % stride == 0)
    kept.push_back(last);
}

std::vector<IterationPoint> LoopHistory::points() const {
  std::vector<IterationPoint> result = kept;
  if (!result.empty() && result.back().pass != last.pass)
    result.push_back(last);
  return result;
}

/// "the residual is 3.2e-05, not below 1e-08".
static std::string measureText(const char *name, double measure, double bound) {
  if (std::isnan(measure))
    return format("the %s is not a number", name);
  std::string value = format("%.3g", measure), limit = shortest(bound);
  // A bound such as 1e-8 + 50*epsilon is no number that a user wrote.
  if (limit.size() > 10)
    limit = format("%.3g", bound);
  if (value == format("%.3g", bound)) // more digits show the difference
    value = shortest(measure);
  return format("the %s is %s, not below %s", name, value.c_str(),
                limit.c_str());
}

/// Loops of one pass that only say what must hold.
static bool isRequirement(const pde_loop &loop, const char *name) {
  return std::strcmp(loop.measure, name) == 0;
}

/// The text behind a condition that the script requires, or null.
static const char *requiredText(const pde_loop &loop) {
  const std::string prefix = "require ";
  bool isRequired =
      std::strncmp(loop.measure, prefix.c_str(), prefix.size()) == 0;
  return isRequired ? loop.measure + prefix.size() : nullptr;
}

std::string pdert::convergenceFailure(const pde_program &program, int32_t loop,
                                      int64_t passes, double measure,
                                      double bound) {
  const pde_loop &failed = program.loops[loop];
  if (const char *text = requiredText(failed))
    return format("%s:%d: %s", program.source, failed.line, text);
  if (isRequirement(failed, "curvature"))
    return format("%s:%d: A is not positive definite (pass %lld): conjugate "
                  "gradients cannot find '%s'",
                  program.source, failed.line, static_cast<long long>(measure),
                  failed.what);
  if (isRequirement(failed, "mean"))
    return format("%s:%d: the equation for '%s' has no solution: A gives no "
                  "constants, but the right side has the mean %s",
                  program.source, failed.line, failed.what,
                  shortest(measure).c_str());
  if (std::strcmp(failed.measure, "evolution") == 0)
    return format("%s:%d: the evolution of '%s' did not end: after %lld step%s "
                  "%s",
                  program.source, failed.line, failed.what,
                  static_cast<long long>(passes), passes == 1 ? "" : "s",
                  std::isunordered(measure, bound)
                      ? "what its condition compares is not a number"
                      : "its condition does not hold");
  if (passes < 1)
    return format("%s:%d: the iteration for '%s' did not converge: it may make "
                  "no pass",
                  program.source, failed.line, failed.what);
  std::string reason = std::strcmp(failed.measure, "condition") == 0
                           ? "its condition does not hold"
                           : measureText(failed.measure, measure, bound);
  return format("%s:%d: the iteration for '%s' did not converge: after %lld "
                "pass%s %s",
                program.source, failed.line, failed.what,
                static_cast<long long>(passes), passes == 1 ? "" : "es",
                reason.c_str());
}

void pde_note_iteration(pde_context *ctx, int32_t loop, int64_t pass,
                        double measure, double bound) {
  if (loop < 0)
    return;
  const pde_loop &noted = ctx->program.loops[loop];
  if (isRequirement(noted, "curvature") || isRequirement(noted, "mean") ||
      requiredText(noted))
    return;
  if (!guarded(*ctx,
               [&] { ctx->ports.noteIteration(loop, pass, measure, bound); }))
    unwind(ctx);
}

void pde_fail_convergence(pde_context *ctx, int32_t loop, int64_t passes,
                          double measure, double bound) {
  // Nothing with a destructor is alive on this frame.
  guarded(*ctx, [&] {
    throw Failure{
        convergenceFailure(ctx->program, loop, passes, measure, bound)};
  });
  unwind(ctx);
}
