//===- InterpretControl.cpp - calls, loops and conditions -----------------===//
//
// A condition on data is an expression, which no run on symbols can decide.
// Loops that end by one make two passes, the second of which sees whatever many
// would; what depends on their success has no influence on values.
//
//===----------------------------------------------------------------------===//

#include "compiler/symbolic/Interpreter.h"

using namespace mlir;

namespace pdec::symbolic {

std::vector<Lanes>
Interpreter::callFunction(func::FuncOp function,
                          const std::vector<Lane> &arguments) {
  Frame frame;
  mlir::Block &body = function.getBody().front();
  for (auto [argument, lane] : llvm::zip(body.getArguments(), arguments))
    frame[argument] = {lane};
  return runBlock(body, frame);
}

/// Runs a block; what its terminator hands over.
std::vector<Lanes> Interpreter::runBlock(mlir::Block &block, Frame &frame) {
  for (Operation &op : block.without_terminator())
    runOperation(op, frame);
  std::vector<Lanes> results;
  for (Value operand : block.getTerminator()->getOperands())
    results.push_back(frame[operand]);
  return results;
}

template <typename Values>
static void assign(llvm::DenseMap<Value, Lanes> &frame, Values values,
                   ArrayRef<Lanes> lanes) {
  for (auto [value, one] : llvm::zip(values, lanes))
    frame[value] = one;
}

void Interpreter::runFor(scf::ForOp loop, Frame &frame) {
  auto number = [&](Value value) { return frame[value].front().number; };
  std::vector<Lanes> carried;
  for (Value init : loop.getInitArgs())
    carried.push_back(frame[init]);
  const Lane &bound = frame[loop.getUpperBound()].front();
  int64_t end = bound.number, step = number(loop.getStep());
  if (bound.kind != Lane::Integer) {
    // A pass or none, as a condition on data has it: the pass is made.
    decisions.push_back(ExprId(end));
    end = 1;
  }
  for (int64_t i = number(loop.getLowerBound()); i < end; i += step) {
    frame[loop.getInductionVar()] = {integer(i)};
    assign(frame, loop.getRegionIterArgs(), carried);
    carried = runBlock(*loop.getBody(), frame);
  }
  assign(frame, loop.getResults(), carried);
}

/// Whether a loop goes on; what a run cannot know is noted for comparison.
bool Interpreter::continues(const Lane &condition, int64_t &passesBefore) {
  if (condition.kind == Lane::Integer)
    return condition.number;
  // One form may say when to go on, the other when to end.
  const auto &node = expressions.node(condition.number);
  decisions.push_back(node.op == "not" ? node.args[0]
                                       : ExprId(condition.number));
  if (passes == passesBefore)
    llvm::report_fatal_error("a loop on data that counts no passes");
  passesBefore = passes;
  return passes < 2;
}

void Interpreter::runWhile(scf::WhileOp loop, Frame &frame) {
  int64_t outer = passes, before = 0;
  passes = 0;
  std::vector<Lanes> carried;
  for (Value init : loop.getInits())
    carried.push_back(frame[init]);
  for (;;) {
    assign(frame, loop.getBeforeArguments(), carried);
    // The condition comes first, then what it hands on.
    carried = runBlock(*loop.getBeforeBody(), frame);
    Lane condition = carried.front().front();
    carried.erase(carried.begin());
    if (!continues(condition, before))
      break;
    assign(frame, loop.getAfterArguments(), carried);
    carried = runBlock(*loop.getAfterBody(), frame);
  }
  assign(frame, loop.getResults(), carried);
  passes = outer;
}

void Interpreter::runIf(scf::IfOp choice, Frame &frame) {
  Lane condition = frame[choice.getCondition()].front();
  if (condition.kind != Lane::Integer) {
    // Whether a loop has failed: nothing that could reach a value.
    if (choice.getNumResults())
      throw Expressions::Unprovable{"a branch depends on the data"};
    return;
  }
  mlir::Block *block =
      condition.number ? choice.thenBlock() : choice.elseBlock();
  if (block)
    assign(frame, choice.getResults(), runBlock(*block, frame));
}

void Interpreter::runCall(func::CallOp call, Frame &frame) {
  std::vector<Lane> arguments;
  for (Value operand : call.getOperands())
    arguments.push_back(frame[operand].front());
  auto callee = root.lookupSymbol<func::FuncOp>(call.getCallee());
  if (!callee.isDeclaration())
    return assign(frame, call.getResults(), callFunction(callee, arguments));
  Lane result = callRuntime(call.getCallee(), arguments, call.getLoc());
  if (call.getNumResults())
    frame[call.getResult(0)] = {result};
}

bool Interpreter::runControl(Operation &op, Frame &frame) {
  if (auto loop = dyn_cast<scf::ForOp>(op))
    runFor(loop, frame);
  else if (auto loop = dyn_cast<scf::WhileOp>(op))
    runWhile(loop, frame);
  else if (auto choice = dyn_cast<scf::IfOp>(op))
    runIf(choice, frame);
  else if (auto call = dyn_cast<func::CallOp>(op))
    runCall(call, frame);
  else if (auto constant = dyn_cast<func::ConstantOp>(op))
    frame[op.getResult(0)] = {
        {Lane::Function, 0, 0,
         root.lookupSymbol<func::FuncOp>(constant.getValue())}};
  else
    return false;
  return true;
}

} // namespace pdec::symbolic
