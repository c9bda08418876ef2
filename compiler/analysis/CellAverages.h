//===- CellAverages.h - values as averages of cells nearby ------*- C++ -*-===//

#ifndef PDEC_ANALYSIS_CELLAVERAGES_H
#define PDEC_ANALYSIS_CELLAVERAGES_H

#include "compiler/analysis/StepForm.h"

namespace pdec::analysis {

inline constexpr char beyondSides[] =
    "what is beyond these sides is no cell and no value that is given";
/// Whether all that a stencil reads is a cell or a value that is given.
bool readsCells(const Operator &op, bool hasValues);
/// Whether some of it may be no cell.
bool readsBeyond(const Operator &op);
/// Whether sums along columns are at most what weights add up to, if those of
/// other cells are not negative.
bool isShift(const Operator &op);
/// The same text for the same rules at all sides.
std::string rulesOf(const Operator &op);
/// An operator's argument as a field and what that is multiplied by in each
/// cell, if this does not depend on the level; null: 1.
std::pair<ExpressionRef, ExpressionRef> withFactor(ExpressionRef argument);
/// Why -K'GK does not take from each cell what it gives to others; null, if it
/// does.
const char *whyNoExchange(const SymmetricOperator &flux, bool hasValues);

/// Says what a step makes of its only level as sums of the level's cells and
/// the sides' values with factors that are never negative, whatever the level
/// is: a matrix, of which the sums along rows and columns are asked for.
class CellAverages {
public:
  explicit CellAverages(StepForm &form) : form(form) {}

  /// What the factors of each cell's value add up to; nothing, with an obstacle
  /// of the form, if some may be negative or are not known.
  std::optional<Interval> totalOf(ExpressionRef field);

  /// Whether that is so along rows: cells' values are averages.
  bool isOfRows() const { return rows; }
  /// Along columns, at most: what a cell gives to others is not more than it
  /// has.
  bool isOfColumns() const { return columns; }
  /// No factor depends on the level.
  bool isLinear() const { return linear; }
  /// Data are added, which are no values of sides.
  bool isAffine() const { return affine; }
  bool hasSides() const { return sides; }
  bool hasValuesOfSides() const { return values; }
  bool isImplicit() const { return implicit; }
  /// Operators may take more of a cell than there is: it is only for shorter
  /// steps, which take less, that no factor is negative.
  bool takesTooMuch() const { return greedy; }
  /// Nothing was found since no bound of a factor is known.
  bool isUnbounded() const { return unbounded; }

private:
  /// number_1*factor_1 + ..., where factors differ from cell to cell; null: 1.
  using Combination = ExpressionMap<Interval>;
  using Terms = std::map<unsigned, Combination>;
  /// An operator with its factor, applied to a field or to `inner` times it.
  struct Application {
    unsigned atom = 0;
    ExpressionRef field = nullptr, inner = nullptr;
    const SymmetricOperator *flux = nullptr;
  };
  /// What applications to one field take from a cell itself and give from
  /// others, by the sides' rules and the distance.
  struct Row {
    Combination centreFactors;
    Interval centre;
    std::map<std::pair<std::string, std::vector<int64_t>>, Interval> others;
    Interval sum;
  };

  StepForm &form;
  bool rows = true, columns = true, linear = true, affine = false;
  bool sides = false, values = false, implicit = false, greedy = false;
  bool unbounded = false;
  std::map<ExpressionRef, std::optional<Interval>> totals;
  std::map<ExpressionRef, unsigned> depths;
  std::map<ExpressionRef, Combination> combinations;
  /// Terms of combinations and fields that have been looked at. Cycles whose
  /// factors differ from cell to cell, or of hundreds of stages, have too many.
  size_t work = 0;
  static constexpr size_t mostTerms = 8, mostWork = 20000;
  std::map<unsigned, std::optional<Interval>> solutions;
  ExpressionPool &pool() { return form.steps().pool(); }
  const Atom &atom(unsigned number) { return form.steps().atom(number); }
  std::nullopt_t none(const char *text, mlir::Operation *op);
  Combination combined(ExpressionRef factor);
  Combination takenApart(ExpressionRef factor);
  Combination product(const Combination &a, const Combination &b);
  Interval rangeOf(const Combination &combination);
  std::optional<Terms> termsOf(ExpressionRef field);
  std::optional<Application> applicationOf(unsigned number);
  unsigned depthOf(ExpressionRef field);
  std::optional<std::vector<Application>> latest(const Terms &terms);
  bool addStencil(Row &row, const Application &what, const Combination &factor);
  bool addFlux(Row &row, const Application &what, const Combination &factor);
  std::optional<Row> rowOf(const std::vector<Application> &all, Terms &terms);
  std::optional<Interval> totalOf(Terms terms);
  std::optional<Interval> totalOfSolution(unsigned number);
  std::optional<Interval> totalOfRest(const Terms &terms);
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_CELLAVERAGES_H
