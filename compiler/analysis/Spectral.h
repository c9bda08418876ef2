//===- Spectral.h - steps of one symmetric operator -------------*- C++ -*-===//

#ifndef PDEC_ANALYSIS_SPECTRAL_H
#define PDEC_ANALYSIS_SPECTRAL_H

#include "compiler/analysis/Polynomials.h"
#include "compiler/analysis/StepForm.h"

namespace pdec::analysis {

/// Writes fields as rational functions of one operator A, applied to the levels
/// before the step.
class Spectral {
public:
  Spectral(StepForm &form, Measure measure) : form(form), measure(measure) {}

  /// By atom, of a level; nothing, with an obstacle of the form, if the field
  /// is no such function.
  using Functions = std::map<unsigned, Rational>;
  std::optional<Functions> of(ExpressionRef field);

  /// Data or values of sides are added to the levels.
  bool isAffine() const { return affine; }
  /// No factor within A depends on the levels.
  bool isLinear() const { return linear; }
  /// There is an iteration, for whose result this holds.
  bool isImplicit() const { return implicit; }
  /// A is applied to nothing but the levels themselves.
  bool isExplicit() const { return simple; }
  /// Contains the eigenvalues of A.
  const Interval &eigenvalues() const { return range; }

private:
  StepForm &form;
  Measure measure;
  std::map<ExpressionRef, std::optional<Functions>> known;
  std::map<unsigned, std::optional<Functions>> solutions;
  std::vector<unsigned> open; ///< solutions that are being found
  std::optional<std::string> signature;
  Interval range;
  Polynomial eigenvalue;
  bool affine = false, linear = true, implicit = false, simple = true;

  struct Part {
    Interval factor;
    const SymmetricOperator *op;
  };
  std::optional<Functions> find(ExpressionRef field);
  std::optional<Functions> solve(unsigned atom);
  bool addAtom(Functions &sum, unsigned atom, const Interval &factor);
  bool addOperator(Functions &sum, std::vector<Part> &parts);
  bool isTheOperator(const std::vector<Part> &parts);
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_SPECTRAL_H
