//===- Epoch.h - losses and derivatives of batches --------------*- C++ -*-===//

#ifndef PDE_RUNTIME_EPOCH_H
#define PDE_RUNTIME_EPOCH_H

#include "runtime/training/Samples.h"
#include "runtime/training/Training.h"

namespace pdert {

/// Runs the program of the loss on the samples of a batch, many at a time.
/// Members throw a Failure.
class Batches {
public:
  Batches(const Training &training, Samples &samples,
          std::vector<pde_value> params, int threads);

  /// Of a batch: the means of the loss and of its derivatives over `order`,
  /// which names samples. The sums are those of a binary tree over the places
  /// of the batch, whatever the threads. `drawn` samples came before it, in all
  /// epochs.
  double run(const std::vector<double> &weights,
             const std::vector<int64_t> &order, int64_t drawn,
             std::vector<double> &slope);

  /// The arrays that are trained as a run without them has them, or as it is
  /// given them.
  void readInitial(const std::vector<std::vector<double>> &given,
                   std::vector<double> &weights);

private:
  /// What one run gives.
  struct Result {
    double loss = 0;
    std::vector<double> slope;
    std::string failure;
  };

  const Training &training;
  Samples &samples;
  std::vector<pde_value> params;
  int threads;
  int32_t sampleParam = -1; ///< the parameter that counts samples

  void runOne(size_t place, int64_t number, const std::vector<double> *weights,
              int threads, Result &result, std::vector<double> *initial);
};

} // namespace pdert

#endif // PDE_RUNTIME_EPOCH_H
