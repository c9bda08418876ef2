//===- OnnxPrune.cpp - graphs without what nothing reads ------------------===//
//
// What is exported operation by operation leaves constants behind that are said
// in another way, or in another type, where they are used.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxPrune.h"

#include <onnx/onnx_pb.h>

#include <algorithm>
#include <set>
#include <string>

using namespace onnx;

namespace pdec::exporters {

using Names = std::set<std::string>;

static bool isRead(const NodeProto &node, const Names &read) {
  return std::any_of(node.output().begin(), node.output().end(),
                     [&](const std::string &name) { return read.count(name); });
}

/// Removes the elements that `goes` says, and keeps the order of the others.
template <typename List, typename Predicate>
static void removeIf(List &list, Predicate goes) {
  list.erase(std::remove_if(list.begin(), list.end(), goes), list.end());
}

static void pruneNodes(GraphProto &graph, Names &read);

/// Notes what a node reads; its graphs read values around them.
static void noteReads(NodeProto &node, Names &read) {
  read.insert(node.input().begin(), node.input().end());
  for (AttributeProto &attribute : *node.mutable_attribute())
    if (attribute.has_g())
      pruneNodes(*attribute.mutable_g(), read);
}

/// From the last node to the first: readers stand behind what they read.
static void pruneNodes(GraphProto &graph, Names &read) {
  for (const ValueInfoProto &output : graph.output())
    read.insert(output.name());
  for (int i = graph.node_size(); i-- > 0;)
    if (isRead(graph.node(i), read))
      noteReads(*graph.mutable_node(i), read);
  removeIf(*graph.mutable_node(),
           [&](const NodeProto &node) { return !isRead(node, read); });
  Names made;
  for (const NodeProto &node : graph.node())
    made.insert(node.output().begin(), node.output().end());
  removeIf(*graph.mutable_value_info(), [&](const ValueInfoProto &info) {
    return !made.count(info.name());
  });
}

void prune(GraphProto &graph) {
  Names read;
  pruneNodes(graph, read);
  for (const ValueInfoProto &input : graph.input())
    read.insert(input.name());
  removeIf(*graph.mutable_initializer(), [&](const TensorProto &tensor) {
    return !read.count(tensor.name());
  });
}

} // namespace pdec::exporters
