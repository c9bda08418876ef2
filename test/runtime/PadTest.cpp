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
  EXPECT_EQ(padLine({1, 2, 3}, margin(PDE_DIRICHLET, 2, 1, 9)),
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
  pde_margin mixed = {
      PDE_REFLECTING, PDE_DIRICHLET, 4, 2, 0, 9, {}, {}, {}, {}, {}, {}};
  EXPECT_EQ(padLine({1, 2}, mixed), (Line{9, 9, 2, 1, 1, 2, 9, 9}));
}

TEST(Pad, CutsWhatIsNegative) {
  EXPECT_EQ(padLine({1, 2, 3, 4}, margin(PDE_DIRICHLET, -1, 2, 5)),
            (Line{2, 3, 4, 5, 5}));
  EXPECT_EQ(padLine({1, 2, 3, 4}, margin(PDE_REFLECTING, -1, -2)), Line{2});
}

TEST(Pad, LetsTheLastAxisDecideCorners) {
  Machine().run([&](pde_context *ctx) {
    pde_margin margins[] = {margin(PDE_DIRICHLET, 1, 0, 5),
                            margin(PDE_DIRICHLET, 0, 1, 6)};
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
  for (int32_t kind : {PDE_REFLECTING, PDE_PERIODIC, PDE_DIRICHLET})
    for (int64_t low : {-2, 0, 1, 3, 11})
      for (int64_t high : {-1, 0, 2, 9}) {
        pde_margin one = margin(kind, low, high);
        checkFoldIsTransposed({5}, {one});
        checkFoldIsTransposed({4, 5}, {margin(PDE_REFLECTING, 2, 1), one});
        checkFoldIsTransposed({4, 3}, {one, margin(PDE_PERIODIC, 1, 0)});
        checkFoldIsTransposed({4, 3, 5},
                              {one, margin(PDE_DIRICHLET, 1, 2), one});
      }
  checkFoldIsTransposed(
      {3},
      {{PDE_REFLECTING, PDE_DIRICHLET, 8, 2, 0, 0, {}, {}, {}, {}, {}, {}}});
  checkFoldIsTransposed({100000}, {margin(PDE_PERIODIC, 7, 9)});
}

//===----------------------------------------------------------------------===//
// Slopes and tensors
//===----------------------------------------------------------------------===//

TEST(Pad, RaisesMirrorImagesByASlope) {
  pde_margin slope = margin(PDE_NEUMANN, 2, 2);
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
    pde_margin slope = margin(PDE_NEUMANN, 2, 0, 0.1);
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
  const double *scalars = isHigh ? margin.high_scalars : margin.low_scalars;
  int64_t distance = isHigh ? own - size + 1 : -own;
  if (!outside[axis].empty()) {
    // At its own place along the first axis, if that does not copy, or else
    // where it is copied from; the nearest cell there is.
    auto bring = [&](int64_t i, int64_t n, const pde_margin &m) {
      while (i < 0 || i >= n) {
        int32_t k = i < 0 ? m.low_kind : m.high_kind;
        if (k == PDE_PERIODIC)
          i += i < 0 ? n : -n;
        else if (k == PDE_REFLECTING)
          i = (i < 0 ? 0 : 2 * n) - 1 - i;
        else
          break;
      }
      return std::clamp<int64_t>(i, 0, n - 1);
    };
    Sizes inside = at;
    for (size_t a = 0; a < axis; ++a)
      inside[a] = bring(at[a], sizes[a], margins[a]);
    inside[axis] = isHigh ? size - 1 : 0;
    value = outside[axis][inside[0] * sizes[1] + inside[1]];
  }
  auto cell = [&](int64_t i) {
    Sizes there = at;
    there[axis] = i;
    return paddedAt(x, sizes, margins, outside, there, axis);
  };
  auto fromSide = [&](int64_t i) { return cell(isHigh ? size - 1 - i : i); };
  const double *weights =
      scalars + (distance - 1) * (kind == PDE_ROBIN ? 2 : 3);
  switch (kind) {
  case PDE_REFLECTING:
    return fromSide(distance - 1);
  case PDE_PERIODIC:
    return cell(own + (isHigh ? -size : size));
  case PDE_DIRICHLET:
    return value;
  case PDE_NEUMANN:
    return fromSide(distance - 1) + double(2 * distance - 1) * value;
  case PDE_ROBIN:
    return weights[0] * fromSide(distance - 1) + weights[1] * value;
  default:
    return weights[0] * fromSide(0) + weights[1] * fromSide(1) +
           weights[2] * value;
  }
}

TEST(Pad, ContinuesTwoAxesOneAfterTheOther) {
  const Sizes sizes = {4, 5};
  const Line x = random(sizes, 1);
  const std::vector<Line> outside = {random(sizes, 2), random(sizes, 3)};
  const int32_t kinds[] = {PDE_REFLECTING, PDE_PERIODIC, PDE_DIRICHLET,
                           PDE_NEUMANN,    PDE_ROBIN,    PDE_EXTRAPOLATED};
  const Line scalars = random({9}, 5);
  for (int32_t first : kinds)
    for (int32_t second : kinds)
      for (bool hasTensors : {false, true})
        Machine().run([&](pde_context *ctx) {
          std::vector<pde_margin> margins = {margin(first, 2, 1, 0.3),
                                             margin(second, 1, 3, -0.7)};
          for (pde_margin &margin : margins)
            margin.low_scalars = margin.high_scalars = scalars.data();
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
    pde_margin slope = margin(PDE_NEUMANN, 1, 2, 9);
    pde_tensor *x = tensorOf(ctx, {5}, {1, 2, 4, 8, 16});
    EXPECT_EQ(valuesOf(ctx, pde_layer_fold(ctx, x, &slope), {2}),
              (Line{2 + 1 + 16, 4 + 8}));
  });
}

TEST(Pad, ReadsATensorInRowsOfItsOwn) {
  Machine().run([&](pde_context *ctx) {
    // 10*i + j on rows -1..2 and columns 0..1 of a grid of 2 x 2 cells.
    pde_tensor *values = tensorOf(ctx, {4, 2}, {-10, -9, 0, 1, 10, 11, 20, 21});
    const int64_t before[] = {1, 0};
    pde_margin margins[] = {margin(PDE_DIRICHLET, 2, 1, 7),
                            margin(PDE_NEUMANN, 0, 1)};
    margins[1].high_tensor = values;
    margins[1].high_before = before;
    pde_tensor *x = tensorOf(ctx, {2, 2}, {1, 2, 3, 4});
    EXPECT_EQ(valuesOf(ctx, pde_layer_pad(ctx, x, margins), {5, 3}),
              (Line{7, 7, 7 - 9, 7, 7, 7 - 9, 1, 2, 2 + 1, 3, 4, 4 + 11, 7, 7,
                    7 + 21}));
  });
}

TEST(Fold, WeighsWhatItAdds) {
  Machine().run([&](pde_context *ctx) {
    const double robin[] = {3}, ends[] = {5, 7, 11, 13};
    pde_margin sides = {PDE_ROBIN, PDE_EXTRAPOLATED, 1,       2,     0,
                        0,         nullptr,          nullptr, robin, ends,
                        nullptr,   nullptr};
    pde_tensor *x = tensorOf(ctx, {6}, {1, 2, 4, 8, 16, 32});
    EXPECT_EQ(valuesOf(ctx, pde_layer_fold(ctx, x, &sides), {3}),
              (Line{2 + 3 * 1, 4 + 7 * 16 + 13 * 32, 8 + 5 * 16 + 11 * 32}));
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
