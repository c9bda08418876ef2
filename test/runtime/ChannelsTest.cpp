//===- ChannelsTest.cpp - operators between lists of arrays ---------------===//
//
// What tiles in registers, patches at ends of rows and tails make has the bits
// of the plain sum, here written out once more.
//
//===----------------------------------------------------------------------===//

#include "Machine.h"

#include <cmath>

namespace {

using Place = std::array<int64_t, PDE_MAX_RANK>;
using Lines = std::vector<Line>;

int64_t count(const int64_t *sizes) { return sizes[0] * sizes[1] * sizes[2]; }

Lines randomLines(int64_t lines, int64_t cells, int64_t seed) {
  Lines result;
  for (int64_t k = 0; k < lines; ++k)
    result.push_back(random({cells}, seed + k));
  return result;
}

/// Calls visit(position) in row-major order.
template <typename Visit> void forEach(const int64_t *sizes, Visit visit) {
  for (int64_t i = 0; i < sizes[0]; ++i)
    for (int64_t j = 0; j < sizes[1]; ++j)
      for (int64_t k = 0; k < sizes[2]; ++k)
        visit(Place{i, j, k});
}

/// Where a tap of a cell lies among `sizes` cells; -1 beyond them.
int64_t placeOf(const pde_channels &c, const Place &at, const Place &tap,
                int sign, const int64_t *sizes) {
  int64_t place = 0;
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis) {
    int64_t cell = at[axis] + sign * (c.first[axis] + tap[axis]);
    if (c.periodic[axis])
      cell = ((cell % sizes[axis]) + sizes[axis]) % sizes[axis];
    if (cell < 0 || cell >= sizes[axis])
      return -1;
    place = place * sizes[axis] + cell;
  }
  return place;
}

int64_t entryOf(const pde_channels &c, int64_t o, int64_t i, const Place &tap) {
  int64_t entry = o * c.in + i;
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis)
    entry = entry * c.taps[axis] + tap[axis];
  return entry;
}

Lines expected(const pde_channels &c, bool isBack, const Line &weights,
               const Lines &x) {
  const int64_t *from = isBack ? c.made : c.read;
  const int64_t *to = isBack ? c.read : c.made;
  Lines result;
  for (int64_t made = 0; made < (isBack ? c.in : c.out); ++made) {
    Line line;
    forEach(to, [&](Place at) {
      double sum = 0;
      bool isFirst = true;
      for (int64_t k = 0; k < (isBack ? c.out : c.in); ++k)
        forEach(c.taps, [&](Place tap) {
          for (int axis = 0; isBack && axis < PDE_MAX_RANK; ++axis)
            tap[axis] = c.taps[axis] - 1 - tap[axis];
          int64_t place = placeOf(c, at, tap, isBack ? -1 : 1, from);
          double cell = place < 0 ? 0 : x[k][place];
          double weight = weights[isBack ? entryOf(c, k, made, tap)
                                         : entryOf(c, made, k, tap)];
          sum = isFirst ? weight * cell : std::fma(weight, cell, sum);
          isFirst = false;
        });
      line.push_back(sum);
    });
    result.push_back(line);
  }
  return result;
}

Lines convolved(const pde_channels &c, bool isBack, const Line &weights,
                const Lines &x, int threads) {
  Lines y(isBack ? c.in : c.out,
          Line(count(isBack ? c.read : c.made), std::nan("")));
  std::vector<const void *> from;
  std::vector<void *> to;
  for (const Line &line : x)
    from.push_back(line.data());
  for (Line &line : y)
    to.push_back(line.data());
  Machine(PDE_F64, threads).run([&](pde_context *ctx) {
    pde_convolve(ctx, &c, isBack, weights.data(), 0, from.data(), to.data());
  });
  return y;
}

/// Rows wider than tiles and narrower, circles shorter than the taps, more and
/// fewer results than a tile has.
const pde_channels cases[] = {
    {2, 3, {1, 1, 3}, {}, {}, {1, 1, 102}, {1, 1, 100}},
    {9, 1, {1, 1, 4}, {}, {}, {1, 1, 8}, {1, 1, 5}},
    {8, 2, {1, 1, 5}, {0, 0, -2}, {0, 0, 1}, {1, 1, 4000}, {1, 1, 4000}},
    {1, 1, {1, 1, 5}, {0, 0, -2}, {0, 0, 1}, {1, 1, 3}, {1, 1, 3}},
    {3, 5, {1, 3, 2}, {}, {}, {1, 14, 34}, {1, 12, 33}},
    {17, 2, {1, 3, 3}, {0, -1, 0}, {0, 1, 0}, {1, 7, 65}, {1, 7, 63}},
    {4, 2, {2, 3, 3}, {0, -1, -1}, {0, 1, 1}, {6, 5, 29}, {5, 5, 29}},
};

} // namespace

TEST(Channels, AreTheSumInItsOrder) {
  for (const pde_channels &c : cases) {
    Line weights = random({c.out * c.in * count(c.taps)}, 5);
    for (bool isBack : {false, true}) {
      Lines x = randomLines(isBack ? c.out : c.in,
                            count(isBack ? c.made : c.read), 6);
      Lines wanted = expected(c, isBack, weights, x);
      for (int threads : {1, 3})
        EXPECT_EQ(convolved(c, isBack, weights, x, threads), wanted)
            << c.out << " of " << c.in << (isBack ? ", back" : "");
    }
  }
}

TEST(Channels, KeepZerosWithTheirSigns) {
  pde_channels c = {1, 1, {1, 1, 1}, {}, {}, {1, 1, 2}, {1, 1, 2}};
  Lines y = convolved(c, false, {-1}, {{0, -0.0}}, 1);
  EXPECT_TRUE(std::signbit(y[0][0]));
  EXPECT_FALSE(std::signbit(y[0][1]));
}

TEST(Channels, Correlate) {
  for (const pde_channels &c : cases) {
    Lines y = randomLines(c.out, count(c.made), 3);
    Lines x = randomLines(c.in, count(c.read), 4);
    Line wanted(2 + c.out * c.in * count(c.taps) + 1, 0);
    int64_t entry = 2;
    for (int64_t o = 0; o < c.out; ++o)
      for (int64_t i = 0; i < c.in; ++i)
        forEach(c.taps, [&](Place tap) {
          double sums[8] = {};
          int64_t cell = 0;
          forEach(c.made, [&](Place at) {
            double &sum = sums[at[2] % 8];
            sum = std::fma(y[o][cell++], x[i][placeOf(c, at, tap, 1, c.read)],
                           sum);
          });
          wanted[entry++] = ((sums[0] + sums[4]) + (sums[2] + sums[6])) +
                            ((sums[1] + sums[5]) + (sums[3] + sums[7]));
        });
    std::vector<const void *> ys, xs;
    for (const Line &line : y)
      ys.push_back(line.data());
    for (const Line &line : x)
      xs.push_back(line.data());
    for (int threads : {1, 3}) {
      Line made(wanted.size(), std::nan(""));
      Machine(PDE_F64, threads).run([&](pde_context *ctx) {
        pde_correlate(ctx, &c, ys.data(), xs.data(), made.data(), 2,
                      made.size());
      });
      EXPECT_EQ(made, wanted) << c.out << " of " << c.in;
    }
  }
}

TEST(Channels, AreLayers) {
  const pde_channels &c = cases[4];
  const int64_t extents[] = {c.out, c.in, c.taps[1], c.taps[2]};
  Line weights = random({c.out * c.in * count(c.taps)}, 5);
  Lines x = randomLines(c.in, count(c.read), 6);
  Lines y = expected(c, false, weights, x);
  Lines back = expected(c, true, weights, y);
  Machine().run([&](pde_context *ctx) {
    Line wide = {7};
    wide.insert(wide.end(), weights.begin(), weights.end());
    pde_tensor *array = tensorOf(ctx, {int64_t(wide.size())}, wide);
    std::vector<pde_tensor *> given, made(c.out), led(c.in);
    for (const Line &line : x)
      given.push_back(tensorOf(ctx, {c.read[1], c.read[2]}, line));
    pde_layer_convolve(ctx, 2, extents, 0, array, 1, given.data(), made.data());
    for (int64_t o = 0; o < c.out; ++o)
      EXPECT_EQ(valuesOf(ctx, made[o], {c.made[1], c.made[2]}), y[o]);
    pde_layer_convolve(ctx, 2, extents, 1, array, 1, made.data(), led.data());
    for (int64_t i = 0; i < c.in; ++i)
      EXPECT_EQ(valuesOf(ctx, led[i], {c.read[1], c.read[2]}), back[i]);
    pde_tensor *sums = pde_layer_correlate(ctx, 2, extents, made.data(),
                                           given.data(), 1, wide.size());
    std::vector<const void *> ys, xs;
    for (const Line &line : y)
      ys.push_back(line.data());
    for (const Line &line : x)
      xs.push_back(line.data());
    Line wanted(wide.size());
    pde_correlate(ctx, &c, ys.data(), xs.data(), wanted.data(), 1,
                  wanted.size());
    EXPECT_EQ(valuesOf(ctx, sums, {int64_t(wide.size())}), wanted);
  });
}
