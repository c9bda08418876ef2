//===- Stacks.h - operators whose weights are an array ----------*- C++ -*-===//
//
// The bound of a sum of K'GK whose operators have weights that are known when a
// program runs: not the sum of their bounds, but that of all of them together,
// as filters that complete each other need. docs/certificates.md, "Weights from
// arrays", has the proof.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_STACKS_H
#define PDEC_ANALYSIS_STACKS_H

#include "compiler/analysis/Numbers.h"

namespace pdec::analysis {

/// K'GK with a K from `in` fields to `out` fields.
struct Stack {
  mlir::Value array;
  /// Of the block [out, in, taps...] in the array, whose extents are the last
  /// ones.
  std::vector<ExpressionRef> indices;
  std::vector<int64_t> extents, first;
  /// Along each axis: whether a side mirrors what it reads, so that even and
  /// odd parts of the weights are told apart.
  std::vector<bool> isMirrored;
  /// Where they are not: how many times as large as between other sides K'GK
  /// may be.
  double most = 1;
  /// G of each result lies between -lowest*factor and highest*factor.
  struct Strength {
    ExpressionRef factor = nullptr; ///< >= 0; null: nothing reads the result
    double lowest = 0, highest = 0;

    double end(bool isLowest) const { return isLowest ? lowest : highest; }
  };
  std::vector<Strength> strengths;

  size_t rank() const { return first.size(); }
  int64_t in() const { return extents[extents.size() - rank() - 1]; }
  int64_t out() const { return strengths.size(); }
  int64_t taps(unsigned axis) const {
    return extents[extents.size() - rank() + axis];
  }
  int64_t numTaps() const;
  bool hasEnd(bool isLowest) const;
  /// Whether both are one operator but for their strengths.
  bool isLike(const Stack &other) const;
  /// Tells operators apart, in words that all readers share.
  std::string text(const StepReader &reader) const;
  /// Says at which sides it is applied; false, if there is no bound at them.
  bool setSides(const Operator &linear);
  /// All of an array, with the block among it that a stencil's weights are;
  /// which one it is, is told. Nothing, if they are no block.
  static std::optional<std::pair<Stack, int64_t>> of(StepReader &reader,
                                                     const Atom &application);
};

/// An upper bound of the eigenvalues of the sum of all stacks, as operations at
/// the builder's place.
mlir::Value emitBound(llvm::ArrayRef<Stack> stacks, bool isLowest,
                      mlir::OpBuilder &builder, NumberEmitter &emitter);

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_STACKS_H
