//===- CellRate.h - what cells lose, as a formula ---------------*- C++ -*-===//

#ifndef PDEC_ANALYSIS_CELLRATE_H
#define PDEC_ANALYSIS_CELLRATE_H

#include "compiler/analysis/Certificate.h"
#include "compiler/analysis/RateSignature.h"
#include "compiler/analysis/StepForm.h"

namespace pdec::analysis {

/// Bounds R(u)_i = sum_j r_ij u_j with r_ij >= 0 for j other than i, by twice
/// the largest -r_ii: up to a step of two over that, u + tau R(u) has no
/// negative factors, and the sums along its rows, or its columns, are at most
/// one.
class CellRate {
public:
  explicit CellRate(pde::RateOp op);
  /// R is what a step of one level changes it by.
  CellRate(pde::StepsOp steps, const Settings &settings);

  /// False, with an obstacle, if R is not of this form or not bounded.
  bool find();
  /// Up to which value of the bound steps are certified.
  double longest() const { return 2; }
  bool isAffine() const { return affine; }
  /// What is proved of a step that is short enough.
  std::vector<Statement> statements() const;
  /// The bound as arithmetic, at the builder's place.
  mlir::Value emit(mlir::OpBuilder &builder);
  /// Contains the bound for all values that numbers may have.
  Interval range();
  llvm::ArrayRef<pde::ParamOp> keptSigns() const { return reader.keptSigns(); }
  const Obstacle &obstacle() const { return form.obstacle(); }

private:
  /// A number that is known when the program runs, times what differs from cell
  /// to cell and is bounded.
  struct Product {
    ExpressionRef number, rest;
  };
  /// A sum of products; those with the same number but for a factor that is
  /// known are one.
  struct Share {
    Factors factors;
    Product product;
  };
  using Total = std::vector<Share>;

  mlir::Location loc;
  bool isStep = false, rows = true, columns = true, affine = false;
  bool linear = true, sides = false, values = false;
  StepReader reader;
  StepForm form;
  Numbers numbers;
  /// What a cell counts with itself, what the factors of all cells add up to,
  /// and what others count with, by the sides' rules and the distance.
  Total centre, sum;
  std::map<std::pair<std::string, std::vector<int64_t>>, Total> others;
  /// Times numbers >= 0: together at most as much as a cell loses.
  struct Loss {
    ExpressionRef number;
    double gain;
  };
  std::vector<Loss> losses;

  ExpressionRef times(ExpressionRef a, ExpressionRef b);
  void add(Total &total, ExpressionRef number, ExpressionRef rest);
  bool takeApart(ExpressionRef factor, ExpressionRef number,
                 std::vector<Product> &made);
  std::optional<std::vector<Product>> productsOf(ExpressionRef factor,
                                                 mlir::Operation *place);
  bool isOneStage(const Sum &all);
  bool addTerm(unsigned number, ExpressionRef factor);
  bool addOwn(ExpressionRef factor);
  bool addStencil(unsigned number, ExpressionRef factor);
  bool addFlux(const SymmetricOperator &flux, ExpressionRef factor);
  bool findLosses();
  bool isNonNegative(const Total &total);
  Interval rangeOf(const Factors &factors, const Factors &without);
  RateSignature signature() const;
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_CELLRATE_H
