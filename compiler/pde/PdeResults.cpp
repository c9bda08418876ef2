//===- PdeResults.cpp - numbers and records that users get ----------------===//

#include "compiler/pde/PdeResults.h"
#include "compiler/pde/Checks.h"

#include "mlir/IR/Builders.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/pde/PdeResults.cpp.inc"

namespace pdec::pde {

LogicalResult NumberOp::verify() { return checkName(*this, getName()); }

LogicalResult RecordOp::verify() {
  auto types = getValues().getTypes();
  auto isNumber = [](Type type) { return type.isF64(); };
  bool fits = types.size() == 1 || llvm::all_of(types, isNumber);
  if (types.empty() || !fits)
    return emitOpError("needs one field or numbers");
  return checkName(*this, getName());
}

} // namespace pdec::pde
