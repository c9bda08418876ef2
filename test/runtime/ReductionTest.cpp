//===- ReductionTest.cpp - fields reduced to one number -------------------===//

#include "InRun.h"

#include <cmath>
#include <cstring>
#include <vector>

namespace {

using Pairs = std::vector<std::pair<const void *, const void *>>;

/// pde_sums() inside a run.
template <typename T>
std::vector<double> sums(const Pairs &pairs, size_t count, int threads = 2) {
  std::vector<const void *> a, b;
  for (auto [one, other] : pairs) {
    a.push_back(one);
    b.push_back(other);
  }
  std::vector<double> result(pairs.size());
  inRun<T>(threads, [&](pde_context *ctx) {
    pde_sums(ctx, static_cast<int64_t>(pairs.size()),
             static_cast<int64_t>(count), a.data(), b.data(), result.data());
  });
  return result;
}

/// The sum of f(i) in the one order: eight parts of up to 256 cells, by
/// halving.
double plainSum(int64_t begin, int64_t end,
                const std::function<double(int64_t)> &f) {
  if (end - begin > 256) {
    int64_t middle = begin + (end - begin) / 2;
    return plainSum(begin, middle, f) + plainSum(middle, end, f);
  }
  volatile double parts[8] = {}; // nothing is contracted or reordered
  for (int64_t i = begin; i < end; ++i)
    parts[(i - begin) % 8] = parts[(i - begin) % 8] + f(i);
  return ((parts[0] + parts[4]) + (parts[2] + parts[6])) +
         ((parts[1] + parts[5]) + (parts[3] + parts[7]));
}

/// The same of pieces that threads share.
double plainSumOfPieces(int64_t count,
                        const std::function<double(int64_t)> &f) {
  constexpr int64_t piece = 32768;
  if (count <= piece)
    return plainSum(0, count, f);
  return plainSum(0, (count + piece - 1) / piece, [&](int64_t k) {
    return plainSum(k * piece, std::min(count, (k + 1) * piece), f);
  });
}

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

/// Groups of all lengths with the same first field, fields alone among them,
/// and more than one pass forms.
template <typename T> void compareManySums() {
  for (size_t count : {1, 7, 8, 100, 256, 257, 1000, 32768, 100003}) {
    std::vector<std::vector<T>> fields;
    for (int64_t seed = 0; seed < 9; ++seed)
      fields.push_back(noise<T>(seed, count));
    Pairs pairs;
    std::vector<double> expected;
    auto add = [&](size_t a, int b) {
      const std::vector<T> &one = fields[a], &other = fields[std::max(b, 0)];
      pairs.push_back({one.data(), b < 0 ? nullptr : other.data()});
      expected.push_back(
          plainSumOfPieces(static_cast<int64_t>(count), [&](int64_t i) {
            volatile double product =
                b < 0 ? one[i] : static_cast<double>(one[i]) * other[i];
            return product;
          }));
    };
    for (int length = 1; length <= 6; ++length)
      for (int k = 0; k < length; ++k)
        add(length, k);
    add(7, -1);
    add(7, 8);
    for (int threads : {1, 3})
      EXPECT_EQ(sums<T>(pairs, count, threads), expected) << count;
    EXPECT_EQ(sums<T>({pairs.back()}, count).front(),
              reduce(PDE_DOT, fields[7], fields[8]));
  }
}

} // namespace

TEST(Sums, AreThoseOfPlainLoopsToTheBit) {
  compareManySums<double>();
  compareManySums<float>();
}

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
