//===- Expressions.cpp - hash-consed expressions --------------------------===//

#include "compiler/symbolic/Expressions.h"

#include "compiler/functions/Functions.h"
#include "compiler/pde/PdeDialect.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/APFloat.h"

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
  // A NaN has no sign that a program could rely on.
  if (std::isnan(value))
    value = std::nan("");
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

/// An operation on constants, in the type of its result: what the program
/// computes, and what the compiler does that finds the constants before.
template <typename Real>
static std::optional<double> fold(const std::string &op, Real a,
                                  double second) {
  if (op == pde::PowOp::getOperationName())
    return functions::pow(a, second);
  Real b = Real(second);
  if (op == "arith.addf")
    return a + b;
  if (op == "arith.mulf")
    return a * b;
  if (op == "arith.divf")
    return a / b;
  if (op == "arith.minimumf")
    return llvm::minimum(llvm::APFloat(a), llvm::APFloat(b)).convertToDouble();
  if (op == "arith.maximumf")
    return llvm::maximum(llvm::APFloat(a), llvm::APFloat(b)).convertToDouble();
  if (op == "arith.negf")
    return -a;
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  if (op == OPERATION::getOperationName())                                     \
    return VALUE;
#include "compiler/support/Functions.def"
  return std::nullopt;
}

ExprId Expressions::make(const std::string &op, std::vector<ExprId> args,
                         bool isSingle, mlir::Location loc) {
  if (op == "arith.subf")
    return make("arith.addf",
                {args[0], make("arith.negf", {args[1]}, isSingle, loc)},
                isSingle, loc);
  if ((op == "arith.negf" || op == "not") && nodes[args[0]].op == op)
    return nodes[args[0]].args[0];
  if (op == "arith.mulf")
    for (int i : {0, 1}) {
      if (isConstant(args[i], 1))
        return args[1 - i];
      if (isConstant(args[i], -1))
        return make("arith.negf", {args[1 - i]}, isSingle, loc);
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
  if (allConstant && args.size() <= 2) {
    double x = nodes[args[0]].value, y = nodes[args.back()].value;
    if (std::optional<double> value =
            isSingle ? fold(op, float(x), y) : fold(op, x, y))
      return constant(*value, loc);
  }
  bool isExtremum = op == "arith.minimumf" || op == "arith.maximumf";
  if (isExtremum && args[0] == args[1])
    return args[0];
  if (op == "arith.addf" || op == "arith.mulf" || isExtremum)
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
/// since sums, products and extrema are sorted.
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
