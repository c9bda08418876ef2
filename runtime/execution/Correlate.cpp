//===- Correlate.cpp - arrays of weights made of lists of arrays ----------===//
//
// What convolve's weights are to it in a derivative. A task takes some results
// and some channels over all cells, a piece of a row at a time, which it copies
// as doubles: then all taps read it from the nearest cache. A tile is some
// results times some taps of one row of taps, whose sums are in registers for a
// piece. Eight sums by the position in a row make the same bits in any
// instruction set.
//
//===----------------------------------------------------------------------===//

#include "runtime/execution/ConvolveTile.h"
#include "runtime/execution/Parallel.h"

#include <algorithm>

using namespace pdert;

namespace {

constexpr int last = PDE_MAX_RANK - 1;
constexpr int lanes = 8;
using Eight = Vectors<double, lanes * sizeof(double)>::Type;

constexpr int64_t pieceCells = 256;
/// Channels of a task.
constexpr int64_t groupChannels = 8;

/// How many results and taps a tile has at most.
constexpr int mostOuts = 8, mostTaps = 5;

/// Results [out, out + outs) and channels [in, in + ins).
struct Task {
  int64_t out, outs, in, ins;
};

template <typename T> struct Correlation {
  const pde_channels &channels;
  const T *const *y;
  const T *const *x;
  T *weights;

  int64_t taps(int axis) const { return channels.taps[axis]; }
  int64_t rows() const { return taps(0) * taps(1); }
  int64_t place(int axis, int64_t at) const {
    int64_t size = channels.read[axis];
    return channels.periodic[axis] ? (at % size + size) % size : at;
  }
  void copyX(int64_t in, int64_t row, const int64_t (&at)[PDE_MAX_RANK],
             int64_t count, double *to) const;
  void store(const Task &task, const double *sums, int outs, int tileTaps,
             int64_t tiles) const;
};

} // namespace

/// What a row of taps reads of a channel for `count` cells from `at` on; zeros
/// up to where tiles may read.
template <typename T>
[[gnu::always_inline]] inline void
Correlation<T>::copyX(int64_t in, int64_t row,
                      const int64_t (&at)[PDE_MAX_RANK], int64_t count,
                      double *to) const {
  int64_t outer = place(0, at[0] + channels.first[0] + row / taps(1));
  int64_t inner = place(1, at[1] + channels.first[1] + row % taps(1));
  int64_t size = channels.read[last], begin = at[last] + channels.first[last];
  const T *from = x[in] + (outer * channels.read[1] + inner) * size;
  int64_t needed = count + taps(last) - 1;
  if (begin >= 0 && begin + needed <= size)
    std::copy_n(from + begin, needed, to);
  else
    for (int64_t k = 0; k < needed; ++k)
      to[k] = from[place(last, begin + k)];
  std::fill(to + needed, to + pieceCells + taps(last) + mostTaps, 0.0);
}

/// Adds the products of a piece: y has `outs` lines of pieceCells.
template <int Outs, int Taps>
PDE_INLINE void addPiece(const double *y, const double *x, int64_t count,
                         double *sums) {
  Eight total[Outs][Taps];
  std::memcpy(total, sums, sizeof total);
  for (int64_t q = 0; q < count; q += lanes) {
    Eight cells[Taps];
    for (int tap = 0; tap < Taps; ++tap)
      std::memcpy(&cells[tap], x + q + tap, sizeof(Eight));
    for (int o = 0; o < Outs; ++o) {
      Eight factor;
      std::memcpy(&factor, y + o * pieceCells + q, sizeof factor);
      for (int tap = 0; tap < Taps; ++tap)
        addProduct(total[o][tap], factor, cells[tap]);
    }
  }
  std::memcpy(sums, total, sizeof total);
}

/// The sums of tiles lie one after the other: channels, rows of taps, tiles of
/// such a row, and in each [outs][taps][lanes].
template <typename T>
void Correlation<T>::store(const Task &task, const double *sums, int outs,
                           int tileTaps, int64_t tiles) const {
  for (int64_t in = 0; in < task.ins; ++in)
    for (int64_t row = 0; row < rows(); ++row)
      for (int64_t tap = 0; tap < taps(last); ++tap)
        for (int64_t o = 0; o < task.outs; ++o) {
          int64_t tile = (in * rows() + row) * tiles + tap / tileTaps;
          const double *from =
              sums + ((tile * outs + o) * tileTaps + tap % tileTaps) * lanes;
          double part[lanes];
          std::copy_n(from, lanes, part);
          for (int half = lanes / 2; half > 0; half /= 2)
            for (int k = 0; k < half; ++k)
              part[k] += part[k + half];
          int64_t pair = (task.out + o) * channels.in + task.in + in;
          weights[(pair * rows() + row) * taps(last) + tap] = T(part[0]);
        }
}

template <typename T, int Outs, int Taps>
PDE_INLINE void correlateTask(const Correlation<T> &all, const Task &task,
                              double *memory) {
  int64_t tiles = (all.taps(last) + Taps - 1) / Taps;
  int64_t numSums = task.ins * all.rows() * tiles * Outs * Taps * lanes;
  double *sums = memory, *y = sums + numSums, *x = y + Outs * pieceCells;
  std::fill_n(sums, numSums, 0.0);
  const int64_t *sizes = all.channels.made;
  int64_t at[PDE_MAX_RANK];
  for (at[0] = 0; at[0] < sizes[0]; ++at[0])
    for (at[1] = 0; at[1] < sizes[1]; ++at[1])
      for (at[2] = 0; at[2] < sizes[2]; at[2] += pieceCells) {
        int64_t count = std::min(pieceCells, sizes[2] - at[2]);
        int64_t begin = (at[0] * sizes[1] + at[1]) * sizes[2] + at[2];
        for (int64_t o = 0; o < Outs; ++o) {
          double *line = y + o * pieceCells;
          int64_t known = o < task.outs ? count : 0;
          if (known)
            std::copy_n(all.y[task.out + o] + begin, known, line);
          std::fill(line + known, line + (count + lanes - 1) / lanes * lanes,
                    0.0);
        }
        double *tile = sums;
        for (int64_t in = 0; in < task.ins; ++in)
          for (int64_t row = 0; row < all.rows(); ++row) {
            all.copyX(task.in + in, row, at, count, x);
            for (int64_t t = 0; t < tiles; ++t, tile += Outs * Taps * lanes)
              addPiece<Outs, Taps>(y, x + t * Taps, count, tile);
          }
      }
  all.store(task, sums, Outs, Taps, tiles);
}

//===----------------------------------------------------------------------===//
// Instruction sets
//===----------------------------------------------------------------------===//

namespace {

template <typename T> struct Way {
  int outs;
  void (*task)(const Correlation<T> &, const Task &, double *memory);
};

} // namespace

#define PDE_TASK(NAME, ATTRIBUTE, OUTS, TAPS)                                  \
  template <typename T>                                                        \
  ATTRIBUTE static void NAME(const Correlation<T> &all, const Task &task,      \
                             double *memory) {                                 \
    static_assert(OUTS <= mostOuts && TAPS <= mostTaps);                       \
    correlateTask<T, OUTS, TAPS>(all, task, memory);                           \
  }

PDE_TASK(taskOfAny, , 2, 2)
#ifdef __x86_64__
PDE_TASK(taskOfAvx512, __attribute__((target("avx512f"))), 8, 3)
PDE_TASK(fiveOfAvx512, __attribute__((target("avx512f"))), 4, 5)
PDE_TASK(taskOfAvx2, __attribute__((target("avx2,fma"))), 2, 2)
#endif

/// With tiles that have the fewest taps too many.
template <typename T> static Way<T> wayOfProcessor(int64_t taps) {
  [[maybe_unused]] auto inTilesOf = [&](int64_t most) {
    return (taps + most - 1) / most * most;
  };
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f") && inTilesOf(5) < inTilesOf(3))
    return {4, fiveOfAvx512<T>};
  if (__builtin_cpu_supports("avx512f"))
    return {8, taskOfAvx512<T>};
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return {2, taskOfAvx2<T>};
#endif
  return {2, taskOfAny<T>};
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

template <typename T>
static void correlate(pde_context &ctx, const Correlation<T> &all) {
  const pde_channels &c = all.channels;
  Way<T> way = wayOfProcessor<T>(c.taps[last]);
  int64_t outTiles = (c.out + way.outs - 1) / way.outs;
  int64_t groups = (c.in + groupChannels - 1) / groupChannels;
  int64_t mostSums =
      groupChannels * all.rows() * (all.taps(last) + mostTaps) * mostOuts;
  int64_t cells = mostSums * lanes + mostOuts * pieceCells + pieceCells +
                  all.taps(last) + mostTaps;
  auto task = [&](int64_t number, void *memory) {
    int64_t out = number / groups * way.outs;
    int64_t in = number % groups * groupChannels;
    way.task(all,
             {out, std::min<int64_t>(way.outs, c.out - out), in,
              std::min(groupChannels, c.in - in)},
             static_cast<double *>(memory));
  };
  auto call = [](void *closure, int64_t begin, int64_t end, void *memory) {
    for (int64_t i = begin; i < end; ++i)
      (*static_cast<decltype(task) *>(closure))(i, memory);
  };
  runParallel(ctx, outTiles * groups, call, &task, cells * sizeof(double));
}

void pde_correlate(pde_context *ctx, const pde_channels *channels,
                   const void *const *y, const void *const *x, void *weights,
                   int64_t place, int64_t count) {
  if (!guarded(*ctx, [&] {
        withType(*ctx, [&](auto zero) {
          using T = decltype(zero);
          T *all = static_cast<T *>(weights);
          std::fill(all, all + count, T(0));
          correlate<T>(*ctx,
                       {*channels, reinterpret_cast<const T *const *>(y),
                        reinterpret_cast<const T *const *>(x), all + place});
        });
      }))
    unwind(ctx);
}
