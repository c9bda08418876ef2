//===- Samples.cpp - what a training learns from --------------------------===//

#include "runtime/training/Samples.h"
#include "runtime/command/PortPaths.h"
#include "runtime/execution/DerivedGrids.h"
#include "runtime/execution/Settings.h"
#include "runtime/system/Text.h"

#include <numeric>

using namespace pdert;

Samples::Samples(const pde_program &program, const Options &options,
                 int64_t asked)
    : program(program), paths(inputPaths(program, options)),
      files(program.num_inputs), gridSizes(defaultSizes(program)),
      given(readSizes(program, options.sizes)) {
  for (size_t i = 0; i < gridSizes.size(); ++i)
    if (given[i])
      gridSizes[i] = given[i];
  for (int32_t input = 0; input < program.num_inputs; ++input)
    if (!isArray(program, program.inputs[input]))
      open(input);
  if (numSamples && asked)
    fail("--samples is for trainings without files of samples");
  if (!numSamples && !asked)
    fail("there is nothing to learn from: give inputs of many samples, as "
         "--input NAME=FILE.npy, or --samples N");
  numSamples = std::max(numSamples, asked);
  completeSizes(program, gridSizes);
}

void Samples::open(int32_t input) {
  const pde_port &port = program.inputs[input];
  if (paths[input].empty()) {
    if (!port.has_default)
      fail("input '%s' has no default: give --input %s=FILE.npy", port.name,
           port.name);
    return;
  }
  try {
    if (formatOf(paths[input]) != FileFormat::Npy)
      fail("samples are read from .npy files only");
    files[input] = openSamples(File(paths[input]), program.grids[port.grid]);
    takeSizes(input);
  } catch (const Failure &failure) {
    fail("cannot read input '%s' from %s: %s", port.name,
         quoted(paths[input]).c_str(), failure.message.c_str());
  }
}

/// All files must have as many samples, and their fields fit the grids.
void Samples::takeSizes(int32_t input) {
  const SampledFile &file = *files[input];
  const pde_port &port = program.inputs[input];
  if (numSamples && numSamples != file.count())
    fail("it has %lld samples, but another input has %lld",
         static_cast<long long>(file.count()),
         static_cast<long long>(numSamples));
  numSamples = file.count();
  const pde_grid &grid = program.grids[port.grid];
  int64_t *own = gridSizes.data() + port.grid * PDE_MAX_RANK;
  for (int32_t axis = 0; axis < grid.rank; ++axis) {
    int64_t found = file.sizes()[axis] - port.low[axis] - port.high[axis];
    bool isOther = false;
    for (int32_t other = 0; other < input; ++other)
      isOther |= files[other] && program.inputs[other].grid == port.grid;
    if (isOther && found != own[axis])
      fail("its samples have %lld cells along %s, those of another input %lld",
           static_cast<long long>(found), grid.axis[axis],
           static_cast<long long>(own[axis]));
    int64_t wanted = given[port.grid * PDE_MAX_RANK + axis];
    if (wanted && found != wanted)
      fail("its samples have %lld cells along %s, but --size gives %lld",
           static_cast<long long>(found), grid.axis[axis],
           static_cast<long long>(wanted));
    own[axis] = found;
  }
}

int64_t Samples::cells(int32_t input) const {
  const int64_t *sizes = files[input]->sizes();
  return sizes[0] * sizes[1] * sizes[2];
}

void Samples::load(int64_t sample, size_t place) {
  while (batch.size() <= place) {
    batch.emplace_back();
    for (int32_t input = 0; input < program.num_inputs; ++input)
      batch.back().emplace_back(program.type, files[input] ? cells(input) : 0);
  }
  for (int32_t input = 0; input < program.num_inputs; ++input) {
    if (!files[input])
      continue;
    files[input]->select(sample);
    try {
      files[input]->read(batch[place][input].data(),
                         static_cast<pde_type>(program.type));
    } catch (const Failure &failure) {
      fail("cannot read sample %lld of input '%s' from %s: %s",
           static_cast<long long>(sample), program.inputs[input].name,
           quoted(paths[input]).c_str(), failure.message.c_str());
    }
  }
}

const void *Samples::data(size_t place, int32_t input) const {
  return files[input] ? batch[place][input].data() : nullptr;
}

/// SplitMix64 (Steele, Lea, Flood 2014).
static uint64_t nextRandom(uint64_t &state) {
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/// Fisher and Yates, from the last place to the second.
std::vector<int64_t> pdert::shuffled(int64_t count, int64_t seed,
                                     int64_t epoch) {
  std::vector<int64_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  uint64_t state = uint64_t(seed) * 1000003 + uint64_t(epoch);
  for (int64_t i = count - 1; i > 0; --i)
    std::swap(order[i], order[nextRandom(state) % uint64_t(i + 1)]);
  return order;
}
