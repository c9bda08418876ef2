//===- Implied.cpp - what the bounds of parameters imply ------------------===//

#include "compiler/check/Implied.h"

#include "compiler/program/NodeBuilder.h"

#include <cmath>

using namespace pdec;

namespace {

/// Where a number is; an end that is open is none of its values.
struct Interval {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool lowOpen = false, highOpen = false;
};

} // namespace

/// Integers are finite, and an open end of theirs is one off.
static Interval ofParam(const Param &param) {
  if (!param.isInt)
    return {param.low, param.high, param.lowOpen, param.highOpen};
  constexpr double most = 9223372036854775807.0;
  double low = param.lowOpen ? std::floor(param.low) + 1 : param.low;
  double high = param.highOpen ? std::ceil(param.high) - 1 : param.high;
  return {std::max(low, -most), std::min(high, most)};
}

static Interval intervalOf(const NodeRef &node,
                           const std::vector<Param> &params) {
  if (node->kind == NodeKind::ToReal)
    return intervalOf(node->args[0], params);
  if (node->kind == NodeKind::Param)
    return ofParam(params[node->index]);
  bool isNumber = isConstant(node) && node->type.element != ElementKind::Bool;
  if (!isNumber)
    return {};
  double value = node->type.element == ElementKind::Int ? double(node->integer)
                                                        : node->number;
  return {value, value};
}

static bool isBelow(const Interval &a, const Interval &b) {
  return a.high < b.low || (a.high == b.low && (a.highOpen || b.lowOpen));
}

bool pdec::isImplied(const NodeRef &condition,
                     const std::vector<Param> &params) {
  auto argument = [&](int i) { return intervalOf(condition->args[i], params); };
  switch (condition->kind) {
  case NodeKind::Constant:
    return condition->integer != 0;
  case NodeKind::And:
    return isImplied(condition->args[0], params) &&
           isImplied(condition->args[1], params);
  case NodeKind::Less:
    return isBelow(argument(0), argument(1));
  case NodeKind::LessEqual:
    return argument(0).high <= argument(1).low;
  case NodeKind::Equal:
    // Of integers, of which none is no number.
    return condition->args[0] == condition->args[1] &&
           condition->args[0]->type.element == ElementKind::Int;
  case NodeKind::NotEqual:
    return isBelow(argument(0), argument(1)) ||
           isBelow(argument(1), argument(0));
  default:
    return false;
  }
}
