//===- LoopsTest.cpp - what iterative loops report ------------------------===//

#include "runtime/execution/Convergence.h"

#include <cmath>
#include <gtest/gtest.h>

using namespace pdert;

TEST(LoopHistory, KeepsShortCoursesWhole) {
  LoopHistory history;
  EXPECT_EQ(history.numRuns(), 0);
  EXPECT_TRUE(history.points().empty());
  for (int pass = 1; pass <= 3; ++pass)
    history.note(pass, 10.0 / pass, 0.5, /*time=*/pass);
  ASSERT_EQ(history.points().size(), 3u);
  EXPECT_EQ(history.points()[0].pass, 1);
  EXPECT_EQ(history.points()[2].measure, 10.0 / 3);
  EXPECT_EQ(history.bound(), 0.5);
}

TEST(LoopHistory, KeepsTheLatestRun) {
  LoopHistory history;
  for (int run = 0; run < 4; ++run)
    for (int pass = 1; pass <= 1 + run % 2; ++pass)
      history.note(pass, run, 1, 100 * run + 0.5 * pass);
  EXPECT_EQ(history.numRuns(), 4);
  EXPECT_EQ(history.numPasses(), 6);
  EXPECT_EQ(history.lastMeasure(), 3);
  EXPECT_EQ(history.points().size(), 2u);
  // Two of the runs made two passes, half a second apart.
  EXPECT_EQ(history.rate(), 2);
}

TEST(LoopHistory, ThinsLongCourses) {
  LoopHistory history;
  constexpr int64_t last = 1000003;
  for (int64_t pass = 1; pass <= last; ++pass)
    history.note(pass, static_cast<double>(pass), 1, 0);
  std::vector<IterationPoint> points = history.points();
  EXPECT_LE(points.size(), 2049u);
  EXPECT_GE(points.size(), 1024u);
  EXPECT_EQ(points.front().pass, 1);
  EXPECT_EQ(points.back().pass, last);
  for (size_t i = 1; i < points.size(); ++i) {
    EXPECT_EQ(points[i].measure, static_cast<double>(points[i].pass));
    EXPECT_LE(points[i].pass - points[i - 1].pass, 1024);
    EXPECT_GT(points[i].pass, points[i - 1].pass);
  }
  EXPECT_EQ(history.numPasses(), last);
}

TEST(ConvergenceFailure, SaysWhatIsWrong) {
  const pde_loop loops[] = {{"u", "residual", 12}, {"v", "condition", 3}};
  pde_program program = {};
  program.source = "poisson.pde";
  program.num_loops = 2;
  program.loops = loops;
  EXPECT_EQ(convergenceFailure(program, 0, 500, 3.2e-5, 1e-8),
            "poisson.pde:12: the iteration for 'u' did not converge: after 500 "
            "passes the residual is 3.2e-05, not below 1e-08");
  EXPECT_EQ(convergenceFailure(program, 0, 1, 1.0002e-8, 1e-8),
            "poisson.pde:12: the iteration for 'u' did not converge: after 1 "
            "pass the residual is 1.0002e-08, not below 1e-08");
  EXPECT_EQ(convergenceFailure(program, 0, 2, NAN, 1e-8),
            "poisson.pde:12: the iteration for 'u' did not converge: after 2 "
            "passes the residual is not a number");
  EXPECT_EQ(convergenceFailure(program, 0, 2, INFINITY, 1e-8),
            "poisson.pde:12: the iteration for 'u' did not converge: after 2 "
            "passes the residual is inf, not below 1e-08");
  EXPECT_EQ(convergenceFailure(program, 1, 9, 0, 0),
            "poisson.pde:3: the iteration for 'v' did not converge: after 9 "
            "passes its condition does not hold");
}
