//===- LayersTest.cpp - the algebra of layers -----------------------------===//

#include "pde_runtime.h"

#include <cmath>
#include <cstring>
#include <functional>
#include <gtest/gtest.h>

namespace {

using Sizes = std::vector<int64_t>;

/// A program whose run is the test's own function.
class Machine {
public:
  explicit Machine(int32_t type = PDE_F64, int threads = 2)
      : type(type), threads(threads) {}

  void run(std::function<void(pde_context *)> test) {
    current = std::move(test);
    pde_program program = {"test",  "test.pde", "network", type,    0,
                           0,       0,          0,         0,       nullptr,
                           nullptr, nullptr,    nullptr,   nullptr, call};
    pde_call arguments = {nullptr, nullptr, nullptr, nullptr, threads};
    char message[256];
    EXPECT_EQ(pde_execute(&program, &arguments, message, sizeof message), 0)
        << message;
  }

private:
  static void call(pde_context *ctx) { current(ctx); }
  static std::function<void(pde_context *)> current;
  int32_t type;
  int threads;
};

std::function<void(pde_context *)> Machine::current;

int64_t product(const Sizes &sizes) {
  int64_t cells = 1;
  for (int64_t size : sizes)
    cells *= size;
  return cells;
}

std::vector<double> random(const Sizes &sizes, int64_t seed) {
  std::vector<double> values(product(sizes));
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = pde_noise(seed, i);
  return values;
}

pde_tensor *tensorOf(pde_context *ctx, const Sizes &sizes,
                     const std::vector<double> &values) {
  void *data = pde_alloc(ctx, values.size());
  std::memcpy(data, values.data(), values.size() * sizeof(double));
  return pde_tensor_take(ctx, sizes.size(), sizes.data(), data);
}

std::vector<double> valuesOf(pde_context *ctx, pde_tensor *x,
                             const Sizes &sizes) {
  auto *data = static_cast<double *>(pde_tensor_copy_out(ctx, x));
  std::vector<double> values(data, data + product(sizes));
  pde_free(ctx, data);
  return values;
}

double dot(const std::vector<double> &a, const std::vector<double> &b) {
  EXPECT_EQ(a.size(), b.size());
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i)
    sum += a[i] * b[i];
  return sum;
}

pde_margin margin(int32_t kind, int64_t low, int64_t high, double value = 0) {
  return {kind, kind, low, high, value, value, nullptr, nullptr};
}

/// Sizes after padding.
Sizes padded(Sizes sizes, const std::vector<pde_margin> &margins) {
  for (size_t axis = 0; axis < sizes.size(); ++axis)
    sizes[axis] += margins[axis].low + margins[axis].high;
  return sizes;
}

/// Pads one line.
std::vector<double> padLine(const std::vector<double> &line,
                            const pde_margin &margins) {
  std::vector<double> result;
  Machine().run([&](pde_context *ctx) {
    Sizes sizes = {static_cast<int64_t>(line.size())};
    pde_tensor *x = tensorOf(ctx, sizes, line);
    pde_tensor *y = pde_layer_pad(ctx, x, &margins);
    result = valuesOf(ctx, y, padded(sizes, {margins}));
  });
  return result;
}

} // namespace

using Line = std::vector<double>;

TEST(Pad, ContinuesALine) {
  EXPECT_EQ(padLine({1, 2, 3}, margin(PDE_REFLECTING, 2, 1)),
            (Line{2, 1, 1, 2, 3, 3}));
  EXPECT_EQ(padLine({1, 2, 3}, margin(PDE_PERIODIC, 2, 1)),
            (Line{2, 3, 1, 2, 3, 1}));
  EXPECT_EQ(padLine({1, 2, 3}, margin(PDE_VALUE, 2, 1, 9)),
            (Line{9, 9, 1, 2, 3, 9}));
}

TEST(Pad, ContinuesBeyondTheSize) {
  EXPECT_EQ(padLine({1, 2}, margin(PDE_REFLECTING, 5, 5)),
            (Line{1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2}));
  EXPECT_EQ(padLine({1, 2, 3}, margin(PDE_PERIODIC, 4, 5)),
            (Line{3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2}));
  EXPECT_EQ(padLine({7}, margin(PDE_REFLECTING, 3, 2)), Line(6, 7));
}

TEST(Pad, MixesKinds) {
  // Reflected on the left until the mirrored cell is the given right one.
  pde_margin mixed = {PDE_REFLECTING, PDE_VALUE, 4, 2, 0, 9, nullptr, nullptr};
  EXPECT_EQ(padLine({1, 2}, mixed), (Line{9, 9, 2, 1, 1, 2, 9, 9}));
}

TEST(Pad, CutsWhatIsNegative) {
  EXPECT_EQ(padLine({1, 2, 3, 4}, margin(PDE_VALUE, -1, 2, 5)),
            (Line{2, 3, 4, 5, 5}));
  EXPECT_EQ(padLine({1, 2, 3, 4}, margin(PDE_REFLECTING, -1, -2)), Line{2});
}

TEST(Pad, LetsTheLastAxisDecideCorners) {
  Machine().run([&](pde_context *ctx) {
    pde_margin margins[] = {margin(PDE_VALUE, 1, 0, 5),
                            margin(PDE_VALUE, 0, 1, 6)};
    pde_tensor *x = tensorOf(ctx, {1, 1}, {1});
    pde_tensor *y = pde_layer_pad(ctx, x, margins);
    EXPECT_EQ(valuesOf(ctx, y, {2, 2}), (Line{5, 6, 1, 6}));
  });
}

TEST(Fold, AddsInAscendingOrder) {
  Machine().run([&](pde_context *ctx) {
    pde_margin margins = margin(PDE_REFLECTING, 1, 1);
    // 1 + 2^-53 + 2^-53 depends on the order: here the cell comes first.
    pde_tensor *x = tensorOf(ctx, {3}, {0x1p-53, 1, 0x1p-53});
    pde_tensor *y = pde_layer_fold(ctx, x, &margins);
    EXPECT_EQ(valuesOf(ctx, y, {1}), Line{1});
  });
}

static void checkFoldIsTransposed(const Sizes &sizes,
                                  const std::vector<pde_margin> &margins) {
  Machine().run([&](pde_context *ctx) {
    Sizes outer = padded(sizes, margins);
    Line x = random(sizes, 1), y = random(outer, 2);
    Line px = valuesOf(
        ctx, pde_layer_pad(ctx, tensorOf(ctx, sizes, x), margins.data()),
        outer);
    Line fy = valuesOf(
        ctx, pde_layer_fold(ctx, tensorOf(ctx, outer, y), margins.data()),
        sizes);
    EXPECT_NEAR(dot(px, y), dot(x, fy), 1e-12 * (1 + px.size()));
  });
}

TEST(Fold, IsTheTransposeOfPad) {
  for (int32_t kind : {PDE_REFLECTING, PDE_PERIODIC, PDE_VALUE})
    for (int64_t low : {-2, 0, 1, 3, 11})
      for (int64_t high : {-1, 0, 2, 9}) {
        pde_margin one = margin(kind, low, high);
        checkFoldIsTransposed({5}, {one});
        checkFoldIsTransposed({4, 5}, {margin(PDE_REFLECTING, 2, 1), one});
        checkFoldIsTransposed({4, 3}, {one, margin(PDE_PERIODIC, 1, 0)});
        checkFoldIsTransposed({4, 3, 5}, {one, margin(PDE_VALUE, 1, 2), one});
      }
  checkFoldIsTransposed(
      {3}, {{PDE_REFLECTING, PDE_VALUE, 8, 2, 0, 0, nullptr, nullptr}});
  checkFoldIsTransposed({100000}, {margin(PDE_PERIODIC, 7, 9)});
}

//===----------------------------------------------------------------------===//
// Convolutions
//===----------------------------------------------------------------------===//

namespace {

struct Weights {
  Sizes offsets;
  std::vector<double> values;
  int32_t rank;
  double scale = 1;

  pde_weights get() const {
    return {rank, static_cast<int32_t>(values.size()), offsets.data(),
            values.data(), scale};
  }
};

const Weights oneD = {{-2, 0, 1}, {0.3, -1, 1}, 1, 0.7};
const Weights twoD = {
    {-1, 0, 0, -1, 0, 0, 0, 1, 1, 0}, {1, 1, -3.9, 1, 1.1}, 2};
const Weights threeD = {
    {-1, 0, 0, 0, -1, 2, 0, 0, 0, 1, 1, 1}, {-1, 0.5, 2, 1}, 3, -0.25};

Sizes extentOf(const Weights &weights) {
  Sizes extent;
  for (int32_t axis = 0; axis < weights.rank; ++axis) {
    int64_t low = INT64_MAX, high = INT64_MIN;
    for (size_t at = axis; at < weights.offsets.size(); at += weights.rank) {
      low = std::min(low, weights.offsets[at]);
      high = std::max(high, weights.offsets[at]);
    }
    extent.push_back(high - low);
  }
  return extent;
}

} // namespace

static void checkTransposed(const Weights &given, const Sizes &sizes) {
  Machine().run([&](pde_context *ctx) {
    pde_weights weights = given.get();
    Sizes small = sizes, extent = extentOf(given);
    for (size_t axis = 0; axis < sizes.size(); ++axis)
      small[axis] -= extent[axis];
    Line x = random(sizes, 3), y = random(small, 4);
    Line kx = valuesOf(
        ctx, pde_layer_conv(ctx, tensorOf(ctx, sizes, x), &weights, nullptr),
        small);
    Line ky = valuesOf(ctx,
                       pde_layer_conv_transpose(ctx, tensorOf(ctx, small, y),
                                                &weights, nullptr),
                       sizes);
    EXPECT_NEAR(dot(kx, y), dot(x, ky), 1e-13 * x.size());
  });
}

TEST(Conv, HasItsTranspose) {
  checkTransposed(oneD, {4});
  checkTransposed(oneD, {5000});
  checkTransposed(oneD, {100003});
  checkTransposed(twoD, {3, 3});
  checkTransposed(twoD, {40, 1100});
  checkTransposed(threeD, {9, 8, 7});
}

/// The sums of the documentation, cell by cell.
template <typename T>
static T naiveConv(const Weights &weights, const T *x, int64_t i) {
  T sum = 0;
  for (size_t m = 0; m < weights.values.size(); ++m) {
    T term = T(weights.values[m]) * x[i + weights.offsets[m] + 2];
    sum = m ? T(sum + term) : term;
  }
  return T(weights.scale) * sum;
}

template <typename T>
static T naiveTransposed(const Weights &weights, const T *x, int64_t size,
                         int64_t j) {
  T sum = 0;
  bool isFirst = true;
  for (size_t m = weights.values.size(); m-- > 0;) {
    int64_t i = j - (weights.offsets[m] + 2);
    T term = T(weights.values[m]) * (i < 0 || i >= size ? T(0) : x[i]);
    sum = isFirst ? term : T(sum + term);
    isFirst = false;
  }
  return T(weights.scale) * sum;
}

template <typename T> static void checkBits(int32_t type) {
  Machine(type).run([&](pde_context *ctx) {
    const int64_t size = 5000;
    pde_weights weights = oneD.get();
    auto *x = static_cast<T *>(pde_alloc(ctx, size));
    for (int64_t i = 0; i < size; ++i)
      x[i] = T(pde_noise(5, i));
    pde_tensor *tensor = pde_tensor_take(ctx, 1, &size, x);
    auto *y = static_cast<T *>(pde_tensor_copy_out(
        ctx, pde_layer_conv(ctx, tensor, &weights, nullptr)));
    auto *z = static_cast<T *>(pde_tensor_copy_out(
        ctx, pde_layer_conv_transpose(ctx, tensor, &weights, nullptr)));
    for (int64_t i = 0; i < size - 3; ++i) {
      T expected = naiveConv(oneD, x, i);
      ASSERT_EQ(std::memcmp(&y[i], &expected, sizeof(T)), 0) << i;
    }
    for (int64_t j = 0; j < size + 3; ++j) {
      T expected = naiveTransposed(oneD, x, size, j);
      ASSERT_EQ(std::memcmp(&z[j], &expected, sizeof(T)), 0) << j;
    }
  });
}

TEST(Conv, HasTheBitsOfTheDocumentedSum) {
  checkBits<double>(PDE_F64);
  checkBits<float>(PDE_F32);
}

TEST(Conv, NegatesTheFirstTap) {
  Machine().run([&](pde_context *ctx) {
    const Weights difference = {{0, 1}, {-1, 1}, 1};
    pde_weights weights = difference.get();
    pde_tensor *x = tensorOf(ctx, {4}, {1, 4, 9, 16});
    EXPECT_EQ(valuesOf(ctx, pde_layer_conv(ctx, x, &weights, nullptr), {3}),
              (Line{3, 5, 7}));
    EXPECT_EQ(
        valuesOf(ctx, pde_layer_conv_transpose(ctx, x, &weights, nullptr), {5}),
        (Line{-1, -3, -5, -7, 16}));
  });
}

//===----------------------------------------------------------------------===//
// The rest
//===----------------------------------------------------------------------===//

TEST(Layers, WorkCellByCell) {
  Machine().run([&](pde_context *ctx) {
    pde_tensor *a = tensorOf(ctx, {3}, {1, 2, 3});
    pde_tensor *b = tensorOf(ctx, {3}, {10, 20, 30});
    EXPECT_EQ(valuesOf(ctx, pde_layer_add(ctx, a, b), {3}), (Line{11, 22, 33}));
    EXPECT_EQ(valuesOf(ctx, pde_layer_subtract(ctx, b, a), {3}),
              (Line{9, 18, 27}));
    EXPECT_EQ(valuesOf(ctx, pde_layer_scale(ctx, a, 0.5), {3}),
              (Line{0.5, 1, 1.5}));
    auto power = [](const void *const *x, void *y, const double *scalars,
                    int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i)
        static_cast<double *>(y)[i] =
            static_cast<const double *>(x[0])[i] * scalars[0] +
            static_cast<const double *>(x[1])[i];
    };
    const pde_tensor *both[] = {a, b};
    const double scalar = 100;
    EXPECT_EQ(
        valuesOf(ctx, pde_layer_activation(ctx, 2, both, power, &scalar), {3}),
        (Line{110, 220, 330}));
  });
}

TEST(Layers, CropAndGenerate) {
  Machine().run([&](pde_context *ctx) {
    const int64_t sizes[] = {2, 3}, first[] = {1, 1}, part[] = {1, 2};
    pde_tensor *y = pde_layer_coordinate(ctx, 2, sizes, 1, 0.5, 1);
    EXPECT_EQ(valuesOf(ctx, y, {2, 3}), (Line{0.5, 1.5, 2.5, 0.5, 1.5, 2.5}));
    EXPECT_EQ(valuesOf(ctx, pde_layer_crop(ctx, y, first, part), {1, 2}),
              (Line{1.5, 2.5}));
    pde_tensor *x = pde_layer_coordinate(ctx, 2, sizes, 0, 1, 10);
    EXPECT_EQ(valuesOf(ctx, x, {2, 3}), (Line{1, 1, 1, 11, 11, 11}));
    EXPECT_EQ(valuesOf(ctx, pde_layer_noise(ctx, 2, sizes, 9), {2, 3}),
              random({2, 3}, 9));
  });
}

TEST(Layers, LiveUntilTheirLastOwnerLetsGo) {
  Machine().run([&](pde_context *ctx) {
    pde_tensor *a = tensorOf(ctx, {3}, {1, 2, 3});
    pde_tensor *b = pde_tensor_share(ctx, a);
    pde_tensor_free(ctx, a);
    EXPECT_EQ(valuesOf(ctx, b, {3}), (Line{1, 2, 3}));
    pde_tensor_free(ctx, b);
    pde_tensor_free(ctx, nullptr);
  });
}

TEST(Layers, GiveTheSameBitsForAnyNumberOfThreads) {
  auto compute = [](int threads) {
    Line result;
    Machine(PDE_F64, threads).run([&](pde_context *ctx) {
      Sizes sizes = {70, 90, 80}, outer = {74, 91, 83};
      std::vector<pde_margin> margins = {margin(PDE_REFLECTING, 2, 2),
                                         margin(PDE_PERIODIC, 0, 1),
                                         margin(PDE_VALUE, 1, 2, 0.1)};
      pde_weights weights = threeD.get();
      pde_tensor *x = pde_layer_noise(ctx, 3, sizes.data(), 1);
      x = pde_layer_pad(ctx, x, margins.data());
      x = pde_layer_conv(ctx, x, &weights, nullptr);
      x = pde_layer_conv_transpose(ctx, x, &weights, nullptr);
      x = pde_layer_fold(ctx, x, margins.data());
      result = valuesOf(ctx, x, sizes);
    });
    return result;
  };
  Line one = compute(1);
  for (int threads : {2, 3, 7})
    EXPECT_EQ(compute(threads), one) << threads;
}

TEST(Noise, HasKnownValues) {
  // SplitMix64 started from 0 yields 0xE220A8397B1DCDAF first, and from
  // 0x9E3779B97F4A7C15 0x6E789E6AA1B965F4: the first two of its sequence.
  EXPECT_EQ(pde_noise(0, 0),
            static_cast<double>(0xE220A8397B1DCDAFu >> 11) * 0x1p-52 - 1);
  EXPECT_EQ(pde_noise(1, 0),
            static_cast<double>(0x6E789E6AA1B965F4u >> 11) * 0x1p-52 - 1);
  double sum = 0, squares = 0;
  for (int i = 0; i < 100000; ++i) {
    double value = pde_noise(7, i);
    ASSERT_GE(value, -1);
    ASSERT_LT(value, 1);
    sum += value;
    squares += value * value;
  }
  EXPECT_NEAR(sum / 1e5, 0, 0.01);
  EXPECT_NEAR(squares / 1e5, 1.0 / 3, 0.01);
}
