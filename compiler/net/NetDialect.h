//===- NetDialect.h - the net dialect ---------------------------*- C++ -*-===//

#ifndef PDEC_NET_NETDIALECT_H
#define PDEC_NET_NETDIALECT_H

#include "compiler/pde/PdeDialect.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "compiler/net/NetDialect.h.inc"

namespace pdec::net {
/// How a side is continued.
using Continuation = pde::Boundary;
} // namespace pdec::net

#define GET_ATTRDEF_CLASSES
#include "compiler/net/NetAttrs.h.inc"
#define GET_TYPEDEF_CLASSES
#include "compiler/net/NetTypes.h.inc"
#define GET_OP_CLASSES
#include "compiler/net/NetOps.h.inc"

#endif // PDEC_NET_NETDIALECT_H
