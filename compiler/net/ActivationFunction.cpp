//===- ActivationFunction.cpp - an activation as a function ---------------===//
//
// The flux of an activation becomes a pde_pointwise, which the runtime calls
// for pieces of the cells, from several threads. A cell has the same bits
// wherever a piece begins: vectors and the cells left over are made from the
// same block, operation by operation, and pde-expand-math treats both alike.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/ActivationFunction.h"
#include "compiler/abi/RuntimeAbi.h"
#include "compiler/pde/Vectorize.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace pdec::net {

namespace {

class FunctionBuilder {
public:
  FunctionBuilder(ModuleOp module, ActivationOp activation,
                  unsigned vectorBytes)
      : module(module), activation(activation), builder(module.getContext()),
        loc(activation.getLoc()),
        element(activation.getResult().getType().getElementType()),
        bytes(element.getIntOrFloatBitWidth() / 8),
        width(std::max(1u, vectorBytes / bytes)) {}

  func::FuncOp build(StringRef name);

private:
  ModuleOp module;
  ActivationOp activation;
  OpBuilder builder;
  Location loc;
  Type element;
  unsigned bytes, width;
  SmallVector<Value> xs;
  Value y;
  IRMapping scalars;

  Type pointer() { return LLVM::LLVMPointerType::get(builder.getContext()); }
  Value index(int64_t value) {
    return builder.create<arith::ConstantOp>(loc,
                                             builder.getI64IntegerAttr(value));
  }
  /// An entry of an array of eight-byte ones: pointers, or scalars in f64.
  Value loadSlot(Value base, unsigned position, Type type) {
    Value address =
        builder.create<LLVM::GEPOp>(loc, pointer(), builder.getI64Type(), base,
                                    ArrayRef<LLVM::GEPArg>{int32_t(position)});
    return builder.create<LLVM::LoadOp>(loc, type, address);
  }
  Value cell(Value base, Value row) {
    return builder.create<LLVM::GEPOp>(loc, pointer(), element, base,
                                       ValueRange(row));
  }
  void emitLoop(Value begin, Value end, unsigned lanes);
};

} // namespace

/// Cells [begin, end), `lanes` at a time.
void FunctionBuilder::emitLoop(Value begin, Value end, unsigned lanes) {
  OpBuilder::InsertionGuard guard(builder);
  auto loop = builder.create<scf::ForOp>(loc, begin, end, index(lanes));
  builder.setInsertionPointToStart(loop.getBody());
  Value row = loop.getInductionVar();
  SmallVector<Value> arguments;
  for (Value x : xs)
    arguments.push_back(builder.create<LLVM::LoadOp>(
        loc, pde::widen(element, lanes), cell(x, row), bytes));
  Value result = pde::cloneVectorized(
      builder, activation.getBody().front(), arguments,
      [&](Value scalar) { return scalars.lookup(scalar); }, lanes);
  result = pde::spread(builder, loc, result, lanes);
  builder.create<LLVM::StoreOp>(loc, result, cell(y, row), bytes);
}

/// Scalars are loaded before the loops, in the order in which the call passes
/// them (LowerCalls.cpp): that of capturedScalars.
func::FuncOp FunctionBuilder::build(StringRef name) {
  builder.setInsertionPointToEnd(module.getBody());
  auto function = builder.create<func::FuncOp>(
      loc, name, abi::pointwiseType(builder.getContext()));
  function.setPrivate();
  Block *entry = function.addEntryBlock();
  builder.setInsertionPointToEnd(entry);
  y = entry->getArgument(1);
  for (unsigned i = 0; i < activation.getXs().size(); ++i)
    xs.push_back(loadSlot(entry->getArgument(0), i, pointer()));
  unsigned position = 0;
  for (Value scalar : pde::capturedScalars(activation.getBody().front()))
    scalars.map(scalar,
                loadSlot(entry->getArgument(2), position++, scalar.getType()));
  Value begin = entry->getArgument(3), end = entry->getArgument(4);
  Value count = builder.create<arith::SubIOp>(loc, end, begin);
  Value whole = builder.create<arith::DivUIOp>(loc, count, index(width));
  Value middle = builder.create<arith::AddIOp>(
      loc, begin, builder.create<arith::MulIOp>(loc, whole, index(width)));
  emitLoop(begin, middle, width);
  // What fills no vector, cell by cell.
  if (width > 1)
    emitLoop(middle, end, 1);
  builder.create<func::ReturnOp>(loc);
  return function;
}

func::FuncOp makeActivationFunction(ModuleOp module, ActivationOp activation,
                                    StringRef name, unsigned vectorBytes) {
  return FunctionBuilder(module, activation, vectorBytes).build(name);
}

/// Two activations with the same text get one function. Values are named by
/// their order of definition, so that the text does not depend on where it
/// stands.
std::string structureOf(ActivationOp activation) {
  Block &body = activation.getBody().front();
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::DenseMap<Value, unsigned> numbers;
  auto define = [&](Value value) {
    numbers.try_emplace(value, numbers.size());
    stream << value.getType() << ' ';
  };
  llvm::for_each(body.getArguments(), define);
  stream << '|';
  llvm::for_each(pde::capturedScalars(body), define);
  for (Operation &op : body) {
    stream << op.getName() << ' ' << op.getAttrDictionary();
    for (Value operand : op.getOperands())
      stream << ' ' << numbers.lookup(operand);
    stream << ':';
    llvm::for_each(op.getResults(), define);
  }
  return text;
}

} // namespace pdec::net
