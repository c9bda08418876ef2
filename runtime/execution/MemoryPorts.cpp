//===- MemoryPorts.cpp - runs on a host program's memory ------------------===//
//
// The other kind of ports, beside files (runtime/command/FilePorts.cpp): a host
// hands over pointers. Inputs are copied, since a run may keep its levels where
// an input was; outputs are copied at the end of each, so that a failed run may
// have filled some of them.
//
//===----------------------------------------------------------------------===//

#include "runtime/execution/Context.h"
#include "runtime/execution/DerivedGrids.h"
#include "runtime/execution/Parallel.h"
#include "runtime/execution/Settings.h"
#include "runtime/execution/Statistics.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

using namespace pdert;

namespace {

class MemoryPorts : public Ports {
public:
  explicit MemoryPorts(const pde_call &call) : call(call) {
    // A call of another version, which has no such member, is refused later.
    if (call.size == sizeof(pde_call) && call.interval > 0)
      lastTold = now();
  }

  bool isGiven(int32_t input) override {
    return call.inputs && call.inputs[input];
  }

  void read(pde_context &ctx, int32_t input, void *data) override {
    const pde_port &port = ctx.program.inputs[input];
    int64_t cells = ctx.numElements(port);
    copy(ctx, data, call.inputs[input], cells);
    // After the copy: other threads of the host must not change it in between.
    int64_t bad = firstNonFinite(ctx, data, cells);
    if (bad >= 0)
      fail("%s '%s' is not finite (first at %s)",
           isArray(ctx.program, port) ? "parameter" : "input", port.name,
           elementText(ctx, port, bad).c_str());
  }

  void write(pde_context &ctx, int32_t output, const void *data) override {
    if (call.outputs && call.outputs[output])
      copy(ctx, call.outputs[output], data,
           ctx.numElements(ctx.program.outputs[output]));
  }

  void writeNumber(pde_context &, int32_t output, double value) override {
    if (call.outputs && call.outputs[output])
      *static_cast<double *>(call.outputs[output]) = value;
  }

  void record(pde_context &, int32_t record, int64_t step,
              const void *data) override {
    if (call.recorder)
      call.recorder(call.closure, record, step, data);
  }

  void saveState(pde_context &, const std::string &state) override {
    call.saver(call.closure, state.data(), state.size());
  }

  void setAxis(int32_t grid, int32_t axis, double first,
               double spacing) override {
    if (!call.axes)
      return;
    double *place = call.axes[grid * PDE_MAX_RANK + axis];
    place[0] = first;
    place[1] = spacing;
  }

  void noteIteration(int32_t loop, int64_t pass, double measure,
                     double bound) override {
    moment = {loop, pass, 0, measure, bound};
    tell();
  }
  void progress(int64_t done, int64_t total) override {
    moment = {-1, done, total, 0, 0};
    tell();
  }
  /// While a step or pass takes long the last moment is told again, so that a
  /// monitor can end the run.
  void pulse() override { tell(); }

  bool isEnded() const { return ended; }

private:
  bool ended = false;
  double lastTold = 0; ///< when the monitor was called, if intervals count
  pde_moment moment = {-1, 0, 0, 0, 0}; ///< the last one

  /// Whether the monitor has had its rest since the last call.
  bool isTime() {
    if (!(call.interval > 0))
      return true;
    double time = now();
    if (time - lastTold < call.interval)
      return false;
    lastTold = time;
    return true;
  }

  /// Ends the run through the same door as failures; pde_execute tells the two
  /// apart.
  void tell() {
    if (!call.monitor || !isTime() || call.monitor(call.closure, &moment) == 0)
      return;
    ended = true;
    fail("the run was ended by its monitor");
  }

  static void copy(pde_context &ctx, void *to, const void *from,
                   int64_t count) {
    size_t size = ctx.elementSize();
    forEachPiece(ctx, count, [&](int64_t begin, int64_t end) {
      std::memcpy(static_cast<char *>(to) + begin * size,
                  static_cast<const char *>(from) + begin * size,
                  (end - begin) * size);
    });
  }

  const pde_call &call;
};

} // namespace

/// Takes the call's values over, checked.
static void prepare(pde_context &ctx, const pde_call &call) {
  const pde_program &program = ctx.program;
  // First of all: nothing else of a call of another version can be trusted.
  if (call.size != sizeof(pde_call))
    fail("the call has %zu bytes, but this library's pde_call has %zu: the "
         "program was compiled with the header of another version",
         call.size, sizeof(pde_call));
  ctx.params = initialParams(program);
  for (int32_t param = 0; call.params && param < program.num_params; ++param) {
    ctx.params[param] = call.params[param];
    checkParam(program.params[param], ctx.params[param],
               "it is " + paramText(program.params[param], ctx.params[param]));
  }
  ctx.sizes = defaultSizes(program);
  // Grids that only show some axes of others stand last, and hosts that know
  // the script alone know none of them.
  int32_t known = program.num_grids;
  while (known > 0 && isSeen(program, known - 1))
    --known;
  if (call.sizes)
    std::copy(call.sizes, call.sizes + known * PDE_MAX_RANK, ctx.sizes.begin());
  // Those of derived grids are computed, whatever the call has there.
  completeSizes(program, ctx.sizes);
  if (call.threads < 0 || call.threads > 1024)
    fail("the number of threads must be from 0 to 1024, but is %d",
         call.threads);
  ctx.threads = call.threads ? call.threads : availableThreads();
  if (call.save_every < 0)
    fail("a state cannot be saved after each %lld steps",
         static_cast<long long>(call.save_every));
  ctx.restart.isSaving = call.saver != nullptr;
  ctx.restart.every = call.save_every;
  if (call.state)
    ctx.restart.resume({static_cast<const char *>(call.state), call.state_size},
                       "the given state");
  ctx.restart.check(ctx);
}

int pde_execute(const pde_program *program, const pde_call *call, char *message,
                size_t length) {
  MemoryPorts ports(*call);
  pde_context ctx(*program, ports);
  bool done = guarded(ctx, [&] { prepare(ctx, *call); }) && runProgram(ctx);
  if (message && length)
    std::snprintf(message, length, "%s", done ? "" : ctx.message);
  return done ? 0 : ports.isEnded() ? 2 : 1;
}

int pde_abi_version(void) { return PDE_ABI_VERSION; }
