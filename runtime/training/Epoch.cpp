//===- Epoch.cpp - losses and derivatives of batches ----------------------===//

#include "runtime/training/Epoch.h"
#include "runtime/system/Text.h"
#include "runtime/training/Execute.h"

#include <algorithm>
#include <atomic>
#include <thread>

using namespace pdert;

Batches::Batches(const Training &training, Samples &samples,
                 std::vector<pde_value> params, int threads)
    : training(training), samples(samples), params(std::move(params)),
      threads(threads) {
  const pde_program &program = *training.loss;
  for (int32_t i = 0; i < program.num_params; ++i)
    if (std::string(program.params[i].name) == "sample" &&
        program.params[i].kind == PDE_INT)
      sampleParam = i;
}

/// One sample. Without weights the arrays are the script's defaults; `initial`
/// gets what they are.
void Batches::runOne(size_t place, int64_t number,
                     const std::vector<double> *weights, int threadsOfRun,
                     Result &result, std::vector<double> *initial) {
  const pde_program &program = *training.loss;
  std::vector<pde_value> values = params;
  if (sampleParam >= 0)
    values[sampleParam].integer = number;
  std::vector<const void *> inputs(program.num_inputs);
  for (int32_t input = 0; input < program.num_inputs; ++input)
    inputs[input] = samples.data(place, input);
  std::vector<Numbers> given, slopes, arrays;
  std::vector<void *> outputs = {&result.loss};
  // Pointers into these stay: each has its own memory.
  for (const TrainedWeight &weight : training.weights) {
    if (!weight.isArray) {
      if (weights)
        values[weight.index].real = (*weights)[weight.offset];
      slopes.emplace_back(PDE_F64, 1);
      outputs.push_back(slopes.back().data());
      continue;
    }
    slopes.emplace_back(program.type, weight.count);
    outputs.push_back(slopes.back().data());
    if (!weights)
      continue;
    given.emplace_back(program.type, weight.count);
    for (int64_t k = 0; k < weight.count; ++k)
      given.back().set(k, (*weights)[weight.offset + k]);
    inputs[weight.index] = given.back().data();
  }
  for (const TrainedWeight &weight : training.weights)
    if (weight.isArray) {
      arrays.emplace_back(program.type, weight.count);
      outputs.push_back(arrays.back().data());
    }
  result.failure = execute(program, values, samples.sizes().data(), inputs,
                           outputs, threadsOfRun);
  if (!result.failure.empty())
    return;
  result.slope.resize(training.numWeights());
  size_t array = 0;
  for (size_t w = 0; w < training.weights.size(); ++w) {
    const TrainedWeight &weight = training.weights[w];
    for (int64_t k = 0; k < weight.count; ++k)
      result.slope[weight.offset + k] = slopes[w].get(k);
    if (!weight.isArray)
      continue;
    for (int64_t k = 0; initial && k < weight.count; ++k)
      (*initial)[weight.offset + k] = arrays[array].get(k);
    ++array;
  }
}

void Batches::readInitial(const std::vector<std::vector<double>> &given,
                          std::vector<double> &weights) {
  for (size_t w = 0; w < training.weights.size(); ++w) {
    const TrainedWeight &weight = training.weights[w];
    if (!weight.isArray)
      weights[weight.offset] = params[weight.index].real;
  }
  samples.load(0, 0);
  Result result;
  runOne(0, 0, nullptr, threads, result, &weights);
  if (!result.failure.empty())
    throw Failure{"the first sample: " + result.failure};
  for (size_t w = 0; w < training.weights.size(); ++w)
    std::copy(given[w].begin(), given[w].end(),
              weights.begin() + training.weights[w].offset);
}

double Batches::run(const std::vector<double> &weights,
                    const std::vector<int64_t> &order, int64_t drawn,
                    std::vector<double> &slope) {
  size_t count = order.size();
  for (size_t place = 0; place < count; ++place)
    samples.load(order[place], place);
  std::vector<Result> results(count);
  int workers = int(std::min<size_t>(threads, count));
  std::atomic<size_t> next{0};
  auto work = [&] {
    for (size_t place; (place = next++) < count;)
      runOne(place, drawn + int64_t(place), &weights, threads / workers,
             results[place], nullptr);
  };
  std::vector<std::thread> others;
  for (int i = 1; i < workers; ++i)
    others.emplace_back(work);
  work();
  for (std::thread &other : others)
    other.join();
  for (size_t place = 0; place < count; ++place)
    if (!results[place].failure.empty())
      throw Failure{format("sample %lld: %s",
                           static_cast<long long>(order[place]),
                           results[place].failure.c_str())};
  for (size_t distance = 1; distance < count; distance *= 2)
    for (size_t place = 0; place + distance < count; place += 2 * distance) {
      Result &sum = results[place], &other = results[place + distance];
      sum.loss += other.loss;
      for (size_t k = 0; k < sum.slope.size(); ++k)
        sum.slope[k] += other.slope[k];
    }
  slope = std::move(results[0].slope);
  for (double &one : slope)
    one /= double(count);
  return results[0].loss / double(count);
}
