//===- Convergence.h - what iterative loops report --------------*- C++ -*-===//

#ifndef PDE_RUNTIME_CONVERGENCE_H
#define PDE_RUNTIME_CONVERGENCE_H

#include "runtime/pde_runtime.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pdert {

/// The measure after one pass of a loop.
struct IterationPoint {
  int64_t pass;
  double measure;
};

/// The course of one loop: totals of all its runs, and points of the latest. A
/// long course is thinned, evenly, so that its memory is bounded.
class LoopHistory {
public:
  /// `time` in seconds since some fixed moment.
  void note(int64_t pass, double measure, double bound, double time);

  int64_t numRuns() const { return runs; }
  int64_t numPasses() const { return passes; }
  double lastMeasure() const { return last.measure; }
  double bound() const { return latestBound; }
  /// Passes a second, or 0 where no run made two. What comes before a run's
  /// first pass is none of its time.
  double rate() const {
    return seconds > 0 ? static_cast<double>(passes - runs) / seconds : 0;
  }

  /// At most a few thousand, passes ascending, the last one included.
  std::vector<IterationPoint> points() const;

private:
  static constexpr size_t mostPoints = 2048;

  void startRun();
  void thin();

  std::vector<IterationPoint> kept;
  IterationPoint last = {0, 0};
  int64_t runs = 0, passes = 0;
  int64_t inRun = 0;  ///< notes of the latest run
  int64_t stride = 1; ///< each stride-th note of it is kept
  double latestBound = 0;
  double seconds = 0, lastTime = 0; ///< from pass to pass; of the latest one
};

/// The sentence about a loop of `program` that used up its passes.
std::string convergenceFailure(const pde_program &program, int32_t loop,
                               int64_t passes, double measure, double bound);

} // namespace pdert

#endif // PDE_RUNTIME_CONVERGENCE_H
