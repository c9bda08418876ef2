//===- Training.h - parameters that are learned from samples ----*- C++ -*-===//
//
// Three compiled programs make a training: what is minimised of one sample,
// with its derivatives by the weights; the optimiser's first state; and the
// optimiser's step, from weights and state to weights and state. The last two
// are on a grid of all weights, one after the other. What is between them is
// here: samples, their order, sums over them, checkpoints.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_TRAINING_H
#define PDE_RUNTIME_TRAINING_H

#include "runtime/pde_runtime.h"

#include <string>
#include <vector>

namespace pdert {

/// A trainable parameter.
struct TrainedWeight {
  std::string name;
  /// In the program of the loss: its array among the inputs, or its number
  /// among the parameters.
  bool isArray;
  int32_t index;
  std::vector<int64_t> shape; ///< of an array
  int64_t offset, count;      ///< among all weights
  pde_interval legal;
};

struct Training {
  /// Outputs: the loss, then its derivative by each weight, in their order.
  const pde_program *loss;
  /// Outputs: the weights, then the arrays of the state. Inputs: the weights.
  const pde_program *start;
  /// The same outputs. Inputs: weights, derivatives, the arrays of the state.
  const pde_program *step;
  std::vector<TrainedWeight> weights;
  int32_t numStates;
  int64_t epochs, batch; ///< as the script has them

  int64_t numWeights() const {
    return weights.back().offset + weights.back().count;
  }
};

/// The command line of a training (docs/training.md): as pde_main, with options
/// of its own beside those of programs. Returns the exit code.
int trainMain(const Training &training, int argc, char **argv);

} // namespace pdert

#endif // PDE_RUNTIME_TRAINING_H
