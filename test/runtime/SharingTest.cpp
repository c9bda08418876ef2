//===- SharingTest.cpp - which loops helpers are called to ----------------===//

#include "runtime/execution/Sharing.h"

#include <gtest/gtest.h>

using namespace pdert;

static void body(void *, int64_t, int64_t, void *) {}

/// Loops that take `alone` or `shared` seconds, until working alone would have
/// taken `work`; how long they take.
static double run(Sharing &sharing, double alone, double shared, double work,
                  int64_t count = 64) {
  double total = 0;
  for (double done = 0; done < work; done += alone) {
    Sharing::Known &loop = sharing.recall(body, count);
    bool isShared = sharing.isWorthFromStart(loop);
    if (isShared)
      sharing.noteShared(loop, shared, count / 2);
    else
      sharing.noteAlone(loop, alone);
    total += isShared ? shared : alone;
  }
  return total;
}

TEST(Sharing, LosesLittleWhereSharingIsSlower) {
  for (double alone : {1e-6, 1e-5, 2e-5, 5e-5, 1e-4, 3e-4})
    for (double factor : {1.0, 1.7, 3.0}) {
      Sharing sharing;
      EXPECT_LE(run(sharing, alone, factor * alone, 0.5), 0.5 * 1.05)
          << alone << " " << factor;
    }
}

TEST(Sharing, GainsWhereSharingIsFaster) {
  for (double alone : {2e-5, 5e-5, 1e-4, 3e-4, 2e-3}) {
    Sharing sharing;
    EXPECT_LE(run(sharing, alone, 0.5 * alone, 0.5), 0.5 * 0.55) << alone;
  }
}

TEST(Sharing, NeverSharesShortLoops) {
  Sharing sharing;
  EXPECT_DOUBLE_EQ(run(sharing, 5e-6, 1, 0.1), run(sharing, 5e-6, 0, 0.1));
}

TEST(Sharing, NoticesThatThingsHaveChanged) {
  Sharing sharing;
  run(sharing, 1e-4, 5e-5, 0.5);
  EXPECT_LE(run(sharing, 1e-4, 3e-4, 0.5), 0.5 * 1.05); // others came
  EXPECT_LE(run(sharing, 1e-4, 5e-5, 1), 1 * 0.65);     // and went
}

TEST(Sharing, JudgesLoopsByTheirLength) {
  Sharing sharing;
  double fine = 0, coarse = 0;
  for (int cycle = 0; cycle < 50; ++cycle) {
    fine += run(sharing, 2e-4, 1e-4, 1e-2, 1000);
    coarse += run(sharing, 2e-5, 6e-5, 1e-3, 100);
  }
  EXPECT_LE(fine, 0.5 * 0.6);
  EXPECT_LE(coarse, 0.05 * 1.1);
}

TEST(Sharing, FirstTurnsTellWhetherALoopIsLong) {
  Sharing sharing;
  Sharing::Known &loop = sharing.recall(body, 100);
  EXPECT_FALSE(sharing.isWorthFromStart(loop));
  EXPECT_FALSE(Sharing::isWorthAfter(loop, 1, 1e-7));
  EXPECT_FALSE(Sharing::isWorthAfter(loop, 99, 1e-3));
  EXPECT_TRUE(Sharing::isWorthAfter(loop, 1, 1e-4));
  EXPECT_NEAR(loop.alone, 1e-2, 1e-9);
  EXPECT_TRUE(sharing.isWorthFromStart(loop));
}
