//===- OnnxModel.h - an ONNX model under construction -----------*- C++ -*-===//
//
// Says nothing of protobuf or MLIR: one of them is compiled with RTTI and the
// other without, so they never meet in a file.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_EXPORTERS_ONNXMODEL_H
#define PDEC_EXPORTERS_ONNXMODEL_H

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace onnx {
class GraphProto;
class ModelProto;
} // namespace onnx

namespace pdec::exporters {

/// The name of a value in a model; no two values share one, in all its graphs.
using Name = std::string;

enum class Element { F32, F64, I64, Bool };

/// A dimension: a number, a name, or (neither) any size.
struct Dim {
  int64_t size = -1;
  std::string name;
};

struct ValueType {
  Element element;
  std::vector<Dim> dims;
};

/// Integer attributes of a node, one value or several, or a word.
struct Attribute {
  std::string name;
  std::vector<int64_t> values;
  std::string word;
  bool isList = false;

  static Attribute integer(std::string name, int64_t value) {
    return {std::move(name), {value}, "", false};
  }
  static Attribute list(std::string name, std::vector<int64_t> values) {
    return {std::move(name), std::move(values), "", true};
  }
  static Attribute text(std::string name, std::string word) {
    return {std::move(name), {}, std::move(word), false};
  }
};

class OnnxModel;

/// The graph of a model, or the body of a loop in it.
class OnnxGraph {
public:
  OnnxGraph(OnnxModel &model, const std::string &name);
  OnnxGraph(OnnxGraph &&) noexcept;
  ~OnnxGraph();

  /// Adds a node with one result, which is named after `hint` or the operator.
  Name node(const std::string &op, const std::vector<Name> &inputs,
            const std::vector<Attribute> &attributes = {},
            const std::string &hint = "");
  /// Gives a value the name that its users know.
  void rename(const Name &from, const Name &to);
  /// A Loop; an absent `condition` is true. Returns the final carried values
  /// and then, of the body's last `collected` outputs, what all passes gave,
  /// with the passes as one more axis in front.
  std::vector<Name> loop(const Name &count, const Name &condition,
                         const std::vector<Name> &inits, OnnxGraph body,
                         const std::string &hint, size_t collected = 0);
  void addInput(const Name &name, const ValueType &type,
                const std::string &meaning = "");
  void addOutput(const Name &name, const ValueType &type,
                 const std::string &meaning = "");

private:
  friend class OnnxModel;
  OnnxModel &model;
  std::unique_ptr<onnx::GraphProto> proto;
};

class OnnxModel {
public:
  explicit OnnxModel(const std::string &name);
  ~OnnxModel();

  OnnxGraph &main() { return *graph; }
  /// A name that nothing has yet: `hint` itself, or with a number.
  Name unique(const std::string &hint);
  /// Constants of the whole model; equal ones are one.
  Name constant(Element element, const std::vector<int64_t> &shape,
                const std::vector<double> &values);
  Name integers(const std::vector<int64_t> &values);
  Name integer(int64_t value);
  /// The value of an input that the user does not give: a scalar.
  void setDefault(const Name &input, Element element, double real,
                  int64_t integer);
  /// Nodes made from now on come from this place of the script.
  void setPlace(const std::string &text) { place = text; }

  void setProducer(const std::string &name, const std::string &version);
  /// The first value of a key stays.
  void addMetadata(const std::string &key, const std::string &value);
  /// The file's bytes, with the shapes of values in loops if sizes are fixed.
  /// `problem` is what the checker found, or empty.
  std::string finish(bool hasFixedSizes, std::string &problem);

private:
  friend class OnnxGraph;
  std::unique_ptr<onnx::ModelProto> proto;
  std::unique_ptr<OnnxGraph> graph;
  std::set<std::string> taken;
  std::map<std::string, int> counters;
  std::map<std::string, Name> constants; ///< by type, shape and bytes
  std::string place;
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXMODEL_H
