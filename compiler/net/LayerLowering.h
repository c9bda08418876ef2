//===- LayerLowering.h - from layers to calls -------------------*- C++ -*-===//

#ifndef PDEC_NET_LAYERLOWERING_H
#define PDEC_NET_LAYERLOWERING_H

#include "compiler/net/NetAlong.h"
#include "compiler/net/NetChannels.h"
#include "compiler/shell/Shell.h"

namespace pdec::net {

/// Makes the function `run` of a network. A tensor is a handle, of which there
/// is one for each owner.
class LayerLowering : public shell::Shell {
public:
  LayerLowering(mlir::ModuleOp module, ProgramOp program, unsigned vectorBytes)
      : Shell(module, program), vectorBytes(vectorBytes) {}

private:
  unsigned vectorBytes;
  /// pde_weights in memory.
  llvm::DenseMap<Value, Value> weights;
  /// Memory that a call reads and no later one: one piece for each type.
  llvm::DenseMap<mlir::Type, Value> scratch;
  /// Records of constants, filled once, by what they say.
  llvm::DenseMap<mlir::Attribute, Value> constants;
  /// Functions of activations by what they compute.
  llvm::StringMap<mlir::func::FuncOp> activations;

  // LowerLayers.cpp: what a tensor is, and where it comes from.
  bool isField(Value value) override {
    return llvm::isa<mlir::RankedTensorType>(value.getType());
  }
  bool lowerComputation(mlir::Operation &op) override;
  Value takeInput(pde::InputOpInterface op, Value data) override;
  Value makeDefault(pde::InputOpInterface op) override;
  void withData(Location loc, Value tensor,
                llvm::function_ref<void(Value)> use) override;
  Value handOn(Location loc, Value tensor, bool isFree) override;
  void release(Location loc, Value tensor) override;
  Value bytesOf(Location loc, Value tensor) override;
  void keepPart(Location loc, Value reversal, unsigned part, Value tensor,
                Value given) override;
  Value restorePart(Location loc, Value reversal, unsigned part, Value tensor,
                    Value given) override;

  // LowerCalls.cpp: the layers themselves, and records in memory for them.
  Value memoryOf(Location loc, mlir::Type type);
  Value fill(Location loc, Value memory, mlir::ValueRange fields);
  Value record(Location loc, mlir::ValueRange fields);
  Value lastingRecord(Location loc, mlir::ValueRange fields);
  Value constantRecord(Location loc, mlir::Attribute key,
                       llvm::function_ref<llvm::SmallVector<Value>()> fields);
  Value integers(Location loc, mlir::Attribute key,
                 llvm::ArrayRef<int64_t> values);
  Value strides(Location loc, mlir::DenseI64ArrayAttr strides);
  void lowerWeights(WeightsOp op);
  llvm::SmallVector<Value> marginFields(
      Location loc, mlir::ArrayAttr margins,
      llvm::function_ref<pde::SideOperands(unsigned, bool)> side,
      llvm::function_ref<llvm::ArrayRef<int64_t>(unsigned, bool)> rows);
  Value margins(Location loc, PadOp op);
  Value margins(Location loc, FoldOp op);
  Value lowerActivation(ActivationOp op);
  Value lowerReduce(ReduceOp op);
  Value lowerSource(mlir::Operation &op);
  Value lowerLayer(mlir::Operation &op);

  // LowerChannels.cpp: layers between lists.
  void lowerConvolve(ConvolveOp op);
  Value lowerCorrelate(CorrelateOp op);
  Value lowerAlong(AlongOp op); ///< Lines.cpp
};

} // namespace pdec::net

#endif // PDEC_NET_LAYERLOWERING_H
