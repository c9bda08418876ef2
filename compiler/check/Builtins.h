//===- Builtins.h - functions that the compiler itself knows ----*- C++ -*-===//

#ifndef PDEC_CHECK_BUILTINS_H
#define PDEC_CHECK_BUILTINS_H

#include "compiler/program/Program.h"

#include <optional>
#include <string>
#include <vector>

namespace pdec {

enum class Builtin {
// Pointwise.
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  NODE,
#define PDE_EXTREMUM(NAME, NODE, OPERATION, INTEGER_OPERATION, ONNX) NODE,
#include "compiler/support/Functions.def"
  // Operators, of an axis.
  Forward,
  Backward,
  Central,
  SecondDifference,
  Stencil,
  // Of an axis.
  Spacing,
  Size,
  Index,
  // Fields.
  Noise,
  Parity,
  Colour,
  Colours,
  Like,
  State,
  // Between fields and points.
  At,
  Spread,
  // Numbers of fields.
  Sum,
  Dot,
  Norm,
  NormMax,
  Mean,
  // Pointwise, of lists.
  Inner,
  // Between the grids of a hierarchy.
  Restrict,
  Prolong,
  // Parts of a right-hand side that a scheme may hold.
  Freeze,
  Hold,
  // Functions of states.
  Linear,
  Closed,
  // What is proved of right-hand sides.
  Limit,
  Optimal,
  // Derivatives.
  Gradient,
  Derivative,
  Linearised,
  Transposed,
  Solution,
  // What must hold when the program runs.
  Definite,
  Consistent,
  // Of a field along an axis.
  CumulativeSum,
};

struct BuiltinInfo {
  Builtin builtin;
  const char *name;
  std::vector<std::string> formals;
  size_t required; ///< the formals after these have defaults
  /// The node of a pointwise function.
  std::optional<NodeKind> node;
};

const BuiltinInfo &builtinInfo(Builtin builtin);
const std::vector<BuiltinInfo> &allBuiltins();

} // namespace pdec

#endif // PDEC_CHECK_BUILTINS_H
