//===- SchemeLoops.cpp - loops, and where their nodes go ------------------===//
//
// A loop's body holds what depends on its arguments or its index, and nothing
// else: what does not is computed before it, once. `levels` are the loops
// around what is being emitted, outermost first, with the block of each and,
// where a loop is being emitted into that block, the operation before which
// other things go.
//
//===----------------------------------------------------------------------===//

#include "compiler/pde/PdeResults.h"
#include "compiler/pde/PdeSolutions.h"
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
  bool isDerivative = node->kind == NodeKind::Gradient ||
                      node->kind == NodeKind::Derivative ||
                      node->kind == NodeKind::Pullback;
  bool isUnique = isDerivative && (node->args[1]->kind == NodeKind::Param ||
                                   node->args[1]->kind == NodeKind::Input);
  if (isDerivative && !isUnique)
    variables.insert(node->args[1].get());
  auto countIn = [&](const Loop &loop) {
    if (seen.insert(&loop).second)
      loop.forEachOperand(
          [&](const NodeRef &operand) { countUses(operand, seen); });
  };
  if (node->loop)
    countIn(*node->loop);
  if (node->equation)
    node->equation->forEachFunction(countIn);
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
  if (node.equation) {
    auto addFunction = [&](const Loop &function) {
      function.forEachOperand(add);
      result.erase(&function);
    };
    for (const NodeRef &start : node.equation->starts)
      add(start);
    node.equation->forEachFunction(addFunction);
  }
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
  if (loop.isEvolution || (loop.until && loop.measureName == "evolution"))
    loc =
        NameLoc::get(builder.getStringAttr(llvm::join(loop.names, ", ")), loc);
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

//===----------------------------------------------------------------------===//
// Records
//===----------------------------------------------------------------------===//

/// Notes down values at the builder's level.
void Generator::emitRecord(const Recording &recording,
                           const std::vector<NodeRef> &values, Value step) {
  llvm::SmallVector<Value> made;
  for (const NodeRef &value : values)
    made.push_back(emit(value));
  builder.setInsertionPointToEnd(levels.back().block);
  const Record &record = program.records[recording.record];
  builder.create<RecordOp>(location(record.range), record.name, step, made);
}

/// Notes down what an evolution starts from. Evolutions with records are
/// statements, so that no loop is around them; others that need their results
/// may be.
void Generator::emitStartRecords(const Loop &loop) {
  for (const Recording &recording : loop.recordings) {
    if (recording.start.empty())
      continue;
    llvm::SmallVector<Value> made;
    for (const NodeRef &value : recording.start)
      made.push_back(emit(value));
    enter({});
    const Record &record = program.records[recording.record];
    Location loc = location(record.range);
    Value none =
        builder.create<arith::ConstantOp>(loc, builder.getI64IntegerAttr(0));
    builder.create<RecordOp>(loc, record.name, none, made);
  }
}

/// A block that is passed through once where `step` is one of those to be
/// noted down: a loop with a pass or none.
Block &Generator::openWhereDue(const Recording &recording, Value step,
                               Location loc) {
  auto number = [&](int64_t value) -> Value {
    return builder.create<arith::ConstantOp>(loc,
                                             builder.getI64IntegerAttr(value));
  };
  Value one = number(1), none = number(0);
  Value every = builder.create<arith::MaxSIOp>(loc, emit(recording.every), one);
  Value rest = builder.create<arith::RemSIOp>(loc, step, every);
  Value isDue =
      builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, rest, none);
  Value count = builder.create<arith::SelectOp>(loc, isDue, one, none);
  auto due = builder.create<StepsOp>(loc, TypeRange(), count, ValueRange(),
                                     /*evolution=*/false);
  Block &block = due.getBody().emplaceBlock();
  block.addArgument(builder.getI64Type(), loc);
  return block;
}

/// What has been made in a block is not known outside it.
void Generator::forget(Block &block) {
  auto isInside = [&](Operation *op) {
    return op && block.findAncestorOpInBlock(*op);
  };
  auto forgetIn = [&](auto &known) {
    llvm::SmallVector<std::decay_t<decltype(known.begin()->first)>> gone;
    for (auto &[key, value] : known)
      if (isInside(value.getDefiningOp()))
        gone.push_back(key);
    for (const auto &key : gone)
      known.erase(key);
  };
  forgetIn(values);
  forgetIn(stencils);
  forgetIn(outsides);
  forgetIn(identities);
  auto forgetMade = [&](auto &known) {
    llvm::SmallVector<std::decay_t<decltype(known.begin()->first)>> gone;
    for (auto &[key, op] : known)
      if (isInside(op))
        gone.push_back(key);
    for (const auto &key : gone)
      known.erase(key);
  };
  forgetMade(loops);
  forgetMade(solutions);
  forgetMade(convolutions);
}

/// Notes down what a pass has made. What only records need is computed when
/// they need it.
void Generator::emitRecordings(const Loop &loop, Block &body) {
  for (const Recording &recording : loop.recordings) {
    if (recording.after.empty())
      continue;
    Location loc = location(program.records[recording.record].range);
    emit(recording.every);
    builder.setInsertionPointToEnd(&body);
    Value one =
        builder.create<arith::ConstantOp>(loc, builder.getI64IntegerAttr(1));
    Value step = builder.create<arith::AddIOp>(loc, body.getArgument(0), one);
    Block &block = openWhereDue(recording, step, loc);
    levels.back().block = &block;
    emitRecord(recording, recording.after, step);
    builder.create<YieldOp>(loc, ValueRange());
    levels.back().block = &body;
    forget(block);
  }
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
  emitRecordings(loop, body);
  builder.setInsertionPointToEnd(&body);
  Location loc = location(loop.range);
  if (loop.until)
    builder.create<UntilOp>(loc, until, measure, bound, yields);
  else if (isa<SolutionOp>(op))
    builder.create<GiveOp>(loc, yields);
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
  emitStartRecords(loop);
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

/// Fills a region of `op` with a function.
void Generator::emitFunction(const Loop &function, Operation *op,
                             Region &region, Location loc) {
  Block &body = region.emplaceBlock();
  for (const pdec::Type &type : function.types)
    body.addArgument(fieldType(type), loc);
  emitBody(function, op, body);
}

/// The unknowns as found, or, where derivatives may ask for more, an operation
/// that knows the equation.
Value Generator::emitSolution(const Node &node, Location loc) {
  const Equation &equation = *node.equation;
  if (!equation.residual)
    return emit(node.args[0]);
  if (SolutionOp known = solutions.lookup(&equation))
    return known.getResult(node.index);
  llvm::SmallVector<Value> found, starts;
  for (const NodeRef &one : equation.found)
    found.push_back(emit(one));
  for (const NodeRef &one : equation.starts)
    starts.push_back(emit(one));
  auto reason = [&](const std::string &text) {
    return text.empty() ? StringAttr() : builder.getStringAttr(text);
  };
  enter(loopsOf(node));
  auto op = builder.create<SolutionOp>(loc, ValueRange(found).getTypes(), found,
                                       starts, reason(equation.noTangent),
                                       reason(equation.noAdjoint));
  emitFunction(*equation.residual, op, op.getResidual(), loc);
  if (equation.tangent)
    emitFunction(*equation.tangent, op, op.getTangent(), loc);
  if (equation.adjoint)
    emitFunction(*equation.adjoint, op, op.getAdjoint(), loc);
  solutions[&equation] = op;
  return op.getResult(node.index);
}

/// A function as a region, where all that it reads is known.
Value Generator::emitRate(const Node &node, Location loc) {
  const Loop &function = *node.loop;
  enter(loopsOf(node));
  auto kind = static_cast<RateKind>(node.rate);
  auto op = builder.create<RateOp>(loc, builder.getF64Type(), kind);
  emitFunction(function, op, op.getBody(), loc);
  return op;
}

} // namespace pdec::pde
