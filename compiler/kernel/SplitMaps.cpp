//===- SplitMaps.cpp - expressions of many stencils in parts --------------===//

#include "compiler/kernel/KernelDialect.h"
#include "compiler/kernel/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

#define GEN_PASS_DEF_SPLITMAPS
#include "compiler/kernel/Passes.h.inc"

namespace {

/// What the stencils cost by which fields are computed for each of their cells,
/// from what is stored on.
class StencilCosts {
public:
  double of(Value field) {
    auto op = field.getDefiningOp<FieldOpInterface>();
    if (!op || op->hasAttr(storedName))
      return 0;
    if (!op.isPointwise())
      return op.getCost();
    auto [place, isNew] = known.try_emplace(field, 0);
    if (!isNew)
      return place->second;
    double sum = 0;
    for (Value argument : op.getArguments())
      sum += of(argument);
    return known[field] = sum;
  }
  void forget(Value field) { known.erase(field); }

private:
  llvm::DenseMap<Value, double> known;
};

/// A map as a first part, which ends with an operation of its body, and what
/// goes on with that operation's result.
class Parts {
public:
  Parts(MapOp map, Operation *last, StencilCosts &costs);
  /// Of the fields that a part reads.
  double firstCost = 0, restCost = 0;
  /// Whether the rest needs nothing of the first part but its last value, and
  /// no field that costs anything.
  bool areApart() const { return apart; }
  /// Makes two maps.
  void separate();

private:
  MapOp map;
  Operation *last;
  bool apart = true;
  SmallVector<unsigned> first, rest; ///< fields

  bool isFirst(Operation *op) const {
    return op == last || op->isBeforeInBlock(last);
  }
  MapOp makeFirst(OpBuilder &builder);
};

} // namespace

Parts::Parts(MapOp map, Operation *last, StencilCosts &costs)
    : map(map), last(last) {
  for (BlockArgument field : map.getBody().front().getArguments()) {
    auto isReadFirst = [&](Operation *user) { return isFirst(user); };
    double cost = costs.of(map->getOperand(field.getArgNumber()));
    bool inFirst = llvm::any_of(field.getUsers(), isReadFirst);
    bool inRest = !llvm::all_of(field.getUsers(), isReadFirst);
    apart &= !(inFirst && inRest && cost > 0);
    if (inFirst) {
      first.push_back(field.getArgNumber());
      firstCost += cost;
    }
    if (inRest) {
      rest.push_back(field.getArgNumber());
      restCost += cost;
    }
  }
  for (Operation &op : map.getBody().front())
    if (isFirst(&op) && &op != last)
      apart &= llvm::all_of(op.getUsers(),
                            [&](Operation *user) { return isFirst(user); });
}

MapOp Parts::makeFirst(OpBuilder &builder) {
  SmallVector<Value> fields;
  for (unsigned field : first)
    fields.push_back(map->getOperand(field));
  auto made = builder.create<MapOp>(map.getLoc(), map.getType(), fields);
  OpBuilder::InsertionGuard guard(builder);
  Block *body = builder.createBlock(&made.getBody());
  IRMapping mapping;
  for (unsigned field : first) {
    BlockArgument old = map.getBody().front().getArgument(field);
    mapping.map(old, body->addArgument(old.getType(), old.getLoc()));
  }
  for (Operation &op : map.getBody().front())
    if (isFirst(&op))
      builder.clone(op, mapping);
  builder.create<YieldOp>(map.getLoc(), mapping.lookup(last->getResult(0)));
  made->setAttr(storedName, builder.getUnitAttr());
  return made;
}

void Parts::separate() {
  OpBuilder builder(map);
  MapOp made = makeFirst(builder);
  Block &body = map.getBody().front();
  BlockArgument given =
      body.addArgument(map.getType().getElement(), map.getLoc());
  map->insertOperands(map->getNumOperands(), made.getResult());
  last->getResult(0).replaceAllUsesWith(given);
  while (Operation *op = last) {
    last = op->getPrevNode();
    op->erase();
  }
  for (unsigned field = body.getNumArguments() - 1; field-- > 0;)
    if (!llvm::is_contained(rest, field)) {
      body.eraseArgument(field);
      map->eraseOperand(field);
    }
}

/// Gives a stencil constant weights that nothing else reads: where two weights
/// happen to be equal, what is made of it is still like what is made of others.
static void separateWeights(StencilOp stencil) {
  OpBuilder builder(stencil);
  for (OpOperand &weight : stencil->getOpOperands())
    if (auto constant = weight.get().getDefiningOp<arith::ConstantOp>())
      weight.set(builder.clone(*constant)->getResult(0));
}

namespace {
struct SplitMapsPass : impl::SplitMapsBase<SplitMapsPass> {
  using SplitMapsBase::SplitMapsBase;

  void runOnOperation() override {
    SmallVector<MapOp> maps;
    getOperation().walk([&](Operation *op) {
      if (!isa_and_nonnull<SweepOp>(op->getParentOp()))
        return;
      if (auto map = dyn_cast<MapOp>(op))
        maps.push_back(map);
      if (auto stencil = dyn_cast<StencilOp>(op))
        separateWeights(stencil);
    });
    for (MapOp map : maps) {
      StencilCosts costs;
      // Both parts are dear, and no field that is belongs to both.
      while (costs.of(map.getResult()) >= 2 * cost && splitFirst(map, costs))
        costs.forget(map.getResult());
    }
  }

  /// Takes the first part off that is dear enough, if what is left is, too.
  bool splitFirst(MapOp map, StencilCosts &costs) {
    for (Operation &op : map.getBody().front().without_terminator()) {
      if (op.getNumResults() != 1 ||
          op.getResult(0).getType() != map.getType().getElement())
        continue;
      Parts parts(map, &op, costs);
      if (parts.restCost < cost)
        return false;
      if (parts.firstCost >= cost && parts.areApart()) {
        parts.separate();
        return true;
      }
    }
    return false;
  }
};
} // namespace

} // namespace pdec::kernel
