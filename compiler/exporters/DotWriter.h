//===- DotWriter.h - a network as Graphviz text -----------------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_DOTWRITER_H
#define PDEC_EXPORTERS_DOTWRITER_H

#include "compiler/exporters/Dot.h"
#include "compiler/exporters/DotNames.h"
#include "compiler/net/NetChannels.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <map>

namespace pdec::exporters {

/// Where an edge starts, and what is written at it.
struct Source {
  int node = -1;
  std::string factor;
};

/// Everything that goes from one node to another in the same way, as Graphviz
/// cannot draw several edges with and without labels side by side in a row.
struct Edge {
  int from, to;
  std::string style;
  std::vector<std::string> factors;
};

class DotWriter {
public:
  DotWriter(const LineOf &lineOf, const ProvedOf &provedOf)
      : lineOf(lineOf), provedOf(provedOf) {}
  std::string write(mlir::ModuleOp module);

private:
  const LineOf &lineOf;
  const ProvedOf &provedOf;
  std::string text;
  std::vector<Edge> edges;
  int indent = 1, nodes = 0, clusters = 0;
  llvm::DenseMap<mlir::Value, int> nodeOf;
  llvm::DenseMap<mlir::Value, int> levelOf; ///< of tensors that depend on data
  llvm::StringMap<int> gridLevels;
  bool hasInputs = false, hasLevels = false;
  llvm::DenseMap<mlir::Operation *, std::string> names; ///< of weights
  std::map<int, std::vector<int>> rows;                 ///< nodes by level

  void line(const std::string &content) {
    text += std::string(2 * indent, ' ') + content + "\n";
  }
  int node(const std::string &label, const std::string &style, int level);
  void edge(const Source &from, int to, const std::string &style = "");
  static std::string written(const Edge &edge);
  Source sourceOf(mlir::Value value);
  void add(mlir::Value result, const std::string &label,
           const std::string &style, mlir::ValueRange operands,
           int levelChange = 0);

  void findLevels(mlir::ModuleOp module);
  bool isOfData(mlir::Operation &op);
  void writeBlock(mlir::Block &block);
  void writeLayer(mlir::Operation &op);
  void writeConv(net::ConvOp op);
  void writeTranspose(net::ConvTransposeOp op);
  void writeChannels(net::ConvolveOp op);
  void writeActivation(net::ActivationOp op);
  void writeSum(mlir::Operation *op, mlir::Value a, mlir::Value b, bool isSum);
  template <typename Loop>
  void writeLoop(Loop op, const std::string &label, mlir::ValueRange next);
  bool isOnOneLevel(mlir::Operation *loop);
  void writeLoopAsNode(mlir::Operation *loop, std::string label);
  void writeRepeat(net::RepeatOp op);
  void writeRecur(net::RecurOp op);
  void writeReverse(net::ReverseOp op);
  std::string weightsName(net::WeightsOp op);
  std::string sumLabel(mlir::Value a, mlir::Value b, bool isSum);
  int levelOfGrid(mlir::Value value);
};

/// Whether a convolution or its transpose goes from one grid to another.
template <typename Conv> bool isStrided(Conv op) {
  return op.getStrides() && llvm::any_of(*op.getStrides(), [](int64_t stride) {
           return stride > 1;
         });
}

/// A label as Graphviz writes it.
std::string quoted(llvm::StringRef label);

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_DOTWRITER_H
