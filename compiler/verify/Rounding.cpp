//===- Rounding.cpp - what a scheme makes of rounding errors --------------===//

#include "compiler/verify/Rounding.h"

#include "llvm/ADT/ArrayRef.h"

#include <algorithm>
#include <cmath>

namespace pdec::driver {

/// Of so many evaluations with changes in the last place the farthest counts.
static constexpr unsigned numDisturbed = 4;

/// A difference is rounding's up to this many times what such changes make.
static constexpr double amplificationAllowed = 100;

void Rounding::evaluate(double disturbance, unsigned seed) {
  data.disturbance = disturbance;
  data.disturbanceSeed = seed;
  evaluations.push_back(reference::evaluate(scheme, interface, data));
}

const reference::Evaluation &Rounding::truths() {
  if (evaluations.empty()) {
    evaluations.reserve(1 + numDisturbed);
    evaluate(0, 0);
  }
  return evaluations.front();
}

/// All evaluations; few comparisons need them.
const std::vector<reference::Evaluation> &Rounding::disturbed() {
  truths();
  for (unsigned i = evaluations.size(); i <= numDisturbed; ++i)
    evaluate(interface.isF32 ? 0x1p-23 : 0x1p-52, i - 1);
  return evaluations;
}

double Rounding::spread(ResultOf resultOf) {
  double most = 0, undisturbed = resultOf(truths());
  for (const reference::Evaluation &one : llvm::drop_begin(disturbed())) {
    double distance = std::abs(resultOf(one) - undisturbed);
    most = std::isnan(distance) ? INFINITY : std::max(most, distance);
  }
  return most;
}

bool Rounding::explains(double difference, ResultOf resultOf) {
  return difference <= amplificationAllowed * spread(resultOf);
}

/// One pass may be less sensitive by chance than those around it, and the other
/// evaluation be ahead or behind: so the most sensitive one so far counts, too.
bool Rounding::explainsCondition(double difference, size_t index) {
  auto spreadOf = [&](size_t i) {
    return spread([i](const reference::Evaluation &one) {
      return i < one.conditions.size() ? one.conditions[i].measure : NAN;
    });
  };
  const reference::Condition &disputed = truths().conditions[index];
  double most = spreadOf(index);
  for (size_t i = 0; i < index; ++i) {
    const reference::Condition &earlier = truths().conditions[i];
    if (earlier.loop == disputed.loop && earlier.measure != 0)
      most = std::max(most, spreadOf(i) * std::abs(disputed.measure) /
                                std::abs(earlier.measure));
  }
  return difference <= amplificationAllowed * most;
}

bool Rounding::explains(double difference, size_t port) {
  const std::vector<double> &truth = truths().outputs[port];
  for (size_t i = 0; i < truth.size(); ++i)
    if (explains(difference, [&](const reference::Evaluation &one) {
          return one.failure.empty() ? one.outputs[port][i] : truth[i];
        }))
      return true;
  return false;
}

double relativeTo(double scale, double difference) {
  return scale > 0 ? difference / scale : difference;
}

bool Agreement::accepts(double difference, double scale, size_t port,
                        Rounding &rounding) {
  double relative = relativeTo(scale, difference);
  if (relative <= rounding.tolerance()) {
    worst = std::max(worst.value_or(0), relative);
    return true;
  }
  bool isExplained = rounding.explains(difference, port);
  sensitive += isExplained;
  return isExplained;
}

std::string Agreement::sensitiveText() const {
  if (!sensitive)
    return "";
  return "; " + std::to_string(sensitive) +
         (sensitive == 1 ? " output" : " outputs") +
         " only up to what the scheme makes of rounding";
}

} // namespace pdec::driver
