//===- Sharing.cpp - whether a loop is worth sharing ----------------------===//

#include "runtime/execution/Sharing.h"

#include <algorithm>

using namespace pdert;

/// Loops that take less than this are not shared. Each group has loops up to
/// twice as long as the one before; those beyond the last are always shared.
static constexpr double leastShared = 1.5e-5;

/// What the caller does alone first to see how long the turns are of a loop
/// that it does not know, and what must be left then.
static constexpr double leastAlone = 5e-6, leastLeft = 5e-5;

/// How long, and for how many loops, a group shares before that is judged, and
/// how much of the time that its loops would have taken alone they may take
/// then. The first ones bring data to where they are worked on and do not
/// count.
static constexpr double trial = 2e-4, settling = 1e-4, mostTime = 0.97;
static constexpr int trialLoops = 4;

/// How long a group works alone between trials, at first and at most, and how
/// long it shares before that is compared with working alone again.
static constexpr double leastPatience = 5e-3, mostPatience = 0.2;
static constexpr double longestShared = 0.1;

void Sharing::Group::begin(bool shared) {
  isShared = shared;
  actual = expected = shared ? -settling : 0;
  numLoops = 0;
}

Sharing::Known &Sharing::recall(pde_body body, int64_t count) {
  uint64_t key = reinterpret_cast<uintptr_t>(body) / 16 + count;
  Known &found = known[key * 0x9E3779B97F4A7C15 >> 58];
  if (found.body != body || found.count != count)
    found = {body, count, 0};
  return found;
}

/// -1 for short loops, numGroups for long ones.
int Sharing::groupOf(double alone) {
  int group = -1;
  for (double limit = leastShared; alone >= limit && group < numGroups;
       limit *= 2)
    ++group;
  return group;
}

bool Sharing::isWorthFromStart(const Known &loop) const {
  int group = groupOf(loop.alone);
  return group == numGroups || (group >= 0 && groups[group].isShared);
}

bool Sharing::isWorthAfter(Known &loop, int64_t turns, double seconds) {
  double left = seconds / turns * (loop.count - turns);
  // A loop that is known was not worth it, unless it is another one now.
  if (seconds < leastAlone || left < std::max(leastLeft, 2 * loop.alone))
    return false;
  loop.alone = seconds + left;
  return true;
}

void Sharing::noteAlone(Known &loop, double seconds) {
  // The system may have taken the processor away for a while.
  if (loop.alone > 0)
    seconds = std::min(seconds, 2 * loop.alone);
  loop.alone += (seconds - loop.alone) / (loop.alone > 0 ? 8 : 1);
  int group = groupOf(loop.alone);
  if (group < 0 || group == numGroups)
    return;
  Group &own = groups[group];
  own.actual += seconds;
  own.patience = std::max(own.patience, leastPatience);
  if (own.actual >= own.patience)
    own.begin(true);
}

void Sharing::noteShared(Known &loop, double seconds, int64_t turns) {
  int group = groupOf(loop.alone);
  if (group == numGroups && turns > 0)
    loop.alone += (seconds / turns * loop.count - loop.alone) / 8;
  if (group < 0 || group == numGroups)
    return;
  Group &own = groups[group];
  // What settling takes counts as what it would have taken alone.
  bool isSettling = own.expected < 0;
  own.expected += loop.alone;
  own.actual += isSettling ? loop.alone : seconds;
  own.numLoops += !isSettling;
  if (own.expected < trial || own.numLoops < trialLoops)
    return;
  if (own.actual > mostTime * own.expected) {
    own.patience = std::min(2 * own.patience, mostPatience);
    own.sinceAlone = 0;
    own.begin(false);
    return;
  }
  own.patience = leastPatience;
  own.sinceAlone += own.expected;
  bool isTired = own.sinceAlone >= longestShared;
  if (isTired)
    own.sinceAlone = 0;
  own.begin(!isTired);
}
