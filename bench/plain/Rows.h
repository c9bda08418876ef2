//===- Rows.h - arrays by rows, for the plain loops -------------*- C++ -*-===//

#ifndef BENCH_PLAIN_ROWS_H
#define BENCH_PLAIN_ROWS_H

#include <algorithm>
#include <cstdint>
#include <memory>
#include <new>

namespace plain {

/// Rows of cells. Each begins at a cache line and has room for a cell before
/// and one behind, so that loops over a row have no special cases.
template <typename T> class Rows {
public:
  Rows(int64_t count, int64_t cells)
      : count(count), cells(cells),
        // Not a multiple of the cache's ways for sizes that are powers of two.
        stride((cells + 1 + line - 1) / line * line + line),
        data(static_cast<T *>(::operator new[](
            (count * stride + line) * sizeof(T), std::align_val_t(64)))) {
    std::fill_n(data.get(), count * stride + line, T(0));
  }

  Rows(const Rows &like, const void *values) : Rows(like.count, like.cells) {
    copyFrom(values);
  }

  T *operator[](int64_t i) const { return data.get() + i * stride + line; }

  void copyFrom(const void *values) const {
    const T *from = static_cast<const T *>(values);
    for (int64_t i = 0; i < count; ++i)
      std::copy_n(from + i * cells, cells, (*this)[i]);
  }

  void copyTo(void *values) const {
    for (int64_t i = 0; i < count; ++i)
      std::copy_n((*this)[i], cells, static_cast<T *>(values) + i * cells);
  }

  /// The cells beyond the ends of a row for sides that nothing flows across.
  void reflect(int64_t i) const {
    T *row = (*this)[i];
    row[-1] = row[0];
    row[cells] = row[cells - 1];
  }

  /// Those of a circle.
  void wrap(int64_t i) const {
    T *row = (*this)[i];
    row[-1] = row[cells - 1];
    row[cells] = row[0];
  }

  const int64_t count, cells;

private:
  static constexpr int64_t line = 64 / sizeof(T);

  struct Delete {
    void operator()(T *data) const {
      ::operator delete[](data, std::align_val_t(64));
    }
  };

  const int64_t stride;
  std::unique_ptr<T[], Delete> data;
};

/// Steps from `u` to `v` and back by all threads, each of which calls `step`;
/// where the last step ended.
template <typename Fields, typename Step>
const Fields &alternate(const Fields &u, const Fields &v, int64_t steps,
                        const Step &step) {
#pragma omp parallel
  for (int64_t k = 0; k < steps; ++k)
    step(k % 2 ? v : u, k % 2 ? u : v);
  return steps % 2 ? v : u;
}

} // namespace plain

#endif // BENCH_PLAIN_ROWS_H
