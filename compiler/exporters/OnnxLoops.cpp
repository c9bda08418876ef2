//===- OnnxLoops.cpp - repeated blocks and recurrent cells ----------------===//
//
// Both are a Loop: what the block hands to its next pass is the loop's state,
// and what it reads from outside it names. With --unroll, a block with a known
// count is written as often as it runs.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxLoops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace pdec::exporters {

/// As copies, a block may make this many passes.
static constexpr int64_t mostCopies = 1000;

void OnnxLoops::outputEndings() {
  for (Ending &ending : endings) {
    Name output =
        build.model.unique(ending.loop.getWhat().str() + "_converged");
    build.graph().rename(ending.converged, output);
    build.model.main().addOutput(output, {Element::Bool, {}},
                                 "false: the loop in line " +
                                     std::to_string(ending.loop.getLine()) +
                                     " reached its limit");
  }
}

//===----------------------------------------------------------------------===//
// Bodies of loops
//===----------------------------------------------------------------------===//

/// A carried value's type; tensors may have any sizes that are not fixed.
ValueType OnnxLoops::typeOf(Value value) {
  ValueType type{elementOf(value.getType()), {}};
  if (!isa<RankedTensorType>(value.getType()))
    return type;
  type.dims.assign(build.lead, Dim{1, ""});
  for (int64_t size : shapes.of(value))
    type.dims.push_back({size, ""});
  return type;
}

/// From now on, nodes are those of a body.
OnnxLoops::Body OnnxLoops::open(const std::string &hint) {
  auto graph =
      std::make_unique<OnnxGraph>(build.model, build.model.unique(hint));
  OnnxGraph &outside = build.makeIn(*graph);
  return {std::move(graph), outside, std::exchange(endings, {}), {}, {}};
}

/// The pass, and a condition that is not read.
Name OnnxLoops::bindPass(Body &body) {
  Name pass = build.model.unique("pass");
  body.graph->addInput(pass, {Element::I64, {}});
  body.graph->addInput(build.model.unique("goes_on"), {Element::Bool, {}});
  return pass;
}

void OnnxLoops::bindState(Body &body, BlockArgument argument) {
  Name state = build.model.unique("state");
  values.setName(argument, state);
  body.graph->addInput(state, typeOf(argument));
}

/// The pass and the carried values.
void OnnxLoops::bindArguments(Body &body, Operation *loop, ValueRange inits) {
  shapes.noteCarried(loop, inits);
  Block &block = loop->getRegion(0).front();
  values.setName(block.getArgument(0), bindPass(body));
  for (BlockArgument argument : block.getArguments().drop_front())
    bindState(body, argument);
}

/// Hands a value to the next pass under a name of its own: it may be handed on
/// twice, or be one from outside.
void OnnxLoops::yield(Body &body, const Name &value, const std::string &hint,
                      const ValueType &type) {
  body.graph->addOutput(build.node("Identity", {value}, {}, hint), type);
}

void OnnxLoops::yieldCarried(Body &body, ValueRange inits, ValueRange next) {
  body.inits = values.namesOf(inits);
  for (Value value : next)
    yield(body, values.name(value), "next", typeOf(value));
}

/// A body that holds loops with conditions carries whether all of them, in all
/// passes, ended by theirs.
void OnnxLoops::carryEndings(Body &body, const std::vector<Ending> &inner) {
  for (const Ending &ending : inner) {
    Name state = build.model.unique("converged");
    body.graph->addInput(state, {Element::Bool, {}});
    body.graph->addOutput(
        build.node("And", {state, ending.converged}, {}, "converged"),
        {Element::Bool, {}});
    body.inits.push_back(build.truth(true));
  }
}

/// Makes the loop, which also carries what is known of the loops in it. Returns
/// what the body itself carries and collects.
std::vector<Name> OnnxLoops::finish(Body &body, const Name &count,
                                    const Name &condition,
                                    const std::string &hint) {
  size_t own = body.inits.size();
  std::vector<Ending> inner = std::exchange(endings, body.endings);
  carryEndings(body, inner);
  for (const auto &[value, type] : body.collected)
    yield(body, value, "collected", type);
  build.makeIn(body.outside);
  std::vector<Name> results =
      build.graph().loop(count, condition, body.inits, std::move(*body.graph),
                         hint, body.collected.size());
  auto first = results.begin() + own;
  for (auto [i, ending] : llvm::enumerate(inner))
    endings.push_back({ending.loop, first[i]});
  results.erase(first, first + inner.size());
  return results;
}

/// The same of a loop whose results are what it carries.
std::vector<Name> OnnxLoops::close(Body &body, Operation *loop,
                                   const Name &count, const Name &condition,
                                   const std::string &hint) {
  std::vector<Name> results = finish(body, count, condition, hint);
  for (auto [result, made] : llvm::zip(loop->getResults(), results))
    values.setName(result, made);
  return results;
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

/// The count, if it is a number or follows from parameters' defaults.
std::optional<int64_t> OnnxLoops::knownCount(Value count) {
  if (std::optional<int64_t> constant = values.integerOf(count))
    return constant;
  Operation *op = count.getDefiningOp();
  if (!op)
    return std::nullopt;
  if (auto param = dyn_cast<pde::ParamOp>(op)) {
    int64_t value = cast<IntegerAttr>(param.getInitial()).getInt();
    build.model.addMetadata("unrolled." + param.getName().str(),
                            std::to_string(value));
    return value;
  }
  if (!isa<arith::AddIOp, arith::SubIOp, arith::MulIOp>(op))
    return std::nullopt;
  auto a = knownCount(op->getOperand(0)), b = knownCount(op->getOperand(1));
  if (!a || !b)
    return std::nullopt;
  return isa<arith::AddIOp>(op)   ? *a + *b
         : isa<arith::SubIOp>(op) ? *a - *b
                                  : *a * *b;
}

/// What copies of a block found of the same loops.
void OnnxLoops::joinEndings(std::vector<Ending> &all,
                            const std::vector<Ending> &copy) {
  if (all.empty())
    all = copy;
  else
    for (auto [known, more] : llvm::zip(all, copy))
      known.converged =
          build.node("And", {known.converged, more.converged}, {}, "converged");
}

void OnnxLoops::emitCopies(net::RepeatOp op, int64_t count) {
  Block &block = op.getBody().front();
  ValueRange state = op.getInits();
  shapes.noteCarried(op, state);
  std::vector<Ending> before = std::exchange(endings, {}), all;
  Builder attributes(op.getContext());
  for (int64_t pass = 0; pass < count && !refusal.isThere(); ++pass) {
    values.setConstant(block.getArgument(0),
                       attributes.getI64IntegerAttr(pass));
    values.handOn(state, block.getArguments().drop_front());
    writeBlock(block);
    joinEndings(all, std::exchange(endings, {}));
    state = block.getTerminator()->getOperands();
  }
  endings = std::move(before);
  endings.insert(endings.end(), all.begin(), all.end());
  values.handOn(state, op.getResults());
}

void OnnxLoops::emitUnrolled(net::RepeatOp op) {
  std::optional<int64_t> count = knownCount(op.getCount());
  if (!count)
    refusal.refuse(op, "the number of passes is computed, so that this block "
                       "cannot be unrolled");
  else if (*count > mostCopies)
    refusal.refuse(op, "a block that is repeated " + llvm::Twine(*count) +
                           " times is too long to be unrolled");
  else
    emitCopies(op, *count);
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

void OnnxLoops::emitRepeat(net::RepeatOp op) {
  if (unroll)
    return emitUnrolled(op);
  Block &block = op.getBody().front();
  Body body = open("repeat_body");
  bindArguments(body, op, op.getInits());
  writeBlock(block);
  yield(body, build.truth(true), "goes_on", {Element::Bool, {}});
  yieldCarried(body, op.getInits(), block.getTerminator()->getOperands());
  close(body, op, values.name(op.getCount()), "", "repeat");
}

/// The last state of its own is whether the condition held.
void OnnxLoops::emitRecur(net::RecurOp op) {
  Block &block = op.getBody().front();
  auto until = cast<net::UntilOp>(block.getTerminator());
  Body body = open("recur_body");
  bindArguments(body, op, op.getInits());
  Name found = build.model.unique("done");
  writeBlock(block);
  Name done = values.name(until.getDone());
  body.graph->addOutput(build.node("Not", {done}, {}, "goes_on"),
                        {Element::Bool, {}});
  yieldCarried(body, op.getInits(), until.getValues());
  body.graph->addInput(found, {Element::Bool, {}});
  yield(body, done, "done", {Element::Bool, {}});
  body.inits.push_back(build.truth(false));
  std::vector<Name> results =
      close(body, op, values.name(op.getMax()), build.truth(true), "recur");
  if (!op.getAccept())
    endings.push_back({op, results.back()});
}

} // namespace pdec::exporters
