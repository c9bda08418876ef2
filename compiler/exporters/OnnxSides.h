//===- OnnxSides.h - what sides of margins are given ------------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXSIDES_H
#define PDEC_EXPORTERS_ONNXSIDES_H

#include "compiler/exporters/OnnxValues.h"

namespace pdec::exporters {

/// The `count` cells beyond one end of an axis. Where they stand in a row, it
/// is in ascending positions.
struct OnnxSide {
  int64_t rank; ///< of the tensor
  int64_t axis;
  bool isHigh;
  net::Continuation kind;
  int64_t count;
  pde::SideOperands given;

  const BoundaryRule &rule() const { return meaningOf(kind); }
};

/// Both sides of an axis of pad or fold; a margin that cuts off cells has none
/// beyond.
struct OnnxSidePair {
  OnnxSide low, high;
};
template <typename Op>
OnnxSidePair sidesOf(Op op, net::MarginAttr margin, int64_t axis) {
  int64_t rank = op.getMargins().size();
  return {{rank, axis, false, margin.getLowKind(),
           std::max<int64_t>(margin.getLow(), 0), op.side(axis, false)},
          {rank, axis, true, margin.getHighKind(),
           std::max<int64_t>(margin.getHigh(), 0), op.side(axis, true)}};
}

/// Makes columns along an axis of the numbers that a side is given. Has no data
/// of its own.
class OnnxSides {
public:
  OnnxSides(OnnxBuilder &build, OnnxValues &values)
      : build(build), values(values) {}

  /// The weights of the cells inside that are at one place of the rule, in the
  /// order of the cells beyond; `inwards`: of their mirror images.
  Name weights(const OnnxSide &side, unsigned place, bool inwards);
  /// What the value of a side is multiplied by.
  Name factors(const OnnxSide &side, Element type);
  /// A side's number times its factors, rounded once.
  Name numbers(const OnnxSide &side);

private:
  OnnxBuilder &build;
  OnnxValues &values;

  Name column(const OnnxSide &side, unsigned place, Element type, bool inwards);
  std::optional<std::vector<double>> knownFactors(const OnnxSide &side);
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXSIDES_H
