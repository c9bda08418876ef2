//===- Operators.h - norms and spectra of stencils --------------*- C++ -*-===//
//
// Bounds of ||K||^2, in the Euclidean norm, of a stencil with its boundary
// rules, and of the eigenvalues of symmetric ones. They hold for the linear
// part: values of sides count as zero. docs/certificates.md has the proofs.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_OPERATORS_H
#define PDEC_ANALYSIS_OPERATORS_H

#include "compiler/analysis/Interval.h"
#include "compiler/pde/PdeDialect.h"

#include "llvm/ADT/STLExtras.h"

#include <optional>
#include <string>
#include <vector>

namespace pdec::analysis {

/// A stencil as it is applied (or transposed) to the fields of a grid.
struct Operator {
  struct Side {
    pde::Boundary rule;
    /// Rows beyond the cells that the operator gives, and that its argument
    /// has.
    int64_t rows = 0, innerRows = 0;
    /// Weights of cells inside for each distance, where the rule has any.
    std::vector<std::vector<Interval>> weights;

    bool isPeriodic() const {
      return meaningOf(rule).cells == CellsInside::Wrap;
    }
    /// Whether the linear part of the rule is zero beyond the side.
    bool isZero() const { return meaningOf(rule).cells == CellsInside::None; }
    /// Whether cells beyond are copies of those at the same distance inside.
    bool isMirror() const {
      return meaningOf(rule).cells == CellsInside::Mirror &&
             !meaningOf(rule).isWeighted();
    }
  };
  struct Axis {
    Side low, high;
    std::optional<int64_t> size; ///< null: any

    const Side &side(bool isHigh) const { return isHigh ? high : low; }
    template <typename Holds> bool both(const Holds &holds) const {
      return holds(low) && holds(high);
    }
    bool isPeriodic() const { return low.isPeriodic(); }
    bool isZero() const {
      return both([](const Side &side) { return side.isZero(); });
    }
    bool isMirror() const {
      return both([](const Side &side) { return side.isMirror(); });
    }
  };
  std::vector<std::vector<int64_t>> offsets;
  std::vector<Interval> weights; ///< without the scale
  Interval scale = 1;
  std::vector<Axis> axes;
  /// Tells numbers apart of which no value is known.
  std::string numbers;

  /// Of an apply or an adjoint; `scalar` and `size` are what is known of the
  /// numbers in it, those of its sides among them, and of the grid's axes.
  static Operator
  of(mlir::Operation *op,
     llvm::function_ref<Interval(mlir::Value, bool isOfSide)> scalar,
     llvm::function_ref<std::optional<int64_t>(pde::GridOp, unsigned)> size);

  size_t rank() const { return axes.size(); }
  template <typename Holds> bool allSides(const Holds &holds) const {
    return llvm::all_of(axes,
                        [&](const Axis &axis) { return axis.both(holds); });
  }
  /// The same text for the same linear map.
  std::string key() const;
  /// Whether it answers constants on the cells by zero, at the sides as well;
  /// then its transpose gives nothing a mean.
  bool annihilatesConstants() const;
  /// Whether what it gives has the mean zero, whatever it is applied to; then
  /// its transpose answers constants by zero.
  bool givesNoMean() const;
  /// For people: "forward difference", or the weights.
  std::string name() const;
  /// The names of the rules at the sides, each once.
  std::string rules() const;
};

/// What ||K||^2 is at most. `how` says by which bound, in words.
struct NormBound {
  double value;
  std::string how;
};
NormBound normSquared(const Operator &op);

/// Contains the eigenvalues of a stencil that is a symmetric matrix; nothing if
/// it is not known to be one.
std::optional<Interval> spectrum(const Operator &op);

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_OPERATORS_H
