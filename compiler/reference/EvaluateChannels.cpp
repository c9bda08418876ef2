//===- EvaluateChannels.cpp - lists of fields in the plain evaluator ------===//
//
// The formulas of PdeChannels.td, one product after the other.
//
//===----------------------------------------------------------------------===//

#include "compiler/reference/Evaluator.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::reference {

/// Where the block of an array begins; nothing where an index is outside.
std::optional<int64_t> Evaluator::blockOf(ValueRange indices,
                                          ArrayRef<int64_t> extents,
                                          int64_t count) {
  int64_t place = 0;
  for (auto [index, extent] : llvm::zip(indices, extents)) {
    int64_t value = values[index].number.integer;
    if (value < 0 || value >= extent) {
      result.failure = "an index is outside of its extent";
      return std::nullopt;
    }
    place = place * extent + value;
  }
  return place * count;
}

/// Calls visit(y, x, tap) for each place y of a result of K and each tap, which
/// reads place x of an argument.
static void
forEachRead(GridOp grid, const ChannelShape &shape, const Position &sizes,
            const Rows &outRows, const Rows &inRows,
            llvm::function_ref<void(int64_t, int64_t, int64_t)> visit) {
  int64_t numTaps = shape.count() / (shape.out() * shape.in());
  for (int64_t row = 0; row < outRows.count(); ++row)
    for (int64_t tap = 0; tap < numTaps; ++tap) {
      Position from = outRows.position(row);
      int64_t rest = tap;
      for (unsigned axis = grid.rank(); axis-- > 0; rest /= shape.taps[axis]) {
        int64_t &at = from[axis];
        at += shape.first[axis] + rest % shape.taps[axis];
        if (grid.axis(axis).getLow() == Boundary::Periodic)
          at = (at % sizes[axis] + sizes[axis]) % sizes[axis];
      }
      visit(row, inRows.index(from), tap);
    }
}

std::vector<const Eigen::VectorXd *> Evaluator::fieldsOf(ValueRange list) {
  std::vector<const Eigen::VectorXd *> fields;
  for (Value value : list)
    fields.push_back(&values.find(value)->second.field);
  return fields;
}

void Evaluator::runConvolve(ConvolveOp op) {
  ChannelShape shape(op.getExtents(), op.getFirst());
  auto begin = blockOf(op.getIndices(), op.getExtents(), shape.count());
  if (!begin)
    return;
  auto out = cast<FieldType>(outsOf(op)[0].getType());
  auto in = cast<FieldType>(insOf(op)[0].getType());
  Rows outRows = rowsOf(out), inRows = rowsOf(in);
  const double *weights = field(op.getWeights()).data() + *begin;
  auto given = fieldsOf(op.getFields());
  bool isBack = op.getTransposed();
  int64_t numTaps = shape.count() / (shape.out() * shape.in());
  std::vector<Eigen::VectorXd> made(
      op.getNumResults(),
      Eigen::VectorXd::Zero((isBack ? inRows : outRows).count()));
  forEachRead(gridOf(op, out), shape, sizesOf(out), outRows, inRows,
              [&](int64_t y, int64_t x, int64_t tap) {
                for (int64_t o = 0; o < shape.out(); ++o)
                  for (int64_t i = 0; i < shape.in(); ++i) {
                    double weight =
                        weights[(o * shape.in() + i) * numTaps + tap];
                    if (isBack)
                      made[i][x] += weight * (*given[o])[y];
                    else
                      made[o][y] += weight * (*given[i])[x];
                  }
              });
  for (auto [result, cells] : llvm::zip(op.getResults(), made))
    setField(result, std::move(cells));
}

void Evaluator::runCorrelate(CorrelateOp op) {
  ChannelShape shape(op.getExtents(), op.getFirst());
  auto begin = blockOf(op.getIndices(), op.getExtents(), shape.count());
  if (!begin)
    return;
  auto out = cast<FieldType>(op.getFactors()[0].getType());
  auto in = cast<FieldType>(op.getFields()[0].getType());
  auto factors = fieldsOf(op.getFactors()), fields = fieldsOf(op.getFields());
  int64_t numTaps = shape.count() / (shape.out() * shape.in());
  Eigen::VectorXd made =
      Eigen::VectorXd::Zero(rowsOf(op.getResult().getType()).count());
  forEachRead(gridOf(op, out), shape, sizesOf(out), rowsOf(out), rowsOf(in),
              [&](int64_t y, int64_t x, int64_t tap) {
                for (int64_t o = 0; o < shape.out(); ++o)
                  for (int64_t i = 0; i < shape.in(); ++i)
                    made[*begin + (o * shape.in() + i) * numTaps + tap] +=
                        (*factors[o])[y] * (*fields[i])[x];
              });
  setField(op.getResult(), std::move(made));
}

} // namespace pdec::reference
