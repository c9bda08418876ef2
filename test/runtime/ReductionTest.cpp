//===- ReductionTest.cpp - fields reduced to one number -------------------===//

#include "InRun.h"

#include <cmath>
#include <cstring>
#include <vector>

namespace {

/// pde_reduce() inside a run.
template <typename T>
double reduce(int32_t kind, const std::vector<T> &a, const std::vector<T> &b,
              int threads = 2) {
  double result = 0;
  inRun<T>(threads, [&](pde_context *ctx) {
    result = pde_reduce(ctx, kind, static_cast<int64_t>(a.size()), a.data(),
                        b.empty() ? nullptr : b.data());
  });
  return result;
}

template <typename T> std::vector<T> noise(int64_t seed, size_t count) {
  std::vector<T> values(count);
  for (size_t i = 0; i < count; ++i)
    values[i] = static_cast<T>(pde_noise(seed, static_cast<int64_t>(i)));
  return values;
}

template <typename T> void compareWithPlainLoops() {
  for (size_t count : {1, 2, 7, 8, 9, 255, 256, 257, 1000, 32768, 100003}) {
    std::vector<T> a = noise<T>(1, count), b = noise<T>(2, count);
    long double sum = 0, dot = 0;
    double least = a[0], most = a[0], mostAbs = 0;
    for (size_t i = 0; i < count; ++i) {
      sum += a[i];
      dot += static_cast<long double>(a[i]) * b[i];
      least = std::min<double>(least, a[i]);
      most = std::max<double>(most, a[i]);
      mostAbs = std::max<double>(mostAbs, std::fabs(a[i]));
    }
    EXPECT_NEAR(reduce(PDE_SUM, a, {}), static_cast<double>(sum), 1e-12);
    EXPECT_NEAR(reduce(PDE_DOT, a, b), static_cast<double>(dot), 1e-12);
    EXPECT_EQ(reduce(PDE_MIN, a, {}), least);
    EXPECT_EQ(reduce(PDE_MAX, a, {}), most);
    EXPECT_EQ(reduce(PDE_MAX_ABS, a, {}), mostAbs);
  }
}

} // namespace

TEST(Reduce, AgreesWithPlainLoops) {
  compareWithPlainLoops<double>();
  compareWithPlainLoops<float>();
}

TEST(Reduce, ForgetsNoElement) {
  for (size_t count : {1, 3, 8, 13, 300, 70000})
    EXPECT_EQ(reduce(PDE_SUM, std::vector<double>(count, 1), {}), count);
}

TEST(Reduce, FormsProductsInDouble) {
  std::vector<float> a = {16777215.0f};
  EXPECT_EQ(reduce(PDE_DOT, a, a), 16777215.0 * 16777215.0);
}

TEST(Reduce, PassesNanOn) {
  for (size_t at : {0, 5, 8, 40000, 99999}) {
    std::vector<double> a = noise<double>(1, 100000);
    a[at] = NAN;
    for (int32_t kind : {PDE_SUM, PDE_DOT, PDE_MIN, PDE_MAX, PDE_MAX_ABS})
      EXPECT_TRUE(std::isnan(reduce(kind, a, a))) << kind << " " << at;
  }
  std::vector<double> infinite = {1, -INFINITY, 3};
  EXPECT_EQ(reduce(PDE_MIN, infinite, {}), -INFINITY);
  EXPECT_EQ(reduce(PDE_MAX, infinite, {}), 3);
  EXPECT_EQ(reduce(PDE_MAX_ABS, infinite, {}), INFINITY);
  EXPECT_EQ(reduce(PDE_MAX, std::vector<double>{-INFINITY}, {}), -INFINITY);
}

TEST(Reduce, HasTheSameBitsForAnyNumberOfThreads) {
  std::vector<float> a = noise<float>(1, 300001), b = noise<float>(2, 300001);
  for (int32_t kind : {PDE_SUM, PDE_DOT, PDE_MIN, PDE_MAX, PDE_MAX_ABS}) {
    double one = reduce(kind, a, b, 1);
    for (int threads : {2, 3, 8})
      EXPECT_EQ(reduce(kind, a, b, threads), one);
  }
}
