//===- Expressions.h - hash-consed expressions ------------------*- C++ -*-===//

#ifndef PDEC_SYMBOLIC_EXPRESSIONS_H
#define PDEC_SYMBOLIC_EXPRESSIONS_H

#include "mlir/IR/Location.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pdec::symbolic {

using ExprId = int;

/// Expressions over the data of a run, each stored once: two values are equal
/// for all data if their ids are equal. Rewriting is limited to what IEEE
/// arithmetic leaves exact: a - b = a + (-b), (-1)*a = -a, 1*a = a, a/1 = a,
/// a + (-0) = a, -(-a) = a
/// ("not" likewise), a + b = b + a, a*b = b*a, (a if c else a) = a, and
/// operations on constants.
class Expressions {
public:
  struct Node {
    std::string op; ///< an operation's name, "constant" or a symbol's name
    std::vector<ExprId> args;
    double value = 0; ///< of constants
    mlir::Location loc;
  };

  ExprId constant(double value, mlir::Location loc);
  /// A datum: an input's cell, a parameter.
  ExprId symbol(const std::string &name, mlir::Location loc);
  /// An operation with a result in f32 if `isSingle`, else in f64.
  ExprId make(const std::string &op, std::vector<ExprId> args, bool isSingle,
              mlir::Location loc);
  /// Rounded to f32 if `toF32`.
  ExprId round(ExprId id, bool toF32, mlir::Location loc);

  const Node &node(ExprId id) const { return nodes[id]; }

  /// The innermost place in which two different expressions differ: a location
  /// of each.
  std::pair<mlir::Location, mlir::Location> difference(ExprId a,
                                                       ExprId b) const;

  /// Thrown when a run on symbols must end without a result.
  struct Unprovable {
    const char *reason; ///< "the grid is too large"
  };
  static constexpr size_t most = 3000000;

  /// The number that an expression is, if it is one.
  std::optional<double> constantOf(ExprId id) const;

private:
  using Key = std::tuple<std::string, std::vector<ExprId>, uint64_t>;
  std::vector<Node> nodes;
  std::map<Key, ExprId> known;

  ExprId intern(const std::string &op, std::vector<ExprId> args, double value,
                mlir::Location loc);
  bool isConstant(ExprId id, double value) const;
};

} // namespace pdec::symbolic

#endif // PDEC_SYMBOLIC_EXPRESSIONS_H
