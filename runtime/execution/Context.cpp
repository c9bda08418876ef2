//===- Context.cpp - the state of one run ---------------------------------===//
//
// How failures travel is said in Context.h. Each function that generated code
// calls has the same form for that reason: work inside guarded(), where objects
// may live, and unwind() after it, where none may.
//
//===----------------------------------------------------------------------===//

#include "runtime/execution/Context.h"
#include "runtime/execution/DerivedGrids.h"
#include "runtime/execution/Settings.h"
#include "runtime/execution/Statistics.h"

#include <cmath>
#include <cstdio>
#include <ctime>

using namespace pdert;

double pdert::now() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * time.tv_nsec;
}

std::array<int64_t, PDE_MAX_RANK>
pde_context::sizesOf(const pde_port &port) const {
  std::array<int64_t, PDE_MAX_RANK> result = {1, 1, 1};
  if (port.grid < 0) // a number
    return result;
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis)
    result[axis] =
        gridSizes(port.grid)[axis] + port.low[axis] + port.high[axis];
  return result;
}

int64_t pde_context::numElements(const pde_port &port) const {
  int64_t count = 1;
  for (int64_t size : sizesOf(port))
    if (__builtin_mul_overflow(count, size, &count))
      fail("grid %s is too large: %s", program.grids[port.grid].name,
           cellsText(gridSizes(port.grid), program.grids[port.grid].rank)
               .c_str());
  return count;
}

void pdert::recordFailure(pde_context &ctx, const char *message) noexcept {
  std::snprintf(ctx.message, sizeof ctx.message, "%s", message);
}

void pdert::unwind(pde_context *ctx) { std::longjmp(ctx->start, 1); }

/// The frame that a failed run returns to: nothing but plain values live here.
static bool runToEndOrFailure(pde_context &ctx) {
  if (setjmp(ctx.start) != 0)
    return false;
  ctx.program.run(&ctx);
  return true;
}

bool pdert::runProgram(pde_context &ctx) {
  // Room for what follows; memory may be short even for this.
  if (!guarded(ctx,
               [&] { ctx.written.assign(ctx.program.num_outputs, false); }))
    return false;
  double start = ctx.lastPulse = now();
  // No object with a destructor may live in that function, see above.
  bool done = runToEndOrFailure(ctx);
  ctx.secondsInAll = now() - start;
  return done && guarded(ctx, [&] {
           if (ctx.restart.isBehind())
             fail("the run did not reach the state: a bug of pdec");
           for (int32_t output = 0; output < ctx.program.num_outputs; ++output)
             if (!ctx.written[output])
               fail("output '%s' was not computed: a bug of pdec",
                    ctx.program.outputs[output].name);
         });
}

double pde_get_real(pde_context *ctx, int32_t param) {
  return ctx->params[param].real;
}

int64_t pde_get_int(pde_context *ctx, int32_t param) {
  return ctx->params[param].integer;
}

/// Returns the result, or throws a Failure.
static int64_t computeInteger(const pde_context &ctx, char kind, int32_t line,
                              int64_t a, int64_t b) {
  int64_t result = 0;
  bool isTooLarge = kind == '+'   ? __builtin_add_overflow(a, b, &result)
                    : kind == '-' ? __builtin_sub_overflow(a, b, &result)
                                  : __builtin_mul_overflow(a, b, &result);
  std::string place = ctx.program.source;
  if (line > 0)
    place += ":" + std::to_string(line);
  if (isTooLarge)
    fail("%s: %lld %c %lld is too large: integers have 64 bits", place.c_str(),
         static_cast<long long>(a), kind, static_cast<long long>(b));
  return result;
}

int64_t pde_integer(pde_context *ctx, int32_t kind, int32_t line, int64_t a,
                    int64_t b) {
  int64_t result = 0;
  if (!guarded(*ctx, [&] {
        result = computeInteger(*ctx, static_cast<char>(kind), line, a, b);
      }))
    unwind(ctx);
  return result;
}

/// Beyond it, doubles leave out whole numbers; nothing counts so far.
static constexpr double largestWhole = 9007199254740992;

int64_t pde_whole(pde_context *ctx, int32_t line, double value) {
  bool isGood = std::abs(value) <= largestWhole;
  // Nothing with a destructor is alive on this frame.
  if (!isGood && !guarded(*ctx, [&] {
        fail("%s%s: a whole number is needed here, but it is %s",
             ctx->program.source,
             line > 0 ? (":" + std::to_string(line)).c_str() : "",
             std::isnan(value) ? "not a number" : shortest(value).c_str());
      }))
    unwind(ctx);
  return static_cast<int64_t>(value);
}

int64_t pde_check_index(pde_context *ctx, int32_t line, int64_t extent,
                        int64_t index) {
  bool isGood = index >= 0 && index < extent;
  // Nothing with a destructor is alive on this frame.
  if (!isGood && !guarded(*ctx, [&] {
        fail("%s%s: the index %lld is outside of 0 .. %lld",
             ctx->program.source,
             line > 0 ? (":" + std::to_string(line)).c_str() : "",
             static_cast<long long>(index), static_cast<long long>(extent - 1));
      }))
    unwind(ctx);
  return index;
}

double pde_read_entry(pde_context *ctx, const void *data, int64_t index) {
  return ctx->program.type == PDE_F32
             ? double(static_cast<const float *>(data)[index])
             : static_cast<const double *>(data)[index];
}

int64_t pde_get_size(pde_context *ctx, int32_t grid, int32_t axis) {
  return ctx->gridSizes(grid)[axis];
}

/// As the compiler checks literal ones; those of coarser grids follow.
static void checkAxis(const pde_grid &grid, int32_t axis, double first,
                      double spacing) {
  bool isGood =
      spacing > 0 && std::isfinite(spacing) && std::isfinite(1 / spacing);
  if (!isGood && !isDerived(grid))
    fail("grid %s has the spacing %s along %s, but a spacing and its "
         "reciprocal must be positive and finite",
         grid.name, shortest(spacing).c_str(), grid.axis[axis]);
  if (!std::isfinite(first) && !isDerived(grid))
    fail("grid %s starts at %s along %s, but positions must be finite",
         grid.name, shortest(first).c_str(), grid.axis[axis]);
}

/// The same of the grid that shows those axes that are left.
static void showAxis(pde_context &ctx, int32_t grid, int32_t axis, double first,
                     double spacing) {
  const pde_program &program = ctx.program;
  if (isSingle(program.grids[grid], axis))
    return;
  int32_t place = 0;
  for (int32_t before = 0; before < axis; ++before)
    place += !isSingle(program.grids[grid], before);
  for (int32_t seen = grid + 1; seen < program.num_grids; ++seen)
    if (program.grids[seen].parent == grid && isSeen(program, seen))
      ctx.ports.setAxis(seen, place, first, spacing);
}

void pde_set_axis(pde_context *ctx, int32_t grid, int32_t axis, double first,
                  double spacing) {
  if (!guarded(*ctx, [&] {
        checkAxis(ctx->program.grids[grid], axis, first, spacing);
        ctx->ports.setAxis(grid, axis, first, spacing);
        showAxis(*ctx, grid, axis, first, spacing);
      }))
    unwind(ctx);
}

void *pde_alloc(pde_context *ctx, int64_t count) {
  void *data = nullptr;
  if (!guarded(*ctx,
               [&] { data = ctx->memory.allocate(count, ctx->elementSize()); }))
    unwind(ctx);
  return data;
}

void pde_free(pde_context *ctx, void *data) { ctx->memory.release(data); }

std::string pdert::elementText(const pde_context &ctx, const pde_port &port,
                               int64_t index) {
  const pde_grid &grid = ctx.program.grids[port.grid];
  return isArray(grid)
             ? "entry " + entryText(index, grid.extents, grid.num_extents)
             : "cell " + cellText(index, ctx.sizesOf(port).data(), grid.rank);
}

/// The entries of a parameter array have a legal interval.
static void checkEntries(pde_context &ctx, int32_t input, const void *data) {
  const pde_port &port = ctx.program.inputs[input];
  if (!isArray(ctx.program, port) || rangeText(port.entries).empty())
    return;
  for (int64_t i = 0; i < ctx.numElements(port); ++i) {
    double value = pde_read_entry(&ctx, data, i);
    if (isWithin(port.entries, value))
      continue;
    fail("parameter '%s' must be %s, but its %s is %s", port.name,
         rangeText(port.entries).c_str(), elementText(ctx, port, i).c_str(),
         shortest(value).c_str());
  }
}

/// The data of an input, or null where the program makes its default itself.
/// Ports are asked once for each input, in the order of the script.
static void *readInput(pde_context &ctx, int32_t input) {
  const pde_port &port = ctx.program.inputs[input];
  if (!ctx.ports.isGiven(input)) {
    ctx.restart.noteInput(ctx, input, nullptr);
    if (!port.has_default)
      fail("input '%s' has no default, so its data must be given", port.name);
    return nullptr;
  }
  double start = now();
  void *data = ctx.memory.allocate(ctx.numElements(port), ctx.elementSize());
  ctx.ports.read(ctx, input, data);
  checkEntries(ctx, input, data);
  ctx.ports.noteInput(ctx, input, data);
  ctx.restart.noteInput(ctx, input, data);
  ctx.secondsReading += now() - start;
  return data;
}

void *pde_read_input(pde_context *ctx, int32_t input) {
  void *data = nullptr;
  if (!guarded(*ctx, [&] { data = readInput(*ctx, input); }))
    unwind(ctx);
  return data;
}

void pde_note_input(pde_context *ctx, int32_t input, const void *data) {
  if (!guarded(*ctx, [&] {
        checkEntries(*ctx, input, data);
        ctx->ports.noteInput(*ctx, input, data);
      }))
    unwind(ctx);
}

const char *pdert::whyNotFinite(const pde_context &ctx) {
  return ctx.hasStepped
             ? "the run is unstable for these parameters"
             : "a quotient by zero, or a root, a logarithm or a power of a "
               "number below zero";
}

/// A run that blew up fails instead of giving a file full of NaNs; explicit
/// steps that are too long are the usual reason.
static void checkFinite(pde_context &ctx, int32_t output, const void *data) {
  const pde_port &port = ctx.program.outputs[output];
  int64_t bad = firstNonFinite(ctx, data, ctx.numElements(port));
  if (bad < 0)
    return;
  fail("output '%s' is not finite (first at %s): %s", port.name,
       elementText(ctx, port, bad).c_str(), whyNotFinite(ctx));
}

/// Hands an output over by `write`.
template <typename Write>
static void writeOnce(pde_context *ctx, int32_t output, Write &&write) {
  double start = now();
  if (!guarded(*ctx, [&] {
        if (ctx->written[output])
          fail("output '%s' was computed twice: a bug of pdec",
               ctx->program.outputs[output].name);
        write();
        // Last: an output that could not be written does not count.
        ctx->written[output] = true;
      }))
    unwind(ctx);
  ctx->secondsWriting += now() - start;
}

void pde_write_output(pde_context *ctx, int32_t output, const void *data) {
  writeOnce(ctx, output, [&] {
    checkFinite(*ctx, output, data);
    ctx->ports.write(*ctx, output, data);
  });
}

void pde_write_number(pde_context *ctx, int32_t output, double value) {
  writeOnce(ctx, output, [&] {
    if (!std::isfinite(value))
      fail("output '%s' is not finite: %s", ctx->program.outputs[output].name,
           whyNotFinite(*ctx));
    ctx->ports.writeNumber(*ctx, output, value);
  });
}

void pde_progress(pde_context *ctx, int64_t done, int64_t total) {
  ctx->hasStepped |= done > 0;
  if (!guarded(*ctx, [&] { ctx->ports.progress(done, total); }))
    unwind(ctx);
}

void pde_count_work(pde_context *ctx, int64_t points, int64_t bytes) {
  ctx->points += static_cast<double>(points);
  ctx->bytes += static_cast<double>(bytes);
}
