//===- StepReader.h - what a step makes of its levels -----------*- C++ -*-===//
//
// Reads the body of a loop of steps as expressions of the levels that it
// carries. Loops in it whose number of passes is known are followed pass by
// pass, so what is read has neither loops nor regions: only cells' values and
// operators applied to fields of them.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_STEPREADER_H
#define PDEC_ANALYSIS_STEPREADER_H

#include "compiler/analysis/Expressions.h"
#include "compiler/analysis/Operators.h"
#include "compiler/pde/PdeChannels.h"
#include "compiler/pde/PdeDialect.h"

#include "llvm/ADT/DenseMap.h"

#include <memory>

namespace pdec::analysis {

/// Bounds that were found before, by what they are of.
struct KnownBounds {
  std::map<std::string, Interval> ranges;
  std::map<std::string, NormBound> norms;
  std::map<std::string, std::optional<Interval>> spectra;
};

/// What the numbers of a program are taken to be.
struct Settings {
  /// Numbers that the program computes when it runs are atoms, of which ranges
  /// are known; otherwise parameters and sizes have the script's values.
  bool keepsNumbers = false;
  /// Of numbers that are kept: parameters have the signs of the script's
  /// values.
  bool keepsSigns = false;
  /// Shared by analyses with different numbers.
  std::shared_ptr<KnownBounds> known = std::make_shared<KnownBounds>();

  Settings withNumbers() const {
    Settings made = *this;
    made.keepsNumbers = true;
    return made;
  }
};

/// A field that is no function of others in the same cell.
struct Atom {
  enum Kind {
    Carried,  ///< a level, before the step
    Applied,  ///< an operator's value
    Adjoined, ///< that of its transpose
    Summed,   ///< a field of what `pde.convolve` makes of a list
    Solution, ///< what a fixed-point iteration converges to
    Data,     ///< a field or a number that does not depend on the levels
    Number,   ///< one that is kept as it is
    Opaque    ///< anything else, numbers that are made of levels among them
  };
  Kind kind = Opaque;
  mlir::Operation *op = nullptr;  ///< null: Carried
  unsigned index = 0;             ///< Carried, Summed: which one
  std::optional<Operator> linear; ///< Applied, Adjoined
  Dependence dependence;          ///< of `linear` as a whole
  /// Of an application of a stencil; null: one.
  ExpressionRef scale = nullptr;
  std::vector<ExpressionRef> weights;
  /// Applied, Adjoined: the argument; Solution: what a pass makes of it.
  ExpressionRef argument = nullptr;
  /// Summed: the fields it reads.
  std::vector<ExpressionRef> arguments;
  /// Summed: where its array's block is; an entry of an array: where that is.
  std::vector<ExpressionRef> indices;
  /// Summed: tells operators apart.
  std::string block;
  /// Applied: values at its sides make it affine.
  bool hasValues = false;
  mlir::Value number; ///< Number, if it is not an entry that is read here
  mlir::Value array;  ///< Number, if it is an entry: of this array
  /// Number: a bound of the right-hand side with this signature.
  std::string bounds;
  /// Contains its value in each cell.
  Interval range = Interval::whole();

  bool isOperator() const { return kind == Applied || kind == Adjoined; }
};

/// The attribute of a number that bounds a right-hand side: what it bounds.
inline constexpr llvm::StringLiteral boundsName = "bounds";

/// The script's value of a parameter.
double initialOf(pde::ParamOp param);

class StepReader {
public:
  StepReader(pde::StepsOp steps, Settings settings);
  /// Of a right-hand side: its levels are the rates.
  StepReader(pde::RateOp rate, Settings settings);

  KnownBounds &known() { return *settings.known; }

  /// What a step makes of each level that is a field; empty if it was too much
  /// to read.
  const std::vector<ExpressionRef> &levels() const { return next; }
  /// The number of a parameter that was read; nothing, if it was not.
  std::optional<unsigned> numberOf(pde::ParamOp param) const;
  /// Levels that are numbers, not fields, and made of fields.
  unsigned numNumbers() const { return numbers; }
  /// One of the entries of arrays that were read, of which nothing is known;
  /// null, if there was none.
  pde::EntryOp entry() const { return anEntry; }
  /// The parameters that were read whose sign is the script's value's only
  /// because that was asked for.
  llvm::ArrayRef<pde::ParamOp> keptSigns() const { return ofKeptSign; }
  const Atom &atom(unsigned number) const { return atoms[number]; }
  /// Where an expression was made first; null, if that is not in one place.
  mlir::Operation *originOf(ExpressionRef expression) const {
    return origins.lookup(expression);
  }
  ExpressionPool &pool() { return expressions; }
  /// What is known of the atoms.
  Box box() const;
  /// Of a number that the program has, or one in the step.
  ExpressionRef expressionOf(mlir::Value number) { return of(number); }

private:
  Settings settings;
  ExpressionPool expressions;
  std::vector<Atom> atoms;
  std::vector<ExpressionRef> next;
  std::vector<unsigned> carried;
  std::vector<pde::ParamOp> params, ofKeptSign;
  unsigned numbers = 0;
  pde::EntryOp anEntry;
  llvm::DenseMap<mlir::Value, ExpressionRef> values;
  llvm::DenseMap<ExpressionRef, mlir::Operation *> origins;
  std::map<std::string, ExpressionRef> applications;
  /// Operations that may still be read: loops are followed.
  int budget = 50000;

  ExpressionRef newAtom(Atom atom, bool isState);
  /// A field or a number of which nothing is known.
  ExpressionRef unknown(mlir::Operation *op, bool isState);
  ExpressionRef of(mlir::Value value);
  ExpressionRef ofOutside(mlir::Value value);
  ExpressionRef ofNumber(mlir::Value value);
  ExpressionRef ofEntry(pde::EntryOp op);
  ExpressionRef kept(mlir::Value number, const Interval &range);
  ExpressionRef carry(unsigned index);
  Interval keptRange(pde::ParamOp param);
  ExpressionRef ofParam(pde::ParamOp param);
  Interval numberOf(mlir::Value value, std::string &unknowns);
  Dependence dependenceOf(pde::StencilOp stencil);
  void set(mlir::Value value, ExpressionRef expression) {
    values[value] = expression;
  }
  void setOpaque(mlir::Operation &op);
  void readData(mlir::Operation &op);
  Interval rangeOfData(mlir::Operation &op);
  Interval extentOf(pde::CoordinateOp coordinate);
  Interval requiredOf(mlir::Value field);
  bool dependsOnState(mlir::Operation &op);
  bool readValues(pde::ApplyOp op, std::string &key, bool &dependOnState);
  void readBody(mlir::Block &body);
  void readBlock(mlir::Block &block);
  void read(mlir::Operation &op);
  void readApplication(mlir::Operation &op);
  void readSums(pde::ConvolveOp op);
  void readMap(pde::MapOp op);
  void readLoop(pde::StepsOp op);
  void readFixpoint(pde::FixpointOp op);
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_STEPREADER_H
