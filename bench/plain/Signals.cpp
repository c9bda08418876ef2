//===- Signals.cpp - plain loops in one dimension -------------------------===//
//
// u_t = (Phi(u_x))_x with no flux at the ends, spacing 1. "One loop" goes from
// one array into the other and computes each flux twice; "two loops" puts
// fluxes into an array and updates in place.
//
//===----------------------------------------------------------------------===//

#include "Loops.h"

#include <algorithm>
#include <cmath>
#include <omp.h>
#include <utility>
#include <vector>

using namespace plain;

namespace {

/// `k` is what can be computed of lambda beforehand; the loops only multiply.
template <typename T> struct PeronaMalikFlux {
  explicit PeronaMalikFlux(T lambda) : k(1 / (2 * lambda * lambda)) {}
  T operator()(T s) const { return s * std::exp(-s * s * k); }
  T k;
};

template <typename T> struct CharbonnierFlux {
  explicit CharbonnierFlux(T lambda) : k(1 / (lambda * lambda)) {}
  T operator()(T s) const { return s / std::sqrt(1 + s * s * k); }
  T k;
};

} // namespace

template <typename T, typename Flux>
static void stepInOneLoop(const T *__restrict u, T *__restrict next, int64_t n,
                          T tau, Flux flux) {
  next[0] = u[0] + tau * flux(u[1] - u[0]);
#pragma omp parallel for simd schedule(static)
  for (int64_t i = 1; i < n - 1; ++i)
    next[i] = u[i] + tau * (flux(u[i + 1] - u[i]) - flux(u[i] - u[i - 1]));
  next[n - 1] = u[n - 1] - tau * flux(u[n - 1] - u[n - 2]);
}

template <typename T, typename Flux>
static void stepInTwoLoops(T *__restrict u, T *__restrict phi, int64_t n, T tau,
                           Flux flux) {
#pragma omp parallel for simd schedule(static)
  for (int64_t i = 0; i < n - 1; ++i)
    phi[i] = flux(u[i + 1] - u[i]);
  u[0] += tau * phi[0];
#pragma omp parallel for simd schedule(static)
  for (int64_t i = 1; i < n - 1; ++i)
    u[i] += tau * (phi[i] - phi[i - 1]);
  u[n - 1] -= tau * phi[n - 2];
}

template <typename T, template <typename> class Flux, bool twoLoops>
static void evolve(const Call &call) {
  omp_set_num_threads(call.threads);
  int64_t n = call.size[0];
  Flux<T> flux(T(call.params[0]));
  T tau = T(call.params[1]);
  const T *input = static_cast<const T *>(call.inputs[0]);
  std::vector<T> u(input, input + n), other(n);
  for (int64_t step = 0; step < call.steps; ++step) {
    if (twoLoops) {
      stepInTwoLoops(u.data(), other.data(), n, tau, flux);
    } else {
      stepInOneLoop(u.data(), other.data(), n, tau, flux);
      std::swap(u, other);
    }
  }
  std::copy(u.begin(), u.end(), static_cast<T *>(call.outputs[0]));
}

template <template <typename> class Flux, bool twoLoops>
static void evolve(const Call &call) {
  if (call.isFloat)
    evolve<float, Flux, twoLoops>(call);
  else
    evolve<double, Flux, twoLoops>(call);
}

void plain::peronaMalikOneLoop(const Call &call) {
  evolve<PeronaMalikFlux, false>(call);
}
void plain::peronaMalikTwoLoops(const Call &call) {
  evolve<PeronaMalikFlux, true>(call);
}
void plain::charbonnierOneLoop(const Call &call) {
  evolve<CharbonnierFlux, false>(call);
}
void plain::charbonnierTwoLoops(const Call &call) {
  evolve<CharbonnierFlux, true>(call);
}
