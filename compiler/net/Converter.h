//===- Converter.h - from pde operations to layers --------------*- C++ -*-===//

#ifndef PDEC_NET_CONVERTER_H
#define PDEC_NET_CONVERTER_H

#include "compiler/net/NetChannels.h"
#include "compiler/pde/PdeAlong.h"
#include "compiler/pde/PdeChannels.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

namespace pdec::net {

/// Says the operations of a pde program as layers, in their order. One file
/// holds the conversions of one row of the dictionary.
class Converter {
public:
  explicit Converter(mlir::ModuleOp module);

  /// Puts a net.program beside the pde.program.
  void convertProgram(pde::ProgramOp program);

private:
  mlir::OpBuilder builder;
  llvm::DenseMap<mlir::Attribute, unsigned> ranks; ///< by a grid's name
  mlir::IRMapping mapping;
  /// Operations that only defaults of inputs need.
  llvm::DenseSet<mlir::Operation *> defaults;

  unsigned rankOf(pde::FieldType type) { return ranks.at(type.getGrid()); }
  mlir::RankedTensorType tensorOf(pde::FieldType type);
  mlir::Value mapped(mlir::Value value) { return mapping.lookup(value); }
  llvm::SmallVector<mlir::Value> mapped(mlir::ValueRange values) {
    return llvm::map_to_vector(
        values, [&](mlir::Value value) { return mapped(value); });
  }
  llvm::SmallVector<mlir::Value> sizesOf(mlir::Location loc,
                                         pde::FieldType type);

  // PdeToNet.cpp
  void findDefaults(mlir::Block &block);
  void convertBlock(mlir::Block &block);
  void convert(mlir::Operation &op);
  void convertInput(pde::InputOp input);
  void cloneDefault(mlir::Value value, llvm::DenseSet<mlir::Operation *> &done);

  // ConvertOperators.cpp: K and K' as convolutions with the same weights.
  void convertStencil(pde::StencilOp op);
  void convertApply(pde::ApplyOp op);
  void convertAdjoint(pde::AdjointOp op);
  mlir::Value pad(mlir::Location loc, mlir::Value x,
                  llvm::ArrayRef<mlir::Attribute> margins,
                  mlir::ValueRange values, mlir::ArrayAttr rows = {});
  mlir::Value padZeros(mlir::Location loc, mlir::Value x,
                       llvm::ArrayRef<mlir::Attribute> margins);
  mlir::Value fold(mlir::Location loc, mlir::Value x,
                   llvm::ArrayRef<mlir::Attribute> margins,
                   mlir::ValueRange weights = {});

  // ConvertChannels.cpp: operators between lists as those of many channels.
  llvm::SmallVector<mlir::Value>
  padAll(mlir::Location loc, mlir::ValueRange fields,
         llvm::ArrayRef<mlir::Attribute> margins);
  void convertConvolve(pde::ConvolveOp op);
  void convertCorrelate(pde::CorrelateOp op);

  // Lines.cpp: what is made of lines along an axis.
  void convertAlong(pde::AlongOp op);

  // ConvertTransfers.cpp: R and R' as convolutions with strides.
  void convertRestrict(pde::RestrictOp op);
  void convertProlong(pde::ProlongOp op);

  // ConvertMaps.cpp: fluxes as activations, sums as skips.
  void convertMap(pde::MapOp op);
  void convertCoordinate(pde::CoordinateOp op);
  void convertNoise(pde::NoiseOp op);
  mlir::Value cropTo(pde::FieldType rows, mlir::Value field);
  bool convertAffine(pde::MapOp op, mlir::ValueRange tensors);

  // ConvertSteps.cpp: steps as repeated residual blocks.
  void convertSteps(pde::StepsOp op);
  void convertLoop(mlir::Operation *from, mlir::Operation *to);

  // ConvertReverse.cpp: going back through steps as backpropagation.
  void convertReverse(pde::ReverseOp op);
  void convertRegion(mlir::Region &from, mlir::Region &to, unsigned numbers,
                     mlir::TypeRange types);

  // ConvertFixpoint.cpp: loops with a condition as recurrent cells.
  void convertFixpoint(pde::FixpointOp op);
  void convertReduce(pde::ReduceOp op);
  void convertEntry(pde::EntryOp op);
};

} // namespace pdec::net

#endif // PDEC_NET_CONVERTER_H
