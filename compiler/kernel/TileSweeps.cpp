//===- TileSweeps.cpp - sweeps as calls of functions of tiles -------------===//

#include "compiler/kernel/Passes.h"
#include "compiler/kernel/TileFunction.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/OperationSupport.h"

#include <unordered_map>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

#define GEN_PASS_DEF_TILESWEEPS
#include "compiler/kernel/Passes.h.inc"

/// The names of the grids on which a sweep computes and reads.
static llvm::DenseSet<StringAttr> gridsOf(SweepOp sweep) {
  llvm::DenseSet<StringAttr> names;
  auto include = [&](Type type) {
    if (auto field = dyn_cast<FieldType>(type))
      names.insert(field.getGrid().getAttr());
  };
  llvm::for_each(sweep->getOperandTypes(), include);
  sweep->walk(
      [&](Operation *op) { llvm::for_each(op->getResultTypes(), include); });
  return names;
}

/// What code for a grid depends on; how it coarsens its parent is told where
/// the sweep has that, too.
static std::string rulesOf(GridOp grid, bool tellCoarsening) {
  std::string text;
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    AxisAttr rules = grid.axis(axis);
    text += (" " + stringifyBoundary(rules.getLow()) + " " +
             stringifyBoundary(rules.getHigh()))
                .str();
    if (tellCoarsening)
      text += (" " + stringifyCoarsening(rules.getCoarsening())).str();
  }
  return text;
}

/// The sweep without its operands and with grids that are named by their rules
/// and by their place among those that it reads: equal regions do the same.
static OwningOpRef<SweepOp> nameless(SweepOp sweep) {
  llvm::DenseSet<StringAttr> grids = gridsOf(sweep);
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
    FlatSymbolRefAttr parent = grid.getParentAttr();
    text += rulesOf(grid, parent && grids.contains(parent.getAttr()));
    return known = FlatSymbolRefAttr::get(sweep.getContext(), text);
  });
  replacer.recursivelyReplaceElementsIn(*copy, /*replaceAttrs=*/true,
                                        /*replaceLocs=*/false,
                                        /*replaceTypes=*/true);
  return copy;
}

static constexpr auto flags = OperationEquivalence::IgnoreLocations;

namespace {

/// The functions of a module. Sweeps that do the same share one: on the levels
/// of a hierarchy they differ in the grid's name only.
class TileFunctions {
public:
  func::FuncOp get(SweepOp sweep) {
    auto [place, isNew] = functions.try_emplace(nameless(sweep));
    if (isNew)
      place->second = makeTileFunction(
          sweep, "sweep" + std::to_string(functions.size() - 1));
    return place->second;
  }

private:
  using Key = OwningOpRef<SweepOp>;
  struct Hash {
    size_t operator()(const Key &key) const {
      llvm::hash_code result(0);
      SweepOp sweep = *key;
      sweep.getBody().walk([&](Operation *op) {
        auto own = OperationEquivalence::computeHash(
            op, OperationEquivalence::ignoreHashValue,
            OperationEquivalence::ignoreHashValue, flags);
        result = llvm::hash_combine(result, own);
      });
      return result;
    }
  };
  /// Operands must be the same in their order: a sum's bits may depend on it.
  struct Equal {
    bool operator()(const Key &a, const Key &b) const {
      llvm::DenseMap<Value, Value> same;
      SweepOp first = *a, second = *b;
      return first->getAttr(tileName) == second->getAttr(tileName) &&
             OperationEquivalence::isRegionEquivalentTo(
                 &first.getBody(), &second.getBody(),
                 [&](Value x, Value y) { return success(same.lookup(x) == y); },
                 [&](Value x, Value y) { same[x] = y; }, flags);
    }
  };
  std::unordered_map<Key, func::FuncOp, Hash, Equal> functions;
};

struct TileSweepsPass : impl::TileSweepsBase<TileSweepsPass> {
  void runOnOperation() override {
    TileFunctions functions;
    std::vector<SweepOp> sweeps;
    getOperation().walk([&](SweepOp sweep) { sweeps.push_back(sweep); });
    for (SweepOp sweep : sweeps)
      if (!sweep->hasAttr(tileName) || !sweep->hasAttr(resultsName) ||
          !sweep->hasAttr(readsName)) {
        sweep.emitOpError("has no plan: pde-plan-sweeps makes one");
        return signalPassFailure();
      }
    for (SweepOp sweep : sweeps) {
      func::FuncOp function = functions.get(sweep);
      OpBuilder builder(sweep);
      auto call =
          builder.create<CallOp>(sweep.getLoc(), sweep.getResultTypes(),
                                 function.getName(), sweep.getOperands());
      sweep.replaceAllUsesWith(call.getResults());
      sweep.erase();
    }
  }
};

} // namespace

} // namespace pdec::kernel
