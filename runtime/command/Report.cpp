//===- Report.cpp - what a run tells of itself ----------------------------===//
//
// For people, on standard error or as a summary on standard output: nothing
// parses it back. Data go to files, where all digits are.
//
//===----------------------------------------------------------------------===//

#include "runtime/command/Report.h"

#include "runtime/execution/DerivedGrids.h"

#include <cmath>
#include <cstdio>
#include <cstring>
#include <sys/resource.h>
#include <unistd.h>

using namespace pdert;

std::string pdert::summaryLine(const pde_context &ctx, int32_t output,
                               const Statistics &statistics) {
  const pde_port &port = ctx.program.outputs[output];
  const pde_grid &grid = ctx.program.grids[port.grid];
  if (isArray(grid))
    return format("%s %s: min %.9g, max %.9g, mean %.9g, 2-norm %.9g\n",
                  port.name, shapeText(grid.extents, grid.num_extents).c_str(),
                  statistics.min, statistics.max, statistics.mean,
                  statistics.norm);
  return format(
      "%s on %s (%s): min %.9g, max %.9g, mean %.9g, 2-norm %.9g\n", port.name,
      grid.name, cellsText(ctx.sizesOf(port).data(), grid.rank).c_str(),
      statistics.min, statistics.max, statistics.mean, statistics.norm);
}

std::string pdert::recordLine(const pde_context &ctx, int32_t record,
                              const RecordSummary &summary) {
  const pde_record &described = ctx.program.records[record];
  const pde_port &port = described.port;
  std::string text = format("%s, recorded %lld time%s, last after %lld step%s",
                            port.name, static_cast<long long>(summary.entries),
                            summary.entries == 1 ? "" : "s",
                            static_cast<long long>(summary.lastStep),
                            summary.lastStep == 1 ? "" : "s");
  if (described.columns == 1)
    text += format(": %.9g", summary.lastNumber);
  return text + "\n";
}

/// A rate with a unit's prefix: "1.23 G".
static std::string rateText(double rate) {
  static const char *const prefixes[] = {"", "k", "M", "G", "T", "P"};
  int prefix = 0;
  for (; rate >= 1000 && prefix < 5; ++prefix)
    rate /= 1000;
  return format("%.3g %s", rate, prefixes[prefix]);
}

/// ", 12 k passes/s", or nothing where too few were timed.
static std::string perSecond(const LoopHistory &history, const char *what) {
  double rate = history.rate();
  return rate > 0 ? format(", %s%s/s", rateText(rate).c_str(), what) : "";
}

/// "  iteration u  3 runs, 120 passes, last residual 3.2e-09".
static std::string iterationLine(const pde_loop &loop,
                                 const LoopHistory &history) {
  long long runs = history.numRuns(), passes = history.numPasses();
  if (std::strcmp(loop.measure, "evolution") == 0)
    return format("  evolution %s  %lld step%s%s\n", loop.what, passes,
                  passes == 1 ? "" : "s", perSecond(history, "steps").c_str());
  std::string text =
      format("  iteration %s  %lld run%s, %lld pass%s", loop.what, runs,
             runs == 1 ? "" : "s", passes, passes == 1 ? "" : "es");
  // A condition that compares nothing has no number to tell.
  if (std::strcmp(loop.measure, "condition") != 0)
    text += format(", last %s %.3g", loop.measure, history.lastMeasure());
  return text + perSecond(history, "passes") + "\n";
}

std::string pdert::profileText(const pde_context &ctx,
                               const std::string &command,
                               const std::vector<LoopHistory> &histories) {
  double computing = ctx.secondsInAll - ctx.secondsReading - ctx.secondsWriting;
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  std::string text =
      format("%s: %s, %s, %d thread%s\n", command.c_str(), ctx.program.form,
             ctx.program.type == PDE_F32 ? "f32" : "f64", ctx.threads,
             ctx.threads == 1 ? "" : "s");
  text += format("  reading      %9.4f s\n", ctx.secondsReading);
  text += format("  computing    %9.4f s", computing);
  if (ctx.points > 0 && computing > 0)
    text +=
        format("  %spoints/s, %sB/s", rateText(ctx.points / computing).c_str(),
               rateText(ctx.bytes / computing).c_str());
  text += format("\n  writing      %9.4f s\n", ctx.secondsWriting);
  text += "  peak memory  " + bytesText(usage.ru_maxrss * 1024.0) + "\n";
  for (size_t loop = 0; loop < histories.size(); ++loop)
    if (histories[loop].numRuns() > 0)
      text += iterationLine(ctx.program.loops[loop], histories[loop]);
  return text;
}

double Remaining::after(int64_t done, int64_t total, double time) {
  // Another evolution has begun.
  if (total != steps || done < lastDone) {
    steps = total;
    firstDone = done;
    firstTime = time;
  }
  lastDone = done;
  if (done == firstDone)
    return -1;
  return (time - firstTime) / static_cast<double>(done - firstDone) *
         static_cast<double>(total - done);
}

std::string pdert::durationText(double seconds) {
  if (seconds < 99.5)
    return format("%.0f s", seconds);
  double minutes = std::round(seconds / 60);
  if (minutes < 100)
    return format("%.0f min", minutes);
  return format("%.0f h %.0f min", std::floor(minutes / 60),
                std::fmod(minutes, 60));
}

ProgressLine::ProgressLine(std::string command, bool isWanted)
    : command(std::move(command)), isShown(isWanted && isatty(STDERR_FILENO)) {}

/// At most ten times a second, on one line that is written over; nothing at all
/// for short runs and where standard error is no terminal.
void ProgressLine::update(int64_t done, int64_t total) {
  if (!isShown)
    return;
  double time = now();
  double left = remaining.after(done, total, time);
  if (last == 0) // short runs show nothing
    last = time;
  if (time - last < 0.1)
    return;
  last = time;
  isDirty = true;
  std::string rest = left < 0 ? "" : ", " + durationText(left) + " left";
  std::fprintf(stderr, "\r\033[K%s: step %lld of %lld (%.0f %%%s)",
               command.c_str(), static_cast<long long>(done),
               static_cast<long long>(total),
               total > 0 ? 100.0 * done / total : 0.0, rest.c_str());
  std::fflush(stderr);
}

void ProgressLine::clear() {
  if (isDirty)
    std::fputs("\r\033[K", stderr);
  isDirty = false;
}
