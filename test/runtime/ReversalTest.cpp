//===- ReversalTest.cpp - going back through the passes of loops ----------===//
//
// A schedule is right if it goes back through each pass once, from the last to
// the first, with the state before it, and never has more states than slots.
// That it makes no more passes again than needed is compared with the least
// number, by dynamic programming.
//
//===----------------------------------------------------------------------===//

#include "runtime/execution/Reversal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

using namespace pdert;

namespace {

/// Follows a schedule; states are the numbers of the passes that they are
/// before. Returns how many passes were made.
int64_t follow(int64_t passes, int64_t slots) {
  ReversalSchedule schedule(passes, slots);
  ReversalSchedule::Stage stage;
  std::map<int64_t, int64_t> kept;
  int64_t state = 0, next = passes - 1, made = 0;
  while (schedule.next(stage)) {
    if (stage.restored != ReversalSchedule::none)
      state = kept.at(stage.restored);
    EXPECT_EQ(stage.first, state);
    state += stage.passes;
    made += stage.passes;
    if (stage.kept != ReversalSchedule::none) {
      EXPECT_LT(stage.kept, slots);
      kept[stage.kept] = state;
    }
    if (stage.goesBack) {
      EXPECT_EQ(state, next--);
    }
  }
  EXPECT_EQ(next, -1);
  return made;
}

/// The least number of passes with so many slots, one of which has the first
/// state.
int64_t least(int64_t passes, int64_t slots) {
  static std::map<std::pair<int64_t, int64_t>, int64_t> known;
  if (passes <= 1)
    return 0;
  if (slots == 1)
    return passes * (passes - 1) / 2;
  auto [found, isNew] = known.insert({{passes, slots}, 0});
  if (!isNew)
    return found->second;
  int64_t best = -1;
  for (int64_t middle = 1; middle < passes; ++middle) {
    int64_t all =
        middle + least(passes - middle, slots - 1) + least(middle, slots);
    if (best < 0 || all < best)
      best = all;
  }
  return known[{passes, slots}] = best;
}

TEST(Reversal, GoesBackThroughEachPassWithItsState) {
  for (int64_t passes = 0; passes <= 60; ++passes)
    for (int64_t slots = 1; slots <= 62; ++slots)
      follow(passes, slots);
}

TEST(Reversal, MakesNoMorePassesAgainThanNeeded) {
  for (int64_t passes = 1; passes <= 40; ++passes)
    for (int64_t slots = 1; slots <= 12; ++slots)
      EXPECT_EQ(follow(passes, slots), least(passes, slots))
          << passes << " passes, " << slots << " slots";
}

TEST(Reversal, OfManyPassesIsCheap) {
  EXPECT_EQ(follow(5000, 5000), 4999);
  EXPECT_LT(follow(10000, 128), 30000);
}

TEST(Reversal, KeepsWhatItIsGiven) {
  // Three passes, room for two states of two parts.
  Memory memory;
  StateBlocks blocks(memory);
  Reversal reversal(blocks, 3, 16, 32);
  double state[2] = {0, 0}, backwards = 0;
  while (reversal.next()) {
    for (int part = 0; part < 2; ++part)
      reversal.restore(part, &state[part], sizeof(double));
    for (int64_t pass = 0; pass < reversal.stage.passes; ++pass) {
      state[0] += 1;
      state[1] += 10;
    }
    for (int part = 0; part < 2; ++part)
      reversal.keep(part, &state[part], sizeof(double));
    if (reversal.stage.goesBack)
      backwards = 100 * backwards + state[0] + state[1];
  }
  EXPECT_EQ(backwards, 221100.0);
  EXPECT_LE(reversal.size(), 32);
}

/// Makes a stage's passes, two at a time, where the reversal says: a state is
/// the number of the pass that it is before.
void makeWhereItLies(Reversal &reversal) {
  for (int64_t done = 0; done < reversal.stage.passes; done += 2) {
    int64_t now = std::min<int64_t>(reversal.stage.passes - done, 2);
    bool isLast = done + now == reversal.stage.passes;
    auto *from = static_cast<int64_t *>(reversal.source(0));
    auto *to =
        static_cast<int64_t *>(reversal.target(0, sizeof(int64_t), isLast));
    EXPECT_NE(from, to);
    EXPECT_EQ(*from, reversal.stage.first + done);
    *to = *from + now;
    reversal.made();
  }
}

/// Goes back through passes whose states are not copied, after a climb if the
/// loop itself makes them.
void goBackWhereStatesLie(StateBlocks &blocks, int64_t passes, int64_t slots,
                          bool climbs) {
  Reversal reversal(blocks, passes, 8, slots * 8);
  const int64_t first = 0;
  reversal.start(0, &first);
  auto state = [&] { return *static_cast<int64_t *>(reversal.source(0)); };
  if (climbs) {
    while (reversal.climb())
      makeWhereItLies(reversal);
    EXPECT_EQ(state(), std::max<int64_t>(passes - 1, 0));
  }
  int64_t next = passes - 1;
  while (reversal.next()) {
    makeWhereItLies(reversal);
    if (reversal.stage.goesBack) {
      EXPECT_EQ(state(), next--);
    }
  }
  EXPECT_EQ(next, -1);
  EXPECT_EQ(first, 0);
}

TEST(Reversal, LendsMemoryForStates) {
  Memory memory;
  StateBlocks blocks(memory);
  for (int64_t passes = 0; passes <= 30; ++passes)
    for (int64_t slots = 1; slots <= 32; ++slots)
      for (bool climbs : {false, true})
        goBackWhereStatesLie(blocks, passes, slots, climbs);
}

TEST(Reversal, UsesMemoryAgain) {
  Memory memory;
  StateBlocks blocks(memory);
  StateBlocks::Block first = blocks.take(100, 1000);
  EXPECT_EQ(first.bytes, 1000U);
  blocks.give(first);
  EXPECT_EQ(blocks.take(1000, 1000).data, first.data);
}

} // namespace
