//===- Reversal.cpp - back through the passes of a loop -------------------===//

#include "runtime/execution/Reversal.h"

#include "runtime/execution/Context.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include <unistd.h>

using namespace pdert;

//===----------------------------------------------------------------------===//
// The schedule
//===----------------------------------------------------------------------===//

/// How many passes can be gone back through with `slots` kept states if none is
/// made more than `times` times: (slots + times) over slots, or the greatest
/// number.
static int64_t reach(int64_t slots, int64_t times) {
  constexpr int64_t most = std::numeric_limits<int64_t>::max();
  if (slots < 0 || times < 0)
    return 0;
  int64_t product = 1;
  for (int64_t i = 1; i <= std::min(slots, times); ++i) {
    __int128 larger =
        static_cast<__int128>(product) * (std::max(slots, times) + i) / i;
    if (larger > most)
      return most;
    product = static_cast<int64_t>(larger);
  }
  return product;
}

int64_t pdert::passesToNextKept(int64_t passes, int64_t slots) {
  if (slots == 1)
    return passes - 1;
  int64_t times = 1;
  while (reach(slots, times) < passes)
    ++times;
  int64_t most =
      std::min(reach(slots, times - 1), passes - reach(slots - 1, times - 1));
  return std::clamp<int64_t>(most, 1, passes - 1);
}

ReversalSchedule::ReversalSchedule(int64_t passes, int64_t slots)
    : slots(std::max<int64_t>(slots, 1)), passes(passes) {}

bool ReversalSchedule::next(Stage &stage) {
  stage = {};
  if (!isStarted && passes > 0) {
    isStarted = true;
    spans.push_back({0, passes});
    if (passes > 1) {
      stage.kept = 0;
      return true;
    }
  }
  if (spans.empty())
    return false;
  Span &top = spans.back();
  int64_t own = static_cast<int64_t>(spans.size()) - 1;
  if (current != top.begin)
    stage.restored = own;
  stage.first = top.begin;
  int64_t length = top.end - top.begin;
  if (length > 1)
    stage.passes = passesToNextKept(length, slots - own);
  int64_t middle = top.begin + stage.passes, end = top.end;
  current = middle;
  top.end = middle;
  if (middle == top.begin)
    spans.pop_back();
  stage.goesBack = end - middle == 1;
  if (!stage.goesBack) {
    stage.kept = own + 1;
    spans.push_back({middle, end});
  }
  return true;
}

//===----------------------------------------------------------------------===//
// States
//===----------------------------------------------------------------------===//

static int64_t slotsFor(int64_t passes, int64_t bytes, int64_t room) {
  return std::clamp<int64_t>(bytes > 0 ? room / bytes : passes, 1,
                             std::max<int64_t>(passes, 1));
}

StateBlocks::Block StateBlocks::take(size_t least, size_t wanted) {
  for (size_t i = free.size(); i-- > 0;)
    if (free[i].bytes >= least) {
      Block block = free[i];
      free.erase(free.begin() + static_cast<std::ptrdiff_t>(i));
      return block;
    }
  // Those that do not fit would only add to what all states have.
  for (const Block &block : free)
    memory.release(block.data);
  free.clear();
  return {memory.allocate(static_cast<int64_t>(wanted), 1), wanted};
}

Reversal::Reversal(StateBlocks &memory, int64_t passes, int64_t bytes,
                   int64_t room)
    : memory(memory), schedule(passes, slotsFor(passes, bytes, room)),
      expected(static_cast<size_t>(std::max<int64_t>(bytes, 0)) *
               static_cast<size_t>(slotsFor(passes, bytes, room))) {}

Reversal::~Reversal() {
  for (const StateBlocks::Block &block : blocks)
    memory.give(block);
}

void *Reversal::allocatePart(size_t bytes) {
  constexpr size_t line = 64, most = size_t(32) << 20;
  // As fields do (Memory::allocate), each starts a little further in its page.
  size_t own = (bytes + line - 1) / line * line + 5 * line;
  if (own > left) {
    blocks.push_back(memory.take(own, std::max(own, std::min(expected, most))));
    left = blocks.back().bytes;
    place = static_cast<char *>(blocks.back().data);
  }
  void *result = place;
  place += own;
  left -= own;
  expected -= std::min(expected, own);
  return result;
}

Reversal::Part &Reversal::partOf(int64_t slot, int32_t part) {
  size_t place = slot, number = part;
  if (slots.size() <= place)
    slots.resize(place + 1);
  if (slots[place].size() <= number)
    slots[place].resize(number + 1);
  return slots[place][number];
}

bool Reversal::next() {
  if (isTurning) {
    isTurning = false;
    stage = turn;
    return true;
  }
  if (!schedule.next(stage))
    return false;
  if (stage.restored != ReversalSchedule::none)
    for (size_t part = 0; part < sources.size(); ++part)
      sources[part] = slots[stage.restored][part].data;
  return true;
}

bool Reversal::climb() {
  if (isTurning || !next())
    return false;
  if (!stage.goesBack)
    return true;
  isTurning = true;
  stage.goesBack = false;
  turn = {};
  turn.first = stage.first + stage.passes;
  turn.goesBack = true;
  return stage.passes > 0;
}

void Reversal::start(int32_t part, const void *data) {
  void *first = const_cast<void *>(data); // only read
  partOf(0, part) = {first, 0};
  sources.push_back(first);
  targets.push_back(nullptr);
  others.emplace_back();
}

void *Reversal::target(int32_t part, size_t bytes, bool isLast) {
  bool isKept = isLast && stage.kept != ReversalSchedule::none;
  auto &pair = others[part];
  Part &own = isKept ? partOf(stage.kept, part)
                     : pair[sources[part] == pair[0].data ? 1 : 0];
  if (!own.data)
    own = {allocatePart(bytes), bytes};
  return targets[part] = own.data;
}

bool Reversal::restore(int32_t part, void *data, size_t bytes) const {
  if (stage.restored == ReversalSchedule::none)
    return false;
  std::memcpy(data, slots[stage.restored][part].data, bytes);
  return true;
}

void Reversal::keep(int32_t part, const void *data, size_t bytes) {
  if (stage.kept == ReversalSchedule::none)
    return;
  Part &own = partOf(stage.kept, part);
  if (!own.data)
    own = {allocatePart(bytes), bytes};
  std::memcpy(own.data, data, bytes);
}

int64_t Reversal::size() const {
  int64_t sum = 0;
  for (const auto &slot : slots)
    for (const Part &part : slot)
      sum += static_cast<int64_t>(part.bytes);
  return sum;
}

static int64_t halfOfMemory() {
  int64_t pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
  return pages > 0 && page > 0 ? pages / 2 * page : int64_t(1) << 30;
}

int64_t pdert::defaultKeptBytes() {
  // The system counts its memory for each who asks; trainings begin many runs.
  static const int64_t bytes = halfOfMemory();
  return bytes;
}

//===----------------------------------------------------------------------===//
// For generated code
//===----------------------------------------------------------------------===//

static Reversal &reversalOf(pde_reversal *handle) {
  return static_cast<Reversal &>(KeptState::of(handle));
}

pde_reversal *pde_reversal_begin(pde_context *ctx, int64_t passes,
                                 int64_t bytes) {
  pde_reversal *made = nullptr;
  if (!guarded(*ctx, [&] {
        int64_t used = 0;
        for (const auto &other : ctx->reversals)
          used += other->size();
        ctx->reversals.push_back(std::make_unique<Reversal>(
            ctx->stateBlocks, passes, bytes, ctx->keptBytes - used));
        made = ctx->reversals.back()->handle();
      }))
    unwind(ctx);
  return made;
}

/// Loops nest, so the last one to begin is the first to end.
int32_t pde_reversal_next(pde_context *ctx, pde_reversal *handle) {
  bool isMore = false;
  if (!guarded(*ctx, [&] { isMore = reversalOf(handle).next(); }))
    unwind(ctx);
  if (!isMore)
    ctx->reversals.pop_back();
  return isMore;
}

int64_t pde_reversal_first(pde_context *, pde_reversal *handle) {
  return reversalOf(handle).stage.first;
}

int64_t pde_reversal_passes(pde_context *, pde_reversal *handle) {
  return reversalOf(handle).stage.passes;
}

int64_t pde_reversal_back(pde_context *, pde_reversal *handle) {
  return reversalOf(handle).stage.goesBack ? 1 : 0;
}

void pde_reversal_restore(pde_context *, pde_reversal *handle, int32_t part,
                          void *data, int64_t bytes) {
  KeptState::of(handle).restore(part, data, static_cast<size_t>(bytes));
}

void pde_reversal_keep(pde_context *ctx, pde_reversal *handle, int32_t part,
                       const void *data, int64_t bytes) {
  if (!guarded(*ctx, [&] {
        KeptState::of(handle).keep(part, data, static_cast<size_t>(bytes));
      }))
    unwind(ctx);
}

void pde_reversal_start(pde_context *ctx, pde_reversal *handle, int32_t part,
                        const void *data) {
  if (!guarded(*ctx, [&] { reversalOf(handle).start(part, data); }))
    unwind(ctx);
}

void *pde_reversal_source(pde_context *, pde_reversal *handle, int32_t part) {
  return reversalOf(handle).source(part);
}

void *pde_reversal_target(pde_context *ctx, pde_reversal *handle, int32_t part,
                          int64_t bytes, int32_t isLast) {
  void *target = nullptr;
  if (!guarded(*ctx, [&] {
        target = reversalOf(handle).target(part, static_cast<size_t>(bytes),
                                           isLast != 0);
      }))
    unwind(ctx);
  return target;
}

void pde_reversal_made(pde_context *, pde_reversal *handle) {
  reversalOf(handle).made();
}

int32_t pde_reversal_leads(pde_context *ctx) {
  return !ctx->watch.isOn && !ctx->restart.isAsked();
}

int32_t pde_reversal_climb(pde_context *ctx, pde_reversal *handle) {
  bool isMore = false;
  if (pde_reversal_leads(ctx) &&
      !guarded(*ctx, [&] { isMore = reversalOf(handle).climb(); }))
    unwind(ctx);
  return isMore;
}
