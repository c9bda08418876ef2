//===- LayerLowering.h - from layers to calls -------------------*- C++ -*-===//

#ifndef PDEC_NET_LAYERLOWERING_H
#define PDEC_NET_LAYERLOWERING_H

#include "compiler/abi/RuntimeAbi.h"
#include "compiler/net/NetDialect.h"
#include "compiler/pde/PdeDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/StringMap.h"

namespace pdec::net {

/// Makes the function `run` of a network. Every tensor becomes a handle with
/// one owner, the value; it is released after the last layer that reads it.
/// Loops own what they carry.
class LayerLowering {
public:
  LayerLowering(mlir::ModuleOp module, ProgramOp program, unsigned vectorBytes);
  void run();

private:
  using Value = mlir::Value;
  using Location = mlir::Location;

  mlir::ModuleOp module;
  ProgramOp program;
  unsigned vectorBytes;
  mlir::OpBuilder builder;
  mlir::IRMapping mapping;
  Value context;
  mlir::func::FuncOp function;
  llvm::StringMap<int> grids, params, inputs, outputs;
  llvm::DenseSet<Value> released;
  /// pde_weights in memory.
  llvm::DenseMap<Value, Value> weights;
  /// Memory that a call reads and no later one: one piece for each type.
  llvm::DenseMap<mlir::Type, Value> scratch;
  /// Records of constants, filled once, by what they say.
  llvm::DenseMap<mlir::Attribute, Value> constants;
  /// Functions of activations by what they compute.
  llvm::StringMap<mlir::func::FuncOp> activations;

  mlir::Type pointer() {
    return mlir::LLVM::LLVMPointerType::get(builder.getContext());
  }
  Value constant(Location loc, mlir::TypedAttr attr) {
    return builder.create<mlir::arith::ConstantOp>(loc, attr);
  }
  Value index(Location loc, int64_t value) {
    return constant(loc, builder.getI64IntegerAttr(value));
  }
  Value small(Location loc, int32_t value) {
    return constant(loc, builder.getI32IntegerAttr(value));
  }
  Value number(Location loc, double value) {
    return constant(loc, builder.getF64FloatAttr(value));
  }
  Value null(Location loc) {
    return builder.create<mlir::LLVM::ZeroOp>(loc, pointer());
  }
  Value call(Location loc, llvm::StringRef name, mlir::ValueRange arguments) {
    return abi::call(builder, loc, name, arguments);
  }
  llvm::SmallVector<Value> mapped(mlir::ValueRange values) {
    return llvm::map_to_vector(
        values, [&](Value value) { return mapping.lookup(value); });
  }

  // LowerLayers.cpp: blocks, owners and what users see.
  void lowerBlock(mlir::Block &block);
  void lower(mlir::Operation &op);
  void releaseAfter(mlir::Operation &op);
  void release(Location loc, Value value);
  static bool isTensor(Value value) {
    return llvm::isa<mlir::RankedTensorType>(value.getType());
  }
  void lowerDeclaration(mlir::Operation &op);
  void lowerInput(InputOp op);
  void lowerOutput(OutputOp op);
  Value takeInput(InputOp op, Value data);

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

  // LowerLoops.cpp
  Value share(Value value);
  llvm::SmallVector<Value> shareAll(mlir::ValueRange values);
  llvm::SmallVector<Value> lowerBody(mlir::Block &body, Value pass,
                                     mlir::ValueRange carried,
                                     mlir::ValueRange handedOn);
  void lowerRepeat(RepeatOp op);
  void lowerRecur(RecurOp op);
  void lowerCondition(RecurOp op, mlir::ValueRange state);
  void lowerPass(RecurOp op, mlir::ValueRange state);
  void failUnlessDone(RecurOp op, mlir::ValueRange state);
};

} // namespace pdec::net

#endif // PDEC_NET_LAYERLOWERING_H
