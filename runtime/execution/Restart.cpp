//===- Restart.cpp - runs that go on from a state -------------------------===//

#include "runtime/execution/Restart.h"
#include "runtime/execution/Context.h"
#include "runtime/execution/DerivedGrids.h"
#include "runtime/execution/Settings.h"
#include "runtime/execution/StateBytes.h"

#include <algorithm>
#include <numeric>

using namespace pdert;

/// Then come the length of the content, its checksum, and itself.
static constexpr std::string_view heading = "pde-state 1\n";
static_assert(heading.size() + 16 == Restart::headBytes);

//===----------------------------------------------------------------------===//
// States as bytes
//===----------------------------------------------------------------------===//

static void appendText(std::string &bytes, std::string_view text) {
  append<uint64_t>(bytes, text.size());
  bytes += text;
}

static std::string takeText(StateReader &reader) {
  return std::string(reader.take(reader.take<uint64_t>()));
}

template <typename T>
static void appendAll(std::string &bytes, const std::vector<T> &values) {
  append<uint64_t>(bytes, values.size());
  for (const T &value : values)
    append(bytes, value);
}

template <typename T> static std::vector<T> takeAll(StateReader &reader) {
  std::vector<T> values;
  for (auto left = reader.take<uint64_t>(); left > 0; --left)
    values.push_back(reader.take<T>());
  return values;
}

static void appendEvolution(std::string &bytes,
                            const EvolutionState &evolution) {
  append(bytes, evolution.line);
  append(bytes, evolution.ordinal);
  append(bytes, evolution.done);
  append<int32_t>(bytes, evolution.hasEnded);
  append<uint64_t>(bytes, evolution.parts.size());
  for (const std::string &part : evolution.parts)
    appendText(bytes, part);
}

static EvolutionState takeEvolution(StateReader &reader) {
  EvolutionState evolution;
  evolution.line = reader.take<int32_t>();
  evolution.ordinal = reader.take<int32_t>();
  evolution.done = reader.take<int64_t>();
  evolution.hasEnded = reader.take<int32_t>() != 0;
  for (auto left = reader.take<uint64_t>(); left > 0; --left)
    evolution.parts.push_back(takeText(reader));
  return evolution;
}

std::string Restart::encode(const pde_context &ctx) const {
  std::string content;
  appendText(content, ctx.program.identity);
  append<int32_t>(content, ctx.program.type);
  appendAll(content, ctx.params);
  appendAll(content, ctx.sizes);
  std::vector<uint64_t> sums = given;
  sums.resize(ctx.program.num_inputs);
  appendAll(content, sums);
  // Those that made no step have nothing to be resumed.
  auto hasSteps = [](const EvolutionState &one) { return one.done > 0; };
  append<uint64_t>(
      content, std::count_if(evolutions.begin(), evolutions.end(), hasSteps));
  for (const EvolutionState &evolution : evolutions)
    if (hasSteps(evolution))
      appendEvolution(content, evolution);
  std::string bytes(heading);
  append<uint64_t>(bytes, content.size());
  append(bytes, checksum(content));
  return bytes + content;
}

uint64_t Restart::lengthBy(std::string_view head) {
  if (head.size() < headBytes)
    return head.size();
  uint64_t length;
  std::memcpy(&length, head.data() + heading.size(), sizeof length);
  uint64_t most = UINT64_MAX - headBytes;
  return headBytes + std::min(length, most);
}

size_t Restart::resume(std::string_view bytes, std::string from) {
  place = std::move(from);
  try {
    if (bytes.substr(0, heading.size()) != heading)
      fail("it is no state that a run of this version of pdec has saved");
    StateReader file(bytes.substr(heading.size()));
    auto length = file.take<uint64_t>();
    auto sum = file.take<uint64_t>();
    std::string_view content = file.take(length);
    if (checksum(content) != sum)
      fail("it is damaged");
    StateReader reader(content);
    identity = takeText(reader);
    type = reader.take<int32_t>();
    params = takeAll<pde_value>(reader);
    sizes = takeAll<int64_t>(reader);
    inputs = takeAll<uint64_t>(reader);
    for (auto left = reader.take<uint64_t>(); left > 0; --left)
      resumed.push_back(takeEvolution(reader));
    return content.data() + content.size() - bytes.data();
  } catch (const Failure &failure) {
    fail("cannot resume from %s: %s", place.c_str(), failure.message.c_str());
  }
}

//===----------------------------------------------------------------------===//
// Whether a state fits
//===----------------------------------------------------------------------===//

/// The first grid, of those that users know, on which sizes differ.
static const pde_grid *findOtherSize(const pde_context &ctx,
                                     const std::vector<int64_t> &sizes) {
  for (int32_t grid = 0; grid < ctx.program.num_grids; ++grid)
    if (!std::equal(ctx.gridSizes(grid), ctx.gridSizes(grid) + PDE_MAX_RANK,
                    sizes.data() + grid * PDE_MAX_RANK))
      return &ctx.program.grids[grid];
  return nullptr;
}

void Restart::check(const pde_context &ctx) const {
  if (place.empty())
    return;
  const pde_program &program = ctx.program;
  if (identity != program.identity || type != program.type)
    fail("cannot resume from %s: it was saved by another program (another "
         "script, precision or version of pdec)",
         place.c_str());
  for (int32_t i = 0; i < program.num_params; ++i) {
    const pde_param &param = program.params[i];
    if (!param.counts_steps && params[i].integer != ctx.params[i].integer)
      fail(
          "cannot resume from %s: it was saved with %s = %s, but here it is %s",
          place.c_str(), param.name, paramText(param, params[i]).c_str(),
          paramText(param, ctx.params[i]).c_str());
  }
  if (const pde_grid *grid = findOtherSize(ctx, sizes)) {
    const int64_t *saved = sizes.data() + (grid - program.grids) * PDE_MAX_RANK;
    const int64_t *here = ctx.gridSizes(grid - program.grids);
    fail("cannot resume from %s: it was saved with %s on grid %s, but here "
         "there are %s",
         place.c_str(), cellsText(saved, grid->rank).c_str(), grid->name,
         cellsText(here, grid->rank).c_str());
  }
  if (stopAfter && stepsBefore() >= stopAfter)
    fail("cannot resume from %s: it has %lld steps, but the run is to stop "
         "after %lld",
         place.c_str(), static_cast<long long>(stepsBefore()),
         static_cast<long long>(stopAfter));
}

void Restart::checkInputs(const pde_context &ctx, int32_t input,
                          uint64_t sum) const {
  if (!place.empty() && inputs[input] != sum)
    fail("cannot resume from %s: input '%s' had other values when it was saved",
         place.c_str(), ctx.program.inputs[input].name);
}

void Restart::noteInput(const pde_context &ctx, int32_t input,
                        const void *data) {
  if (!isSaving && place.empty())
    return;
  uint64_t sum = 0;
  if (data)
    sum = checksum(
        {static_cast<const char *>(data),
         ctx.numElements(ctx.program.inputs[input]) * ctx.elementSize()},
        /*start=*/1);
  checkInputs(ctx, input, sum);
  given.resize(ctx.program.num_inputs);
  given[input] = sum;
}

//===----------------------------------------------------------------------===//
// A run
//===----------------------------------------------------------------------===//

static int64_t stepsOf(const std::vector<EvolutionState> &evolutions) {
  return std::accumulate(
      evolutions.begin(), evolutions.end(), int64_t(0),
      [](int64_t sum, const EvolutionState &one) { return sum + one.done; });
}

int64_t Restart::stepsBefore() const { return stepsOf(resumed); }
int64_t Restart::stepsInAll() const { return stepsOf(evolutions); }

/// Goes on with the state of an evolution that has begun: one behind which
/// others have begun must have made all of its steps.
void Restart::goOn(const pde_context &ctx, int64_t count) {
  EvolutionState &evolution = evolutions.back();
  evolution = std::move(resumed[numResumed++]);
  bool isLast = numResumed == resumed.size();
  bool fits = evolution.done <= count &&
              (isLast || evolution.hasEnded || evolution.done == count);
  if (!fits)
    fail("cannot resume from %s: it has %lld steps of the evolution in %s:%d, "
         "but here it makes %lld",
         place.c_str(), static_cast<long long>(evolution.done),
         ctx.program.source, evolution.line, static_cast<long long>(count));
}

void Restart::begin(const pde_context &ctx, int32_t line, int64_t steps) {
  count = steps;
  evolutions.push_back({});
  EvolutionState &evolution = evolutions.back();
  evolution.line = line;
  evolution.ordinal = begun[line]++;
  if (isBehind() && resumed[numResumed].line == line &&
      resumed[numResumed].ordinal == evolution.ordinal)
    goOn(ctx, steps);
  if (every)
    nextSave = (stepsInAll() / every + 1) * every;
}

bool Restart::restore(int32_t part, void *data, size_t bytes) const {
  const EvolutionState &evolution = evolutions.back();
  if (evolution.done == 0)
    return false;
  const std::string &kept = evolution.parts.at(part);
  if (kept.size() != bytes)
    fail("a state's part has %zu bytes in place of %zu: a bug of pdec",
         kept.size(), bytes);
  std::memcpy(data, kept.data(), bytes);
  return true;
}

bool Restart::isDue(int64_t done, bool ended) {
  if (!isSaving)
    return false;
  EvolutionState &evolution = evolutions.back();
  evolution.done = done;
  evolution.hasEnded = ended;
  int64_t steps = stepsInAll();
  bool isDue = ended || done >= count || (every && steps >= nextSave) ||
               (stopAfter && steps >= stopAfter);
  if (isDue)
    evolution.parts.clear();
  return isDue;
}

void Restart::keep(int32_t, const void *data, size_t bytes) {
  evolutions.back().parts.emplace_back(static_cast<const char *>(data), bytes);
}

void Restart::save(pde_context &ctx) {
  int64_t steps = stepsInAll();
  ctx.ports.saveState(ctx, encode(ctx));
  if (every)
    nextSave = (steps / every + 1) * every;
  hasStopped = stopAfter && steps >= stopAfter;
  // Through the same door as failures.
  if (hasStopped)
    fail("the run stopped after %lld steps", static_cast<long long>(steps));
}

//===----------------------------------------------------------------------===//
// For generated code
//===----------------------------------------------------------------------===//

pde_reversal *pde_state_begin(pde_context *ctx, int32_t line, int64_t count) {
  if (!guarded(*ctx, [&] { ctx->restart.begin(*ctx, line, count); }))
    unwind(ctx);
  return ctx->restart.handle();
}

int64_t pde_state_first(pde_context *ctx, pde_reversal *) {
  return ctx->restart.first();
}

int32_t pde_state_ended(pde_context *ctx, pde_reversal *) {
  return ctx->restart.hasEnded();
}

int32_t pde_state_due(pde_context *ctx, pde_reversal *, int64_t done,
                      int32_t ended) {
  return ctx->restart.isDue(done, ended != 0);
}

void pde_state_save(pde_context *ctx, pde_reversal *) {
  double start = now();
  if (!guarded(*ctx, [&] { ctx->restart.save(*ctx); }))
    unwind(ctx);
  ctx->secondsWriting += now() - start;
}
