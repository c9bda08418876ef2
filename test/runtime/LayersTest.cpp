//===- LayersTest.cpp - layers that work cell by cell ---------------------===//

#include "Machine.h"

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

TEST(Layers, Generate) {
  Machine().run([&](pde_context *ctx) {
    const int64_t sizes[] = {2, 3};
    pde_tensor *y = pde_layer_coordinate(ctx, 2, sizes, 1, 0, 0.5, 1);
    EXPECT_EQ(valuesOf(ctx, y, {2, 3}), (Line{0.5, 1.5, 2.5, 0.5, 1.5, 2.5}));
    pde_tensor *x = pde_layer_coordinate(ctx, 2, sizes, 0, 0, 1, 10);
    EXPECT_EQ(valuesOf(ctx, x, {2, 3}), (Line{1, 1, 1, 11, 11, 11}));
    EXPECT_EQ(valuesOf(ctx, pde_layer_noise(ctx, 2, sizes, 9), {2, 3}),
              random({2, 3}, 9));
  });
}

TEST(Layers, ReduceToANumber) {
  Machine().run([&](pde_context *ctx) {
    pde_tensor *a = tensorOf(ctx, {2, 2}, {1, -5, 3, 2});
    pde_tensor *b = tensorOf(ctx, {2, 2}, {1, 10, 100, 0});
    EXPECT_EQ(pde_layer_reduce(ctx, PDE_SUM, a, nullptr), 1);
    EXPECT_EQ(pde_layer_reduce(ctx, PDE_DOT, a, b), 251);
    EXPECT_EQ(pde_layer_reduce(ctx, PDE_MIN, a, nullptr), -5);
    EXPECT_EQ(pde_layer_reduce(ctx, PDE_MAX, a, nullptr), 3);
    EXPECT_EQ(pde_layer_reduce(ctx, PDE_MAX_ABS, a, nullptr), 5);
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
                                         margin(PDE_DIRICHLET, 1, 2, 0.1)};
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
