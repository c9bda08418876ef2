//===- Checkpoint.h - a training as it stands after an epoch ----*- C++ -*-===//

#ifndef PDE_RUNTIME_CHECKPOINT_H
#define PDE_RUNTIME_CHECKPOINT_H

#include "runtime/training/Optimiser.h"

namespace pdert {

/// All that a training needs to go on, and what must be the same then.
struct Checkpoint {
  TrainingState state;
  std::vector<double> losses; ///< of the epochs that are done
  /// With validation samples, the loss of these after each epoch, and the
  /// weights of the first epoch with the least one.
  std::vector<double> validation, best;

  bool validates() const { return !best.empty(); }
  /// The epoch of the best weights, from 1 on; 0 before the first.
  int64_t bestEpoch() const;
  int64_t seed = 1, batch = 1, samples = 0;
  /// A checksum of the programs, and of all else that decides what they make of
  /// a batch; below 2^48, as it is kept as a double.
  int64_t identity = 0;
};

/// Replaces the file at once, so that one of the two is always there.
void writeCheckpoint(const std::string &path, const Checkpoint &checkpoint);

/// Overwrites the state and the losses. Throws a Failure if the checkpoint is
/// of another training.
void readCheckpoint(const std::string &path, Checkpoint &checkpoint);

/// Trained weights by their names.
void writeWeights(const std::string &path, const Training &training,
                  const std::vector<double> &weights);

} // namespace pdert

#endif // PDE_RUNTIME_CHECKPOINT_H
