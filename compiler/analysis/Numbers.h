//===- Numbers.h - numbers that are known when a program runs ---*- C++ -*-===//
//
// Parameters, sizes of grids, and what is computed of them: what is known of
// them at compile time is a range. These are expressions whose atoms are such
// numbers.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_NUMBERS_H
#define PDEC_ANALYSIS_NUMBERS_H

#include "compiler/analysis/StepReader.h"

#include "mlir/IR/Builders.h"

namespace pdec::analysis {

/// What is asked of a reader's expressions of numbers. Has no data of its own.
class Numbers {
public:
  explicit Numbers(StepReader &reader) : reader(reader) {}

  /// Whether it is the same in all cells, and depends on no field.
  bool isNumber(ExpressionRef expression) const;
  /// number*rest, with as much as possible in the number.
  struct Split {
    ExpressionRef number, rest;
  };
  Split split(ExpressionRef expression);
  /// Contains its value, whatever parameters and sizes are.
  Interval rangeOf(ExpressionRef expression);
  /// A sum of multiples of other numbers, which are the keys; each multiple is
  /// one double, known exactly.
  using Combination = ExpressionMap<Interval>;
  Combination combinationOf(ExpressionRef number);

private:
  StepReader &reader;
};

/// More than what a formula's operations round off, all of them together.
inline constexpr double slack = 0x1p-40;
/// Of the intervals that formulas are made with.
inline constexpr unsigned formulaBits = 384;

/// Makes arithmetic of numbers, in f64.
class NumberEmitter {
public:
  NumberEmitter(StepReader &reader, mlir::OpBuilder &builder,
                mlir::Location loc)
      : reader(reader), builder(builder), loc(loc) {}

  mlir::Value emit(ExpressionRef number);
  /// An integer: a constant, or one of the program's.
  mlir::Value index(ExpressionRef number);
  mlir::Value constant(double value);
  mlir::Value add(mlir::Value a, mlir::Value b);
  mlir::Value multiply(mlir::Value a, mlir::Value b);
  mlir::Value negate(mlir::Value a);

private:
  StepReader &reader;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  std::map<ExpressionRef, mlir::Value> emitted;

  mlir::Value make(ExpressionRef number);
  mlir::Value entry(const Atom &atom);
  mlir::Value truth(ExpressionKind kind, llvm::ArrayRef<mlir::Value> args);
  mlir::Value asReal(mlir::Value value);
  mlir::Value asTruth(mlir::Value value);
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_NUMBERS_H
