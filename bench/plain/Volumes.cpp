//===- Volumes.cpp - plain loops in three dimensions ----------------------===//
//
// As in two: one pass over memory for each step, no special cases within a row,
// no flux across the sides.
//
//===----------------------------------------------------------------------===//

#include "Loops.h"
#include "Rows.h"

#include <cmath>
#include <omp.h>

using namespace plain;

namespace {

template <typename T> struct Volume {
  Volume(const Call &call)
      : call(call), planes(call.size[0]), lines(call.size[1]), n(call.size[2]) {
    omp_set_num_threads(call.threads);
  }

  T param(int i) const { return T(call.params[i]); }

  Rows<T> reflected() const {
    Rows<T> rows(Rows<T>(planes * lines, n), call.inputs[0]);
    for (int64_t i = 0; i < rows.count; ++i)
      rows.reflect(i);
    return rows;
  }

  /// The row (i, j), or the last one before the side that it is beyond.
  T *at(const Rows<T> &u, int64_t i, int64_t j) const {
    i = std::clamp<int64_t>(i, 0, planes - 1);
    j = std::clamp<int64_t>(j, 0, lines - 1);
    return u[i * lines + j];
  }

  const Call &call;
  const int64_t planes, lines, n;
};

template <typename T> struct Heat : Volume<T> {
  using Volume<T>::Volume;

  void step(const Rows<T> &u, const Rows<T> &next, T tau) const {
#pragma omp for schedule(static)
    for (int64_t row = 0; row < u.count; ++row) {
      int64_t i = row / this->lines, j = row % this->lines;
      const T *__restrict a = this->at(u, i - 1, j),
                          *__restrict b = this->at(u, i, j - 1),
                          *__restrict c = u[row],
                          *__restrict d = this->at(u, i, j + 1),
                          *__restrict e = this->at(u, i + 1, j);
      T *__restrict to = next[row];
#pragma omp simd
      for (int64_t k = 0; k < this->n; ++k)
        to[k] = c[k] + tau * (a[k] + b[k] + c[k - 1] - 6 * c[k] + c[k + 1] +
                              d[k] + e[k]);
      next.reflect(row);
    }
  }

  void run() const {
    Rows<T> u = this->reflected(), v(u.count, u.cells);
    T tau = this->param(0);
    auto once = [&](const Rows<T> &now, const Rows<T> &next) {
      step(now, next, tau);
    };
    alternate(u, v, this->call.steps, once).copyTo(this->call.outputs[0]);
  }
};

/// A thread goes through its planes and keeps the fluxes of the plane before
/// and of the row before, so that each is computed once but for a plane each.
template <typename T> struct PeronaMalik : Volume<T> {
  using Volume<T>::Volume;

  struct Fluxes {
    Fluxes(int64_t lines, int64_t n)
        : before(lines, n), p(1, n), q(1, n), r(1, n), above(1, n) {}
    Rows<T> before;  ///< along the first axis, of the plane before
    Rows<T> p, q, r; ///< of this row; r[-1], at the side, stays zero
    Rows<T> above;   ///< along the second, of the row before
  };

  void fluxes(const Rows<T> &u, int64_t i, int64_t j, const Fluxes &to,
              T minus) const {
    const T *__restrict a = this->at(u, i, j),
                        *__restrict b = this->at(u, i, j + 1),
                        *__restrict c = this->at(u, i + 1, j);
    T *__restrict p = to.p[0], *__restrict q = to.q[0], *__restrict r = to.r[0];
#pragma omp simd
    for (int64_t k = 0; k < this->n; ++k) {
      T x = c[k] - a[k], y = b[k] - a[k], z = a[k + 1] - a[k];
      T g = std::exp(minus * (x * x + y * y + z * z));
      p[k] = g * x;
      q[k] = g * y;
      r[k] = g * z;
    }
  }

  /// Also makes this row's fluxes those of the plane and the row before.
  void update(const T *__restrict u, const Fluxes &with, int64_t j,
              T *__restrict next, T tau) const {
    T *__restrict before = with.before[j], *__restrict above = with.above[0];
    const T *__restrict p = with.p[0], *__restrict q = with.q[0],
                        *__restrict r = with.r[0];
#pragma omp simd
    for (int64_t k = 0; k < this->n; ++k) {
      next[k] =
          u[k] + tau * (p[k] - before[k] + q[k] - above[k] + r[k] - r[k - 1]);
      before[k] = p[k];
      above[k] = q[k];
    }
  }

  void start(const Rows<T> &u, int64_t from, const Fluxes &with,
             T minus) const {
    for (int64_t j = 0; j < this->lines; ++j) {
      if (from > 0)
        fluxes(u, from - 1, j, with, minus);
      else
        std::fill_n(with.p[0], this->n, T(0));
      std::copy_n(with.p[0], this->n, with.before[j]);
    }
  }

  void step(const Rows<T> &u, const Rows<T> &next, int64_t from, int64_t to,
            const Fluxes &with, T minus, T tau) const {
    start(u, from, with, minus);
    for (int64_t i = from; i < to; ++i) {
      std::fill_n(with.above[0], this->n, T(0));
      for (int64_t j = 0; j < this->lines; ++j) {
        fluxes(u, i, j, with, minus);
        int64_t row = i * this->lines + j;
        update(u[row], with, j, next[row], tau);
        next.reflect(row);
      }
    }
  }

  void run() const {
    Rows<T> u = this->reflected(), v(u.count, u.cells);
    T lambda = this->param(0), tau = this->param(1);
    T minus = -1 / (2 * lambda * lambda);
#pragma omp parallel
    {
      Fluxes with(this->lines, this->n);
      int64_t id = omp_get_thread_num(), all = omp_get_num_threads();
      int64_t from = this->planes * id / all,
              to = this->planes * (id + 1) / all;
      for (int64_t k = 0; k < this->call.steps; ++k) {
        step(k % 2 ? v : u, k % 2 ? u : v, from, to, with, minus, tau);
#pragma omp barrier
      }
    }
    (this->call.steps % 2 ? v : u).copyTo(this->call.outputs[0]);
  }
};

} // namespace

void plain::heat3d(const Call &call) { solve<Heat>(call); }
void plain::peronaMalik3d(const Call &call) { solve<PeronaMalik>(call); }
