//===- plain.cpp - the loops that a user would write by hand --------------===//
//
// u_t = (Phi(u_x))_x with no flux at the ends, spacing 1. Built as a shared
// library once for each compiler.
//
//===----------------------------------------------------------------------===//

#include "plain.h"

#include <algorithm>
#include <cmath>
#include <omp.h>
#include <utility>
#include <vector>

/// `k` is what can be computed of lambda beforehand; the loops only multiply.
template <typename T, Equation equation> static inline T flux(T s, T k) {
  if constexpr (equation == Equation::PeronaMalik)
    return s * std::exp(-s * s * k);
  else
    return s / std::sqrt(1 + s * s * k);
}

template <typename T, Equation equation>
static void stepInOneLoop(const T *__restrict u, T *__restrict next, int64_t n,
                          T tau, T k) {
  next[0] = u[0] + tau * flux<T, equation>(u[1] - u[0], k);
#pragma omp parallel for simd schedule(static)
  for (int64_t i = 1; i < n - 1; ++i)
    next[i] = u[i] + tau * (flux<T, equation>(u[i + 1] - u[i], k) -
                            flux<T, equation>(u[i] - u[i - 1], k));
  next[n - 1] = u[n - 1] - tau * flux<T, equation>(u[n - 1] - u[n - 2], k);
}

template <typename T, Equation equation>
static void stepInTwoLoops(T *__restrict u, T *__restrict phi, int64_t n, T tau,
                           T k) {
#pragma omp parallel for simd schedule(static)
  for (int64_t i = 0; i < n - 1; ++i)
    phi[i] = flux<T, equation>(u[i + 1] - u[i], k);
  u[0] += tau * phi[0];
#pragma omp parallel for simd schedule(static)
  for (int64_t i = 1; i < n - 1; ++i)
    u[i] += tau * (phi[i] - phi[i - 1]);
  u[n - 1] -= tau * phi[n - 2];
}

template <typename T, Equation equation>
static void evolve(const PlainCall &call) {
  T lambda = T(call.lambda), tau = T(call.tau);
  T k = 1 / (lambda * lambda);
  if (equation == Equation::PeronaMalik)
    k /= 2;
  const T *input = static_cast<const T *>(call.input);
  std::vector<T> u(input, input + call.size), other(call.size);
  for (int64_t step = 0; step < call.steps; ++step) {
    if (call.variant == Variant::TwoLoops) {
      stepInTwoLoops<T, equation>(u.data(), other.data(), call.size, tau, k);
    } else {
      stepInOneLoop<T, equation>(u.data(), other.data(), call.size, tau, k);
      std::swap(u, other);
    }
  }
  std::copy(u.begin(), u.end(), static_cast<T *>(call.output));
}

template <typename T> static void evolveEquation(const PlainCall &call) {
  if (call.equation == Equation::PeronaMalik)
    evolve<T, Equation::PeronaMalik>(call);
  else
    evolve<T, Equation::Charbonnier>(call);
}

void plain_run(const PlainCall *call) {
  omp_set_num_threads(call->threads);
  if (call->isFloat)
    evolveEquation<float>(*call);
  else
    evolveEquation<double>(*call);
}
