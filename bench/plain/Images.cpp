//===- Images.cpp - plain loops in two dimensions -------------------------===//
//
// One pass over memory for each step. Rows beyond the sides are chosen by their
// pointers, cells beyond the ends of a row are set when the row is made.
//
//===----------------------------------------------------------------------===//

#include "Loops.h"
#include "Rows.h"

#include <cmath>
#include <omp.h>
#include <utility>
#include <vector>

using namespace plain;

namespace {

/// What the solvers of this file share: one grid of rows, its time loop.
template <typename T> struct Image {
  Image(const Call &call)
      : call(call), shape(call.size[0], call.size[1]), n(call.size[1]),
        last(call.size[0] - 1) {
    omp_set_num_threads(call.threads);
  }

  T param(int i) const { return T(call.params[i]); }

  Rows<T> input(int i) const { return {shape, call.inputs[i]}; }

  Rows<T> reflected(int input) const {
    Rows<T> rows = this->input(input);
    for (int64_t i = 0; i <= last; ++i)
      rows.reflect(i);
    return rows;
  }

  /// Row i - 1 or i + 1, where nothing flows across the sides.
  T *above(const Rows<T> &u, int64_t i) const { return u[i > 0 ? i - 1 : 0]; }
  T *below(const Rows<T> &u, int64_t i) const {
    return u[i < last ? i + 1 : last];
  }

  const Call &call;
  const Rows<T> shape;
  const int64_t n, last;
};

//===----------------------------------------------------------------------===//
// The heat equation, by explicit steps and by extrapolated ones
//===----------------------------------------------------------------------===//

template <typename T> struct Heat : Image<T> {
  using Image<T>::Image;

  void step(const Rows<T> &u, const Rows<T> &next, T tau) const {
#pragma omp for schedule(static)
    for (int64_t i = 0; i <= this->last; ++i) {
      const T *__restrict a = this->above(u, i), *__restrict b = u[i],
                          *__restrict c = this->below(u, i);
      T *__restrict d = next[i];
#pragma omp simd
      for (int64_t j = 0; j < this->n; ++j)
        d[j] = b[j] + tau * (a[j] + b[j - 1] - 4 * b[j] + b[j + 1] + c[j]);
      next.reflect(i);
    }
  }

  void run() const {
    Rows<T> u = this->reflected(0), v(u.count, u.cells);
    T tau = this->param(0);
    auto once = [&](const Rows<T> &now, const Rows<T> &next) {
      step(now, next, tau);
    };
    alternate(u, v, this->call.steps, once).copyTo(this->call.outputs[0]);
  }
};

template <typename T> struct Extrapolated : Image<T> {
  using Image<T>::Image;

  /// `before` is what is extrapolated from: `next` itself, which is in place,
  /// or u.
  void step(const Rows<T> &u, const Rows<T> &before, const Rows<T> &next, T a,
            T tau) const {
#pragma omp for schedule(static)
    for (int64_t i = 0; i <= this->last; ++i) {
      const T *x = this->above(u, i), *y = u[i], *z = this->below(u, i);
      const T *v = before[i];
      T *w = next[i];
      T b = 1 - a;
      // The arrays are the same cell by cell, or do not overlap.
#pragma omp simd
      for (int64_t j = 0; j < this->n; ++j)
        w[j] =
            a * (y[j] + tau * (x[j] + y[j - 1] - 4 * y[j] + y[j + 1] + z[j])) +
            b * v[j];
      next.reflect(i);
    }
  }

  void run() const {
    const int64_t cycle = 20;
    Rows<T> u = this->reflected(0), v(u.count, u.cells);
    T tau = this->param(0);
    // A cycle is even: it ends in u.
#pragma omp parallel
    for (int64_t k = 0; k < this->call.steps * cycle; ++k) {
      int64_t place = k % cycle;
      const Rows<T> &now = k % 2 ? v : u, &next = k % 2 ? u : v;
      step(now, place ? next : now, next, T(4 * place + 2) / T(2 * place + 3),
           tau);
    }
    u.copyTo(this->call.outputs[0]);
  }
};

//===----------------------------------------------------------------------===//
// Waves by the leapfrog scheme, zero at the sides
//===----------------------------------------------------------------------===//

template <typename T> struct Wave : Image<T> {
  using Image<T>::Image;

  /// The new level takes the place of the one before.
  void step(const Rows<T> &u, const Rows<T> &before, const T *zero,
            T square) const {
#pragma omp for schedule(static)
    for (int64_t i = 0; i <= this->last; ++i) {
      const T *__restrict a = i > 0 ? u[i - 1] : zero, *__restrict b = u[i],
                          *__restrict c = i < this->last ? u[i + 1] : zero;
      T *__restrict d = before[i];
#pragma omp simd
      for (int64_t j = 0; j < this->n; ++j)
        d[j] = 2 * b[j] - d[j] +
               square * (a[j] + b[j - 1] - 4 * b[j] + b[j + 1] + c[j]);
    }
  }

  /// The level before the first one, of a drum at rest, is u +
  /// square/2*laplace(u): a step from u with u before.
  void run() const {
    Rows<T> u = this->input(0), v = this->input(0);
    Rows<T> zero(1, this->n);
    T square = this->param(0) * this->param(0);
#pragma omp parallel
    step(u, v, zero[0], square / 2);
    auto once = [&](const Rows<T> &now, const Rows<T> &before) {
      step(now, before, zero[0], square);
    };
    alternate(u, v, this->call.steps, once).copyTo(this->call.outputs[0]);
  }
};

//===----------------------------------------------------------------------===//
// Charbonnier diffusion
//===----------------------------------------------------------------------===//

template <typename T> struct Charbonnier : Image<T> {
  using Image<T>::Image;

  /// Fluxes of one row: along the first axis and along the second, where
  /// q[-1], at the side, stays zero.
  struct Fluxes {
    Fluxes(int64_t n) : p(1, n), q(1, n) {}
    Rows<T> p, q;
  };

  void fluxes(const Rows<T> &u, int64_t i, const Fluxes &to, T k) const {
    const T *__restrict a = u[i], *__restrict b = this->below(u, i);
    T *__restrict p = to.p[0], *__restrict q = to.q[0];
#pragma omp simd
    for (int64_t j = 0; j < this->n; ++j) {
      T x = b[j] - a[j], y = a[j + 1] - a[j];
      T g = 1 / std::sqrt(1 + k * (x * x + y * y));
      p[j] = g * x;
      q[j] = g * y;
    }
  }

  void update(const T *__restrict u, const T *__restrict p,
              const T *__restrict before, const T *__restrict q,
              T *__restrict next, T tau) const {
#pragma omp simd
    for (int64_t j = 0; j < this->n; ++j)
      next[j] = u[j] + tau * (p[j] - before[j] + q[j] - q[j - 1]);
  }

  /// A thread goes down its rows and keeps the fluxes of the row above.
  void rows(const Rows<T> &u, const Rows<T> &next, int64_t from, int64_t to,
            Fluxes *above, Fluxes *here, T k, T tau) const {
    if (from > 0)
      fluxes(u, from - 1, *above, k);
    else
      std::fill_n(above->p[0], this->n, T(0));
    for (int64_t i = from; i < to; ++i) {
      fluxes(u, i, *here, k);
      update(u[i], here->p[0], above->p[0], here->q[0], next[i], tau);
      next.reflect(i);
      std::swap(here, above);
    }
  }

  void run() const {
    Rows<T> u = this->reflected(0), v(u.count, u.cells);
    T k = 1 / (this->param(0) * this->param(0)), tau = this->param(1);
#pragma omp parallel
    {
      Fluxes one(this->n), other(this->n);
      int64_t id = omp_get_thread_num(), all = omp_get_num_threads();
      for (int64_t step = 0; step < this->call.steps; ++step) {
        rows(step % 2 ? v : u, step % 2 ? u : v, u.count * id / all,
             u.count * (id + 1) / all, &one, &other, k, tau);
#pragma omp barrier
      }
    }
    (this->call.steps % 2 ? v : u).copyTo(this->call.outputs[0]);
  }
};

//===----------------------------------------------------------------------===//
// Gray and Scott's reaction, on a torus
//===----------------------------------------------------------------------===//

template <typename T> struct GrayScott : Image<T> {
  using Image<T>::Image;

  struct Pair {
    Rows<T> u, v;
  };

  Pair wrapped() const {
    Pair pair = {this->input(0), this->input(1)};
    for (int64_t i = 0; i <= this->last; ++i)
      wrap(pair, i);
    return pair;
  }

  static void wrap(const Pair &pair, int64_t i) {
    pair.u.wrap(i);
    pair.v.wrap(i);
  }

  void step(const Pair &now, const Pair &next) const {
    T du = this->param(0), dv = this->param(1), feed = this->param(2),
      loss = feed + this->param(3), tau = this->param(4);
#pragma omp for schedule(static)
    for (int64_t i = 0; i <= this->last; ++i) {
      int64_t up = i > 0 ? i - 1 : this->last,
              down = i < this->last ? i + 1 : 0;
      const T *__restrict a = now.u[up], *__restrict b = now.u[i],
                          *__restrict c = now.u[down];
      const T *__restrict x = now.v[up], *__restrict y = now.v[i],
                          *__restrict z = now.v[down];
      T *__restrict u = next.u[i], *__restrict v = next.v[i];
#pragma omp simd
      for (int64_t j = 0; j < this->n; ++j) {
        T reaction = b[j] * y[j] * y[j];
        T uxx = a[j] + b[j - 1] - 4 * b[j] + b[j + 1] + c[j];
        T vxx = x[j] + y[j - 1] - 4 * y[j] + y[j + 1] + z[j];
        u[j] = b[j] + tau * (du * uxx - reaction + feed * (1 - b[j]));
        v[j] = y[j] + tau * (dv * vxx + reaction - loss * y[j]);
      }
      wrap(next, i);
    }
  }

  void run() const {
    Pair one = wrapped(), other = wrapped();
    auto once = [&](const Pair &now, const Pair &next) { step(now, next); };
    const Pair &result = alternate(one, other, this->call.steps, once);
    result.u.copyTo(this->call.outputs[0]);
    result.v.copyTo(this->call.outputs[1]);
  }
};

} // namespace

void plain::heat2d(const Call &call) { solve<Heat>(call); }
void plain::fsi2d(const Call &call) { solve<Extrapolated>(call); }
void plain::wave2d(const Call &call) { solve<Wave>(call); }
void plain::charbonnier2d(const Call &call) { solve<Charbonnier>(call); }
void plain::grayScott2d(const Call &call) { solve<GrayScott>(call); }
