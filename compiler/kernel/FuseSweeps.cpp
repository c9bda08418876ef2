//===- FuseSweeps.cpp - sweeps that follow each other as one --------------===//

#include "compiler/kernel/IsolatedRegion.h"
#include "compiler/kernel/KernelDialect.h"
#include "compiler/kernel/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

#define GEN_PASS_DEF_FUSESWEEPS
#include "compiler/kernel/Passes.h.inc"

//===----------------------------------------------------------------------===//
// What may be fused
//===----------------------------------------------------------------------===//

/// Whether tiles can go over a sweep's grid row by row through several stages:
/// periodic fields would have to be copied, and rows beyond sides belong to no
/// coarser grid.
static bool isOpen(SweepOp sweep) {
  GridOp grid = gridOf(sweep, sweep.type());
  for (unsigned axis = 0; axis < grid.rank(); ++axis)
    if (isPeriodic(grid, axis))
      return false;
  return grid.rank() > 1 && llvm::none_of(sweep->getResultTypes(), [](Type t) {
           return cast<FieldType>(t).hasExtraRows();
         });
}

namespace {

/// How far around a cell its sweep reads at most.
class Reaches {
public:
  int64_t of(SweepOp sweep) {
    int64_t most = 0;
    for (Value value : sweep.getBody().front().getTerminator()->getOperands())
      most = std::max(most, of(value));
    return most;
  }

private:
  llvm::DenseMap<Value, int64_t> known;

  int64_t of(Value value) {
    auto op = value.getDefiningOp<FieldOpInterface>();
    if (!op)
      return 0;
    if (auto place = known.find(value); place != known.end())
      return place->second;
    int64_t most = 0, own = 0;
    for (Value field : op.getReads())
      most = std::max(most, of(field));
    for (unsigned axis = 0; axis < op.getGrid().rank(); ++axis) {
      Reach reach = op.getReachAtSides(axis);
      own = std::max({own, reach.low, reach.high});
    }
    return known[value] = most + own;
  }
};

} // namespace

/// Whether a sweep on a coarser grid does nothing but restrict fields, and
/// maps.
static bool onlyRestricts(SweepOp sweep) {
  return llvm::all_of(sweep.getBody().getOps<FieldOpInterface>(),
                      [](FieldOpInterface op) {
                        return isa<MapOp, RestrictOp>(op.getOperation());
                      });
}

/// Whether a sweep only gives defaults of inputs, and runs if these are needed.
static bool isDeferred(SweepOp sweep) {
  return llvm::any_of(sweep->getUsers(), llvm::IsaPred<InputOp>);
}

/// Whether a sweep on the grid of `first` could go on with its results, or one
/// on the coarser grid.
static bool areGridsAlike(SweepOp first, SweepOp second) {
  FlatSymbolRefAttr grid = first.type().getGrid();
  if (second.type().getGrid() == grid)
    return true;
  GridOp other = gridOf(second, second.type());
  return other.getParentAttr() == grid && onlyRestricts(second);
}

/// Whether the second reads nothing of the first that lies on a coarser grid:
/// what goes down and up again has to be complete in between.
static bool readsOnlyOwnGrid(SweepOp first, SweepOp second) {
  return llvm::none_of(second.getOperands(), [&](Value operand) {
    return operand.getDefiningOp() == first &&
           cast<FieldType>(operand.getType()).getGrid() !=
               first.type().getGrid();
  });
}

/// Whether nothing of a block needs the results of `first` ahead of `second`.
static bool mayMoveTo(SweepOp first, SweepOp second) {
  for (Operation *user : first->getUsers()) {
    Operation *inBlock = first->getBlock()->findAncestorOpInBlock(*user);
    if (!inBlock || (user != second && !second->isBeforeInBlock(inBlock)))
      return false;
  }
  return true;
}

/// The results of the first of two sweeps that others than the second read.
static SmallVector<OpResult> readBesides(SweepOp first, SweepOp second) {
  SmallVector<OpResult> results;
  for (OpResult result : first->getResults())
    if (llvm::any_of(result.getUsers(),
                     [&](Operation *user) { return user != second; }))
      results.push_back(result);
  return results;
}

/// What a sweep of both gives: fields of its own grid first.
static SmallVector<OpResult> resultsOfBoth(SweepOp first, SweepOp second) {
  SmallVector<OpResult> all = readBesides(first, second), results;
  llvm::append_range(all, second->getResults());
  for (bool isOwn : {true, false})
    llvm::copy_if(all, std::back_inserter(results), [&](OpResult result) {
      auto type = cast<FieldType>(result.getType());
      return (type.getGrid() == first.type().getGrid()) == isOwn;
    });
  return results;
}

//===----------------------------------------------------------------------===//
// Two sweeps as one
//===----------------------------------------------------------------------===//

/// Marks what a stencil of another sweep has read from memory.
static void markStored(SweepOp second, Value operand, Value inside) {
  for (auto [argument, given] :
       llvm::zip(second.getBody().getArguments(), second.getOperands()))
    if (given == operand &&
        llvm::any_of(argument.getUsers(), [](Operation *op) {
          auto field = dyn_cast<FieldOpInterface>(op);
          return field && !field.isPointwise();
        }))
      inside.getDefiningOp()->setAttr(storedName,
                                      UnitAttr::get(inside.getContext()));
}

/// Puts `first`, of whose results it reads some, into `second`.
static SweepOp fuse(SweepOp first, SweepOp second) {
  Block &before = first.getBody().front(), &after = second.getBody().front();
  IsolatedRegion both(first.getContext(), [&](Value value) {
    bool isInside =
        value.getParentBlock() == &before || value.getParentBlock() == &after;
    return isInside ? Value() : value;
  });
  for (auto [argument, operand] :
       llvm::zip(before.getArguments(), first.getOperands()))
    both.map(argument, both.bring(operand));
  for (Operation &op : before.without_terminator())
    both.clone(op);
  for (auto [result, value] :
       llvm::zip(first.getResults(), before.getTerminator()->getOperands())) {
    Value inside = both.bring(value);
    both.map(result, inside);
    markStored(second, result, inside);
  }
  for (auto [argument, operand] :
       llvm::zip(after.getArguments(), second.getOperands()))
    both.map(argument, both.bring(operand));
  for (Operation &op : after.without_terminator())
    both.clone(op);
  SmallVector<Value> values, old;
  for (OpResult result : resultsOfBoth(first, second)) {
    Block &block = result.getOwner() == first ? before : after;
    values.push_back(
        block.getTerminator()->getOperand(result.getResultNumber()));
    old.push_back(result);
  }
  OpBuilder builder(second);
  auto made = builder.create<SweepOp>(
      second.getLoc(), ValueRange(old).getTypes(), both.getOperands());
  both.finish<YieldOp>(second.getLoc(), values, made.getBody());
  for (auto [was, is] : llvm::zip(old, made.getResults()))
    was.replaceAllUsesWith(is);
  second.erase();
  first.erase();
  return made;
}

//===----------------------------------------------------------------------===//
// Loops of a few passes
//===----------------------------------------------------------------------===//

/// The sweeps of a loop of which nothing but numbers stands beside them, each
/// pass of which does the same; none if there is more.
static SmallVector<SweepOp> sweepsOf(StepsOp steps) {
  SmallVector<SweepOp> sweeps;
  for (Operation &op : steps.getBody().front().without_terminator()) {
    auto sweep = dyn_cast<SweepOp>(op);
    if (sweep ? !isOpen(sweep) : op.getNumRegions() != 0 || !isPure(&op))
      return {};
    if (sweep)
      sweeps.push_back(sweep);
  }
  return sweeps;
}

/// Puts the passes of a loop in its place.
static void unroll(StepsOp steps, int64_t passes) {
  OpBuilder builder(steps);
  Block &body = steps.getBody().front();
  SmallVector<Value> levels(steps.getInits());
  for (int64_t pass = 0; pass < passes; ++pass) {
    IRMapping mapping;
    mapping.map(body.getArgument(0),
                builder.create<arith::ConstantOp>(
                    steps.getLoc(), builder.getI64IntegerAttr(pass)));
    mapping.map(body.getArguments().drop_front(), levels);
    for (Operation &op : body.without_terminator())
      builder.clone(op, mapping);
    for (auto [level, made] :
         llvm::zip(levels, body.getTerminator()->getOperands()))
      level = mapping.lookupOrDefault(made);
  }
  steps.replaceAllUsesWith(levels);
  steps.erase();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct FuseSweepsPass : impl::FuseSweepsBase<FuseSweepsPass> {
  using FuseSweepsBase::FuseSweepsBase;

  void runOnOperation() override {
    std::vector<StepsOp> loops;
    getOperation().walk([&](StepsOp steps) { loops.push_back(steps); });
    for (StepsOp steps : loops)
      if (auto passes = getConstantIntValue(steps.getCount());
          passes && isPartOfSweep(steps, *passes))
        unroll(steps, *passes);
    getOperation().walk([&](Block *block) {
      if (!isa<SweepOp, MapOp>(block->getParentOp()))
        fuseAll(*block);
    });
  }

  bool isSmall(int64_t rows) const { return rows <= mostRows; }

  bool mayFuse(SweepOp first, SweepOp second) {
    return first->getBlock() == second->getBlock() && isOpen(first) &&
           isOpen(second) && !isDeferred(first) && !isDeferred(second) &&
           areGridsAlike(first, second) && readsOnlyOwnGrid(first, second) &&
           mayMoveTo(first, second) &&
           cast<FieldType>(resultsOfBoth(first, second).front().getType())
                   .getGrid() == first.type().getGrid() &&
           isSmall(Reaches().of(first) + Reaches().of(second));
  }

  /// Whether a loop has few passes, and what it starts from or ends with is a
  /// sweep's that they may be part of.
  bool isPartOfSweep(StepsOp steps, int64_t passes) {
    SmallVector<SweepOp> sweeps = sweepsOf(steps);
    if (sweeps.empty() || steps.getEvolution() || passes < 1 ||
        isa<ReverseOp>(steps->getParentOp()))
      return false;
    int64_t rows = 0;
    for (SweepOp sweep : sweeps)
      rows += std::max<int64_t>(1, Reaches().of(sweep));
    rows *= std::min(passes, mostRows + 1);
    auto isNear = [&](SweepOp sweep) {
      return sweep->getBlock() == steps->getBlock() && isOpen(sweep) &&
             !isDeferred(sweep) && isSmall(rows + Reaches().of(sweep));
    };
    for (Value init : steps.getInits())
      if (auto before = init.getDefiningOp<SweepOp>();
          before && isNear(before) && init.hasOneUse() &&
          areGridsAlike(before, sweeps.front()))
        return true;
    return llvm::any_of(steps->getUsers(), [&](Operation *user) {
      auto after = dyn_cast<SweepOp>(user);
      return after && isNear(after) && areGridsAlike(sweeps.back(), after);
    });
  }

  void fuseAll(Block &block) {
    for (Operation *op = &block.front(); op; op = op->getNextNode())
      while (auto sweep = dyn_cast<SweepOp>(op)) {
        SweepOp first = partOf(sweep);
        if (!first)
          break;
        op = fuse(first, sweep);
      }
  }

  /// A sweep that may be put into this one, or null.
  SweepOp partOf(SweepOp sweep) {
    for (Value operand : sweep.getOperands())
      if (auto first = operand.getDefiningOp<SweepOp>();
          first && mayFuse(first, sweep))
        return first;
    return {};
  }
};
} // namespace

} // namespace pdec::kernel
