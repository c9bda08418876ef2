//===- TrainOptions.h - the command line of a training ----------*- C++ -*-===//

#ifndef PDE_RUNTIME_TRAINOPTIONS_H
#define PDE_RUNTIME_TRAINOPTIONS_H

#include "runtime/execution/Options.h"
#include "runtime/pde_runtime.h"

#include <cstdint>

namespace pdert {

struct TrainOptions {
  Options run; ///< those that programs have, too
  /// The same with the inputs that --validate names; nothing else, without any.
  Options validation;
  bool validates = false;
  std::string output, curve;
  int64_t epochs, batch, samples = 0; ///< 0: as many as the files have
  int64_t seed = 1;
  int64_t patience = 0; ///< 0: no end before the last epoch
  bool resumes = false;
};

/// Reads the command line; the numbers of the script serve where it has none.
/// Throws a UsageError.
TrainOptions parseTrainOptions(int argc, char **argv, int64_t epochs,
                               int64_t batch);

/// What --help prints.
std::string trainHelpText(const pde_program &program);

} // namespace pdert

#endif // PDE_RUNTIME_TRAINOPTIONS_H
