//===- OnnxFolds.h - boundary rules: the transpose of pad -------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXFOLDS_H
#define PDEC_EXPORTERS_ONNXFOLDS_H

#include "compiler/exporters/OnnxSides.h"

namespace pdec::exporters {

/// Says fold as nodes. Has no data of its own.
class OnnxFolds {
public:
  OnnxFolds(OnnxBuilder &build, OnnxValues &values)
      : build(build), values(values), sides(build, values) {}

  Name fold(net::FoldOp op);

private:
  OnnxBuilder &build;
  OnnxValues &values;
  OnnxSides sides;

  Name foldAxis(const Name &x, const OnnxSidePair &axis);
  Name foldSide(const Name &y, const Name &removed, const OnnxSide &side);
  Name foldEnds(const Name &y, const Name &removed, const OnnxSide &side);
  Name foldEnd(const Name &y, const Name &removed, const OnnxSide &side,
               unsigned place);
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXFOLDS_H
