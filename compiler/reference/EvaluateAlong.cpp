//===- EvaluateAlong.cpp - lines along an axis in the plain evaluator -----===//
//
// By positions: what shares all coordinates but one is a line.
//
//===----------------------------------------------------------------------===//

#include "compiler/reference/Evaluator.h"

#include <cmath>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::reference {

/// Two cells of a line as one.
static double joined(AlongKind kind, double a, double b) {
  if (kind != AlongKind::Min && kind != AlongKind::Max)
    return a + b;
  if (std::isnan(a) || std::isnan(b))
    return NAN;
  return kind == AlongKind::Min ? std::min(a, b) : std::max(a, b);
}

void Evaluator::runAlong(AlongOp op) {
  Rows from = rowsOf(op.getField().getType());
  Rows to = rowsOf(op.getResult().getType());
  const Eigen::VectorXd &x = field(op.getField());
  Eigen::VectorXd made(to.count());
  AlongKind kind = op.getKind();
  int64_t length = sizesOf(op.getField().getType())[op.getAxis()];
  for (int64_t row = 0; row < to.count(); ++row) {
    Position at = to.position(row);
    int64_t &along = at[op.getAxis()];
    int64_t first = 0, last = length - 1;
    if (kind == AlongKind::Spread)
      first = last = 0;
    if (kind == AlongKind::Cumulate)
      last = along;
    if (kind == AlongKind::CumulateBack)
      first = along;
    along = first;
    double value = x[from.index(at)];
    while (++along <= last)
      value = joined(kind, value, x[from.index(at)]);
    made[row] = value;
  }
  setField(op.getResult(), std::move(made));
}

} // namespace pdec::reference
