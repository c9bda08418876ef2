//===- RateSignature.h - what a bound of a rate is a bound of ---*- C++ -*-===//
//
// A number that a program computes as the bound of a right-hand side says of
// which one, so that a step whose length follows it is proved to be short
// enough although nothing is known of the number.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_RATESIGNATURE_H
#define PDEC_ANALYSIS_RATESIGNATURE_H

#include "compiler/analysis/Numbers.h"

#include <set>

namespace pdec::analysis {

/// A number as a product: of a known one, and others by texts that tell them
/// apart, whoever reads them.
struct Factors {
  Interval known = 1;
  std::multiset<std::string> above, below;
  /// What the texts stand for.
  std::map<std::string, ExpressionRef> meanings;

  static Factors of(const StepReader &reader, ExpressionRef number);
  void add(const StepReader &reader, ExpressionRef number, bool isBelow);
  /// Keeps of both lists what another product has as well.
  void intersect(const Factors &other);
};

/// Symmetric operators, each with a factor >= 0.
class RateSignature {
public:
  explicit RateSignature(const StepReader &reader) : reader(reader) {}

  /// gain*factor times an operator that `what` tells from others.
  void add(std::string what, ExpressionRef factor, double gain);
  /// As an attribute of the bound.
  std::string text() const;
  /// If these are a multiple of other operators, and the multiple is divided by
  /// a bound of these: how large it is at most, times that bound.
  std::optional<Interval> boundedBy(Numbers &numbers) const;

private:
  struct Term {
    std::string what;
    Factors factors;
  };
  const StepReader &reader;
  std::vector<Term> terms;

  std::pair<std::string, Factors> parts() const;
};

/// A text for a number or an array that is the same for all readers.
std::string sharedText(mlir::Value value);
std::string sharedText(const StepReader &reader, ExpressionRef number);

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_RATESIGNATURE_H
