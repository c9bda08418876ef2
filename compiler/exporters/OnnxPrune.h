//===- OnnxPrune.h - graphs without what nothing reads ----------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXPRUNE_H
#define PDEC_EXPORTERS_ONNXPRUNE_H

namespace onnx {
class GraphProto;
} // namespace onnx

namespace pdec::exporters {

/// Removes nodes, also in the bodies of loops, and initializers whose values do
/// not reach an output. Inputs and their defaults stay.
void prune(onnx::GraphProto &graph);

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXPRUNE_H
