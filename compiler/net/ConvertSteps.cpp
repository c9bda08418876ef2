//===- ConvertSteps.cpp - steps as repeated residual blocks ---------------===//
//
// Row 3 of the dictionary: a time step u + tau R(u) is a residual block; many
// steps are a block that is repeated with shared weights.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Converter.h"

using namespace mlir;

namespace pdec::net {

void Converter::convertSteps(pde::StepsOp op) {
  SmallVector<Value> inits;
  for (Value init : op.getInits())
    inits.push_back(mapped(init));
  SmallVector<Type> types(ValueRange(inits).getTypes());
  auto repeat = builder.create<RepeatOp>(
      op.getLoc(), types, mapped(op.getCount()), inits, op.getEvolution());
  {
    OpBuilder::InsertionGuard guard(builder);
    Block &from = op.getBody().front();
    Block &to = repeat.getBody().emplaceBlock();
    to.addArgument(builder.getI64Type(), op.getLoc());
    for (Type type : types)
      to.addArgument(type, op.getLoc());
    mapping.map(from.getArguments(), to.getArguments());
    builder.setInsertionPointToEnd(&to);
    convertBlock(from);
    SmallVector<Value> yields;
    for (Value value : from.getTerminator()->getOperands())
      yields.push_back(mapped(value));
    builder.create<YieldOp>(op.getLoc(), yields);
  }
  for (auto [result, made] : llvm::zip(op.getResults(), repeat.getResults()))
    mapping.map(result, made);
}

} // namespace pdec::net
