//===- PadTest.cpp - pad and its transpose --------------------------------===//

#include "Machine.h"

/// Pads one line.
static Line padLine(const Line &line, const pde_margin &margins) {
  Line result;
  Machine().run([&](pde_context *ctx) {
    Sizes sizes = {static_cast<int64_t>(line.size())};
    pde_tensor *x = tensorOf(ctx, sizes, line);
    pde_tensor *y = pde_layer_pad(ctx, x, &margins);
    result = valuesOf(ctx, y, padded(sizes, {margins}));
  });
  return result;
}

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
// Slopes and tensors
//===----------------------------------------------------------------------===//

TEST(Pad, RaisesMirrorImagesByASlope) {
  pde_margin slope = margin(PDE_SLOPE, 2, 2);
  slope.low_value = 10;
  slope.high_value = -100;
  EXPECT_EQ(padLine({1, 2, 3}, slope),
            (Line{2 + 30, 1 + 10, 1, 2, 3, 3 - 100, 2 - 300}));
  // A mirror image that lies outside was raised itself.
  slope.low = 4;
  slope.high = 0;
  EXPECT_EQ(padLine({1, 2}, slope),
            (Line{1 - 300 + 70, 2 - 100 + 50, 2 + 30, 1 + 10, 1, 2}));
}

TEST(Pad, RoundsARaiseOnce) {
  Machine(PDE_F32).run([&](pde_context *ctx) {
    const int64_t size = 2;
    auto *data = static_cast<float *>(pde_alloc(ctx, size));
    data[0] = 0.1f;
    data[1] = 0.7f;
    pde_margin slope = margin(PDE_SLOPE, 2, 0, 0.1);
    pde_tensor *x = pde_tensor_take(ctx, 1, &size, data);
    auto *y = static_cast<float *>(
        pde_tensor_copy_out(ctx, pde_layer_pad(ctx, x, &slope)));
    EXPECT_EQ(y[0], 0.7f + float(3 * 0.1));
    EXPECT_EQ(y[1], 0.1f + float(0.1));
  });
}

/// The value of a padded tensor at a position, axis by axis as documented.
static double paddedAt(const Line &x, const Sizes &sizes,
                       const std::vector<pde_margin> &margins,
                       const std::vector<Line> &outside, Sizes at,
                       size_t axis) {
  int64_t &own = at[axis], size = sizes[axis];
  if (own >= 0 && own < size) {
    if (axis > 0)
      return paddedAt(x, sizes, margins, outside, at, axis - 1);
    return x[at.size() == 1 ? at[0] : at[0] * sizes[1] + at[1]];
  }
  bool isHigh = own >= size;
  const pde_margin &margin = margins[axis];
  int32_t kind = isHigh ? margin.high_kind : margin.low_kind;
  double value = isHigh ? margin.high_value : margin.low_value;
  if (kind == PDE_VALUE) {
    if (outside[axis].empty())
      return value;
    // Brought inside along the axes up to this one.
    auto bring = [&](int64_t i, int64_t n, const pde_margin &m) {
      while (i < 0 || i >= n) {
        int32_t k = i < 0 ? m.low_kind : m.high_kind;
        if (k == PDE_VALUE)
          i = i < 0 ? 0 : n - 1;
        else if (k == PDE_PERIODIC)
          i += i < 0 ? n : -n;
        else
          i = (i < 0 ? 0 : 2 * n) - 1 - i;
      }
      return i;
    };
    Sizes inside = at;
    for (size_t a = 0; a <= axis; ++a)
      inside[a] = bring(at[a], sizes[a], margins[a]);
    return outside[axis][inside[0] * sizes[1] + inside[1]];
  }
  int64_t distance = isHigh ? own - size + 1 : -own;
  if (kind == PDE_PERIODIC)
    own += isHigh ? -size : size;
  else
    own = (isHigh ? 2 * size : 0) - 1 - own;
  double copied = paddedAt(x, sizes, margins, outside, at, axis);
  return kind == PDE_SLOPE ? copied + double(2 * distance - 1) * value : copied;
}

TEST(Pad, ContinuesTwoAxesOneAfterTheOther) {
  const Sizes sizes = {4, 5};
  const Line x = random(sizes, 1);
  const std::vector<Line> outside = {random(sizes, 2), random(sizes, 3)};
  const int32_t kinds[] = {PDE_REFLECTING, PDE_PERIODIC, PDE_VALUE, PDE_SLOPE};
  for (int32_t first : kinds)
    for (int32_t second : kinds)
      for (bool hasTensors : {false, true})
        Machine().run([&](pde_context *ctx) {
          std::vector<pde_margin> margins = {margin(first, 2, 1, 0.3),
                                             margin(second, 1, 3, -0.7)};
          std::vector<Line> values(2);
          if (hasTensors)
            for (int axis : {0, 1}) {
              values[axis] = outside[axis];
              margins[axis].low_tensor = margins[axis].high_tensor =
                  tensorOf(ctx, sizes, outside[axis]);
            }
          Sizes outer = padded(sizes, margins);
          Line y = valuesOf(
              ctx, pde_layer_pad(ctx, tensorOf(ctx, sizes, x), margins.data()),
              outer);
          for (int64_t i = 0; i < outer[0]; ++i)
            for (int64_t j = 0; j < outer[1]; ++j)
              EXPECT_EQ(y[i * outer[1] + j],
                        paddedAt(x, sizes, margins, values,
                                 {i - margins[0].low, j - margins[1].low}, 1))
                  << first << ' ' << second << ' ' << i << ' ' << j;
        });
}

TEST(Fold, TreatsASlopeAsAMirror) {
  Machine().run([&](pde_context *ctx) {
    pde_margin slope = margin(PDE_SLOPE, 1, 2, 9);
    pde_tensor *x = tensorOf(ctx, {5}, {1, 2, 4, 8, 16});
    EXPECT_EQ(valuesOf(ctx, pde_layer_fold(ctx, x, &slope), {2}),
              (Line{2 + 1 + 16, 4 + 8}));
  });
}

TEST(Fold, AddsInLexicographicOrderOnTwoAxes) {
  Machine().run([&](pde_context *ctx) {
    pde_margin margins[] = {margin(PDE_REFLECTING, 1, 1),
                            margin(PDE_REFLECTING, 1, 1)};
    // One cell that gets all nine: its own first, then the others in order.
    Line x = random({3, 3}, 4);
    double sum = x[4];
    for (int i : {0, 1, 2, 3, 5, 6, 7, 8})
      sum += x[i];
    pde_tensor *y = pde_layer_fold(ctx, tensorOf(ctx, {3, 3}, x), margins);
    EXPECT_EQ(valuesOf(ctx, y, {1, 1}), Line{sum});
  });
}
