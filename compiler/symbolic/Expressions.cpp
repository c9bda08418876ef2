//===- Expressions.cpp - hash-consed expressions --------------------------===//

#include "compiler/symbolic/Expressions.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace pdec::symbolic {

ExprId Expressions::intern(const std::string &op, std::vector<ExprId> args,
                           double value, mlir::Location loc) {
  uint64_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  auto [place, isNew] =
      known.try_emplace({op, args, bits}, ExprId(nodes.size()));
  if (isNew && nodes.size() >= most)
    throw Unprovable{"such a grid is too large for a run on symbols"};
  if (isNew)
    nodes.push_back({op, std::move(args), value, loc});
  return place->second;
}

ExprId Expressions::constant(double value, mlir::Location loc) {
  return intern("constant", {}, value, loc);
}

ExprId Expressions::symbol(const std::string &name, mlir::Location loc) {
  return intern(name, {}, 0, loc);
}

std::optional<double> Expressions::constantOf(ExprId id) const {
  if (nodes[id].op != "constant")
    return std::nullopt;
  return nodes[id].value;
}

bool Expressions::isConstant(ExprId id, double value) const {
  return nodes[id].op == "constant" && nodes[id].value == value &&
         std::signbit(nodes[id].value) == std::signbit(value);
}

/// Whether an operation on constants is computed here: only what is exact.
static bool fold(const std::string &op, double a, double b, double &result) {
  if (op == "arith.addf")
    result = a + b;
  else if (op == "arith.mulf")
    result = a * b;
  else if (op == "arith.divf")
    result = a / b;
  else if (op == "math.sqrt")
    result = std::sqrt(a);
  else if (op == "math.floor")
    result = std::floor(a);
  else if (op == "arith.negf")
    result = -a;
  else
    return false;
  return true;
}

ExprId Expressions::make(const std::string &op, std::vector<ExprId> args,
                         mlir::Location loc) {
  if (op == "arith.subf")
    return make("arith.addf", {args[0], make("arith.negf", {args[1]}, loc)},
                loc);
  if ((op == "arith.negf" || op == "not") && nodes[args[0]].op == op)
    return nodes[args[0]].args[0];
  if (op == "arith.mulf")
    for (int i : {0, 1}) {
      if (isConstant(args[i], 1))
        return args[1 - i];
      if (isConstant(args[i], -1))
        return make("arith.negf", {args[1 - i]}, loc);
    }
  if (op == "arith.divf" && isConstant(args[1], 1))
    return args[0];
  if (op == "arith.addf")
    for (int i : {0, 1})
      if (isConstant(args[i], -0.0))
        return args[1 - i];
  if (op == "arith.select" && args[1] == args[2])
    return args[1];
  bool allConstant =
      !args.empty() && std::all_of(args.begin(), args.end(), [&](ExprId id) {
        return nodes[id].op == "constant";
      });
  double value;
  if (allConstant && args.size() <= 2 &&
      fold(op, nodes[args[0]].value, nodes[args.back()].value, value))
    return constant(value, loc);
  if (op == "arith.addf" || op == "arith.mulf")
    std::sort(args.begin(), args.end());
  return intern(op, std::move(args), 0, loc);
}

ExprId Expressions::round(ExprId id, bool toF32, mlir::Location loc) {
  if (!toF32)
    return id;
  if (nodes[id].op == "constant")
    return constant(double(float(nodes[id].value)), loc);
  if (nodes[id].op == "arith.truncf")
    return id;
  return intern("arith.truncf", {id}, 0, loc);
}

/// Arguments of a pair of nodes that differ, in order; common ones are dropped,
/// since sums and products are sorted.
static std::pair<std::vector<ExprId>, std::vector<ExprId>>
onlyDifferent(std::vector<ExprId> a, std::vector<ExprId> b) {
  for (auto it = a.begin(); it != a.end();) {
    auto found = std::find(b.begin(), b.end(), *it);
    if (found == b.end()) {
      ++it;
      continue;
    }
    b.erase(found);
    it = a.erase(it);
  }
  return {a, b};
}

std::pair<mlir::Location, mlir::Location>
Expressions::difference(ExprId a, ExprId b) const {
  for (;;) {
    const Node &left = nodes[a], &right = nodes[b];
    std::pair<mlir::Location, mlir::Location> here{left.loc, right.loc};
    if (left.op != right.op || left.args.size() != right.args.size())
      return here;
    auto [mine, theirs] = onlyDifferent(left.args, right.args);
    if (mine.empty() || mine.size() != theirs.size())
      return here;
    size_t next = 0;
    while (next + 1 < mine.size() &&
           nodes[mine[next]].op != nodes[theirs[next]].op)
      ++next;
    // A leaf has no place of its own: its user does.
    if (nodes[mine[next]].args.empty() || nodes[theirs[next]].args.empty())
      return here;
    a = mine[next];
    b = theirs[next];
  }
}

} // namespace pdec::symbolic
