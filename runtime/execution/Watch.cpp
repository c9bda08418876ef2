//===- Watch.cpp - checks of each time step -------------------------------===//
//
// A norm that never grows does so in exact arithmetic. What rounding may add to
// it in one step: a value that n operations in a row make of the field is off
// by n units in the last place of the field's size at most, so a step of some
// hundred operations lets the norm grow by some hundred units. Allowed are 1024
// of them, and the 2^-40 that a certificate itself leaves for coefficients; and
// as much as a cell loses where numbers are too small to be normal.
//
//===----------------------------------------------------------------------===//

#include "runtime/execution/Statistics.h"

#include <cmath>
#include <limits>

using namespace pdert;

/// The largest norm that a step may make of one.
static double allowedNorm(const pde_context &ctx, double norm, int64_t cells) {
  double factor = 0, smallest = 0;
  withType(ctx, [&](auto zero) {
    using Limits = std::numeric_limits<decltype(zero)>;
    factor = 1 + 0x1p-40 + 1024 * double(Limits::epsilon());
    smallest = Limits::min();
  });
  return factor * norm + std::sqrt(double(cells)) * smallest;
}

/// The first cell of the largest magnitude.
static int64_t largestCell(const pde_context &ctx, const void *data,
                           int64_t count) {
  int64_t largest = 0;
  withType(ctx, [&](auto zero) {
    auto *values = static_cast<const decltype(zero) *>(data);
    for (int64_t i = 1; i < count; ++i)
      if (std::fabs(values[i]) > std::fabs(values[largest]))
        largest = i;
  });
  return largest;
}

/// "-inf at cell (3, 5)".
static std::string valueAt(const pde_context &ctx, const pde_port &field,
                           const void *data, int64_t cell) {
  double value = 0;
  withType(ctx, [&](auto zero) {
    value = static_cast<const decltype(zero) *>(data)[cell];
  });
  return format("%.9g at %s", value, elementText(ctx, field, cell).c_str());
}

/// "'u' (heat.pde:7)"; what is no output has no name.
static std::string evolvedText(const pde_context &ctx,
                               const pde_evolved &evolved) {
  std::string field = *evolved.field.name
                          ? quoted(evolved.field.name)
                          : format("level %d", evolved.level + 1);
  return format("%s (%s:%d)", field.c_str(), ctx.program.source, evolved.line);
}

/// "step 3 of 'u' (heat.pde:7)".
static std::string stepText(const pde_context &ctx, const pde_evolved &evolved,
                            int64_t step) {
  return format("step %lld of %s", static_cast<long long>(step),
                evolvedText(ctx, evolved).c_str());
}

static const char *const conclusion =
    "the run is unstable for these parameters";

static void checkFinite(pde_context &ctx, const pde_evolved &evolved,
                        int64_t step, const void *data, int64_t count) {
  int64_t bad = firstNonFinite(ctx, data, count);
  if (bad < 0)
    return;
  std::string value = valueAt(ctx, evolved.field, data, bad);
  if (ctx.watch.isOn)
    fail("%s gives %s: %s", stepText(ctx, evolved, step).c_str(), value.c_str(),
         conclusion);
  fail("steps %lld to %lld of %s lead to %s: %s (--watch finds the step)",
       static_cast<long long>(ctx.watch.checkedBefore + 1),
       static_cast<long long>(step), evolvedText(ctx, evolved).c_str(),
       value.c_str(), conclusion);
}

static void checkNorm(pde_context &ctx, int number, int64_t step,
                      const void *data, int64_t count) {
  const pde_evolved &evolved = ctx.program.evolved[number];
  double norm = computeStatistics(ctx, data, count).norm;
  double &before = ctx.watch.norms[number];
  if (step > 0 && norm > allowedNorm(ctx, before, count)) {
    std::string cell =
        valueAt(ctx, evolved.field, data, largestCell(ctx, data, count));
    fail("%s lets the Euclidean norm grow from %.9g to %.9g (largest: %s), "
         "which the certificate excludes for the script's own parameters: %s",
         stepText(ctx, evolved, step).c_str(), before, norm, cell.c_str(),
         conclusion);
  }
  before = norm;
}

void pde_note_step_length(pde_context *ctx, int32_t line, double multiple) {
  // As much as its own operations may have rounded it up.
  if (multiple > 1 + 0x1p-36)
    ctx->ports.noteLongSteps(*ctx, line, multiple);
}

int32_t pde_is_watched(pde_context *ctx) { return ctx->watch.isOn; }

int32_t pde_is_check_due(pde_context *ctx, int64_t before, int64_t done) {
  // Looking costs no more than a step, so that it is lost in so many.
  constexpr int64_t interval = 512;
  Watch &watch = ctx->watch;
  if (before == 0)
    watch.checked = 0;
  if (watch.isOn || before / interval == done / interval)
    return 0;
  watch.checkedBefore = watch.checked;
  watch.checked = done;
  return 1;
}

void pde_watch(pde_context *ctx, int32_t line, int32_t level, int64_t step,
               const void *data) {
  bool isFine = guarded(*ctx, [&] {
    for (int number = 0; number < ctx->program.num_evolved; ++number) {
      const pde_evolved &evolved = ctx->program.evolved[number];
      if (evolved.line != line || evolved.level != level)
        continue;
      int64_t count = ctx->numElements(evolved.field);
      checkFinite(*ctx, evolved, step, data, count);
      if (evolved.keeps_norm && ctx->watch.isOn)
        checkNorm(*ctx, number, step, data, count);
    }
  });
  if (!isFine)
    unwind(ctx);
}
