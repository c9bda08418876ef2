//===- Expressions.h - what a cell's value is made of -----------*- C++ -*-===//
//
// Values of one cell as expressions of atoms: of what a step reads, and of what
// operators make of that. Equal expressions are one object, so that two
// applications of an operator to the same field are seen to be one.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_EXPRESSIONS_H
#define PDEC_ANALYSIS_EXPRESSIONS_H

#include "compiler/analysis/Dependence.h"
#include "compiler/analysis/Ranges.h"

#include "mlir/IR/Operation.h"

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pdec::analysis {

enum class ExpressionKind {
  Constant, ///< a number, the same in all cells
  Atom,
  /// The first argument divided by the second, an atom; where that is zero so
  /// is the first, and the quotient is bounded by its slopes.
  Quotient,
  Rsqrt,
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  NODE,
#define PDE_EXTREMUM(NAME, NODE, OPERATION, INTEGER_OPERATION, ONNX) NODE,
#define PDE_OPERATOR(NAME, NODE) NODE,
#include "compiler/support/Functions.def"
};

struct Expression {
  ExpressionKind kind = ExpressionKind::Constant;
  unsigned id = 0; ///< its place in the pool
  std::vector<const Expression *> args;
  Interval constant;
  /// Of a constant: how it would change with the parameters that it is made of.
  Dependence dependence;
  unsigned atom = 0;
  /// The atoms in it that depend on the state, in ascending order, and the
  /// others (data).
  std::vector<unsigned> atoms, data;

  bool isConstant() const { return kind == ExpressionKind::Constant; }
  bool dependsOnState() const { return !atoms.empty(); }
};
using ExpressionRef = const Expression *;

/// The order in the pool, after null. Addresses differ from run to run.
struct IsEarlier {
  bool operator()(ExpressionRef a, ExpressionRef b) const {
    return b && (!a || a->id < b->id);
  }
};
/// For what is done entry by entry.
template <typename T>
using ExpressionMap = std::map<ExpressionRef, T, IsEarlier>;

/// What is known of an expression while its atoms vary over a box.
struct Enclosure {
  Interval value;
  /// Of the derivative by the atom asked for; whole where there may be jumps.
  Interval slope;
  /// Of the value divided by that atom, where this is known not by division.
  std::optional<Interval> quotient = std::nullopt;
  /// Contains e with s*f'(s) = e*f(s), where f is the value and s that atom:
  /// the exponent, if f is a power of s. Fluxes that grow slower and slower
  /// have bounded ones, where enclosures of their slopes are differences of
  /// large numbers.
  std::optional<Interval> elasticity = std::nullopt;
};

/// A comparison that scripts make, as one of three kinds (Less, LessEqual,
/// Equal): whether its arguments change places, and whether its result is the
/// opposite.
struct Comparison {
  ExpressionKind kind;
  bool isSwapped = false, isNegated = false;
};
std::optional<Comparison> comparisonOf(mlir::Operation &op);

class ExpressionPool {
public:
  ExpressionRef constant(const Interval &value, Dependence dependence = {});
  /// A new atom; `isState` tells what depends on the state from data.
  ExpressionRef atom(bool isState);
  ExpressionRef quotient(ExpressionRef value, ExpressionRef atom);
  ExpressionRef make(ExpressionKind kind, std::vector<ExpressionRef> args);
  /// A scalar operation of arith, math or pde; null if it is not one that
  /// scripts make.
  ExpressionRef of(mlir::Operation &op, llvm::ArrayRef<ExpressionRef> args);

  /// The same text for the same function of atoms in a box, whatever their
  /// numbers.
  std::string textOf(ExpressionRef expression, const Box &box) const;

  unsigned numAtoms() const { return atomCount; }

  /// That something was decided by a number: for other values of the parameters
  /// in it other expressions might have been made.
  void assume(const Dependence &dependence);
  bool isAssumed(unsigned param) const { return assumed.contains(param); }

  /// Encloses an expression over a box; slope and quotient are by `direction`.
  Enclosure enclose(ExpressionRef expression, const Box &box,
                    unsigned direction);
  /// Its range over a box, as sharp as some thousand enclosures make it.
  Interval range(ExpressionRef expression, const Box &box);
  /// The range of its derivative by an atom.
  Interval slopes(ExpressionRef expression, unsigned atom, const Box &box);

private:
  std::deque<Expression> expressions;
  std::map<std::string, ExpressionRef> known;
  unsigned atomCount = 0;
  Dependence assumed;

  ExpressionRef intern(Expression made);
  class Evaluation;
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_EXPRESSIONS_H
