//===- OnnxBuilder.h - nodes for tensors of the network ---------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXBUILDER_H
#define PDEC_EXPORTERS_ONNXBUILDER_H

#include "compiler/exporters/Onnx.h"
#include "compiler/exporters/OnnxModel.h"
#include "compiler/net/NetDialect.h"

#include <limits>

namespace pdec::exporters {

/// Sizes along the axes of a grid; -1: not known before the model runs.
using Shape = llvm::SmallVector<int64_t>;
/// A size that is not known.
inline constexpr int64_t anySize = -1;
/// Whether all sizes are known.
bool isKnown(const Shape &shape);

/// The element type that says a type of the network; of a tensor's elements.
Element elementOf(mlir::Type type);

/// Owns the model and knows in which of its graphs nodes are made: its main
/// one, or the body of a loop. Inside a model of the profile Conv, tensors have
/// two more axes in front, both of size one; axes are those of the grid here.
class OnnxBuilder {
public:
  OnnxBuilder(const pde::Interface &interface, OnnxProfile profile);

  OnnxModel model;
  const int64_t lead;    ///< axes in front of the grid's
  const Element element; ///< of tensors of the network

  /// Where nodes are made.
  OnnxGraph &graph() { return *current; }
  /// From now on they are made there. Returns where they were made before.
  OnnxGraph &makeIn(OnnxGraph &graph);
  Name node(const std::string &op, const std::vector<Name> &inputs,
            const std::vector<Attribute> &attributes = {},
            const std::string &hint = "");

  Name converted(const Name &value, Element to);
  /// A number of the element type.
  Name number(double value);
  Name truth(bool value);
  /// A field of the script as a tensor of the model.
  Name withLead(const Name &x, const Shape &shape, const std::string &hint);
  /// The way back.
  Name withoutLead(const Name &x, const Shape &shape, const std::string &hint);
  /// A known shape with the axes in front, as the operators take it.
  Name dims(const Shape &shape);
  /// The shape, with the axes in front, of `count` cells along one axis.
  std::vector<int64_t> columnShape(int64_t rank, int64_t axis, int64_t count);

  /// Cells [start, end) along an axis, as NumPy writes them.
  Name slice(const Name &x, int64_t axis, int64_t start, int64_t end,
             int64_t step = 1);
  /// One cell along an axis; -1: the last one.
  Name cell(const Name &x, int64_t axis, int64_t place);
  /// The first or last cells along an axis.
  Name outermost(const Name &x, int64_t count, int64_t axis, bool isLast);
  /// The same, backwards.
  Name mirrored(const Name &x, int64_t count, int64_t axis, bool isHigh);
  /// Without the first `low` and the last `high` cells of an axis.
  Name inner(const Name &x, int64_t axis, int64_t low, int64_t high);
  /// Copies of the first or last cell along an axis of a tensor of `rank` axes.
  Name copies(const Name &x, int64_t rank, int64_t count, int64_t axis,
              bool isHigh);
  Name concat(const std::vector<Name> &pieces, int64_t axis,
              const std::string &hint = "");
  /// Adds cells with one value before and behind those of each axis.
  Name padConstant(const Name &x, llvm::ArrayRef<int64_t> low,
                   llvm::ArrayRef<int64_t> high, const Name &value);
  /// Adds cells that are copies of the outermost ones.
  Name padEdge(const Name &x, llvm::ArrayRef<int64_t> low,
               llvm::ArrayRef<int64_t> high);
  /// Cuts off the cells of all margins with this sign.
  Name cutMargins(const Name &x, llvm::ArrayRef<net::MarginAttr> margins,
                  int sign);

private:
  static constexpr int64_t farEnd = std::numeric_limits<int64_t>::max();
  static constexpr int64_t farStart = -farEnd;

  OnnxGraph *current;

  std::vector<int64_t> padsOf(llvm::ArrayRef<int64_t> low,
                              llvm::ArrayRef<int64_t> high) const;
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXBUILDER_H
