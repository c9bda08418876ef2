//===- LayerPointwise.cpp - layers that work cell by cell -----------------===//
//
// Each cell is computed from the same cells of the arguments by operations that
// are exactly rounded, or by code that the compiler made, so how the cells are
// divided among threads changes no bit. Layers check that sizes agree; that
// they do is the compiler's promise, and a message says so.
//
//===----------------------------------------------------------------------===//

#include "runtime/execution/Parallel.h"
#include "runtime/layers/Tensor.h"

using namespace pdert;

/// y[i] = f(a[i], b[i]).
template <typename Function>
static pde_tensor *combine(pde_context *ctx, const pde_tensor *a,
                           const pde_tensor *b, const char *layer,
                           const Function &f) {
  return runLayer(ctx, [&] {
    checkSameSizes(*a, *b, layer);
    pde_tensor *y = newTensor(*ctx, a->rank, a->sizes, layer);
    withType(*ctx, [&](auto zero) {
      using T = decltype(zero);
      const T *left = a->cells<T>(), *right = b->cells<T>();
      T *out = y->cells<T>();
      forEachPiece(*ctx, y->numCells(), [=](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; ++i)
          out[i] = f(left[i], right[i]);
      });
    });
    return y;
  });
}

pde_tensor *pde_layer_add(pde_context *ctx, const pde_tensor *a,
                          const pde_tensor *b) {
  return combine(ctx, a, b, "add", [](auto p, auto q) { return p + q; });
}

pde_tensor *pde_layer_subtract(pde_context *ctx, const pde_tensor *a,
                               const pde_tensor *b) {
  return combine(ctx, a, b, "subtract", [](auto p, auto q) { return p - q; });
}

pde_tensor *pde_layer_scale(pde_context *ctx, const pde_tensor *x,
                            double factor) {
  return combine(ctx, x, x, "scale", [factor](auto p, auto) {
    // The factor is rounded before the product, not the product alone.
    return static_cast<decltype(p)>(factor) * p;
  });
}

pde_tensor *pde_layer_activation(pde_context *ctx, int32_t count,
                                 const pde_tensor *const *x, pde_pointwise f,
                                 const double *scalars) {
  return runLayer(ctx, [&] {
    std::vector<const void *> data;
    for (int32_t i = 0; i < count; ++i) {
      checkSameSizes(*x[0], *x[i], "activation");
      data.push_back(x[i]->data);
    }
    pde_tensor *y = newTensor(*ctx, x[0]->rank, x[0]->sizes, "activation");
    forEachPiece(*ctx, y->numCells(), [&](int64_t begin, int64_t end) {
      f(data.data(), y->data, scalars, begin, end);
    });
    return y;
  });
}

/// A new tensor whose cell (i, j, k) is f(i, j, k), computed in double.
template <typename Function>
static pde_tensor *generate(pde_context *ctx, int32_t rank,
                            const int64_t *sizes, const char *layer,
                            const Function &f) {
  return runLayer(ctx, [&] {
    int64_t all[PDE_MAX_RANK];
    toThreeAxes(rank, sizes, int64_t(1), all);
    pde_tensor *y = newTensor(*ctx, rank, all, layer);
    withType(*ctx, [&](auto zero) {
      using T = decltype(zero);
      T *out = y->cells<T>();
      forEachRowPiece(*ctx, all,
                      [&](int64_t i, int64_t j, int64_t begin, int64_t end) {
                        int64_t row = (i * all[1] + j) * all[2];
                        for (int64_t k = begin; k < end; ++k) {
                          const int64_t cell[PDE_MAX_RANK] = {i, j, k};
                          out[row + k] = static_cast<T>(f(cell, row + k));
                        }
                      });
    });
    return y;
  });
}

pde_tensor *pde_layer_coordinate(pde_context *ctx, int32_t rank,
                                 const int64_t *sizes, int32_t axis,
                                 int64_t before, double first, double spacing) {
  // Tensors have three axes, the first ones of size one.
  int32_t own = axis + PDE_MAX_RANK - rank;
  return generate(
      ctx, rank, sizes, "coordinate", [=](const int64_t *cell, int64_t) {
        return first + static_cast<double>(cell[own] - before) * spacing;
      });
}

pde_tensor *pde_layer_noise(pde_context *ctx, int32_t rank,
                            const int64_t *sizes, int64_t seed) {
  return generate(
      ctx, rank, sizes, "noise",
      [=](const int64_t *, int64_t index) { return pde_noise(seed, index); });
}

double pde_layer_entry(pde_context *ctx, const pde_tensor *x, int64_t index) {
  return pde_read_entry(ctx, x->data, index);
}

double pde_layer_reduce(pde_context *ctx, int32_t kind, const pde_tensor *a,
                        const pde_tensor *b) {
  // pde_reduce guards itself; only this check is ours.
  if (b && !guarded(*ctx, [&] { checkSameSizes(*a, *b, "reduce"); }))
    unwind(ctx);
  return pde_reduce(ctx, kind, a->numCells(), a->data, b ? b->data : nullptr);
}
