//===- FourierNumbers.h - numbers while a pass is interpreted ---*- C++ -*-===//

#ifndef PDEC_ANALYSIS_FOURIERNUMBERS_H
#define PDEC_ANALYSIS_FOURIERNUMBERS_H

#include "mlir/IR/Operation.h"

#include "llvm/ADT/ArrayRef.h"

#include <cmath>
#include <optional>
#include <random>

namespace pdec::analysis::fourier {

/// A real number, an integer or a truth value (1 or 0) of a program.
struct Number {
  double value = 0;
  /// Not known: what data or the iterates make. Then the value is not a number,
  /// or, where any number will do, one that was drawn.
  bool isKnown = true;
  /// The mean, or another linear function, of the iterate: its linear part is
  /// zero, for waves have no mean.
  bool isOfIterate = false;

  bool is(double other) const { return isKnown && value == other; }
  bool isUsable() const { return std::isfinite(value); }
  bool operator==(const Number &other) const {
    return isKnown == other.isKnown && isOfIterate == other.isOfIterate &&
           (value == other.value || (!isUsable() && !other.isUsable()));
  }
};

/// Stands for numbers that are not known.
class Draws {
public:
  /// From now on drawn ones, the same after each call with the same seed.
  void begin(unsigned seed) {
    generator.seed(seed);
    isDrawing = true;
  }
  void end() { isDrawing = false; }
  bool areMade() const { return isDrawing; }
  Number operator()() {
    if (!isDrawing)
      return {NAN, false};
    // Away from zero: some are divisors.
    return {0.5 + double(generator() - generator.min()) /
                      double(generator.max() - generator.min()),
            false};
  }

private:
  std::minstd_rand generator;
  bool isDrawing = false;
};

/// What a scalar operation of arith, math or pde makes of its arguments. Known,
/// if the arguments that count are; what depends on an unknown truth value is
/// drawn anew.
Number valueOf(mlir::Operation &op, llvm::ArrayRef<Number> args, Draws &draws);

} // namespace pdec::analysis::fourier

#endif // PDEC_ANALYSIS_FOURIERNUMBERS_H
