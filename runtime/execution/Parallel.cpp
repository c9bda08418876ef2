//===- Parallel.cpp - parallel loops --------------------------------------===//

#include "runtime/execution/Parallel.h"

#include <sched.h>

using namespace pdert;

int pdert::availableThreads() {
  cpu_set_t set;
  CPU_ZERO(&set);
  // Fails on machines with more processors than the set has room for.
  int count = sched_getaffinity(0, sizeof set, &set) == 0
                  ? CPU_COUNT(&set)
                  : static_cast<int>(std::thread::hardware_concurrency());
  return std::clamp(count, 1, 1024);
}

/// Seconds between two pulses, and the turns after which the clock is looked
/// at: turns take less than a millisecond, loops on few cells less than the
/// clock.
static constexpr double pulsePeriod = 0.05;
static constexpr unsigned turnsBetween = 8;

/// Called after each turn of the run's own thread.
static void notePulse(pde_context &ctx) {
  if (++ctx.turns % turnsBetween != 0)
    return;
  double time = now();
  if (time - ctx.lastPulse < pulsePeriod)
    return;
  ctx.lastPulse = time;
  ctx.ports.pulse();
}

void pdert::runParallel(pde_context &ctx, int64_t count, pde_body body,
                        void *closure, int64_t scratchBytes) {
  if (count <= 0)
    return;
  int workers = static_cast<int>(std::min<int64_t>(ctx.threads, count));
  ctx.scratch.reserve(workers, scratchBytes);
  if (workers == 1) {
    for (int64_t i = 0; i < count; ++i) {
      body(closure, i, i + 1, ctx.scratch.of(0));
      notePulse(ctx);
    }
    return;
  }
  ctx.workers.run({count, body, closure}, workers, ctx.scratch,
                  [&] { notePulse(ctx); });
}

/// Fewer rows a tile, and it computes more rows of its neighbours than its own.
static constexpr int64_t leastTileRows = 16;
/// Tiles for each thread: what one does later than others is then small.
static constexpr int64_t tilesPerThread = 2;

int64_t pde_tile_rows(pde_context *ctx, int64_t rows, int64_t beside,
                      int64_t most) {
  auto ceilDiv = [](int64_t a, int64_t b) { return (a + b - 1) / b; };
  int64_t least = std::min(most, leastTileRows);
  int64_t tiles = ceilDiv(rows, most);
  if (ctx->threads > 1)
    tiles =
        std::max(tiles, std::min(ceilDiv(tilesPerThread * ctx->threads, beside),
                                 ceilDiv(rows, least)));
  return std::max<int64_t>(1, ceilDiv(rows, std::max<int64_t>(tiles, 1)));
}

void pde_parallel(pde_context *ctx, int64_t count, pde_body body, void *closure,
                  int64_t scratch_bytes) {
  if (!guarded(*ctx,
               [&] { runParallel(*ctx, count, body, closure, scratch_bytes); }))
    unwind(ctx);
}
