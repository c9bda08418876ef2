//===- OnnxExporter.h - from layers to ONNX nodes ---------------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXEXPORTER_H
#define PDEC_EXPORTERS_ONNXEXPORTER_H

#include "compiler/exporters/Onnx.h"
#include "compiler/exporters/OnnxModel.h"
#include "compiler/net/NetDialect.h"

#include "llvm/ADT/DenseMap.h"

#include <optional>

namespace pdec::exporters {

/// Sizes along the axes of a grid; -1: not known before the model runs.
using Shape = llvm::SmallVector<int64_t>;

/// How far the offsets of weights reach from the smallest one, on each axis.
Shape extentOf(mlir::Value weights);
/// The strides of a convolution, one where none are given.
Shape stridesOf(std::optional<llvm::ArrayRef<int64_t>> given, int64_t rank);

/// Says a network's operations as nodes, in their order. One file holds a
/// family of operations. Inside a model of the profile Conv, tensors have two
/// more axes in front, both of size one.
class OnnxExporter {
public:
  OnnxExporter(mlir::ModuleOp module, const pde::Interface &interface,
               const OnnxOptions &options);

  llvm::Expected<OnnxFile> run();

private:
  mlir::ModuleOp module;
  const pde::Interface &interface;
  const OnnxOptions &options;
  OnnxModel model;
  OnnxGraph *graph; ///< where nodes go: the model's, or that of a loop
  OnnxFile file;
  int64_t lead;     ///< axes in front of the grid's
  int64_t rank = 1; ///< of the tensors of the layer that is being said
  Element element;
  llvm::DenseMap<mlir::Value, Name> names;
  llvm::DenseMap<mlir::Value, Shape> shapes;
  llvm::DenseMap<mlir::Value, mlir::Attribute> constants; ///< of copies
  std::string refusal; ///< the first one, with its place

  /// What the taps of a convolution are multiplied by.
  struct Weights {
    Name kernel;            ///< of Conv and ConvTranspose; empty: none is made
    std::vector<Name> taps; ///< scalars of the element type, for chains
    Name scale;             ///< likewise; empty: one
  };
  llvm::DenseMap<mlir::Value, Weights> weights;
  /// Whether a loop with a condition ended by it, innermost loops first.
  struct Ending {
    net::RecurOp loop;
    Name converged;
  };
  std::vector<Ending> endings;

  Name name(mlir::Value value) { return names.lookup(value); }
  void refuse(mlir::Operation *op, const llvm::Twine &what);

  // OnnxExport.cpp: the program, its inputs and outputs.
  void describeModel();
  void describeSizes();
  void nameInterface();
  void emitParam(pde::ParamOp op);
  void emitInput(net::InputOp op);
  void emitOutput(net::OutputOp op);
  void emitEndings();
  void emitSize(pde::SizeOp op);
  Name gridSize(int grid, int axis, mlir::Operation *user);
  ValueType portType(const pde::Interface::Port &port);
  void emitBlock(mlir::Block &block);
  void emit(mlir::Operation &op);
  bool emitLayer(mlir::Operation &op);

  // OnnxFold.cpp: numbers that are known when the model is made.
  mlir::Attribute constantOf(mlir::Value value);
  std::optional<double> realOf(mlir::Value value);
  std::optional<int64_t> integerOf(mlir::Value value);
  std::optional<std::vector<double>>
  realsOf(llvm::ArrayRef<mlir::Value> scalars);
  void noteConstant(mlir::Value value, mlir::Attribute constant);
  bool emitFolded(mlir::Operation &op);

  // OnnxShapes.cpp: the shapes of tensors, without the axes in front.
  Shape shapeOf(mlir::Value value);
  static bool isKnown(const Shape &shape);
  Name dimsOf(const Shape &shape);
  Name withLead(const Name &x, const Shape &shape, const std::string &hint);
  Name withoutLead(const Name &x, const Shape &shape, const std::string &hint);
  Shape portShape(const pde::Interface::Port &port);
  Shape layerShape(mlir::Operation &op);
  void noteShape(mlir::Operation &op);
  void noteCarried(mlir::Operation *loop, mlir::ValueRange inits);

  // OnnxScalars.cpp: arithmetic, of numbers and of whole tensors alike.
  bool emitArithmetic(mlir::Operation &op);
  bool emitConversion(mlir::Operation &op);
  bool emitComparison(mlir::Operation &op);
  bool emitFunction(mlir::Operation &op);
  Name nameOf(mlir::TypedAttr constant);
  Name converted(const Name &value, Element to);
  Name inElement(mlir::Value scalar);
  void emitActivation(net::ActivationOp op);
  void emitReduce(net::ReduceOp op);
  Name coordinates(net::CoordinateOp op);
  Name constantCoordinates(net::CoordinateOp op);
  Name coordinateDims(net::CoordinateOp op);
  void emitCoordinate(net::CoordinateOp op);

  // OnnxPad.cpp: pad and its transpose.
  void emitPad(net::PadOp op);
  void emitFold(net::FoldOp op);
  Name cutMargins(const Name &x, llvm::ArrayRef<net::MarginAttr> margins,
                  int sign);
  Name padConstant(const Name &x, llvm::ArrayRef<int64_t> low,
                   llvm::ArrayRef<int64_t> high, const Name &value);
  Name padAxis(const Name &x, net::MarginAttr margin, int64_t axis,
               net::PadOp op);
  Name beyond(const Name &x, net::Continuation kind, int64_t count,
              int64_t axis, bool isHigh, net::PadOp op);
  Name cellsBeyond(const Name &x, net::Continuation kind, int64_t count,
                   int64_t axis, bool isHigh, const pde::SideOperands &side);
  Name addedBeyond(net::PadOp op, net::Continuation kind, int64_t count,
                   int64_t axis, bool isHigh);
  Name column(llvm::ArrayRef<mlir::Value> scalars, Element type, int64_t axis,
              bool isHigh, bool inwards);
  std::optional<std::vector<double>> factorValues(const pde::SideOperands &side,
                                                  net::Continuation kind,
                                                  int64_t count, bool isHigh);
  Name factors(const pde::SideOperands &side, net::Continuation kind,
               Element type, int64_t count, int64_t axis, bool isHigh);
  std::vector<int64_t> columnShape(int64_t axis, int64_t count);
  Name numbersBeyond(const pde::SideOperands &side, net::Continuation kind,
                     int64_t count, int64_t axis, bool isHigh);
  Name copies(const Name &x, int64_t count, int64_t axis, bool isHigh);
  Name concat(const std::vector<Name> &pieces, int64_t axis,
              const std::string &hint = "");
  Name refit(const Name &x, int64_t axis, int64_t low, int64_t high,
             int64_t lowWanted, int64_t highWanted);
  Name wrapAxis(const Name &x, int64_t low, int64_t high, int64_t axis,
                int64_t size);
  Name cellsAround(int64_t low, int64_t high, int64_t size);
  Name cellsAround(const Name &x, int64_t low, int64_t high, int64_t axis);
  Name valuesAlong(const Name &values, net::MarginAttr margin, int64_t axis,
                   int64_t low, int64_t high, int64_t size);
  Name valuesBeyond(net::PadOp op, int64_t axis, bool isHigh);
  Name foldAxis(const Name &x, net::MarginAttr margin, int64_t axis,
                net::FoldOp op);
  Name foldSide(const Name &y, const Name &removed, net::Continuation kind,
                int64_t count, int64_t axis, bool isHigh,
                const pde::SideOperands &side);
  Name foldEnds(const Name &y, const Name &removed, int64_t count, int64_t axis,
                bool isHigh, const pde::SideOperands &side);
  Name mirrored(const Name &x, int64_t count, int64_t axis, bool isHigh);
  Name slice(const Name &x, int64_t axis, int64_t start, int64_t end,
             int64_t step = 1);

  // OnnxConv.cpp: convolutions.
  void emitWeights(net::WeightsOp op);
  Name constantKernel(net::WeightsOp op);
  Name computedKernel(net::WeightsOp op, llvm::ArrayRef<Name> taps);
  void emitConv(net::ConvOp op);
  void emitConvTranspose(net::ConvTransposeOp op);
  Name convChain(net::WeightsOp op, const Name &x,
                 llvm::ArrayRef<int64_t> strides);
  Name transposeChain(net::WeightsOp op, const Name &x);
  Name spread(const Name &x, const Shape &shape,
              llvm::ArrayRef<int64_t> strides);
  Name addTerm(const Name &sum, mlir::Value weight, const Name &tap,
               const Name &x);
  Name scaled(const Name &sum, mlir::Value weights);

  // OnnxLoops.cpp: repeat and recur.
  void emitRepeat(net::RepeatOp op);
  void handOn(mlir::ValueRange from, mlir::ValueRange to);
  void emitUnrolled(net::RepeatOp op, int64_t count);
  void emitRecur(net::RecurOp op);
  std::optional<int64_t> knownCount(mlir::Value count);
  ValueType typeOf(mlir::Value value);
  void bindArguments(mlir::Block &block, OnnxGraph &body);
  void carryEndings(OnnxGraph &body, std::vector<Name> &inits,
                    std::vector<Ending> inner);
  void joinEndings(std::vector<Ending> &all, const std::vector<Ending> &copy);
  void takeEndings(llvm::ArrayRef<Ending> inner, llvm::ArrayRef<Name> results);
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXEXPORTER_H
