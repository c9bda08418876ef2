//===- OnnxModel.cpp - an ONNX model under construction -------------------===//
//
// The only file that knows how ONNX is stored. Models are built in one go and
// never read back; Names are those of values, unique in the whole model, nested
// graphs included, so that a body may name what is outside of it. Initializers
// stand in the main graph and are shared: two equal constants are one, which is
// how a convolution and its transposed one have visibly the same weights.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxModel.h"
#include "compiler/exporters/OnnxInfer.h"
#include "compiler/exporters/OnnxPrune.h"

#include <onnx/checker.h>
#include <onnx/onnx_pb.h>

#include <algorithm>
#include <cctype>
#include <cstring>

using namespace onnx;

namespace pdec::exporters {

/// What the checker of Debian's libonnx knows, and every newer runtime.
static constexpr int opset = 17, irVersion = 8;

static TensorProto::DataType dataType(Element element) {
  switch (element) {
  case Element::F32:
    return TensorProto::FLOAT;
  case Element::F64:
    return TensorProto::DOUBLE;
  case Element::I64:
    return TensorProto::INT64;
  case Element::Bool:
    return TensorProto::BOOL;
  }
  return TensorProto::UNDEFINED;
}

static void describe(ValueInfoProto &info, const Name &name,
                     const ValueType &type, const std::string &meaning) {
  info.set_name(name);
  if (!meaning.empty())
    info.set_doc_string(meaning);
  auto *tensor = info.mutable_type()->mutable_tensor_type();
  tensor->set_elem_type(dataType(type.element));
  TensorShapeProto *shape = tensor->mutable_shape();
  for (const Dim &dim : type.dims) {
    auto *entry = shape->add_dim();
    if (!dim.name.empty())
      entry->set_dim_param(dim.name);
    else if (dim.size >= 0)
      entry->set_dim_value(dim.size);
  }
}

template <typename T>
static void appendBytes(std::string &bytes, const std::vector<double> &values) {
  for (double value : values) {
    T element = static_cast<T>(value);
    bytes.append(reinterpret_cast<const char *>(&element), sizeof element);
  }
}

/// As ONNX stores raw data: little-endian, a byte for a truth value.
static std::string bytesOf(Element element, const std::vector<double> &values) {
  std::string bytes;
  switch (element) {
  case Element::F32:
    appendBytes<float>(bytes, values);
    break;
  case Element::F64:
    appendBytes<double>(bytes, values);
    break;
  case Element::I64:
    appendBytes<int64_t>(bytes, values);
    break;
  case Element::Bool:
    appendBytes<bool>(bytes, values);
    break;
  }
  return bytes;
}

//===----------------------------------------------------------------------===//
// Graphs
//===----------------------------------------------------------------------===//

OnnxGraph::OnnxGraph(OnnxModel &model, const std::string &name)
    : model(model), proto(std::make_unique<GraphProto>()) {
  proto->set_name(name);
}
OnnxGraph::OnnxGraph(OnnxGraph &&) noexcept = default;
OnnxGraph::~OnnxGraph() = default;

static void addAttribute(NodeProto &node, const Attribute &attribute) {
  AttributeProto *entry = node.add_attribute();
  entry->set_name(attribute.name);
  if (!attribute.word.empty()) {
    entry->set_type(AttributeProto::STRING);
    entry->set_s(attribute.word);
  } else if (attribute.isList) {
    entry->set_type(AttributeProto::INTS);
    for (int64_t value : attribute.values)
      entry->add_ints(value);
  } else {
    entry->set_type(AttributeProto::INT);
    entry->set_i(attribute.values.front());
  }
}

static std::string lowerCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return std::tolower(letter); });
  return text;
}

Name OnnxGraph::node(const std::string &op, const std::vector<Name> &inputs,
                     const std::vector<Attribute> &attributes,
                     const std::string &hint) {
  NodeProto *node = proto->add_node();
  Name result = model.unique(hint.empty() ? lowerCase(op) : hint);
  node->set_op_type(op);
  node->set_name(result);
  // Where in the script it comes from: viewers show it.
  node->set_doc_string(model.place);
  for (const Name &input : inputs)
    node->add_input(input);
  node->add_output(result);
  for (const Attribute &attribute : attributes)
    addAttribute(*node, attribute);
  return result;
}

/// A graph's output must have its own name even where the value has another.
void OnnxGraph::rename(const Name &from, const Name &to) {
  NodeProto *node = proto->add_node();
  node->set_op_type("Identity");
  node->set_name(to);
  node->add_input(from);
  node->add_output(to);
}

std::vector<Name> OnnxGraph::loop(const Name &count, const Name &condition,
                                  const std::vector<Name> &inits,
                                  OnnxGraph body, const std::string &hint,
                                  size_t collected) {
  NodeProto *node = proto->add_node();
  node->set_op_type("Loop");
  node->set_name(model.unique(hint));
  node->set_doc_string(model.place);
  node->add_input(count);
  node->add_input(condition);
  std::vector<Name> results;
  for (const Name &init : inits) {
    node->add_input(init);
    results.push_back(model.unique(hint + "_final"));
    node->add_output(results.back());
    // ONNX infers only the element's type, since a pass may change shapes.
    ValueInfoProto *info = proto->add_value_info();
    *info = body.proto->output(results.size());
    info->set_name(results.back());
  }
  for (size_t i = 0; i < collected; ++i) {
    results.push_back(model.unique(hint + "_all"));
    node->add_output(results.back());
  }
  AttributeProto *attribute = node->add_attribute();
  attribute->set_name("body");
  attribute->set_type(AttributeProto::GRAPH);
  // The body is taken over, not copied: they nest deeply.
  attribute->mutable_g()->Swap(body.proto.get());
  return results;
}

void OnnxGraph::addInput(const Name &name, const ValueType &type,
                         const std::string &meaning) {
  describe(*proto->add_input(), name, type, meaning);
}

void OnnxGraph::addOutput(const Name &name, const ValueType &type,
                          const std::string &meaning) {
  describe(*proto->add_output(), name, type, meaning);
}

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

OnnxModel::OnnxModel(const std::string &name)
    : proto(std::make_unique<ModelProto>()),
      graph(std::make_unique<OnnxGraph>(*this, name)) {
  proto->set_ir_version(irVersion);
  OperatorSetIdProto *set = proto->add_opset_import();
  set->set_domain("");
  set->set_version(opset);
}
OnnxModel::~OnnxModel() = default;

Name OnnxModel::unique(const std::string &hint) {
  Name name = hint;
  while (!taken.insert(name).second)
    name = hint + "_" + std::to_string(++counters[hint]);
  return name;
}

static void fill(TensorProto &tensor, const Name &name, Element element,
                 const std::vector<int64_t> &shape, const std::string &bytes) {
  tensor.set_name(name);
  tensor.set_data_type(dataType(element));
  for (int64_t size : shape)
    tensor.add_dims(size);
  if (element != Element::F64) {
    tensor.set_raw_data(bytes);
    return;
  }
  // As numbers: some importers read doubles in no other way.
  std::vector<double> values(bytes.size() / sizeof(double));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  tensor.mutable_double_data()->Add(values.begin(), values.end());
}

Name OnnxModel::constant(Element element, const std::vector<int64_t> &shape,
                         const std::vector<double> &values) {
  std::string bytes = bytesOf(element, values);
  std::string key = std::to_string(int(element)) + ":";
  for (int64_t size : shape)
    key += std::to_string(size) + ",";
  Name &known = constants[key + ":" + bytes];
  if (known.empty()) {
    known = unique(shape.size() > 2 ? "weights" : "constant");
    fill(*graph->proto->add_initializer(), known, element, shape, bytes);
  }
  return known;
}

Name OnnxModel::integers(const std::vector<int64_t> &values) {
  // The few integers that a double does not hold are ends of slices, where
  // these bounds do as well.
  constexpr int64_t most = int64_t(1) << 53;
  std::vector<double> reals;
  for (int64_t value : values)
    reals.push_back(double(std::clamp(value, -most, most)));
  return constant(Element::I64, {int64_t(values.size())}, reals);
}

Name OnnxModel::integer(int64_t value) {
  std::string bytes(reinterpret_cast<const char *>(&value), sizeof value);
  Name &known = constants["integer:" + bytes];
  if (known.empty()) {
    known = unique("constant");
    fill(*graph->proto->add_initializer(), known, Element::I64, {}, bytes);
  }
  return known;
}

void OnnxModel::setDefault(const Name &input, Element element, double real,
                           int64_t integer) {
  std::string bytes =
      element == Element::I64
          ? std::string(reinterpret_cast<const char *>(&integer),
                        sizeof integer)
          : bytesOf(element, {real});
  fill(*graph->proto->add_initializer(), input, element, {}, bytes);
}

void OnnxModel::setProducer(const std::string &name,
                            const std::string &version) {
  proto->set_producer_name(name);
  proto->set_producer_version(version);
}

void OnnxModel::addMetadata(const std::string &key, const std::string &value) {
  for (const StringStringEntryProto &known : proto->metadata_props())
    if (known.key() == key)
      return;
  StringStringEntryProto *entry = proto->add_metadata_props();
  entry->set_key(key);
  entry->set_value(value);
}

std::string OnnxModel::finish(bool hasFixedSizes, std::string &problem) {
  *proto->mutable_graph() = *graph->proto;
  prune(*proto->mutable_graph());
  try {
    checker::check_model(*proto);
    inferShapes(*proto, hasFixedSizes);
  } catch (const std::exception &error) {
    problem = error.what();
  }
  return proto->SerializeAsString();
}

} // namespace pdec::exporters
