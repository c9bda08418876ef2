//===- SchemeLoops.cpp - loops, and where their nodes go ------------------===//
//
// A loop's body holds what depends on its arguments or its index, and nothing
// else: what does not is computed before it, once. `levels` are the loops
// around what is being emitted, outermost first, with the block of each and,
// where a loop is being emitted into that block, the operation before which
// other things go.
//
//===----------------------------------------------------------------------===//

#include "compiler/scheme/Pointwise.h"
#include "compiler/scheme/SchemeGenerator.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace pdec::pde {

void Generator::countUses(const NodeRef &node, std::set<const void *> &seen) {
  ++uses[node.get()];
  if (!seen.insert(node.get()).second)
    return;
  for (const NodeRef &arg : node->args)
    countUses(arg, seen);
  bool isDerivative =
      node->kind == NodeKind::Gradient || node->kind == NodeKind::Derivative;
  bool isUnique = isDerivative && (node->args[1]->kind == NodeKind::Param ||
                                   node->args[1]->kind == NodeKind::Input);
  if (isDerivative && !isUnique)
    variables.insert(node->args[1].get());
  if (node->loop && seen.insert(node->loop.get()).second)
    node->loop->forEachOperand(
        [&](const NodeRef &operand) { countUses(operand, seen); });
}

/// The loops whose arguments a node depends on and that do not end before it.
const std::set<const Loop *> &Generator::loopsOf(const Node &node) {
  auto found = needed.find(&node);
  if (found != needed.end())
    return found->second;
  std::set<const Loop *> result;
  auto add = [&](const NodeRef &arg) {
    const auto &more = loopsOf(*arg);
    result.insert(more.begin(), more.end());
  };
  node.forEachOperand(add);
  if (node.enclosing)
    result.insert(node.enclosing);
  // A result of a loop depends on what is around it, not on its passes.
  if (node.loop)
    result.erase(node.loop.get());
  return needed[&node] = std::move(result);
}

const Generator::Level &
Generator::levelOf(const std::set<const Loop *> &loops) {
  for (auto level = levels.rbegin(); level != levels.rend(); ++level)
    if (!level->loop || loops.count(level->loop))
      return *level;
  llvm_unreachable("the program itself needs no loop");
}

void Generator::enter(const std::set<const Loop *> &loops) {
  const Level &level = levelOf(loops);
  if (level.before)
    builder.setInsertionPoint(level.before);
  else
    builder.setInsertionPointToEnd(level.block);
}

Operation *Generator::createLoop(const Loop &loop, Value count,
                                 ValueRange inits) {
  Location loc = location(loop.range);
  if (!loop.until)
    return builder.create<StepsOp>(loc, inits.getTypes(), count, inits,
                                   loop.isEvolution);
  int64_t line = 0;
  if (loop.reported)
    line = loop.reported.file->position(loop.reported.begin).line;
  std::string name = loop.names.front();
  return builder.create<FixpointOp>(
      loc, inits.getTypes(), count, inits, loop.number,
      StringRef(name).split('.').first, loop.measureName, line, loop.accepts);
}

/// The body's operations, and what they need from around it, which goes before
/// the loop, at each level.
void Generator::emitBody(const Loop &loop, Operation *op, Block &body) {
  std::vector<Operation *> befores;
  // Restored at the end: bodies nest.
  for (Level &level : levels)
    befores.push_back(level.before);
  for (Level &level : levels)
    if (level.block == op->getBlock())
      level.before = op;
  levels.push_back({&loop, &body, nullptr});
  bodies[&loop] = &body;
  llvm::SmallVector<Value> yields;
  for (const NodeRef &yield : loop.yields)
    yields.push_back(emit(yield));
  Value until, measure, bound;
  if (loop.until) {
    until = emit(loop.until);
    measure = emit(loop.measure);
    bound = emit(loop.bound);
  }
  builder.setInsertionPointToEnd(&body);
  Location loc = location(loop.range);
  if (loop.until)
    builder.create<UntilOp>(loc, until, measure, bound, yields);
  else
    builder.create<YieldOp>(loc, yields);
  levels.pop_back();
  for (auto [level, before] : llvm::zip(levels, befores))
    level.before = before;
}

Operation *Generator::emitLoop(const Loop &loop) {
  if (Operation *known = loops.lookup(&loop))
    return known;
  Value count = emit(loop.count);
  llvm::SmallVector<Value> inits;
  for (const NodeRef &init : loop.inits)
    inits.push_back(emit(init));
  std::set<const Loop *> around;
  loop.forEachOperand([&](const NodeRef &node) {
    around.insert(loopsOf(*node).begin(), loopsOf(*node).end());
  });
  // It belongs where all that it reads is known.
  around.erase(&loop);
  enter(around);
  Operation *op = createLoop(loop, count, inits);
  Block &body = op->getRegion(0).emplaceBlock();
  Location loc = location(loop.range);
  body.addArgument(builder.getI64Type(), loc);
  for (Value init : inits)
    body.addArgument(init.getType(), loc);
  emitBody(loop, op, body);
  return loops[&loop] = op;
}

/// A function as a region, where all that it reads is known.
Value Generator::emitRate(const Node &node, Location loc) {
  const Loop &function = *node.loop;
  enter(loopsOf(node));
  auto kind = static_cast<RateKind>(node.rate);
  auto op = builder.create<RateOp>(loc, builder.getF64Type(), kind);
  Block &body = op.getBody().emplaceBlock();
  body.addArgument(fieldType(function.types[0]), loc);
  emitBody(function, op, body);
  return op;
}

} // namespace pdec::pde
