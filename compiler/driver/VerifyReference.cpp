//===- VerifyReference.cpp - the kernel against the plain evaluator -------===//

#include "compiler/driver/Verifier.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

namespace pdec::driver {

/// Relative differences from the plain evaluator up to this are rounding. It
/// sums in another order and takes exp from another library.
static double tolerance(bool isF32) { return isF32 ? 1e-5 : 1e-12; }

/// Beyond the tolerance a difference may still be what the scheme makes of
/// rounding errors: up to this many times what it makes of changes in the last
/// place.
static constexpr double amplificationAllowed = 100;

/// Of so many evaluations with changes in the last place the farthest counts.
static constexpr unsigned numDisturbed = 4;

/// How close a measure is to its bound, in bounds, where rounding may decide.
static constexpr double disputeAllowed = 0.1;

/// The plain evaluator runs on so many cells, times passes of loops with a
/// condition.
static constexpr int64_t mostCells = 2500, mostCellPasses = 500000;

bool Verifier::isReferenceAffordable(const GridSizes &sizes,
                                     const Results &kernel) const {
  int64_t cells = sizes.mostCells();
  return cells <= mostCells &&
         cells * int64_t(kernel.passes.size()) <= mostCellPasses;
}

/// What the scheme makes of rounding errors.
class Verifier::Rounding {
public:
  Rounding(const Verifier &verifier, const reference::Data &data)
      : verifier(verifier), data(data) {}

  /// How far a result moves when all that is computed on the way to it does by
  /// one unit in the last place; infinite where it becomes no number.
  /// `resultOf` reads it off an evaluation.
  double
  movement(double undisturbed,
           llvm::function_ref<double(const reference::Evaluation &)> resultOf) {
    double most = 0;
    for (const reference::Evaluation &one : disturbed()) {
      double distance = std::abs(resultOf(one) - undisturbed);
      most = std::isnan(distance) ? INFINITY : std::max(most, distance);
    }
    return most;
  }

private:
  const Verifier &verifier;
  reference::Data data;
  std::vector<reference::Evaluation> evaluations;

  /// Few comparisons need them.
  const std::vector<reference::Evaluation> &disturbed() {
    data.disturbance = verifier.interface.isF32 ? 0x1p-23 : 0x1p-52;
    for (unsigned i = evaluations.size(); i < numDisturbed; ++i) {
      data.disturbanceSeed = i;
      evaluations.push_back(reference::evaluate(*verifier.reference.module,
                                                verifier.interface, data));
    }
    return evaluations;
  }
};

/// Loops may end, or go on, against the reference's own condition only where
/// rounding can decide it.
bool Verifier::compareConditions(const GridSizes &sizes, Rounding &rounding,
                                 const reference::Evaluation &truths) {
  for (auto [i, condition] : llvm::enumerate(truths.conditions)) {
    double distance = std::abs(condition.measure - condition.bound);
    // A run that has left the numbers decides nothing by what it measures.
    if (!condition.isDisputed || !std::isfinite(distance) ||
        distance <= disputeAllowed * std::abs(condition.bound))
      continue;
    double movement = rounding.movement(
        condition.measure, [&, i = i](const reference::Evaluation &one) {
          return i < one.conditions.size() ? one.conditions[i].measure : NAN;
        });
    if (distance <= amplificationAllowed * movement)
      continue;
    const auto &loop = interface.loops[condition.loop];
    tell(llvm::formatv("kernel and reference disagree ({0}, {1} cells) on when "
                       "the iteration for '{2}' (line {3}) ends: the reference "
                       "measures {4} against {5}",
                       setting, sizes.text(), loop.what, loop.line,
                       digits(condition.measure), digits(condition.bound)));
    return false;
  }
  return true;
}

bool Verifier::comparePort(size_t port, const GridSizes &sizes,
                           const Results &kernel, Rounding &rounding,
                           const std::vector<double> &truth) {
  double scale = 0, difference = 0;
  size_t where = 0;
  for (size_t i = 0; i < truth.size(); ++i) {
    scale = std::max(scale, std::abs(truth[i]));
    double distance = std::abs(truth[i] - kernel.outputs[port][i]);
    if (std::isnan(distance)) // the kernel's results are finite
      distance = INFINITY;
    if (distance > difference) {
      difference = distance;
      where = i;
    }
  }
  double relative = scale > 0 ? difference / scale : difference;
  if (relative <= tolerance(interface.isF32)) {
    worst = std::max(worst.value_or(0), relative);
    return true;
  }
  double movement = 0;
  for (size_t i = 0; i < truth.size(); ++i)
    movement = std::max(
        movement,
        rounding.movement(truth[i], [&](const reference::Evaluation &one) {
          return one.failure.empty() ? one.outputs[port][i] : truth[i];
        }));
  if (difference <= amplificationAllowed * movement) {
    ++sensitiveOutputs;
    return true;
  }
  const auto &output = interface.outputs[port];
  tell(llvm::formatv("kernel and reference differ ({0}, {1} cells) in cell "
                     "{2} of '{3}': {4} and {5}",
                     setting, sizes.text(), sizes.cellText(output, where),
                     output.name, digits(kernel.outputs[port][where]),
                     digits(truth[where])));
  return false;
}

bool Verifier::compareReference(const GridSizes &sizes, const Results &kernel,
                                const Fields &inputs) {
  reference::Data data =
      referenceData(interface, sizes, params, inputs, kernel);
  auto truths = reference::evaluate(*reference.module, interface, data);
  Rounding rounding(*this, data);
  if (!compareConditions(sizes, rounding, truths))
    return false;
  if (kernel.failure.empty() != truths.failure.empty()) {
    tell(llvm::formatv("kernel and reference end differently ({0}, {1} cells): "
                       "'{2}' and '{3}'",
                       setting, sizes.text(), kernel.failure, truths.failure));
    return false;
  }
  if (!kernel.failure.empty())
    return true;
  for (size_t port = 0; port < truths.outputs.size(); ++port)
    if (!comparePort(port, sizes, kernel, rounding, truths.outputs[port]))
      return false;
  return true;
}

} // namespace pdec::driver
