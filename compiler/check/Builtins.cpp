//===- Builtins.cpp - functions that the compiler itself knows ------------===//
//
// Functions of numbers come from support/Functions.def, the one list of them
// for all stages. The others are known to the compiler alone: their name, those
// of their parameters (arguments may be given by name) and how many of them
// must be given.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Builtins.h"

#include <algorithm>

using namespace pdec;

const std::vector<BuiltinInfo> &pdec::allBuiltins() {
  static const std::vector<BuiltinInfo> table = {
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  {Builtin::NODE, #NAME, {"s"}, 1, NodeKind::NODE},
#define PDE_EXTREMUM(NAME, NODE, OPERATION, INTEGER_OPERATION, ONNX)           \
  {Builtin::NODE, #NAME, {"a", "b"}, 2, NodeKind::NODE},
#include "compiler/support/Functions.def"
      {Builtin::Forward, "forward", {"axis"}, 1, {}},
      {Builtin::Backward, "backward", {"axis"}, 1, {}},
      {Builtin::Central, "central", {"axis"}, 1, {}},
      {Builtin::SecondDifference, "d2", {"axis"}, 1, {}},
      {Builtin::Stencil,
       "stencil",
       {"axis", "weights", "from", "to", "over"},
       2,
       {}},
      {Builtin::Spacing, "spacing", {"axis"}, 1, {}},
      {Builtin::Size, "size", {"axis"}, 1, {}},
      {Builtin::Index, "index", {"axis"}, 1, {}},
      {Builtin::Noise, "noise", {"grid", "seed"}, 1, {}},
      {Builtin::Parity, "parity", {"u"}, 1, {}},
      {Builtin::Colour, "colour", {"u", "A"}, 1, {}},
      {Builtin::Colours, "colours", {"u", "A"}, 1, {}},
      {Builtin::Like, "like", {"u", "value"}, 2, {}},
      {Builtin::State, "state", {"u"}, 1, {}},
      {Builtin::At, "at", {"u", "point"}, 2, {}},
      {Builtin::Spread, "spread", {"value", "point", "on"}, 3, {}},
      {Builtin::Sum, "sum", {"u", "along"}, 1, {}},
      {Builtin::Dot, "dot", {"u", "v"}, 2, {}},
      {Builtin::Norm, "norm", {"u"}, 1, {}},
      {Builtin::NormMax, "norm_max", {"u"}, 1, {}},
      {Builtin::Mean, "mean", {"u", "along"}, 1, {}},
      {Builtin::CumulativeSum, "cumsum", {"u", "along"}, 2, {}},
      {Builtin::Inner, "inner", {"p", "q"}, 2, {}},
      {Builtin::Restrict, "restrict", {"u", "homogeneous"}, 1, {}},
      {Builtin::Prolong, "prolong", {"u"}, 1, {}},
      {Builtin::Freeze, "freeze", {"value"}, 1, {}},
      {Builtin::Hold, "hold", {"R", "u"}, 2, {}},
      {Builtin::Linear, "linear", {"A"}, 1, {}},
      {Builtin::Closed, "closed", {"u"}, 1, {}},
      {Builtin::Limit, "limit", {"R", "on"}, 1, {}},
      {Builtin::Optimal, "optimal", {"R", "tau", "on"}, 2, {}},
      {Builtin::Gradient, "gradient", {"J", "by"}, 2, {}},
      {Builtin::Derivative, "derivative", {"value", "by", "along"}, 3, {}},
      {Builtin::Linearised, "linearised", {"A", "at", "along"}, 3, {}},
      {Builtin::Transposed, "transposed", {"A", "at", "along"}, 3, {}},
      {Builtin::Solution, "solution", {"u", "A", "b", "by", "from"}, 4, {}},
      {Builtin::Definite, "definite", {"value", "holds", "pass"}, 3, {}},
      {Builtin::Consistent, "consistent", {"value", "holds", "mean"}, 3, {}},
  };
  return table;
}

const BuiltinInfo &pdec::builtinInfo(Builtin builtin) {
  const std::vector<BuiltinInfo> &all = allBuiltins();
  return *std::find_if(all.begin(), all.end(), [&](const BuiltinInfo &info) {
    return info.builtin == builtin;
  });
}
