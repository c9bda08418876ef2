//===- Proportion.h - what a parameter multiplies in a step -----*- C++ -*-===//

#ifndef PDEC_ANALYSIS_PROPORTION_H
#define PDEC_ANALYSIS_PROPORTION_H

#include "compiler/analysis/StepForm.h"

namespace pdec::analysis {

/// Whether s^m times a parameter, s > 0, makes of a step what s^n times all of
/// its operators would make of it.
///
/// Fields in a step may then be other multiples of what they would be: those
/// are powers of s, which must agree wherever fields are added, and be 0 for
/// the levels. What multiplies cells within an operator has the same bounds
/// whatever it is made of, so only its own factor counts.
class Proportion {
public:
  struct Powers {
    int param = 1, operators = 1; ///< m and n
  };
  Proportion(StepForm &form, unsigned param, Powers powers)
      : form(form), param(param), powers(powers) {}

  bool holdsFor(llvm::ArrayRef<ExpressionRef> levels);

private:
  StepForm &form;
  unsigned param;
  Powers powers;
  /// Nothing: no power of the parameter.
  using Degree = std::optional<int>;
  std::map<ExpressionRef, Degree> fields, factors;
  std::map<unsigned, bool> solutions;

  Degree ofNumber(const Dependence &number);
  Degree ofField(ExpressionRef field);
  Degree ofAtom(unsigned atom);
  Degree ofOperator(const SymmetricOperator &op);
  Degree ofFactor(ExpressionRef factor);
  Degree findFactor(ExpressionRef factor);
  bool isSolution(unsigned atom);
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_PROPORTION_H
