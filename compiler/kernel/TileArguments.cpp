//===- TileArguments.cpp - what functions of tiles get --------------------===//

#include "compiler/kernel/TileArguments.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

TileArguments::TileArguments(TypeRange inputs, TypeRange results, TileAttr tile)
    : rank(tile.rank()), states(results.size()), numInputs(inputs.size()),
      takesSteps(tile.takesSteps()) {
  auto grid = cast<FieldType>(results.front()).getGrid();
  Type pointer = LLVM::LLVMPointerType::get(grid.getContext());
  Type i64 = IntegerType::get(grid.getContext(), 64);
  allTypes = {i64, pointer};
  allTypes.append(rank + 3, i64);
  allTypes.append(target() - current() + states, pointer);
  for (unsigned i = firstCapture(); i < numInputs; ++i) {
    auto field = dyn_cast<FieldType>(inputs[i]);
    allTypes.push_back(field ? pointer : inputs[i]);
    if (field && field.getGrid() != grid)
      foreign.push_back(i);
    else if (field && rank > 1)
      own.push_back(i);
  }
  for (unsigned i = 0; i < states; ++i)
    if (cast<FieldType>(results[i]).getGrid() != grid)
      foreignMade.push_back(i);
  allTypes.append(rank * (foreign.size() + foreignMade.size()) +
                      (rank - 1) * own.size(),
                  i64);
}

unsigned TileArguments::foreignSizes(unsigned input) const {
  unsigned number = llvm::find(foreign, input) - foreign.begin();
  return capture(numInputs) + rank * number;
}

unsigned TileArguments::rings(unsigned input) const {
  unsigned number = llvm::find(own, input) - own.begin();
  return capture(numInputs) + rank * foreign.size() + (rank - 1) * number;
}

unsigned TileArguments::foreignResultSizes(unsigned result) const {
  unsigned number = llvm::find(foreignMade, result) - foreignMade.begin();
  return capture(numInputs) + rank * (foreign.size() + number) +
         (rank - 1) * own.size();
}

} // namespace pdec::kernel
