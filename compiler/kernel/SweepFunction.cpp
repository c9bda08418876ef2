//===- SweepFunction.cpp - which sweeps share a function ------------------===//

#include "compiler/kernel/FunctionBuilder.h"

#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/OperationSupport.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

ClosureLayout::ClosureLayout(SweepOp sweep, Passes passes)
    : states(sweep.getNumResults()), rank(gridOf(sweep, sweep.type()).rank()),
      firstCapture(passes == Passes::Several ? 1 + states : 0) {
  unsigned last = sweep.getNumOperands();
  for (unsigned i = firstCapture; i < last; ++i) {
    auto type = dyn_cast<FieldType>(sweep.getOperand(i).getType());
    if (type && type.getGrid() != sweep.type().getGrid())
      foreign.push_back(i);
  }
  slots = captureSlot(last) + rank * foreign.size();
}

unsigned ClosureLayout::foreignSlot(unsigned operand) const {
  return slots - rank * (foreign.end() - llvm::find(foreign, operand));
}

/// The sweep without its operands and with grids that are named by their rules
/// and by their place among those that it reads: equal regions do the same.
static OwningOpRef<SweepOp> nameless(SweepOp sweep) {
  OwningOpRef<SweepOp> copy = cast<SweepOp>(sweep->clone());
  (*copy)->setOperands({});
  llvm::DenseMap<Attribute, FlatSymbolRefAttr> names;
  AttrTypeReplacer replacer;
  replacer.addReplacement([&](FlatSymbolRefAttr name) {
    FlatSymbolRefAttr &known = names[name];
    if (known)
      return known;
    std::string text = std::to_string(names.size());
    auto grid = SymbolTable::lookupNearestSymbolFrom<GridOp>(
        sweep->getParentOfType<ModuleOp>(), name);
    for (unsigned axis = 0; axis < grid.rank(); ++axis)
      text += (" " + stringifyBoundary(grid.axis(axis).getLow()) + " " +
               stringifyBoundary(grid.axis(axis).getHigh()) + " " +
               stringifyCoarsening(grid.axis(axis).getCoarsening()))
                  .str();
    return known = FlatSymbolRefAttr::get(sweep.getContext(), text);
  });
  replacer.recursivelyReplaceElementsIn(*copy, /*replaceAttrs=*/true,
                                        /*replaceLocs=*/false,
                                        /*replaceTypes=*/true);
  return copy;
}

static constexpr auto flags = OperationEquivalence::IgnoreLocations;

size_t SweepFunctions::Hash::operator()(const Key &key) const {
  llvm::hash_code result(int(key.first));
  SweepOp sweep = *key.second;
  sweep.getBody().walk([&](Operation *op) {
    auto own = OperationEquivalence::computeHash(
        op, OperationEquivalence::ignoreHashValue,
        OperationEquivalence::ignoreHashValue, flags);
    result = llvm::hash_combine(result, own);
  });
  return result;
}

/// Operands must be the same in their order: a sum's bits may depend on it.
bool SweepFunctions::Equal::operator()(const Key &a, const Key &b) const {
  llvm::DenseMap<Value, Value> same;
  SweepOp first = *a.second, second = *b.second;
  return a.first == b.first &&
         OperationEquivalence::isRegionEquivalentTo(
             &first.getBody(), &second.getBody(),
             [&](Value x, Value y) { return success(same.lookup(x) == y); },
             [&](Value x, Value y) { same[x] = y; }, flags);
}

const SweepFunction &SweepFunctions::get(SweepOp sweep, Passes passes) {
  std::string name = "sweep" + std::to_string(functions.size());
  auto [place, isNew] =
      functions.try_emplace(Key(passes, nameless(sweep)), SweepFunction());
  if (isNew)
    place->second = gridOf(sweep, sweep.type()).rank() == 1
                        ? makeTileFunction(module, name, sweep, passes, options)
                        : makeBlockFunction(module, name, sweep, options);
  return place->second;
}

} // namespace pdec::kernel
