//===- StepForm.h - a step as operators applied to levels -------*- C++ -*-===//
//
// Says a cell's value as a sum: factors times levels, and times what symmetric
// operators make of fields. These are K'(G K x), where G multiplies each cell,
// and stencils that are symmetric matrices with their boundary rows.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_STEPFORM_H
#define PDEC_ANALYSIS_STEPFORM_H

#include "compiler/analysis/StepReader.h"

#include <set>

namespace pdec::analysis {

/// Why nothing is said of a step: a sentence, and the operation it is about.
struct Obstacle {
  std::string text;
  mlir::Operation *op = nullptr;
};

/// factor_1*atom_1 + ... + constant; factors may differ from cell to cell.
struct Sum {
  std::map<unsigned, ExpressionRef> terms;
  /// What does not depend on the levels; null: zero.
  ExpressionRef constant = nullptr;
  /// Where a factor that differs from cell to cell comes from.
  std::map<unsigned, mlir::Operation *> places;
};

/// A sum whose factors are numbers, the same in all cells.
struct NumberSum {
  std::map<unsigned, Interval> terms;
  bool hasConstant = false;
};

/// What the strength of an operator K'GK is asked for.
enum class Measure {
  Norm,    ///< of K'GKx itself: G is Phi(s)/s
  Distance ///< of differences of two states: G is a slope of Phi
};

/// A symmetric operator in a step.
struct SymmetricOperator {
  unsigned atom = 0;
  ExpressionRef argument = nullptr; ///< the field that it is applied to
  Operator linear;                  ///< K, or the symmetric stencil itself
  ExpressionRef gain = nullptr;     ///< G; null for a stencil
  unsigned difference = 0;          ///< the atom K x, if there is G
  bool isLinear = true;             ///< G is a number
  bool hasValues = false;
  /// The flux of no difference is not zero: at walls it flows.
  bool isBiased = false;
  std::string norm; ///< how ||K||^2 was bounded
  double normSquared = 0;
  /// Contains G, by measure.
  std::optional<Interval> gains[2];
  /// Contains the eigenvalues of K'GK (of the stencil).
  std::optional<Interval> eigenvalues[2];
  /// Two operators with the same key are one, whatever they are applied to.
  std::string key;
};

class StepForm {
public:
  explicit StepForm(StepReader &reader) : reader(reader) {}

  /// Null with an obstacle if the expression is no such sum.
  const Sum *sumOf(ExpressionRef expression);
  /// Null with an obstacle if a factor differs from cell to cell.
  const NumberSum *numbersOf(ExpressionRef expression);
  /// Null with an obstacle if an atom is no symmetric operator's value.
  const SymmetricOperator *operatorOf(unsigned atom);
  /// Contains the eigenvalues of an operator; nothing, with an obstacle, if
  /// they are not bounded.
  std::optional<Interval> eigenvaluesOf(const SymmetricOperator &op,
                                        Measure measure);
  /// From now on all operators are taken to be up to so many times as large, or
  /// what they are.
  void stretch(std::optional<double> factor) { stretched = factor; }
  double stretching() const { return stretched.value_or(1); }
  /// Contains what a factor is in any cell.
  Interval rangeOf(ExpressionRef factor);
  /// Whether what an operator gives is known to be that of a symmetric matrix.
  bool isSymmetric(unsigned atom);
  /// That bounds of an input in a factor are missing, and how they are given.
  std::optional<std::string> unboundedInput(ExpressionRef factor);
  /// Whether an atom is made of another, by operators and iterations as well.
  bool isMadeOf(unsigned atom, unsigned other);
  /// The first reason why something was not found.
  const Obstacle &obstacle() const { return reason; }
  void obstruct(std::string text, mlir::Operation *op);
  /// That an atom is none that the proofs know.
  void obstructByAtom(unsigned atom);
  /// That no bound is known of a factor of what an operator gives, and of what
  /// it is applied to, if that has one. False, if its sign is not known either.
  bool obstructUnbounded(ExpressionRef factor, ExpressionRef within,
                         mlir::Operation *op);
  void forgetObstacle() { reason = {}; }
  StepReader &steps() { return reader; }
  /// All operators that were found, by atom.
  const std::map<unsigned, std::optional<SymmetricOperator>> &found() const {
    return operators;
  }

private:
  StepReader &reader;
  struct Reading {
    std::optional<Sum> sum;
    Obstacle reason;
  };
  std::map<ExpressionRef, Reading> sums;
  std::map<ExpressionRef, NumberSum> numberSums;
  std::map<unsigned, std::optional<SymmetricOperator>> operators;
  Obstacle reason;
  std::optional<double> stretched;
  std::map<unsigned, std::set<unsigned>> origins;

  const std::set<unsigned> &originsOf(unsigned atom);
  std::optional<Sum> findSum(ExpressionRef expression);
  std::optional<Sum> nonlinear(ExpressionRef expression);
  Sum scaled(const Sum &sum, ExpressionRef factor, ExpressionKind kind);
  Sum added(const Sum &a, const Sum &b, ExpressionKind kind);
  std::optional<Sum> selected(ExpressionRef expression);
  void place(Sum &sum, ExpressionRef origin);
  std::string whyNoNumber(unsigned atom, ExpressionRef factor);
  std::string whyUnbounded(const SymmetricOperator &op, Measure measure);
  std::optional<Sum> product(ExpressionRef expression);
  bool isLinear(ExpressionRef expression);
  std::optional<SymmetricOperator> findOperator(unsigned atom);
  std::optional<SymmetricOperator> findFlux(unsigned atom);
  void measureFlux(SymmetricOperator &found, ExpressionRef flux,
                   unsigned difference);
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_STEPFORM_H
