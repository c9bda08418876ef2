//===- LayerAlong.cpp - layers along an axis ------------------------------===//
//
// Line by line, as pde_runtime.h says it: what pde_along does fast is compared
// with this.
//
//===----------------------------------------------------------------------===//

#include "runtime/execution/Parallel.h"
#include "runtime/layers/Tensor.h"

#include <cmath>

using namespace pdert;

/// One more element of a line.
static double joined(int32_t kind, double a, double b) {
  if (kind != PDE_ALONG_MIN && kind != PDE_ALONG_MAX)
    return a + b;
  if (std::isnan(a) || std::isnan(b))
    return NAN;
  if (a == b)
    return std::signbit(a) == (kind == PDE_ALONG_MIN) ? a : b; // zeros
  return kind == PDE_ALONG_MIN ? std::fmin(a, b) : std::fmax(a, b);
}

template <typename T>
static void makeLine(int32_t kind, const T *x, T *y, int64_t step,
                     int64_t length, int64_t size) {
  if (kind == PDE_ALONG_SPREAD) {
    for (int64_t k = 0; k < size; ++k)
      y[k * step] = x[0];
    return;
  }
  bool isBack = kind == PDE_CUMULATE_BACK;
  double made = 0;
  for (int64_t next = 0; next < length; ++next) {
    int64_t at = (isBack ? length - 1 - next : next) * step;
    made = next == 0 ? x[at] : joined(kind, made, x[at]);
    if (isBack || kind == PDE_CUMULATE)
      y[at] = static_cast<T>(made);
  }
  if (!isBack && kind != PDE_CUMULATE)
    y[0] =
        static_cast<T>(std::isnan(made) && kind != PDE_ALONG_SUM ? NAN : made);
}

pde_tensor *pde_layer_along(pde_context *ctx, const pde_tensor *x, int32_t kind,
                            int32_t axis, int64_t size) {
  return runLayer(ctx, [&] {
    int32_t own = axis + PDE_MAX_RANK - x->rank;
    int64_t sizes[PDE_MAX_RANK];
    std::copy(x->sizes, x->sizes + PDE_MAX_RANK, sizes);
    int64_t length = sizes[own], after = 1;
    for (int i = own + 1; i < PDE_MAX_RANK; ++i)
      after *= sizes[i];
    if (kind != PDE_CUMULATE && kind != PDE_CUMULATE_BACK)
      sizes[own] = kind == PDE_ALONG_SPREAD ? size : 1;
    pde_tensor *made = newTensor(*ctx, x->rank, sizes, "along");
    withType(*ctx, [&](auto zero) {
      using T = decltype(zero);
      parallelFor(*ctx, x->numCells() / length, [&](int64_t line) {
        int64_t block = line / after, offset = line % after;
        makeLine<T>(kind, x->cells<T>() + block * length * after + offset,
                    made->cells<T>() + block * sizes[own] * after + offset,
                    after, length, size);
      });
    });
    return made;
  });
}
