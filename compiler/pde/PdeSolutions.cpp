//===- PdeSolutions.cpp - what solves equations ---------------------------===//

#include "compiler/pde/PdeSolutions.h"
#include "compiler/pde/Regions.h"

#include "mlir/IR/Builders.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/pde/PdeSolutions.cpp.inc"

namespace pdec::pde {

LogicalResult SolutionOp::verifyRegions() {
  TypeRange unknowns = getFound().getTypes();
  if (!getStarts().empty() && getStarts().getTypes() != unknowns)
    return emitOpError("needs a start for each value found, of its type");
  if (getResultTypes() != unknowns)
    return emitOpError("needs results of the types of what is found");
  auto check = [&](Region &region, unsigned groups) -> LogicalResult {
    SmallVector<Type> wanted;
    for (unsigned i = 0; i < groups; ++i)
      llvm::append_range(wanted, unknowns);
    if (TypeRange(region.getArgumentTypes()) != TypeRange(wanted))
      return emitOpError("needs arguments of the types of what is found");
    return checkYield<GiveOp>(*this, region, unknowns);
  };
  if (failed(check(getResidual(), 1)))
    return failure();
  if (getTangent().empty() != bool(getNoTangent()) ||
      getAdjoint().empty() != bool(getNoAdjoint()))
    return emitOpError("needs a reason for what is missing, and no other");
  if (!getTangent().empty() && failed(check(getTangent(), 3)))
    return failure();
  return success(getAdjoint().empty() || succeeded(check(getAdjoint(), 2)));
}

} // namespace pdec::pde
