//===- Parallel.cpp - parallel loops --------------------------------------===//

#include "Parallel.h"

#include <omp.h>
#include <sched.h>

using namespace pdert;

int pdert::availableThreads() {
  cpu_set_t set;
  CPU_ZERO(&set);
  // Fails on machines with more processors than the set has room for.
  int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set)
                                                          : omp_get_num_procs();
  return std::clamp(count, 1, 1024);
}

void pdert::runParallel(pde_context &ctx, int64_t count, pde_body body,
                        void *closure, int64_t scratchBytes) {
  if (count <= 0)
    return;
  int workers = static_cast<int>(std::min<int64_t>(ctx.threads, count));
  ctx.scratch.reserve(workers, scratchBytes);
  if (workers == 1) {
    for (int64_t i = 0; i < count; ++i)
      body(closure, i, i + 1, ctx.scratch.of(0));
    return;
  }
#pragma omp parallel num_threads(workers)
  {
    // The team may be smaller than asked for.
    int64_t team = omp_get_num_threads(), self = omp_get_thread_num();
    int64_t share = count / team, rest = count % team;
    int64_t begin = self * share + std::min(self, rest);
    int64_t end = begin + share + (self < rest);
    void *scratch = ctx.scratch.of(static_cast<int>(self));
    for (int64_t i = begin; i < end; ++i)
      body(closure, i, i + 1, scratch);
  }
}

void pde_parallel(pde_context *ctx, int64_t count, pde_body body, void *closure,
                  int64_t scratch_bytes) {
  if (!guarded(*ctx,
               [&] { runParallel(*ctx, count, body, closure, scratch_bytes); }))
    unwind(ctx);
}
