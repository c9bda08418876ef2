//===- VerifyReference.cpp - the kernel against the plain evaluator -------===//

#include "compiler/verify/Verifier.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"

#include <cmath>

namespace pdec::driver {

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

/// Loops may end, or go on, against the reference's own condition only where
/// rounding can decide it.
bool Verifier::compareConditions(const GridSizes &sizes, Rounding &rounding) {
  for (auto [i, condition] : llvm::enumerate(rounding.truths().conditions)) {
    double distance = std::abs(condition.measure - condition.bound);
    // A run that has left the numbers decides nothing by what it measures.
    if (!condition.isDisputed || !std::isfinite(distance) ||
        distance <= disputeAllowed * std::abs(condition.bound))
      continue;
    if (rounding.explainsCondition(distance, i))
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
                           const Results &kernel, Rounding &rounding) {
  const std::vector<double> &truth = rounding.truths().outputs[port];
  double scale = 0, difference = 0;
  size_t where = 0;
  if (truth.size() != kernel.outputs[port].size()) {
    tell(llvm::formatv("kernel and reference record '{0}' differently often "
                       "({1}, {2} cells)",
                       interface.results()[port].name, setting, sizes.text()));
    return false;
  }
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
  if (agreement.accepts(difference, scale, port, rounding))
    return true;
  const auto output = interface.results()[port];
  tell(llvm::formatv("kernel and reference differ ({0}, {1} cells) in cell "
                     "{2} of '{3}': {4} and {5}",
                     setting, sizes.text(), sizes.cellText(output, where),
                     output.name, digits(kernel.outputs[port][where]),
                     digits(truth[where])));
  return false;
}

bool Verifier::compareReference(const GridSizes &sizes, const Results &kernel,
                                const Fields &inputs) {
  Rounding rounding(*reference.module, interface,
                    referenceData(interface, sizes, params, inputs, kernel));
  const reference::Evaluation &truths = rounding.truths();
  if (!compareConditions(sizes, rounding))
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
    if (!comparePort(port, sizes, kernel, rounding))
      return false;
  return true;
}

} // namespace pdec::driver
