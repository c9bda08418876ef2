//===- PdeDialect.h - the pde dialect ---------------------------*- C++ -*-===//

#ifndef PDEC_PDE_PDEDIALECT_H
#define PDEC_PDE_PDEDIALECT_H

#include "compiler/support/Boundary.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "compiler/pde/PdeDialect.h.inc"
#include "compiler/pde/PdeEnums.h.inc"

namespace pdec::pde {

/// Rows around a range: what is needed of a field on [begin, end) reaches from
/// begin - low to end + high.
struct Reach {
  int64_t low = 0, high = 0;
  /// Widens to hold another reach.
  void include(const Reach &other) {
    low = std::max(low, other.low);
    high = std::max(high, other.high);
  }
};
class GridOp;
class StencilOp;

/// That of a pow with this result.
mlir::Type exponentType(mlir::Type result);

/// Functions that become arithmetic of our own.
template <typename Op>
struct FunctionTrait : mlir::OpTrait::TraitBase<Op, FunctionTrait> {};

} // namespace pdec::pde

#define GET_ATTRDEF_CLASSES
#include "compiler/pde/PdeAttrs.h.inc"
#define GET_TYPEDEF_CLASSES
#include "compiler/pde/PdeTypes.h.inc"

#include "compiler/pde/FieldOpInterface.h.inc"
#include "compiler/pde/ProgramOpInterfaces.h.inc"
#define GET_OP_CLASSES
#include "compiler/pde/PdeOps.h.inc"

namespace pdec::pde {

/// The grid that a field type names. The module has been verified.
GridOp gridOf(mlir::Operation *user, FieldType type);

/// A place of the script, "heat.pde:3:7", or empty.
std::string placeText(mlir::Location location);

/// The constant that a scalar is, if it is one.
std::optional<double> constantOf(mlir::Value scalar);

/// The rules of an apply or adjoint along each axis: its own, or the grid's.
llvm::SmallVector<SidesAttr, 3> sidesOf(mlir::Operation *op);
/// The rule of one side of an apply or adjoint.
Boundary ruleOf(mlir::Operation *op, unsigned axis, bool high);

/// The rows that `stencil` gives beyond a grid's cells under these rules: those
/// whose centre lies strictly inside the domain, which at a dirichlet side
/// begins one spacing outside the last cell.
struct ExtraRows {
  llvm::SmallVector<int64_t> low, high;
};
ExtraRows extraRows(StencilOp stencil, llvm::ArrayRef<SidesAttr> sides);

/// How far beyond the rows of its argument an apply reads at a side, or beyond
/// those of its result an adjoint spills over; 0 at periodic sides.
int64_t reachBeyond(mlir::Operation *op, unsigned axis, bool high);

/// The scalars that a side has for the distances 1, 2, ..., and the value.
struct SideOperands {
  mlir::ValueRange scalars;
  unsigned perDistance = 0; ///< weights of cells inside, then maybe a factor
  mlir::Value value;        ///< E of an apply, or null

  mlir::Value weight(int64_t distance, unsigned cell) const {
    return scalars[(distance - 1) * perDistance + cell];
  }
  /// The factor of E where it is given.
  mlir::Value factor(int64_t distance) const {
    return scalars[distance * perDistance - 1];
  }
};
/// What an apply, or an adjoint, is given for a side.
SideOperands operandsOf(mlir::Operation *op, unsigned axis, bool high);

} // namespace pdec::pde

#endif // PDEC_PDE_PDEDIALECT_H
