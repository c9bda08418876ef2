//===- Tensor.cpp - what layers work on -----------------------------------===//
//
// Tensors are immutable once a layer has made them, and counted by owners: the
// compiler knows where each is read last and places the pde_tensor_free calls
// (compiler/net/LowerLayers.cpp). Their memory is the context's, so that a run
// that fails leaks none.
//
//===----------------------------------------------------------------------===//

#include "runtime/layers/Tensor.h"

#include <cstring>

using namespace pdert;

/// A tensor without data.
static pde_tensor *newShell(pde_context &ctx, int32_t rank,
                            const int64_t (&sizes)[PDE_MAX_RANK]) {
  auto *tensor =
      static_cast<pde_tensor *>(ctx.memory.allocate(1, sizeof(pde_tensor)));
  *tensor = {rank, {sizes[0], sizes[1], sizes[2]}, nullptr, 1};
  return tensor;
}

pde_tensor *pdert::newTensor(pde_context &ctx, int32_t rank,
                             const int64_t (&sizes)[PDE_MAX_RANK],
                             const char *layer) {
  int64_t cells = 1;
  for (int64_t size : sizes) {
    if (size < 1)
      fail("layer '%s' leaves no cells: the grid is too small for the scheme",
           layer);
    // Padding adds to sizes that fit; the product may not.
    if (__builtin_mul_overflow(cells, size, &cells))
      fail("out of memory: layer '%s' asks for %s", layer,
           cellsText(sizes, PDE_MAX_RANK).c_str());
  }
  pde_tensor *tensor = newShell(ctx, rank, sizes);
  tensor->data = ctx.memory.allocate(cells, ctx.elementSize());
  return tensor;
}

void pdert::checkSameSizes(const pde_tensor &a, const pde_tensor &b,
                           const char *layer) {
  if (std::memcmp(a.sizes, b.sizes, sizeof a.sizes) != 0)
    fail("layer '%s' got %s and %s: a bug of pdec", layer,
         cellsText(a.sizes, PDE_MAX_RANK).c_str(),
         cellsText(b.sizes, PDE_MAX_RANK).c_str());
}

/// Not copied: `data` must have come from pde_alloc and belongs to the tensor
/// from now on.
pde_tensor *pde_tensor_take(pde_context *ctx, int32_t rank,
                            const int64_t *sizes, void *data) {
  return runLayer(ctx, [&] {
    int64_t all[PDE_MAX_RANK];
    toThreeAxes(rank, sizes, int64_t(1), all);
    pde_tensor *tensor = newShell(*ctx, rank, all);
    tensor->data = data;
    return tensor;
  });
}

void *pde_tensor_copy_out(pde_context *ctx, const pde_tensor *x) {
  // Outside of guarded code: it unwinds by itself where memory is short.
  void *data = pde_alloc(ctx, x->numCells());
  std::memcpy(data, x->data, x->numCells() * ctx->elementSize());
  return data;
}

pde_tensor *pde_tensor_share(pde_context *, pde_tensor *x) {
  ++x->owners;
  return x;
}

int64_t pde_tensor_bytes(pde_context *ctx, const pde_tensor *x) {
  return x->numCells() * int64_t(ctx->elementSize());
}

pde_tensor *pde_tensor_restore(pde_context *ctx, pde_reversal *reversal,
                               int32_t part, pde_tensor *x) {
  // A copy, since others may own x.
  void *data = pde_tensor_copy_out(ctx, x);
  pde_reversal_restore(ctx, reversal, part, data, pde_tensor_bytes(ctx, x));
  return pde_tensor_take(ctx, x->rank, x->sizes + (PDE_MAX_RANK - x->rank),
                         data);
}

void pde_tensor_keep(pde_context *ctx, pde_reversal *reversal, int32_t part,
                     const pde_tensor *x) {
  pde_reversal_keep(ctx, reversal, part, x->data, pde_tensor_bytes(ctx, x));
}

void pde_tensor_free(pde_context *ctx, pde_tensor *x) {
  if (!x || --x->owners > 0)
    return;
  ctx->memory.release(x->data);
  ctx->memory.release(x);
}
