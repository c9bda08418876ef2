//===- Sharing.h - whether a loop is worth sharing --------------*- C++ -*-===//
//
// Helpers have to be told of a loop, and what they read may lie in the caller's
// cache, which can take longer than to work on it alone. Which is faster
// depends on the loop, on the processor and on who else uses it, so it is
// measured: loops of about the same length are done alone for a while, then
// shared for a while, and so on with what was faster, tried anew from time to
// time. Short loops are never shared, long ones always.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_SHARING_H
#define PDE_RUNTIME_SHARING_H

#include "runtime/pde_runtime.h"

#include <array>
#include <cstdint>

namespace pdert {

/// All times in seconds.
class Sharing {
public:
  /// What is known of loops with this body and so many turns.
  struct Known {
    pde_body body;
    int64_t count;
    double alone; ///< how long one takes without helpers; 0: not known
  };

  /// What is known of such loops: a place that others may take.
  Known &recall(pde_body body, int64_t count);

  /// Whether to call the helpers before the first turn.
  bool isWorthFromStart(const Known &loop) const;
  /// Whether to call them to a loop that did not seem worth it or is not known,
  /// after so many of its turns have taken that long. If so, notes how long the
  /// loop would have taken alone.
  static bool isWorthAfter(Known &loop, int64_t turns, double seconds);

  /// That the loop took so long.
  void noteAlone(Known &loop, double seconds);
  /// The same; the caller had so many of its turns.
  void noteShared(Known &loop, double seconds, int64_t turns);

private:
  /// Loops of about the same length.
  struct Group {
    bool isShared = false;
    /// Of this period: how long its loops took, and would have taken alone.
    double actual = 0, expected = 0;
    int numLoops = 0; ///< that count in a trial
    /// How long loops are done alone before sharing is tried.
    double patience = 0;
    double sinceAlone = 0; ///< how long they have been shared

    void begin(bool shared);
  };

  static constexpr int numGroups = 6;
  std::array<Known, 64> known{};
  std::array<Group, numGroups> groups{};

  static int groupOf(double alone);
};

} // namespace pdert

#endif // PDE_RUNTIME_SHARING_H
