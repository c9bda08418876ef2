//===- Builtins.cpp - functions that the compiler itself knows ------------===//

#include "compiler/check/Builtins.h"

using namespace pdec;

const std::vector<BuiltinInfo> &pdec::allBuiltins() {
  static const std::vector<BuiltinInfo> table = {
      {Builtin::Abs, "abs", {"s"}, 1, NodeKind::Abs},
      {Builtin::Exp, "exp", {"s"}, 1, NodeKind::Exp},
      {Builtin::Log, "log", {"s"}, 1, NodeKind::Log},
      {Builtin::Sqrt, "sqrt", {"s"}, 1, NodeKind::Sqrt},
      {Builtin::Sin, "sin", {"s"}, 1, NodeKind::Sin},
      {Builtin::Cos, "cos", {"s"}, 1, NodeKind::Cos},
      {Builtin::Tan, "tan", {"s"}, 1, NodeKind::Tan},
      {Builtin::Tanh, "tanh", {"s"}, 1, NodeKind::Tanh},
      {Builtin::Floor, "floor", {"s"}, 1, NodeKind::Floor},
      {Builtin::Min, "min", {"a", "b"}, 2, NodeKind::Min},
      {Builtin::Max, "max", {"a", "b"}, 2, NodeKind::Max},
      {Builtin::Forward, "forward", {"axis"}, 1, {}},
      {Builtin::Backward, "backward", {"axis"}, 1, {}},
      {Builtin::Central, "central", {"axis"}, 1, {}},
      {Builtin::SecondDifference, "d2", {"axis"}, 1, {}},
      {Builtin::Stencil, "stencil", {"axis", "weights", "from"}, 2, {}},
      {Builtin::Spacing, "spacing", {"axis"}, 1, {}},
      {Builtin::Size, "size", {"axis"}, 1, {}},
      {Builtin::Index, "index", {"axis"}, 1, {}},
      {Builtin::Noise, "noise", {"grid", "seed"}, 1, {}},
      {Builtin::Parity, "parity", {"u"}, 1, {}},
      {Builtin::Colour, "colour", {"u", "A"}, 1, {}},
      {Builtin::Colours, "colours", {"u", "A"}, 1, {}},
      {Builtin::Like, "like", {"u", "value"}, 2, {}},
      {Builtin::State, "state", {"u"}, 1, {}},
      {Builtin::Sum, "sum", {"u"}, 1, {}},
      {Builtin::Dot, "dot", {"u", "v"}, 2, {}},
      {Builtin::Norm, "norm", {"u"}, 1, {}},
      {Builtin::NormMax, "norm_max", {"u"}, 1, {}},
      {Builtin::Mean, "mean", {"u"}, 1, {}},
      {Builtin::Inner, "inner", {"p", "q"}, 2, {}},
      {Builtin::Restrict, "restrict", {"u", "homogeneous"}, 1, {}},
      {Builtin::Prolong, "prolong", {"u"}, 1, {}},
      {Builtin::Freeze, "freeze", {"value"}, 1, {}},
      {Builtin::Hold, "hold", {"R", "u"}, 2, {}},
      {Builtin::Linear, "linear", {"A"}, 1, {}},
      {Builtin::Closed, "closed", {"u"}, 1, {}},
      {Builtin::Definite, "definite", {"value", "holds", "pass"}, 3, {}},
      {Builtin::Consistent, "consistent", {"value", "holds", "mean"}, 3, {}},
  };
  return table;
}

const BuiltinInfo &pdec::builtinInfo(Builtin builtin) {
  return allBuiltins()[static_cast<size_t>(builtin)];
}
