//===- Records.cpp - what an evolution notes down -------------------------===//

#include "runtime/execution/Context.h"
#include "runtime/execution/Statistics.h"

#include <cmath>

using namespace pdert;

[[noreturn]] static void failNotFinite(const pde_context &ctx,
                                       const pde_record &record, int64_t step,
                                       const std::string &place) {
  fail("record '%s' is not finite after step %lld%s: %s", record.port.name,
       static_cast<long long>(step), place.c_str(),
       step > 0 ? "the run is unstable for these parameters"
                : whyNotFinite(ctx));
}

static void recordField(pde_context &ctx, int32_t number, int64_t step,
                        const void *data) {
  // What the state's run has recorded already.
  if (ctx.restart.isBehind())
    return;
  const pde_record &record = ctx.program.records[number];
  int64_t bad = firstNonFinite(ctx, data, ctx.numElements(record.port));
  if (bad >= 0)
    failNotFinite(ctx, record, step,
                  " (first at " + elementText(ctx, record.port, bad) + ")");
  ctx.ports.record(ctx, number, step, data);
}

/// Gathers a row, which is handed over with its last number.
static void recordNumber(pde_context &ctx, int32_t number, int64_t step,
                         int32_t column, double value) {
  if (ctx.restart.isBehind())
    return;
  const pde_record &record = ctx.program.records[number];
  if (!std::isfinite(value))
    failNotFinite(ctx, record, step, "");
  if (column == 0)
    ctx.row.clear();
  ctx.row.push_back(value);
  if (column + 1 == record.columns)
    ctx.ports.record(ctx, number, step, ctx.row.data());
}

void pde_record_field(pde_context *ctx, int32_t record, int64_t step,
                      const void *data) {
  double start = now();
  if (!guarded(*ctx, [&] { recordField(*ctx, record, step, data); }))
    unwind(ctx);
  ctx->secondsWriting += now() - start;
}

void pde_record_number(pde_context *ctx, int32_t record, int64_t step,
                       int32_t column, double value) {
  if (!guarded(*ctx, [&] { recordNumber(*ctx, record, step, column, value); }))
    unwind(ctx);
}
