//===- Products.cpp - sums over fields, several in one pass ---------------===//
//
// Each has the bits of Summation.h: eight parts of a leaf are the lanes of a
// vector, and leaves are added by halving. The additions of one sum wait for
// each other, those of several do not, and sums of products with the same field
// load and widen it once. A product of two floats is exact in double, so adding
// it with one rounding or with two is the same.
//
//===----------------------------------------------------------------------===//

#include "runtime/execution/Products.h"
#include "runtime/execution/ConvolveTile.h"
#include "runtime/execution/Summation.h"

using namespace pdert;

namespace {

constexpr int lanes = 8;
using Eight = Vectors<double, lanes * sizeof(double)>::Type;

/// Sums that are formed together: of products with `a`, or, with one null in
/// `b`, of `a` alone.
template <typename T> struct Group {
  const T *a;
  const T *const *b;
  int64_t number;
};

/// How many have a vector of sums each.
constexpr int64_t mostOfGroup = 4;

} // namespace

template <typename T> PDE_INLINE void widen(Eight &to, const T *from) {
  typename Vectors<T, lanes * sizeof(T)>::Type cells;
  std::memcpy(&cells, from, sizeof cells);
  to = __builtin_convertvector(cells, Eight);
}

/// A group's sums over a leaf.
template <typename T, bool IsFused, int Number>
PDE_INLINE void sumLeaf(const Group<T> &group, int64_t begin, int64_t end,
                        double *sums) {
  Eight total[Number] = {};
  int64_t i = begin;
  for (; i + lanes <= end; i += lanes) {
    Eight a, b;
    widen(a, group.a + i);
    for (int k = 0; k < Number; ++k) {
      widen(b, group.b[k] + i);
      if constexpr (IsFused && sizeof(T) < sizeof(double))
        addProduct(total[k], a, b);
      else
        total[k] += a * b;
    }
  }
  for (int k = 0; k < Number; ++k) {
    double parts[lanes];
    std::memcpy(parts, &total[k], sizeof parts);
    for (int64_t rest = i; rest < end; ++rest)
      parts[rest - i] += double(group.a[rest]) * double(group.b[k][rest]);
    sums[k] = sumOfParts(parts);
  }
}

template <typename T, bool IsFused>
PDE_INLINE void sumGroup(const Group<T> &group, int64_t begin, int64_t end,
                         double *sums) {
  switch (group.number) {
  case 1:
    return sumLeaf<T, IsFused, 1>(group, begin, end, sums);
  case 2:
    return sumLeaf<T, IsFused, 2>(group, begin, end, sums);
  case 3:
    return sumLeaf<T, IsFused, 3>(group, begin, end, sums);
  default:
    return sumLeaf<T, IsFused, mostOfGroup>(group, begin, end, sums);
  }
}

//===----------------------------------------------------------------------===//
// Instruction sets
//===----------------------------------------------------------------------===//

#define PDE_SUMS(NAME, ATTRIBUTE, IS_FUSED)                                    \
  template <typename T>                                                        \
  ATTRIBUTE static void NAME(const Group<T> &group, int64_t begin,             \
                             int64_t end, double *sums) {                      \
    sumGroup<T, IS_FUSED>(group, begin, end, sums);                            \
  }

template <typename T>
using Way = void (*)(const Group<T> &, int64_t begin, int64_t end, double *);

PDE_SUMS(sumsOfAny, , false)
#ifdef __x86_64__
PDE_SUMS(sumsOfAvx512, __attribute__((target("avx512f"))), true)
PDE_SUMS(sumsOfAvx2, __attribute__((target("avx2,fma"))), true)
#endif

template <typename T> static Way<T> wayOfProcessor() {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512f"))
    return sumsOfAvx512<T>;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    return sumsOfAvx2<T>;
#endif
  return sumsOfAny<T>;
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

namespace {

/// Sums of one pass.
template <typename T> struct Pass {
  Products<T> of;
  Way<T> way = wayOfProcessor<T>();

  void addLeaf(int64_t begin, int64_t end, double *sums) const;
  void add(int64_t begin, int64_t end, double *sums) const;
};

} // namespace

template <typename T>
void Pass<T>::addLeaf(int64_t begin, int64_t end, double *sums) const {
  for (int64_t k = 0; k < of.number;) {
    const T *a = of.a[k];
    if (!of.b[k]) {
      sums[k++] =
          interleavedSum(begin, end, [=](int64_t i) { return double(a[i]); });
      continue;
    }
    int64_t first = k;
    while (k < of.number && k - first < mostOfGroup && of.a[k] == a && of.b[k])
      ++k;
    way({a, of.b + first, k - first}, begin, end, sums + first);
  }
}

/// As pairwiseSum.
template <typename T>
void Pass<T>::add(int64_t begin, int64_t end, double *sums) const {
  if (end - begin <= leafCells)
    return addLeaf(begin, end, sums);
  int64_t middle = begin + (end - begin) / 2;
  double others[mostProducts];
  add(begin, middle, sums);
  add(middle, end, others);
  for (int64_t k = 0; k < of.number; ++k)
    sums[k] += others[k];
}

/// As parallelSum.
template <typename T>
void pdert::sumProducts(pde_context &ctx, const Products<T> &products,
                        int64_t count, double *sums) {
  Pass<T> pass{products};
  if (count <= spanCells)
    return pass.add(0, count, sums);
  int64_t number = products.number;
  int64_t pieces = (count + spanCells - 1) / spanCells;
  std::vector<double> parts(pieces * number);
  forEachPiece(ctx, count, [&](int64_t begin, int64_t end) {
    pass.add(begin, end, parts.data() + begin / spanCells * number);
  });
  for (int64_t k = 0; k < number; ++k)
    sums[k] = pairwiseSum(
        0, pieces, [&](int64_t piece) { return parts[piece * number + k]; });
}

template void pdert::sumProducts(pde_context &, const Products<float> &,
                                 int64_t, double *);
template void pdert::sumProducts(pde_context &, const Products<double> &,
                                 int64_t, double *);

void pde_sums(pde_context *ctx, int64_t number, int64_t count,
              const void *const *a, const void *const *b, double *sums) {
  if (!guarded(*ctx, [&] {
        withType(*ctx, [&](auto zero) {
          using Fields = const decltype(zero) *const *;
          for (int64_t k = 0; k < number; k += mostProducts)
            sumProducts<decltype(zero)>(*ctx,
                                        {reinterpret_cast<Fields>(a) + k,
                                         reinterpret_cast<Fields>(b) + k,
                                         std::min(mostProducts, number - k)},
                                        count, sums + k);
        });
      }))
    unwind(ctx);
}
