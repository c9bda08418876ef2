//===- Report.h - what a run tells of itself --------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_REPORT_H
#define PDE_RUNTIME_REPORT_H

#include "runtime/execution/Context.h"
#include "runtime/execution/Convergence.h"
#include "runtime/execution/Statistics.h"

#include <string>

namespace pdert {

/// One line about an output that no file takes.
std::string summaryLine(const pde_context &ctx, int32_t output,
                        const Statistics &statistics);

/// What is known of a record at the end of a run.
struct RecordSummary {
  int64_t entries = 0, lastStep = 0;
  double lastNumber = 0; ///< the first of the last row
};

/// One line about a record that no file takes.
std::string recordLine(const pde_context &ctx, int32_t record,
                       const RecordSummary &summary);

/// Times, rates and memory of a finished run, several lines.
std::string profileText(const pde_context &ctx, const std::string &command,
                        const std::vector<LoopHistory> &histories);

/// How long a run of steps will yet take, by the time of those that are done.
class Remaining {
public:
  /// Seconds, or a negative number as long as nothing is known.
  double after(int64_t done, int64_t total, double time);

private:
  int64_t firstDone = 0, lastDone = 0, steps = -1; ///< of the run of steps
  double firstTime = 0;
};

/// "40 s", "3 min", "2 h 5 min": as exactly as such a guess can be.
std::string durationText(double seconds);

/// A line on the terminal that is rewritten a few times a second.
class ProgressLine {
public:
  ProgressLine(std::string command, bool isWanted);
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine &) = delete;
  ProgressLine &operator=(const ProgressLine &) = delete;

  void update(int64_t done, int64_t total);
  void clear();

private:
  std::string command;
  bool isShown;
  bool isDirty = false;
  double last = 0; ///< when it was written last
  Remaining remaining;
};

} // namespace pdert

#endif // PDE_RUNTIME_REPORT_H
