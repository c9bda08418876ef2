//===- machine.cpp - what the machine can do at most ----------------------===//
//
// usage: machine f64|f32 THREADS
//
// Prints, as one line of JSON: `memory`, the GB/s of a loop that reads one
// array and writes another, both larger than any cache, counted as in run.py (a
// value read, a value written); `multiply_add`, the GFlop/s of fused
// multiply-adds of vectors in registers, each two operations. The best of
// several times each.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <omp.h>
#include <vector>

static double now() {
  using namespace std::chrono;
  return duration<double>(steady_clock::now().time_since_epoch()).count();
}

template <typename T> static double memory() {
  const int64_t n = (int64_t(128) << 20) / sizeof(T);
  std::vector<T> from(n, T(1)), to(n);
  const T *__restrict a = from.data();
  T *__restrict b = to.data();
  double best = 1e30;
  for (int turn = 0; turn < 10; ++turn) {
    double start = now();
#pragma omp parallel for simd schedule(static)
    for (int64_t i = 0; i < n; ++i)
      b[i] = T(0.5) * a[i];
    best = std::min(best, now() - start);
  }
  return 2.0 * n * sizeof(T) / best * 1e-9;
}

/// Enough independent sums to fill the units' pipelines.
template <typename T> static double multiplyAdd() {
  typedef T Vector __attribute__((vector_size(64)));
  const int64_t passes = 5'000'000;
  const int sums = 16;
  int lanes = sizeof(Vector) / sizeof(T);
  double best = 1e30;
  for (int turn = 0; turn < 10; ++turn) {
    double start = now();
#pragma omp parallel
    {
      Vector sum[sums] = {};
      Vector factor = sum[0] + T(0.5), summand = sum[0] + T(1);
      // Nothing may be known of them, or sums could be left out.
      asm volatile("" : "+v"(factor), "+v"(summand));
      for (int k = 0; k < sums; ++k)
        asm volatile("" : "+v"(sum[k]));
      for (int64_t i = 0; i < passes; ++i)
        for (int k = 0; k < sums; ++k)
          sum[k] = sum[k] * factor + summand;
      for (int k = 0; k < sums; ++k)
        asm volatile("" : : "v"(sum[k]));
    }
    best = std::min(best, now() - start);
  }
  return 2.0 * sums * lanes * passes * omp_get_max_threads() / best * 1e-9;
}

template <typename T> static void print() {
  std::printf("{\"memory\": %.4g, \"multiply_add\": %.4g}\n", memory<T>(),
              multiplyAdd<T>());
}

int main(int argc, char **argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: machine f64|f32 THREADS\n");
    return 2;
  }
  omp_set_num_threads(std::atoi(argv[2]));
  if (std::strcmp(argv[1], "f32") == 0)
    print<float>();
  else
    print<double>();
  return 0;
}
