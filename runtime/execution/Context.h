//===- Context.h - the state of one run -------------------------*- C++ -*-===//
//
// Generated code has no destructors and checks no status. So a failure inside
// the runtime travels in two legs: as a C++ exception up to the C function that
// generated code called, which records its message (guarded), and from there,
// with no object alive on the frames between, by longjmp (unwind) to
// runProgram. All that the run owns hangs on its context.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_CONTEXT_H
#define PDE_RUNTIME_CONTEXT_H

#include "runtime/execution/Memory.h"
#include "runtime/execution/Ports.h"
#include "runtime/execution/Restart.h"
#include "runtime/execution/Watch.h"
#include "runtime/execution/Workers.h"
#include "runtime/pde_runtime.h"
#include "runtime/system/Text.h"

#include <array>
#include <csetjmp>
#include <exception>
#include <memory>
#include <new>
#include <vector>

struct pde_context {
  pde_context(const pde_program &program, pdert::Ports &ports)
      : program(program), ports(ports) {}

  const pde_program &program;
  pdert::Ports &ports;
  std::vector<pde_value> params; ///< one for each parameter, all legal
  std::vector<int64_t> sizes;    ///< PDE_MAX_RANK for each grid, all legal
  int threads = 1;

  pdert::Memory memory;
  pdert::Scratch scratch;
  pdert::Workers workers;
  std::vector<bool> written; ///< which outputs the run has handed over
  std::vector<double> row;   ///< of the numbers that are being recorded

  pdert::Watch watch;
  pdert::Restart restart;

  /// Loops that are being gone back through, the innermost last, and how many
  /// bytes their states may have.
  pdert::StateBlocks stateBlocks{memory};
  std::vector<std::unique_ptr<pdert::Reversal>> reversals;
  int64_t keptBytes = pdert::defaultKeptBytes();

  bool hasStepped = false; ///< an evolution has made a step
  double lastPulse = 0;    ///< when Ports::pulse was called
  unsigned turns = 0;      ///< of loops by the run's own thread

  double secondsReading = 0, secondsWriting = 0, secondsInAll = 0;
  double points = 0, bytes = 0; ///< of pde_count_work

  char message[2048] = ""; ///< of the failure, if any
  std::jmp_buf start;      ///< where a failed run continues

  size_t elementSize() const { return program.type == PDE_F32 ? 4 : 8; }
  const int64_t *gridSizes(int32_t grid) const {
    return sizes.data() + grid * PDE_MAX_RANK;
  }
  /// The elements of a port along each axis, with the rows beyond the grid, and
  /// in all. Throws a Failure when these are beyond any memory.
  std::array<int64_t, PDE_MAX_RANK> sizesOf(const pde_port &port) const;
  int64_t numElements(const pde_port &port) const;
};

namespace pdert {

/// Where element `index` of a port lies: "cell (3, 5)" of a field, "entry [3,
/// 5]" of an array.
std::string elementText(const pde_context &ctx, const pde_port &port,
                        int64_t index);

/// Runs the program to its end. Returns false when it failed, with the reason
/// in ctx.message; its memory is freed when `ctx` goes.
bool runProgram(pde_context &ctx);

/// Records the sentence of a failure.
void recordFailure(pde_context &ctx, const char *message) noexcept;

/// Continues at runProgram. No object with a destructor may be alive on the
/// frames above it.
[[noreturn]] void unwind(pde_context *ctx);

/// Calls body(); returns false when it threw, with the message recorded.
template <typename Body> bool guarded(pde_context &ctx, Body &&body) noexcept {
  try {
    body();
    return true;
  } catch (const Failure &failure) {
    recordFailure(ctx, failure.message.c_str());
  } catch (const std::bad_alloc &) {
    recordFailure(ctx, "out of memory");
  } catch (const std::exception &exception) {
    recordFailure(ctx, exception.what());
  }
  return false;
}

/// The number of threads that this process may use.
int availableThreads();

/// Seconds since some fixed moment.
double now();

/// Calls body(T()) with the program's element type T.
template <typename Body> void withType(const pde_context &ctx, Body &&body) {
  if (ctx.program.type == PDE_F32)
    body(float());
  else
    body(double());
}

/// The likeliest reason for a value that is not finite.
const char *whyNotFinite(const pde_context &ctx);

} // namespace pdert

#endif // PDE_RUNTIME_CONTEXT_H
