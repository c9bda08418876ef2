//===- Analysis.h - the proofs about one evolution --------------*- C++ -*-===//

#ifndef PDEC_ANALYSIS_ANALYSIS_H
#define PDEC_ANALYSIS_ANALYSIS_H

#include "compiler/analysis/Certificate.h"
#include "compiler/analysis/Proportion.h"
#include "compiler/analysis/Spectral.h"

namespace pdec::analysis {

class CellAverages;

/// One evolution with one set of numbers.
class Analysis {
public:
  Analysis(pde::StepsOp steps, Settings settings)
      : precision(bits), reader(steps, std::move(settings)), form(reader) {}

  /// All claims that are known how to prove for so many levels.
  std::vector<Claim> claims(Detail detail);
  /// The claims of one statement only.
  std::optional<Claim> claim(Statement statement);
  /// About so many times as large all operators of the last claim may be, as a
  /// guess: nothing, where it is none about one operator.
  std::optional<double> guessedMultiple() const;
  /// Whether the last claim, which is this one, holds for the step with all of
  /// its operators up to so many times as large.
  bool holdsStretched(const Claim &claim, double factor);
  /// Whether s^m times a parameter, s > 0, is a step with s^n times all of its
  /// operators.
  bool isProportional(pde::ParamOp param, Proportion::Powers powers);
  bool keepsMean();
  std::vector<OperatorUse> operators();
  /// The factors of what operators give, of the first level.
  std::map<unsigned, Interval> rates();
  /// The factor by which an iteration's pass reduces an error, at most.
  std::optional<double> contraction();
  const Obstacle &obstacle() const { return first; }
  /// An entry of an array, of which nothing is known; null, if there is none.
  pde::EntryOp entry() const { return reader.entry(); }

private:
  /// Of the numbers in a step; polynomials need more than their values have.
  static constexpr unsigned bits = 384;

  Precision precision;
  StepReader reader;
  StepForm form;
  Obstacle first;
  Obstacle latest;
  /// Why cells are no averages, where it is bounds that are missing.
  Obstacle ofBounds;
  /// The last claim as a condition on functions of one operator's eigenvalues,
  /// of which an end is zero: then a longer step is a wider range.
  struct Condition {
    std::vector<Rational> bounded, nonNegative;
    bool holds(double factor) const;
    double guessedMultiple() const;
  };
  std::optional<Condition> condition;
  /// What was found of each statement.
  struct Found {
    std::optional<Claim> claim;
    std::optional<Condition> condition;
    bool isByAverages = false, isByCells = false;
  };
  std::map<Statement, Found> known;
  /// Whether the last claim was proved by averages.
  bool isByAverages = false;
  /// Whether it was proved by what cells nearby give each other.
  bool isByCells = false;
  /// Whether the last claim is about differences of two states as well.
  bool isOfDifferences = false;

  std::optional<Claim> findClaim(Statement statement);
  std::optional<Claim> beginClaim(Measure measure, bool isAffine);
  std::optional<Claim> byOneOperator(Measure measure);
  bool prove(const Spectral &spectral, Condition what);
  std::optional<Interval> explicitRange(const Spectral &spectral);
  std::optional<Claim> byAverages(Measure measure);
  unsigned numApplications();
  std::optional<Claim> oneLevel(Measure measure);
  std::optional<Claim> byCells(Statement statement);
  Statement rangeOf(const CellAverages &cells, const Interval &total);
  std::optional<Claim> twoLevels();
  std::optional<Interval> meanOf(ExpressionRef field,
                                 std::optional<unsigned> open = {});
  bool givesNoMean(unsigned atom);
  void keepObstacle();
  void addObstacle();
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_ANALYSIS_H
