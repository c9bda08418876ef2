//===- Samples.h - what a training learns from ------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_SAMPLES_H
#define PDE_RUNTIME_SAMPLES_H

#include "runtime/execution/Options.h"
#include "runtime/files/Npy.h"
#include "runtime/training/Numbers.h"

#include <memory>

namespace pdert {

/// The inputs of a program in files of many samples each, of which a batch is
/// in memory at a time. What no file has is the script's default. Members throw
/// a Failure.
class Samples {
public:
  Samples(const pde_program &program, const Options &options, int64_t asked);

  int64_t count() const { return numSamples; }
  const std::vector<int64_t> &sizes() const { return gridSizes; }

  /// Reads a sample into a place of the batch.
  void load(int64_t sample, size_t place);
  /// The data of the batch's place, null for an input that no file has.
  const void *data(size_t place, int32_t input) const;

private:
  const pde_program &program;
  std::vector<std::string> paths;
  std::vector<std::unique_ptr<SampledFile>> files; ///< null: none
  std::vector<std::vector<Numbers>> batch;         ///< by place, then file
  std::vector<int64_t> gridSizes;
  std::vector<int64_t> given; ///< by --size; 0 where it is not
  int64_t numSamples = 0;

  void open(int32_t input);
  void takeSizes(int32_t input);
  int64_t cells(int32_t input) const;
};

/// The samples of an epoch, from 1 on, in the order in which it takes them:
/// docs/training.md has the generator.
std::vector<int64_t> shuffled(int64_t count, int64_t seed, int64_t epoch);

} // namespace pdert

#endif // PDE_RUNTIME_SAMPLES_H
