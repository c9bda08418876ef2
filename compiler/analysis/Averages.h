//===- Averages.h - norms by convexity --------------------------*- C++ -*-===//

#ifndef PDEC_ANALYSIS_AVERAGES_H
#define PDEC_ANALYSIS_AVERAGES_H

#include "compiler/analysis/StepForm.h"

namespace pdec::analysis {

/// Bounds the norm of what a step makes of its only level where the operators
/// in it differ, as those of a flux do that is evaluated anew in each stage:
/// writes it as a sum of explicit steps from its stages, x + A x, with
/// factors, and adds up the bounds of these.
class Averages {
public:
  Averages(StepForm &form, Measure measure) : form(form), measure(measure) {}

  /// At most so many times the norm of the level before (or the distance of two
  /// of them); nothing, with an obstacle of the form, if no bound is known.
  std::optional<Interval> boundOf(ExpressionRef field);

  bool isAffine() const { return affine; }
  bool isImplicit() const { return implicit; }

private:
  using Factors = std::map<unsigned, Interval>;
  StepForm &form;
  Measure measure;
  bool affine = false, implicit = false;
  std::map<ExpressionRef, std::optional<Interval>> bounds;
  /// Terms that have been looked at: each of hundreds of stages may have as
  /// many.
  size_t work = 0;
  static constexpr size_t mostWork = 100000;
  std::map<ExpressionRef, unsigned> depths;
  std::map<unsigned, std::optional<Interval>> solutions;

  const Factors *factorsOf(ExpressionRef field);
  unsigned depthOf(ExpressionRef field);
  bool isOperator(unsigned atom) {
    return form.steps().atom(atom).isOperator();
  }
  std::optional<Interval> boundOf(Factors factors);
  std::optional<Interval> boundOfSolution(unsigned atom);
  std::optional<Interval> takeOperators(Factors &factors,
                                        ExpressionRef argument);
  ExpressionRef latestArgument(const Factors &factors);
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_AVERAGES_H
