//===- Products.h - sums over fields, several in one pass -------*- C++ -*-===//

#ifndef PDE_RUNTIME_PRODUCTS_H
#define PDE_RUNTIME_PRODUCTS_H

#include "runtime/execution/Context.h"

namespace pdert {

/// So many sums have one pass, at most.
constexpr int64_t mostProducts = 16;

/// Products a[k]*b[k] of fields, or a[k] alone where b[k] is null.
template <typename T> struct Products {
  const T *const *a;
  const T *const *b;
  int64_t number; ///< up to mostProducts
};

/// The sums of all, on the run's threads, each with the bits of parallelSum.
template <typename T>
void sumProducts(pde_context &ctx, const Products<T> &products, int64_t count,
                 double *sums);

} // namespace pdert

#endif // PDE_RUNTIME_PRODUCTS_H
