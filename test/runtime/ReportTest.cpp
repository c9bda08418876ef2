//===- ReportTest.cpp - what a run tells of itself ------------------------===//

#include "runtime/command/Report.h"

#include <gtest/gtest.h>

using namespace pdert;

TEST(Remaining, FollowsTheStepsThatAreDone) {
  Remaining remaining;
  EXPECT_LT(remaining.after(10, 100, /*time=*/5), 0);
  EXPECT_EQ(remaining.after(20, 100, 6), 8);
  EXPECT_EQ(remaining.after(60, 100, 30), 20);
  EXPECT_EQ(remaining.after(100, 100, 50), 0);
}

TEST(Remaining, BeginsAgainWithEachEvolution) {
  Remaining remaining;
  remaining.after(0, 100, 0);
  EXPECT_EQ(remaining.after(100, 100, 1000), 0);
  // Of as many steps, and of others.
  EXPECT_LT(remaining.after(1, 100, 1001), 0);
  EXPECT_EQ(remaining.after(2, 100, 1002), 98);
  EXPECT_LT(remaining.after(3, 50, 1003), 0);
  EXPECT_EQ(remaining.after(4, 50, 1003.5), 23);
}

TEST(DurationText, IsAsExactAsAGuess) {
  EXPECT_EQ(durationText(0.4), "0 s");
  EXPECT_EQ(durationText(99.4), "99 s");
  EXPECT_EQ(durationText(100), "2 min");
  EXPECT_EQ(durationText(99.4 * 60), "99 min");
  EXPECT_EQ(durationText(125 * 60), "2 h 5 min");
}
