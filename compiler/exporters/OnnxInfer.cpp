//===- OnnxInfer.cpp - shapes of a model's values -------------------------===//
//
// onnx infers what the values of a body are without looking at the constants
// around it, on which the shapes of slices, margins and kernels depend. So the
// bodies of a copy get these constants, and what is then inferred is kept.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxInfer.h"

#include <onnx/onnx_pb.h>
#include <onnx/shape_inference/implementation.h>

using namespace onnx;

namespace pdec::exporters {

/// Calls visit(body) for the graphs of a graph's nodes, outermost ones first.
template <typename Visit>
static void forEachBody(GraphProto &graph, const Visit &visit) {
  for (NodeProto &node : *graph.mutable_node())
    for (AttributeProto &attribute : *node.mutable_attribute())
      if (attribute.has_g()) {
        visit(*attribute.mutable_g());
        forEachBody(*attribute.mutable_g(), visit);
      }
}

/// The types of a copy's values go to the graph that it is a copy of.
static void keepTypes(GraphProto &graph, GraphProto &inferred) {
  std::vector<GraphProto *> bodies;
  forEachBody(graph, [&](GraphProto &body) { bodies.push_back(&body); });
  auto target = bodies.begin();
  forEachBody(inferred, [&](GraphProto &body) {
    *(*target++)->mutable_value_info() = body.value_info();
  });
}

void inferShapes(ModelProto &model, bool keeps) {
  ModelProto copy = model;
  forEachBody(*copy.mutable_graph(), [&](GraphProto &body) {
    *body.mutable_initializer() = model.graph().initializer();
  });
  shape_inference::InferShapes(copy, OpSchemaRegistry::Instance(),
                               ShapeInferenceOptions(/*check_type=*/true,
                                                     /*strict_mode=*/1,
                                                     /*data_prop=*/keeps));
  if (keeps)
    keepTypes(*model.mutable_graph(), *copy.mutable_graph());
}

} // namespace pdec::exporters
