//===- Tensor.h - what layers work on ---------------------------*- C++ -*-===//
//
// Inside the layers every tensor has three axes: missing ones are put in front
// with one cell, so that the last axis is always the contiguous one.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_TENSOR_H
#define PDE_RUNTIME_TENSOR_H

#include "runtime/execution/Context.h"

struct pde_tensor {
  int32_t rank; ///< as the program sees it
  int64_t sizes[PDE_MAX_RANK];
  void *data; ///< of pde_alloc, owned
  int64_t owners;

  int64_t numCells() const { return sizes[0] * sizes[1] * sizes[2]; }
  template <typename T> T *cells() { return static_cast<T *>(data); }
  template <typename T> const T *cells() const {
    return static_cast<const T *>(data);
  }
};

namespace pdert {

/// A tensor of `sizes`, padded to three axes, with undefined values. Throws a
/// Failure naming `layer` if a size is not positive, or there is no memory.
pde_tensor *newTensor(pde_context &ctx, int32_t rank,
                      const int64_t (&sizes)[PDE_MAX_RANK], const char *layer);

/// Throws a Failure naming `layer` unless a and b have the same sizes.
void checkSameSizes(const pde_tensor &a, const pde_tensor &b,
                    const char *layer);

/// Puts axes in front of the `rank` given ones.
template <typename T>
void toThreeAxes(int32_t rank, const T *given, const T &missing,
                 T (&all)[PDE_MAX_RANK]) {
  for (int32_t axis = 0; axis < PDE_MAX_RANK; ++axis) {
    int32_t own = axis - (PDE_MAX_RANK - rank);
    all[axis] = own < 0 ? missing : given[own];
  }
}

/// Ends a layer: its result, or the way out of the run when it failed.
template <typename Body> pde_tensor *runLayer(pde_context *ctx, Body &&body) {
  pde_tensor *result = nullptr;
  if (!guarded(*ctx, [&] { result = body(); }))
    unwind(ctx);
  return result;
}

} // namespace pdert

#endif // PDE_RUNTIME_TENSOR_H
