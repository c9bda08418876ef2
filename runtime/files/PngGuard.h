//===- PngGuard.h - libpng's errors as Failures -----------------*- C++ -*-===//
//
// libpng leaves a failed call by longjmp, which must not pass over objects with
// destructors. So each use of it is a step: a plain function that calls libpng
// and nothing else, run by PngGuard::attempt, whose frame longjmp returns to.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_PNGGUARD_H
#define PDE_RUNTIME_PNGGUARD_H

#include "runtime/system/Text.h"

#include <csetjmp>
#include <cstdio>
#include <png.h>

namespace pdert {

/// Receives the errors of one png_struct, as its error_ptr and io_ptr.
class PngGuard {
public:
  PngGuard() = default;
  PngGuard(const PngGuard &) = delete;
  PngGuard &operator=(const PngGuard &) = delete;

  /// Calls step(); a Failure when libpng reports an error. The step captures
  /// references at most.
  template <typename Step> void attempt(Step step) {
    if (!runStep([](void *closure) { (*static_cast<Step *>(closure))(); },
                 &step))
      throw Failure{message};
  }

  /// Called by libpng: records what it says and leaves the step.
  [[noreturn]] static void onError(png_structp png, png_const_charp text) {
    auto *guard = static_cast<PngGuard *>(png_get_error_ptr(png));
    // A reason of our own says more than libpng's.
    if (!guard->hasReason)
      std::snprintf(guard->message, sizeof guard->message, "it is damaged (%s)",
                    text);
    std::longjmp(guard->jump, 1);
  }
  static void onWarning(png_structp, png_const_charp) {}

  /// Calls body() in one of libpng's callbacks; its Failure becomes that of the
  /// step.
  template <typename Body> void callback(png_structp png, Body &&body) {
    if (!recordsFailure(body))
      png_error(png, "callback failed");
  }

private:
  /// Not inlined: what a step changes lies in memory, not in registers that
  /// longjmp restores.
  __attribute__((noinline)) bool runStep(void (*step)(void *), void *closure) {
    if (setjmp(jump) != 0)
      return false;
    step(closure);
    return true;
  }

  template <typename Body> bool recordsFailure(Body &body) {
    try {
      body();
      return true;
    } catch (const Failure &failure) {
      std::snprintf(message, sizeof message, "%s", failure.message.c_str());
    } catch (const std::exception &exception) {
      std::snprintf(message, sizeof message, "%s", exception.what());
    }
    hasReason = true;
    return false;
  }

  std::jmp_buf jump;
  bool hasReason = false;
  char message[256] = "";
};

} // namespace pdert

#endif // PDE_RUNTIME_PNGGUARD_H
