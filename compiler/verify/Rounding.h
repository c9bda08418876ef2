//===- Rounding.h - what a scheme makes of rounding errors ------*- C++ -*-===//

#ifndef PDEC_VERIFY_ROUNDING_H
#define PDEC_VERIFY_ROUNDING_H

#include "compiler/reference/Evaluate.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>

namespace pdec::driver {

/// What the results of one run are compared with, and how far they may lie from
/// it: rounding errors of another order of sums, of another library's exp, as
/// the scheme amplifies them.
class Rounding {
public:
  /// `data` is that of the run, with its passes.
  Rounding(mlir::ModuleOp scheme, const pde::Interface &interface,
           reference::Data data)
      : scheme(scheme), interface(interface), data(std::move(data)) {}

  /// The largest relative difference that is rounding in itself.
  double tolerance() const { return interface.isF32 ? 1e-5 : 1e-12; }
  /// Whether the largest difference in the cells of an output is within what
  /// changes in the last place make of it.
  bool explains(double difference, size_t port);
  /// The same for the measure of a loop's pass, by its number among all.
  bool explainsCondition(double difference, size_t index);

  /// The plain evaluator's run.
  const reference::Evaluation &truths();

private:
  mlir::ModuleOp scheme;
  const pde::Interface &interface;
  reference::Data data;
  /// The first without changes.
  std::vector<reference::Evaluation> evaluations;

  const std::vector<reference::Evaluation> &disturbed();
  using ResultOf = llvm::function_ref<double(const reference::Evaluation &)>;
  /// How far changes in the last place move what `resultOf` reads off an
  /// evaluation.
  double spread(ResultOf resultOf);
  bool explains(double difference, ResultOf resultOf);
  void evaluate(double disturbance, unsigned seed);
};

/// A difference as a part of the largest value; the difference itself of zeros.
double relativeTo(double scale, double difference);

/// How well the outputs of runs agree with others.
class Agreement {
public:
  /// Whether the largest difference in an output whose largest value is `scale`
  /// is rounding.
  bool accepts(double difference, double scale, size_t port,
               Rounding &rounding);

  /// The largest relative difference that is rounding in itself, if any was.
  std::optional<double> worst;
  /// "; 2 outputs only up to what the scheme makes of rounding", or nothing.
  std::string sensitiveText() const;

private:
  int sensitive = 0;
};

} // namespace pdec::driver

#endif // PDEC_VERIFY_ROUNDING_H
