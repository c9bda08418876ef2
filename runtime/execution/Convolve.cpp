//===- Convolve.cpp - operators between lists of arrays -------------------===//
//
// Both directions are one sum, over channels and taps in the order in which
// cells are read:
//
//   y_o[q] = sum_c sum_m w[o][c][m] * x_c[q + shift + m]
//
// The transpose has its channels swapped and its taps mirrored. Weights are put
// in the order in which tiles take them. Where all that a tile reads lies in
// the array, it is read there; at the ends of rows it is copied to a patch
// first, which goes around circles and has zeros where there is nothing.
//
//===----------------------------------------------------------------------===//

#include "runtime/execution/ConvolveTile.h"
#include "runtime/execution/Parallel.h"

#include <algorithm>

using namespace pdert;

namespace {

constexpr int last = PDE_MAX_RANK - 1;

/// How many results and cells a tile has at most.
constexpr int mostOuts = 8;
constexpr int mostCells = 64;

/// Cells of a row that are computed together, at least.
constexpr int64_t pieceCells = 1536;
/// Products that are worth a task of their own.
constexpr int64_t taskProducts = 1 << 18;

template <typename T> struct Sum {
  int64_t reads, makes; ///< channels
  int64_t taps[PDE_MAX_RANK], shift[PDE_MAX_RANK];
  bool goesAround[PDE_MAX_RANK];
  int64_t from[PDE_MAX_RANK], to[PDE_MAX_RANK]; ///< cells
  const T *const *x;
  T *const *y;
  int outs;               ///< results of a tile
  std::vector<T> weights; ///< [tile][c][m][outs], zeros for what is too many
  std::vector<T> zeros;   ///< a row of them

  Sum(const pde_channels &channels, bool isBack, const T *given,
      const T *const *x, T *const *y, int outs);

  int64_t tapRows() const { return reads * taps[0] * taps[1]; }
  int64_t tiles() const { return (makes + outs - 1) / outs; }
  int64_t productsOfCell() const { return tapRows() * taps[last] * makes; }
  /// Where along an axis lies what is read at `at`; negative: nowhere.
  int64_t place(int axis, int64_t at) const {
    int64_t size = from[axis];
    if (goesAround[axis])
      return (at % size + size) % size;
    return at >= 0 && at < size ? at : -1;
  }
  void findRows(int64_t i, int64_t j, const T **rows) const;
  /// Whether the row has all that `cells` cells from q on read.
  bool hasAll(int64_t q, int64_t cells) const {
    int64_t begin = q + shift[last];
    return begin >= 0 && begin + cells + taps[last] - 1 <= from[last];
  }
};

} // namespace

template <typename T>
Sum<T>::Sum(const pde_channels &channels, bool isBack, const T *given,
            const T *const *x, T *const *y, int outs)
    : reads(isBack ? channels.out : channels.in),
      makes(isBack ? channels.in : channels.out), x(x), y(y), outs(outs) {
  int64_t count = 1;
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis) {
    taps[axis] = channels.taps[axis];
    count *= taps[axis];
    shift[axis] =
        isBack ? 1 - channels.first[axis] - taps[axis] : channels.first[axis];
    goesAround[axis] = channels.periodic[axis] != 0;
    from[axis] = isBack ? channels.made[axis] : channels.read[axis];
    to[axis] = isBack ? channels.read[axis] : channels.made[axis];
  }
  zeros.resize(from[last]);
  weights.resize(tiles() * reads * count * outs);
  int64_t readStride = isBack ? channels.in * count : count;
  int64_t makeStride = isBack ? count : channels.in * count;
  for (int64_t o = 0; o < makes; ++o)
    for (int64_t c = 0; c < reads; ++c) {
      const T *source = given + o * makeStride + c * readStride;
      T *target =
          weights.data() + ((o / outs * reads + c) * count) * outs + o % outs;
      for (int64_t m = 0; m < count; ++m)
        target[m * outs] = source[isBack ? count - 1 - m : m];
    }
}

/// Where the rows begin that the cells of row (i, j) read, in the order of the
/// weights.
template <typename T>
void Sum<T>::findRows(int64_t i, int64_t j, const T **rows) const {
  for (int64_t c = 0; c < reads; ++c)
    for (int64_t a = 0; a < taps[0]; ++a)
      for (int64_t b = 0; b < taps[1]; ++b) {
        int64_t outer = place(0, i + shift[0] + a);
        int64_t inner = place(1, j + shift[1] + b);
        bool isThere = outer >= 0 && inner >= 0;
        *rows++ = isThere ? x[c] + (outer * from[1] + inner) * from[last]
                          : zeros.data();
      }
}

namespace {

/// What a thread works with.
template <typename T> struct Workplace {
  Workplace(const Sum<T> &sum, int64_t cells, void *memory)
      : rows(static_cast<const T **>(memory)), patchRows(rows + sum.tapRows()),
        patch(reinterpret_cast<T *>(patchRows + sum.tapRows())),
        width(cells + sum.taps[last] - 1),
        results(patch + sum.tapRows() * width) {}

  static int64_t bytes(const Sum<T> &sum) {
    int64_t width = mostCells + sum.taps[last] - 1;
    return sum.tapRows() * (2 * sizeof(T *) + width * sizeof(T)) +
           mostOuts * mostCells * sizeof(T);
  }

  const T **rows, **patchRows;
  T *patch;
  int64_t width; ///< cells of a row of the patch
  T *results;    ///< those of a tile that is not whole
};

} // namespace

/// Copies what `width` cells of each row are, from the one that cell q reads
/// first.
template <typename T>
static void fillPatch(const Sum<T> &sum, const Workplace<T> &here, int64_t q) {
  for (int64_t row = 0; row < sum.tapRows(); ++row) {
    T *cells = here.patch + row * here.width;
    here.patchRows[row] = cells;
    for (int64_t k = 0; k < here.width; ++k) {
      int64_t place = sum.place(last, q + sum.shift[last] + k);
      cells[k] = place < 0 ? T(0) : here.rows[row][place];
    }
  }
}

/// The cells [begin, end) of row (i, j) of all results.
template <typename T, int Bytes, int Outs, int Count>
PDE_INLINE void sumPiece(const Sum<T> &sum, int64_t i, int64_t j, int64_t begin,
                         int64_t end, void *memory) {
  constexpr int64_t cells = Count * Vectors<T, Bytes>::lanes;
  static_assert(cells <= mostCells && Outs <= mostOuts);
  Workplace<T> here(sum, cells, memory);
  int64_t numRows = sum.tapRows(), taps = sum.taps[last];
  int64_t weightsOfTile = numRows * taps * Outs;
  int64_t row = (i * sum.to[1] + j) * sum.to[last];
  sum.findRows(i, j, here.rows);
  for (int64_t q = begin; q < end; q += cells) {
    // The last cells again with those before them, if there are enough.
    if (end - q < cells && end - begin >= cells)
      q = end - cells;
    int64_t count = end - q < cells ? end - q : cells;
    bool isInside = sum.hasAll(q, cells);
    if (!isInside)
      fillPatch(sum, here, q);
    TapRows<T> source{isInside ? here.rows : here.patchRows, numRows, taps};
    int64_t at = isInside ? q + sum.shift[last] : 0;
    for (int64_t tile = 0; tile < sum.tiles(); ++tile) {
      T *y[Outs];
      int64_t outs = sum.makes - tile * Outs;
      bool isWhole = count == cells;
      for (int64_t o = 0; o < Outs; ++o)
        y[o] = isWhole && o < outs ? sum.y[tile * Outs + o] + row + q
                                   : here.results + o * cells;
      sumTile<T, Bytes, Outs, Count>(
          source, at, sum.weights.data() + tile * weightsOfTile, y);
      for (int64_t o = 0; !isWhole && o < Outs && o < outs; ++o)
        std::memcpy(sum.y[tile * Outs + o] + row + q, y[o], count * sizeof(T));
    }
  }
}

//===----------------------------------------------------------------------===//
// Instruction sets
//===----------------------------------------------------------------------===//

namespace {

/// How tiles are computed on a processor.
template <typename T> struct Way {
  int outs;
  void (*piece)(const Sum<T> &, int64_t i, int64_t j, int64_t begin,
                int64_t end, void *memory);
};

} // namespace

#define PDE_PIECE(NAME, ATTRIBUTE, BYTES, OUTS, COUNT)                         \
  template <typename T>                                                        \
  ATTRIBUTE static void NAME(const Sum<T> &sum, int64_t i, int64_t j,          \
                             int64_t begin, int64_t end, void *memory) {       \
    sumPiece<T, BYTES, OUTS, COUNT>(sum, i, j, begin, end, memory);            \
  }

PDE_PIECE(pieceOfAny, , 16, 4, 4)
#ifdef __x86_64__
PDE_PIECE(pieceOfAvx512, __attribute__((target("avx512f"))), 64, 8, 3)
PDE_PIECE(pieceOfAvx2, __attribute__((target("avx2,fma"))), 32, 4, 3)
#endif

template <typename T> static Way<T> wayOfProcessor() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f"))
    return {8, pieceOfAvx512<T>};
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return {4, pieceOfAvx2<T>};
#endif
  return {4, pieceOfAny<T>};
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

template <typename T>
static void convolve(pde_context &ctx, const pde_channels &channels,
                     bool isBack, const T *weights, const T *const *x,
                     T *const *y) {
  Way<T> way = wayOfProcessor<T>();
  Sum<T> sum(channels, isBack, weights, x, y, way.outs);
  int64_t length = sum.to[last], rows = sum.to[0] * sum.to[1];
  int64_t pieces = std::max<int64_t>(1, length / pieceCells);
  int64_t rowsAtOnce = std::max<int64_t>(
      1, taskProducts / std::max<int64_t>(1, length * sum.productsOfCell()));
  if (pieces > 1)
    rowsAtOnce = 1;
  int64_t groups = (rows + rowsAtOnce - 1) / rowsAtOnce;
  auto task = [&](int64_t number, void *memory) {
    int64_t piece = number % pieces, first = number / pieces * rowsAtOnce;
    int64_t begin = piece * length / pieces;
    int64_t end = (piece + 1) * length / pieces;
    for (int64_t row = first; row < std::min(rows, first + rowsAtOnce); ++row)
      way.piece(sum, row / sum.to[1], row % sum.to[1], begin, end, memory);
  };
  auto call = [](void *closure, int64_t begin, int64_t end, void *memory) {
    for (int64_t i = begin; i < end; ++i)
      (*static_cast<decltype(task) *>(closure))(i, memory);
  };
  runParallel(ctx, groups * pieces, call, &task, Workplace<T>::bytes(sum));
}

void pde_convolve(pde_context *ctx, const pde_channels *channels,
                  int32_t transposed, const void *weights, int64_t place,
                  const void *const *x, void *const *y) {
  if (!guarded(*ctx, [&] {
        withType(*ctx, [&](auto zero) {
          using T = decltype(zero);
          convolve<T>(*ctx, *channels, transposed != 0,
                      static_cast<const T *>(weights) + place,
                      reinterpret_cast<const T *const *>(x),
                      reinterpret_cast<T *const *>(y));
        });
      }))
    unwind(ctx);
}
