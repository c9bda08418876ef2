//===- RateFormula.h - bounds of a rate as a formula ------------*- C++ -*-===//

#ifndef PDEC_ANALYSIS_RATEFORMULA_H
#define PDEC_ANALYSIS_RATEFORMULA_H

#include "compiler/analysis/RateSignature.h"
#include "compiler/analysis/Stacks.h"
#include "compiler/analysis/StepForm.h"

namespace pdec::analysis {

/// An upper bound that depends on how many cells a grid has along an axis: one
/// for any number, and smaller ones for some.
struct SizeTable {
  double any = 0;
  /// For so many cells or less, but not less than the entry before allows.
  std::map<int64_t, double> upTo;
  /// For one number of cells.
  std::optional<std::pair<int64_t, double>> stated;
  pde::GridOp grid;
  unsigned axis = 0;

  double largest() const;
};

/// Bounds -R(u) = sum_k c_k A_k u, where the c_k >= 0 are numbers and the A_k
/// symmetric: an interval that contains the eigenvalues of the sum.
class RateFormula {
public:
  explicit RateFormula(pde::RateOp op);
  /// Whether a bound is asked for that holds for grids of any size, or one for
  /// each size.
  enum class Sizes { Any, Each };
  /// R is what a step of one level changes it by.
  RateFormula(pde::StepsOp steps, Measure measure, const Settings &settings,
              Sizes sizes = Sizes::Any);

  /// False, with an obstacle, if R is not of this form or not bounded; for
  /// Measure::Norm also if an eigenvalue may be negative.
  bool find();
  /// Up to which value of the interval's upper end steps are certified.
  double longest() const { return most; }
  /// Whether it is of a step that carries two levels, a recurrence of second
  /// order.
  bool isOfTwoLevels();
  /// Whether data, or values of sides that may not be zero, are added to R;
  /// bounds are of the rest.
  bool isAffine() const { return affine; }
  /// False, if it was seen to be no sum of numbers times symmetric operators.
  bool isSymmetric() const { return symmetric; }
  /// An end of the interval as arithmetic, at the builder's place.
  mlir::Value emit(mlir::OpBuilder &builder, bool isLowest = false);
  /// Contains the interval for all values that numbers may have.
  Interval range();
  /// The parameters whose sign the bounds rest on: that of the script's value.
  llvm::ArrayRef<pde::ParamOp> keptSigns() const { return reader.keptSigns(); }
  const Obstacle &obstacle() const { return form.obstacle(); }

private:
  /// Minus the lowest and the highest.
  struct Ends {
    SizeTable lowest, highest;
  };
  /// weight*S, with a stencil S whose taps have known weights.
  struct Piece {
    ExpressionRef weight; ///< >= 0
    Ends ends;
    bool isNegative = false; ///< the weight itself, before its sign was changed
  };
  struct Part {
    ExpressionRef factor; ///< >= 0
    /// Of K'GK: ||K|| is at most the sum of the pieces' highest. Of a symmetric
    /// stencil: nothing, and the ends are those of the sum of the pieces.
    std::optional<Interval> gain;
    std::vector<Piece> pieces;
    /// Tells operators apart, in words that all readers share.
    std::string what;

    /// Of K'GK: how far G goes from zero, in that direction.
    double strength(bool isLowest) const {
      return isLowest ? -gain->low() : gain->high();
    }
    /// Whether the part goes from zero in that direction at all.
    bool hasEnd(bool isLowest) const { return !gain || strength(isLowest) > 0; }
    const SizeTable &tableOf(const Piece &piece, bool isLowest) const {
      return isLowest && !gain ? piece.ends.lowest : piece.ends.highest;
    }
  };

  mlir::Location loc;
  Measure measure;
  bool isStep = false, affine = false, symmetric = true;
  Sizes sizes = Sizes::Each;
  StepReader reader;
  StepForm form;
  Numbers numbers;
  pde::GridOp grid;
  /// Minus what each field itself is multiplied by; null: zero.
  ExpressionRef own = nullptr;
  std::vector<Part> parts;
  double most = 2;
  /// Operators whose weights are arrays; all of them have a bound together.
  std::vector<Stack> stacks;
  /// What K' of an operator between lists gives, in the levels that it is added
  /// to, by the operator and what it is applied to.
  struct Added {
    unsigned atom; ///< Summed
    unsigned level;
    ExpressionRef factor;
    const Operator *sides; ///< null: circles
  };
  std::map<std::string, std::vector<Added>> lists;

  bool readLevel(unsigned level);
  bool addTerm(unsigned level, unsigned atom, ExpressionRef factor);
  bool addSum(unsigned level, unsigned atom, ExpressionRef factor);
  bool addLists();
  bool addList(const std::vector<Added> &all);
  bool readsFields(const Atom &sums, const Operator *sides);
  std::optional<Stack> stackOf(const Atom &sums, const Operator *sides);
  bool addResult(const Added &back, unsigned result, Stack &stack);
  void addToStacks(Stack made, int64_t place, Stack::Strength strength);
  bool addOwn(unsigned level, ExpressionRef factor, mlir::Operation *place);
  bool findTwoLevels();
  bool addFlux(const SymmetricOperator &flux, ExpressionRef factor);
  std::string textOf(const Atom &application, bool isFlux) const;
  bool addStencil(const Atom &atom, ExpressionRef factor);
  bool addSquare(const Atom &outer, ExpressionRef factor);
  /// A flux: G, and what it is the quotient or the slope of.
  struct Flux {
    ExpressionRef gain, function;
    /// Of G, where it is known.
    std::optional<Interval> range;
    mlir::Operation *place;
  };
  std::optional<Interval> strengthOf(const Flux &flux, ExpressionRef &factor);
  std::optional<Interval> signedStrength(ExpressionRef &factor,
                                         const Interval &gain,
                                         mlir::Operation *place);
  std::optional<Stack::Strength> stackStrength(const Flux &flux,
                                               ExpressionRef factor);
  bool isTheField(ExpressionRef argument);
  std::optional<int> signOf(ExpressionRef number, mlir::Operation *place);
  std::optional<std::vector<Piece>> piecesOf(const Atom &application,
                                             bool isFlux);
  std::optional<Piece> weightOf(const Atom &application, ExpressionRef number,
                                bool isFlux);
  std::optional<std::vector<Ends>> endsOf(const Operator &linear, bool isFlux);
  std::optional<SizeTable> normOf(const Operator &linear);
  std::optional<Ends> spectrumOf(const Operator &linear, unsigned axis);
  SizeTable tabulate(Operator linear, unsigned axis,
                     llvm::function_ref<double(const Operator &)> bound);
  void obstructUnbounded(ExpressionRef expression, mlir::Operation *place);
  mlir::Value emit(const SizeTable &table, mlir::OpBuilder &builder,
                   NumberEmitter &emitter);
  /// Null: zero.
  mlir::Value emit(const Part &part, bool isLowest, mlir::OpBuilder &builder,
                   NumberEmitter &emitter);
  Interval mostOf(const Part &part, bool isLowest);
  RateSignature signature() const;
  bool isOfOneSign();
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_RATEFORMULA_H
