//===- Along.cpp - arrays made of lines along an axis ---------------------===//
//
// Lines that lie side by side are gone along together, so that additions need
// not wait for each other: where neighbours of a line are `after` elements
// apart, a strip of these; along the last axis, a few whole lines.
//
//===----------------------------------------------------------------------===//

#include "runtime/execution/Parallel.h"

#include <algorithm>
#include <cmath>

using namespace pdert;

namespace {

/// Lines that are gone along together.
constexpr int64_t stripLines = 64;

/// What a strip of lines is so far, each in double.
struct Strip {
  double values[stripLines];
  bool anyNan[stripLines];
};

/// A strip of lines: element k of line i is at first + k*step + i*apart.
struct Place {
  int64_t first, step, apart, count;
};

template <typename T> struct Lines {
  int32_t kind;
  int64_t length;
  const T *x;
  T *y;

  void sum(const Place &from, const Place &to) const;
  void extremum(const Place &from, const Place &to) const;
  void cumulate(const Place &place) const;
  void spread(const Place &from, const Place &to) const;
};

} // namespace

template <typename T>
void Lines<T>::sum(const Place &from, const Place &to) const {
  Strip strip;
  for (int64_t i = 0; i < from.count; ++i)
    strip.values[i] = x[from.first + i * from.apart];
  for (int64_t k = 1; k < length; ++k)
    for (int64_t i = 0; i < from.count; ++i)
      strip.values[i] += x[from.first + k * from.step + i * from.apart];
  for (int64_t i = 0; i < from.count; ++i)
    y[to.first + i * to.apart] = static_cast<T>(strip.values[i]);
}

/// -0 lies below 0, as in arithmetic on cells.
static bool isBelow(double a, double b) {
  return a < b || (a == b && std::signbit(a) && !std::signbit(b));
}

template <typename T>
void Lines<T>::extremum(const Place &from, const Place &to) const {
  Strip strip;
  bool isMin = kind == PDE_ALONG_MIN;
  std::fill(strip.values, strip.values + from.count,
            isMin ? INFINITY : -INFINITY);
  std::fill(strip.anyNan, strip.anyNan + from.count, false);
  for (int64_t k = 0; k < length; ++k)
    for (int64_t i = 0; i < from.count; ++i) {
      double value = x[from.first + k * from.step + i * from.apart];
      double &best = strip.values[i];
      strip.anyNan[i] |= value != value;
      best =
          (isMin ? isBelow(value, best) : isBelow(best, value)) ? value : best;
    }
  for (int64_t i = 0; i < from.count; ++i)
    y[to.first + i * to.apart] =
        static_cast<T>(strip.anyNan[i] ? NAN : strip.values[i]);
}

template <typename T> void Lines<T>::cumulate(const Place &place) const {
  Strip strip;
  bool isBack = kind == PDE_CUMULATE_BACK;
  for (int64_t next = 0; next < length; ++next) {
    int64_t k = isBack ? length - 1 - next : next;
    for (int64_t i = 0; i < place.count; ++i) {
      int64_t at = place.first + k * place.step + i * place.apart;
      strip.values[i] = next == 0 ? x[at] : strip.values[i] + x[at];
      y[at] = static_cast<T>(strip.values[i]);
    }
  }
}

template <typename T>
void Lines<T>::spread(const Place &from, const Place &to) const {
  for (int64_t k = 0; k < length; ++k)
    for (int64_t i = 0; i < to.count; ++i)
      y[to.first + k * to.step + i * to.apart] = x[from.first + i * from.apart];
}

template <typename T>
static void goAlong(pde_context &ctx, const Lines<T> &lines, int64_t before,
                    int64_t after) {
  bool isSpread = lines.kind == PDE_ALONG_SPREAD;
  bool isOne = !isSpread && lines.kind < PDE_CUMULATE;
  int64_t strips = (after + stripLines - 1) / stripLines;
  // Along the last axis, strips are of whole lines.
  bool isLast = after == 1;
  int64_t tasks =
      isLast ? (before + stripLines - 1) / stripLines : before * strips;
  auto placeOf = [&](int64_t task, int64_t length) -> Place {
    if (isLast) {
      int64_t line = task * stripLines;
      return {line * length, 1, length, std::min(stripLines, before - line)};
    }
    int64_t offset = task % strips * stripLines;
    return {task / strips * length * after + offset, after, 1,
            std::min(stripLines, after - offset)};
  };
  parallelFor(ctx, tasks, [&](int64_t task) {
    Place from = placeOf(task, isSpread ? 1 : lines.length);
    Place to = placeOf(task, isOne ? 1 : lines.length);
    switch (lines.kind) {
    case PDE_ALONG_SUM:
      return lines.sum(from, to);
    case PDE_ALONG_MIN:
    case PDE_ALONG_MAX:
      return lines.extremum(from, to);
    case PDE_ALONG_SPREAD:
      return lines.spread(from, to);
    default:
      return lines.cumulate(from);
    }
  });
}

void pde_along(pde_context *ctx, int32_t kind, int64_t before, int64_t length,
               int64_t after, const void *x, void *y) {
  if (!guarded(*ctx, [&] {
        withType(*ctx, [&](auto zero) {
          using T = decltype(zero);
          goAlong<T>(
              *ctx,
              {kind, length, static_cast<const T *>(x), static_cast<T *>(y)},
              before, after);
        });
      }))
    unwind(ctx);
}
