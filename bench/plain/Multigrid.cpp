//===- Multigrid.cpp - plain loops on a hierarchy of grids ----------------===//
//
// V(2,1)-cycles for Poisson's equation with zero values at the sides: red-black
// relaxation in place, every second cell of a row; residual, full weighting and
// linear interpolation as loops of their own. Each loop goes over memory once.
//
//===----------------------------------------------------------------------===//

#include "Loops.h"
#include "Rows.h"

#include <memory>
#include <omp.h>
#include <vector>

using namespace plain;

namespace {

/// A grid of n cells along each axis, h apart.
template <typename T, int rank> struct Level {
  Level(int64_t n, T h)
      : n(n), h(h), u(rows(), n), f(rows(), n), r(rows(), n), zero(1, n) {}

  int64_t rows() const { return rank == 2 ? n : n * n; }
  int64_t first(int64_t row) const { return rank == 2 ? row : row / n; }
  int64_t second(int64_t row) const { return rank == 2 ? 0 : row % n; }

  /// A row of a field, or zeros beyond the sides.
  const T *at(const Rows<T> &field, int64_t i, int64_t j) const {
    bool isOut = i < 0 || i >= n || (rank == 3 && (j < 0 || j >= n));
    return isOut ? zero[0] : field[rank == 2 ? i : i * n + j];
  }

  const int64_t n;
  const T h;
  const Rows<T> u, f, r, zero;
};

template <typename T, int rank> class Multigrid {
public:
  explicit Multigrid(const Call &call) : call(call) {
    omp_set_num_threads(call.threads);
    T h = T(1) / T(call.size[0] + 1);
    for (int64_t n = call.size[0]; n >= 1; n = (n - 1) / 2, h *= 2)
      levels.push_back(std::make_unique<Grid>(n, h));
  }

  void run() {
    Grid &finest = *levels.front();
    finest.f.copyFrom(call.inputs[0]);
    finest.u.copyFrom(call.inputs[0]);
    for (int64_t step = 0; step < call.steps; ++step)
      cycle(0);
    finest.u.copyTo(call.outputs[0]);
  }

private:
  using Grid = Level<T, rank>;
  const Call &call;
  std::vector<std::unique_ptr<Grid>> levels;

  void relax(Grid &g, int colour) {
    T h2 = g.h * g.h;
#pragma omp parallel for schedule(static)
    for (int64_t row = 0; row < g.rows(); ++row) {
      int64_t i = g.first(row), j = g.second(row);
      T *u = g.u[row];
      const T *f = g.f[row], *a = g.at(g.u, i - 1, j), *b = g.at(g.u, i + 1, j);
      const T *c = g.at(g.u, i, j - 1), *d = g.at(g.u, i, j + 1);
      for (int64_t k = (i + j + colour) % 2; k < g.n; k += 2) {
        T sum = h2 * f[k] + a[k] + b[k] + u[k - 1] + u[k + 1];
        if (rank == 3)
          sum += c[k] + d[k];
        u[k] = sum * (T(0.5) / rank);
      }
    }
  }

  void residual(Grid &g) {
    T weight = 1 / (g.h * g.h);
#pragma omp parallel for schedule(static)
    for (int64_t row = 0; row < g.rows(); ++row) {
      int64_t i = g.first(row), j = g.second(row);
      const T *u = g.u[row], *f = g.f[row];
      const T *a = g.at(g.u, i - 1, j), *b = g.at(g.u, i + 1, j);
      const T *c = g.at(g.u, i, j - 1), *d = g.at(g.u, i, j + 1);
      T *__restrict r = g.r[row];
#pragma omp simd
      for (int64_t k = 0; k < g.n; ++k) {
        T sum = a[k] + b[k] + u[k - 1] + u[k + 1] - 2 * rank * u[k];
        if (rank == 3)
          sum += c[k] + d[k];
        r[k] = f[k] + weight * sum;
      }
    }
  }

  /// Fine rows around (2i + 1, 2j + 1), weighted across, then along.
  void restrict(const Grid &g, Grid &to) {
#pragma omp parallel for schedule(static)
    for (int64_t row = 0; row < to.rows(); ++row) {
      int64_t i = 2 * to.first(row), j = 2 * to.second(row);
      Rows<T> line(1, g.n);
      T *__restrict across = line[0];
      for (int64_t p = 0; p < 3; ++p)
        for (int64_t q = 0; q < (rank == 3 ? 3 : 1); ++q) {
          const T *r = g.at(g.r, i + p, j + q);
          T weight = T(p == 1 ? 0.5 : 0.25);
          if (rank == 3)
            weight *= T(q == 1 ? 0.5 : 0.25);
#pragma omp simd
          for (int64_t k = 0; k < g.n; ++k)
            across[k] += weight * r[k];
        }
      T *f = to.f[row];
      for (int64_t k = 0; k < to.n; ++k)
        f[k] = T(0.25) *
               (across[2 * k] + 2 * across[2 * k + 1] + across[2 * k + 2]);
      std::fill_n(to.u[row], to.n, T(0));
    }
  }

  void correct(const Grid &from, Grid &g) {
#pragma omp parallel for schedule(static)
    for (int64_t row = 0; row < g.rows(); ++row) {
      int64_t i = g.first(row), j = g.second(row);
      // Odd rows lie on a coarser one, even ones between two.
      int64_t low = (i + 1) / 2 - 1, high = i / 2;
      int64_t left = rank == 3 ? (j + 1) / 2 - 1 : 0, right = j / 2;
      const T *a = from.at(from.u, low, left), *b = from.at(from.u, high, left);
      const T *c = from.at(from.u, low, right),
              *d = from.at(from.u, high, right);
      T *u = g.u[row];
      auto across = [&](int64_t k) {
        return rank == 2 ? T(0.5) * (a[k] + b[k])
                         : T(0.25) * ((a[k] + b[k]) + (c[k] + d[k]));
      };
      T before = 0;
      for (int64_t k = 0; k < from.n; ++k) {
        T value = across(k);
        u[2 * k] += T(0.5) * (before + value);
        u[2 * k + 1] += value;
        before = value;
      }
      u[g.n - 1] += T(0.5) * before;
    }
  }

  void cycle(size_t number) {
    Grid &g = *levels[number];
    if (g.n == 1) {
      g.u[0][0] = g.f[0][0] * g.h * g.h / T(2 * rank);
      return;
    }
    for (int colour : {0, 1, 0, 1})
      relax(g, colour);
    residual(g);
    Grid &coarser = *levels[number + 1];
    restrict(g, coarser);
    cycle(number + 1);
    correct(coarser, g);
    for (int colour : {0, 1})
      relax(g, colour);
  }
};

template <typename T> using Plane = Multigrid<T, 2>;
template <typename T> using Space = Multigrid<T, 3>;

} // namespace

void plain::poisson2d(const Call &call) { solve<Plane>(call); }
void plain::poisson3d(const Call &call) { solve<Space>(call); }
