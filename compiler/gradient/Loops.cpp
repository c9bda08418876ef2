//===- Loops.cpp - what both ways need of loops ---------------------------===//

#include "compiler/gradient/Loops.h"

#include "compiler/gradient/Fields.h"
#include "compiler/pde/PdeResults.h"
#include "compiler/pde/PdeSolutions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

//===----------------------------------------------------------------------===//
// Passes
//===----------------------------------------------------------------------===//

Operation *cloneOf(OpBuilder &builder, Operation &op, IRMapping &mapping) {
  Operation *made = builder.clone(op, mapping);
  made->walk([](Operation *inner) {
    if (auto steps = dyn_cast<StepsOp>(inner))
      steps.removeEvolutionAttr();
    else if (isa<RecordOp>(inner))
      inner->erase();
  });
  return made;
}

SmallVector<Operation *> clonePass(OpBuilder &builder, Block &body,
                                   IRMapping &mapping) {
  SmallVector<Operation *> made;
  for (Operation &op : body.without_terminator())
    if (!isa<RecordOp>(op))
      made.push_back(cloneOf(builder, op, mapping));
  return made;
}

void addSources(Operation *loop, llvm::SetVector<Value> &values,
                function_ref<void(Value)> reach) {
  for (size_t done = 0; done < values.size(); ++done) {
    Value value = values[done];
    reach(value);
    Operation *op = value.getDefiningOp();
    if (op && loop->isProperAncestor(op))
      op->walk([&](Operation *inner) {
        values.insert(inner->operand_begin(), inner->operand_end());
      });
  }
}

//===----------------------------------------------------------------------===//
// Loops with a condition
//===----------------------------------------------------------------------===//

bool isFixedPoint(FixpointOp op) {
  Block &body = op.getBody().front();
  if (op.getAccept() || !body.getArgument(0).use_empty() ||
      !llvm::all_of(op.getResultTypes(), llvm::IsaPred<FieldType>))
    return false;
  // Numbers that the values it carries are made of.
  llvm::SetVector<Value> needed;
  auto until = cast<UntilOp>(body.getTerminator());
  needed.insert(until.getValues().begin(), until.getValues().end());
  bool isLinearSoFar = true;
  addSources(op, needed, [&](Value value) {
    auto reduce = value.getDefiningOp<ReduceOp>();
    if (reduce && reduce->getBlock() == &body)
      isLinearSoFar &= reduce.getKind() == Reduction::Sum;
  });
  return isLinearSoFar;
}

/// Makes a loop with a condition count its passes as its last result.
static void addCount(FixpointOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  SmallVector<Value> inits(op.getInits());
  inits.push_back(Fields(builder, loc).integer(0));
  auto made = builder.create<FixpointOp>(
      loc, ValueRange(inits).getTypes(), op.getMax(), inits, op.getLoop(),
      op.getWhat(), op.getMeasure(), op.getLine(), op.getAccept());
  made.getBody().takeBody(op.getBody());
  Block &body = made.getBody().front();
  Value before = body.addArgument(builder.getI64Type(), loc);
  builder.setInsertionPoint(body.getTerminator());
  Value after = builder.create<arith::AddIOp>(loc, before,
                                              Fields(builder, loc).integer(1));
  cast<UntilOp>(body.getTerminator()).getValuesMutable().append(after);
  op.replaceAllUsesWith(made.getResults().drop_back());
  op.erase();
}

void countPasses(ModuleOp module) {
  SmallVector<FixpointOp> loops;
  module.walk([&](FixpointOp op) {
    if (!isFixedPoint(op))
      loops.push_back(op);
  });
  for (FixpointOp op : loops)
    addCount(op);
}

//===----------------------------------------------------------------------===//
// Fixed points
//===----------------------------------------------------------------------===//

FixedPass::FixedPass(OpBuilder &builder, FixpointOp loop,
                     const Activity &outside)
    : activity(outside) {
  Block &body = loop.getBody().front();
  IRMapping mapping;
  mapping.map(body.getArguments().drop_front(), loop.getResults());
  for (Value result : loop.getResults())
    activity.add(result);
  operations = clonePass(builder, body, mapping);
  for (Operation *op : operations)
    activity.follow(*op);
  for (Value value : cast<UntilOp>(body.getTerminator()).getValues())
    made.push_back(mapping.lookupOrDefault(value));
}

/// Loops of what is no part of the program yet do not count.
int64_t nextLoop(Operation *op) {
  int64_t number = 0;
  op->getParentOfType<ModuleOp>().walk<WalkOrder::PreOrder>(
      [&](Operation *inner) {
        if (isa<SolutionOp>(inner))
          return WalkResult::skip();
        if (auto loop = dyn_cast<FixpointOp>(inner))
          number = std::max<int64_t>(number, loop.getLoop() + 1);
        return WalkResult::advance();
      });
  return number;
}

FixedPointLoop::FixedPointLoop(OpBuilder &builder, FixpointOp of,
                               ValueRange starts)
    : builder(builder),
      loop(builder.create<FixpointOp>(of.getLoc(), of.getResultTypes(),
                                      of.getMax(), starts, nextLoop(of),
                                      of.getWhat(), "derivative", of.getLine(),
                                      /*accept=*/false)) {}

ValueRange FixedPointLoop::open() {
  Block *body = builder.createBlock(&loop.getBody());
  body->addArgument(builder.getI64Type(), loop.getLoc());
  for (Type type : loop.getResultTypes())
    body->addArgument(type, loop.getLoc());
  return body->getArguments().drop_front();
}

void FixedPointLoop::close(ValueRange next) {
  Location loc = loop.getLoc();
  Fields fields(builder, loc);
  Value change = fields.number(0), size = fields.number(0);
  auto larger = [&](Value a, Value field) -> Value {
    return builder.create<arith::MaximumFOp>(loc, a, fields.largest(field));
  };
  for (auto [before, after] :
       llvm::zip(loop.getBody().getArguments().drop_front(), next)) {
    change = larger(change, fields.subtract(after, before));
    size = larger(size, after);
  }
  Type element = cast<FieldType>(next.front().getType()).getElement();
  double unit = element.isF64() ? 0x1p-52 : 0x1p-23;
  Value bound = fields.multiply(size, fields.number(64 * unit));
  Value done = builder.create<arith::CmpFOp>(loc, arith::CmpFPredicate::OLE,
                                             change, bound);
  builder.create<UntilOp>(loc, done, change, bound, next);
}

} // namespace pdec::gradient
