//===- OnnxPads.h - boundary rules: pad -------------------------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXPADS_H
#define PDEC_EXPORTERS_ONNXPADS_H

#include "compiler/exporters/OnnxShapes.h"
#include "compiler/exporters/OnnxSides.h"

namespace pdec::exporters {

/// Says pad as nodes. Has no data of its own.
class OnnxPads {
public:
  OnnxPads(OnnxBuilder &build, OnnxValues &values, const OnnxShapes &shapes)
      : build(build), values(values), shapes(shapes), sides(build, values) {}

  Name pad(net::PadOp op);

private:
  OnnxBuilder &build;
  OnnxValues &values;
  const OnnxShapes &shapes;
  OnnxSides sides;

  Name padAxis(const Name &x, net::MarginAttr margin, int64_t axis,
               net::PadOp op);
  Name padNumber(const Name &x, const OnnxSide &side);
  Name beyond(const Name &x, const OnnxSide &side, net::PadOp op);
  Name cellsBeyond(const Name &x, const OnnxSide &side);
  Name cellsAt(const Name &x, const OnnxSide &side, unsigned place);
  Name addedBeyond(const OnnxSide &side, net::PadOp op);

  Name valuesBeyond(const OnnxSide &side, net::PadOp op);
  Name valuesAlong(const Name &given, const OnnxSidePair &axis,
                   llvm::ArrayRef<int64_t> rows, int64_t size);
  Name refit(const Name &x, const OnnxSidePair &axis,
             llvm::ArrayRef<int64_t> rows, int64_t lowWanted,
             int64_t highWanted);

  Name wrapAxis(const Name &x, const OnnxSidePair &axis, int64_t size);
  Name cellsAround(int64_t low, int64_t high, int64_t size);
  Name cellsAround(const Name &x, int64_t low, int64_t high, int64_t axis);
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXPADS_H
