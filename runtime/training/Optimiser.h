//===- Optimiser.h - steps of weights ---------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_OPTIMISER_H
#define PDE_RUNTIME_OPTIMISER_H

#include "runtime/training/Training.h"

namespace pdert {

/// All weights, one after the other, and what an optimiser carries from step to
/// step: arrays of as many numbers.
struct TrainingState {
  std::vector<double> weights;
  std::vector<std::vector<double>> memory;
};

/// Runs the programs of an optimiser. Members throw a Failure.
class Optimiser {
public:
  Optimiser(const Training &training, std::vector<pde_value> params)
      : training(training), params(std::move(params)) {}

  /// The state in which a training begins, of its weights.
  void start(TrainingState &state) const;
  void step(TrainingState &state, const std::vector<double> &slope) const;

private:
  const Training &training;
  std::vector<pde_value> params;

  void run(const pde_program &program, TrainingState &state,
           const std::vector<double> *slope) const;
  void project(std::vector<double> &weights) const;
};

} // namespace pdert

#endif // PDE_RUNTIME_OPTIMISER_H
