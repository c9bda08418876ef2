//===- VerifyOptions.h - what is compared -----------------------*- C++ -*-===//

#ifndef PDEC_VERIFY_VERIFYOPTIONS_H
#define PDEC_VERIFY_VERIFYOPTIONS_H

#include "compiler/stages/CompilerOptions.h"

#include <cstdint>
#include <optional>

namespace pdec::driver {

/// From a scheme to a program: the kernel, the network layer by layer, and the
/// network raised to a scheme.
enum class Way { Kernel, Network, Raised };

/// What is compared, and how it is compiled.
struct VerifyOptions : CompilerOptions {
  uint64_t seed = 1; ///< of the random data
  /// The way on which one coefficient is altered, to see it found.
  std::optional<Way> perturb;
  /// Both precisions are compared unless one is asked for.
  bool precisionGiven = false;
  /// No other boundaries than those of the script.
  bool asWritten = false;
};

} // namespace pdec::driver

#endif // PDEC_VERIFY_VERIFYOPTIONS_H
