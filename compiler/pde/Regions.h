//===- Regions.h - regions with bound arguments -----------------*- C++ -*-===//
//
// What the operations with regions of the pde and net dialects have in common:
// `(%argument = %value : type, ...)` and loops that carry values.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PDE_REGIONS_H
#define PDEC_PDE_REGIONS_H

#include "mlir/IR/OpImplementation.h"

namespace pdec::pde {

/// Checks that a region's block ends in a `Yield` of these types.
template <typename Yield>
llvm::LogicalResult checkYield(mlir::Operation *op, mlir::Region &region,
                               mlir::TypeRange expected) {
  mlir::Block &block = region.front();
  auto yield = block.empty() ? Yield() : llvm::dyn_cast<Yield>(block.back());
  if (!yield)
    return op->emitOpError("needs a ")
           << Yield::getOperationName() << " at the end of its region";
  if (mlir::TypeRange(yield.getValues()) != expected)
    return op->emitOpError("yields other types than it promises");
  return mlir::success();
}

/// Checks a loop: the pass and the carried values are its region's arguments.
llvm::LogicalResult checkCarried(mlir::Operation *op, mlir::Region &region,
                                 mlir::TypeRange carried);

/// (%argument = %value : type, ...)
void printBound(mlir::OpAsmPrinter &p, mlir::ValueRange arguments,
                mlir::ValueRange values);
/// `argumentType` turns a value's type into that of the region's argument.
mlir::ParseResult
parseBound(mlir::OpAsmParser &parser, mlir::OperationState &result,
           llvm::SmallVectorImpl<mlir::OpAsmParser::Argument> &arguments,
           llvm::SmallVectorImpl<mlir::Type> &types,
           llvm::function_ref<mlir::Type(mlir::Type)> argumentType);

/// %count pass %i carry (%argument = %value : type, ...) {...}
void printLoop(mlir::OpAsmPrinter &p, mlir::Operation *op);
mlir::ParseResult parseLoop(mlir::OpAsmParser &parser,
                            mlir::OperationState &result);

} // namespace pdec::pde

#endif // PDEC_PDE_REGIONS_H
