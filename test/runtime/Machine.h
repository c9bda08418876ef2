//===- Machine.h - tensors and layers for tests -----------------*- C++ -*-===//

#ifndef PDE_TEST_RUNTIME_MACHINE_H
#define PDE_TEST_RUNTIME_MACHINE_H

#include "runtime/pde_runtime.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <gtest/gtest.h>
#include <vector>

using Sizes = std::vector<int64_t>;
using Line = std::vector<double>;

/// A program whose run is the test's own function.
class Machine {
public:
  explicit Machine(int32_t type = PDE_F64, int threads = 2)
      : type(type), threads(threads) {}

  void run(std::function<void(pde_context *)> test) {
    current = std::move(test);
    pde_program program = {"test",  "test.pde", "network", type,    0,
                           0,       0,          0,         0,       nullptr,
                           nullptr, nullptr,    nullptr,   nullptr, call,
                           nullptr, 0,          nullptr};
    pde_call arguments = {};
    arguments.size = sizeof arguments;
    arguments.threads = threads;
    char message[256];
    EXPECT_EQ(pde_execute(&program, &arguments, message, sizeof message), 0)
        << message;
  }

private:
  static void call(pde_context *ctx) { current(ctx); }
  static inline std::function<void(pde_context *)> current;
  int32_t type;
  int threads;
};

inline int64_t product(const Sizes &sizes) {
  int64_t cells = 1;
  for (int64_t size : sizes)
    cells *= size;
  return cells;
}

inline Line random(const Sizes &sizes, int64_t seed) {
  Line values(product(sizes));
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = pde_noise(seed, i);
  return values;
}

inline pde_tensor *tensorOf(pde_context *ctx, const Sizes &sizes,
                            const Line &values) {
  void *data = pde_alloc(ctx, values.size());
  std::memcpy(data, values.data(), values.size() * sizeof(double));
  return pde_tensor_take(ctx, sizes.size(), sizes.data(), data);
}

inline Line valuesOf(pde_context *ctx, pde_tensor *x, const Sizes &sizes) {
  auto *data = static_cast<double *>(pde_tensor_copy_out(ctx, x));
  Line values(data, data + product(sizes));
  pde_free(ctx, data);
  return values;
}

inline double dot(const Line &a, const Line &b) {
  EXPECT_EQ(a.size(), b.size());
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i)
    sum += a[i] * b[i];
  return sum;
}

inline pde_margin margin(int32_t kind, int64_t low, int64_t high,
                         double value = 0) {
  return {kind,    kind,    low,     high,    value,   value,
          nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};
}

/// Sizes after padding.
inline Sizes padded(Sizes sizes, const std::vector<pde_margin> &margins) {
  for (size_t axis = 0; axis < sizes.size(); ++axis)
    sizes[axis] += margins[axis].low + margins[axis].high;
  return sizes;
}

struct Weights {
  Sizes offsets;
  std::vector<double> values;
  int32_t rank;
  double scale = 1;

  pde_weights get() const {
    return {rank, static_cast<int32_t>(values.size()), offsets.data(),
            values.data(), scale};
  }
};

inline const Weights oneD = {{-2, 0, 1}, {0.3, -1, 1}, 1, 0.7};
inline const Weights twoD = {
    {-1, 0, 0, -1, 0, 0, 0, 1, 1, 0}, {1, 1, -3.9, 1, 1.1}, 2};
inline const Weights threeD = {
    {-1, 0, 0, 0, -1, 2, 0, 0, 0, 1, 1, 1}, {-1, 0.5, 2, 1}, 3, -0.25};

#endif // PDE_TEST_RUNTIME_MACHINE_H
