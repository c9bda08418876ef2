//===- Optimiser.cpp - steps of weights -----------------------------------===//

#include "runtime/training/Optimiser.h"
#include "runtime/execution/Settings.h"
#include "runtime/system/Text.h"
#include "runtime/training/Execute.h"
#include "runtime/training/Numbers.h"

#include <cmath>

using namespace pdert;

/// The array that an input of an optimiser's program is, by how its name
/// begins.
static const std::vector<double> &arrayOf(const std::string &name,
                                          const TrainingState &state,
                                          const std::vector<double> *slope) {
  auto begins = [&](const std::string &with) {
    return name.compare(0, with.size(), with) == 0;
  };
  const std::string numbered = "train_state";
  if (begins("train_slope"))
    return *slope;
  if (begins(numbered))
    return state.memory[std::stoul(name.substr(numbered.size())) - 1];
  return state.weights;
}

/// What a program has no use for is none of its inputs.
void Optimiser::run(const pde_program &program, TrainingState &state,
                    const std::vector<double> *slope) const {
  int64_t count = training.numWeights();
  std::vector<Numbers> given, made;
  std::vector<const void *> inputs;
  std::vector<void *> outputs;
  for (int32_t i = 0; i < program.num_inputs; ++i) {
    const std::vector<double> &from =
        arrayOf(program.inputs[i].name, state, slope);
    given.emplace_back(program.type, count);
    for (int64_t k = 0; k < count; ++k)
      given.back().set(k, from[k]);
  }
  for (int32_t i = 0; i < program.num_outputs; ++i)
    made.emplace_back(program.type, count);
  for (Numbers &one : given)
    inputs.push_back(one.data());
  for (Numbers &one : made)
    outputs.push_back(one.data());
  std::string failure =
      execute(program, params, nullptr, inputs, outputs, /*threads=*/1);
  if (!failure.empty())
    throw Failure{failure};
  state.memory.resize(training.numStates, std::vector<double>(count));
  for (int32_t i = 0; i < program.num_outputs; ++i)
    for (int64_t k = 0; k < count; ++k)
      (i ? state.memory[i - 1] : state.weights)[k] = made[i].get(k);
}

void Optimiser::start(TrainingState &state) const {
  if (training.numStates)
    run(*training.start, state, nullptr);
}

/// The nearest legal value of the type.
static double nearestLegal(const pde_interval &legal, double value,
                           int32_t type) {
  auto next = [&](double bound, double towards) {
    return type == PDE_F32
               ? double(std::nextafter(float(bound), float(towards)))
               : std::nextafter(bound, towards);
  };
  if (isWithin(legal, value))
    return value;
  bool isBelow = std::isfinite(legal.low) && value <= legal.low;
  double bound = isBelow ? legal.low : legal.high;
  double nearest = type == PDE_F32 ? double(float(bound)) : bound;
  return isWithin(legal, nearest) ? nearest
                                  : next(bound, isBelow ? INFINITY : -INFINITY);
}

void Optimiser::project(std::vector<double> &weights) const {
  for (const TrainedWeight &weight : training.weights)
    for (int64_t k = 0; k < weight.count; ++k) {
      double &value = weights[weight.offset + k];
      value = nearestLegal(weight.legal, value, training.loss->type);
    }
}

void Optimiser::step(TrainingState &state,
                     const std::vector<double> &slope) const {
  run(*training.step, state, &slope);
  project(state.weights);
}
