//===- ConvTest.cpp - convolutions and their transposes -------------------===//

#include "Machine.h"

namespace {

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

/// The documented sum of a convolution of two axes with strides.
static double stridedAt(const Weights &weights, const Line &x,
                        const Sizes &sizes, const Sizes &strides, int64_t i,
                        int64_t j) {
  double sum = 0;
  for (size_t m = 0; m < weights.values.size(); ++m) {
    int64_t si = i * strides[0] + weights.offsets[2 * m] + 1;
    int64_t sj = j * strides[1] + weights.offsets[2 * m + 1] + 1;
    double term = weights.values[m] * x[si * sizes[1] + sj];
    sum = m ? sum + term : term;
  }
  return weights.scale * sum;
}

/// And that of its transpose; both for offsets from -1 on.
static double stridedTransposedAt(const Weights &weights, const Line &x,
                                  const Sizes &sizes, const Sizes &strides,
                                  int64_t i, int64_t j) {
  double sum = 0;
  bool isFirst = true;
  for (size_t m = weights.values.size(); m-- > 0;) {
    int64_t di = i - weights.offsets[2 * m] - 1;
    int64_t dj = j - weights.offsets[2 * m + 1] - 1;
    if (di % strides[0] || dj % strides[1])
      continue;
    bool isInside = di >= 0 && dj >= 0 && di / strides[0] < sizes[0] &&
                    dj / strides[1] < sizes[1];
    double value =
        isInside ? x[di / strides[0] * sizes[1] + dj / strides[1]] : 0;
    double term = weights.values[m] * value;
    sum = isFirst ? term : sum + term;
    isFirst = false;
  }
  return weights.scale * sum;
}

static void checkStrides(const Weights &given, const Sizes &sizes,
                         const Sizes &strides) {
  Machine().run([&](pde_context *ctx) {
    pde_weights weights = given.get();
    Sizes extent = extentOf(given), coarse(2), full(2);
    for (int axis : {0, 1}) {
      coarse[axis] = (sizes[axis] - extent[axis] - 1) / strides[axis] + 1;
      full[axis] = (sizes[axis] - 1) * strides[axis] + 1 + extent[axis];
    }
    Line x = random(sizes, 5);
    pde_tensor *tensor = tensorOf(ctx, sizes, x);
    Line y = valuesOf(
        ctx, pde_layer_conv(ctx, tensor, &weights, strides.data()), coarse);
    for (int64_t i = 0; i < coarse[0]; ++i)
      for (int64_t j = 0; j < coarse[1]; ++j)
        ASSERT_EQ(y[i * coarse[1] + j],
                  stridedAt(given, x, sizes, strides, i, j));
    Line z = valuesOf(
        ctx, pde_layer_conv_transpose(ctx, tensor, &weights, strides.data()),
        full);
    for (int64_t i = 0; i < full[0]; ++i)
      for (int64_t j = 0; j < full[1]; ++j)
        ASSERT_EQ(z[i * full[1] + j],
                  stridedTransposedAt(given, x, sizes, strides, i, j));
  });
}

TEST(Conv, WalksInStrides) {
  const Weights smooth = {
      {-1, -1, -1, 0, -1, 1, 0, -1, 0, 0, 0, 1, 1, -1, 1, 0, 1, 1},
      {1, 2, 1, 2, 4, 2, 1, 2, 1},
      2,
      0.0625};
  // No tap of the second remainder along either axis.
  const Weights sparse = {{-1, -1, 1, 1}, {0.3, -1}, 2, -0.7};
  for (const Weights &weights : {smooth, sparse, twoD})
    for (const Sizes &strides : {Sizes{2, 2}, Sizes{1, 2}, Sizes{3, 1}}) {
      checkStrides(weights, {3, 3}, strides);
      checkStrides(weights, {6, 9}, strides);
      checkStrides(weights, {4, 2500}, strides);
    }
}
