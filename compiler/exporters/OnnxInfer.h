//===- OnnxInfer.h - shapes of a model's values -----------------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXINFER_H
#define PDEC_EXPORTERS_ONNXINFER_H

namespace onnx {
class ModelProto;
} // namespace onnx

namespace pdec::exporters {

/// Checks types and shapes; throws what onnx throws. With `keeps`, what is
/// inferred inside the bodies of loops is written into the model.
void inferShapes(onnx::ModelProto &model, bool keeps);

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXINFER_H
