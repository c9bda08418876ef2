//===- OnnxLoops.cpp - repeated blocks and recurrent cells ----------------===//
//
// Both are a Loop: what the block hands to its next pass is the loop's state,
// and what it reads from outside it names. With --unroll, a block with a known
// count is written as often as it runs.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxExporter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace pdec::exporters {

/// As copies, a block may make this many passes.
static constexpr int64_t mostCopies = 1000;

/// A carried value's type; tensors may have any sizes that are not fixed.
ValueType OnnxExporter::typeOf(Value value) {
  Type type = value.getType();
  if (isa<RankedTensorType>(type)) {
    std::vector<Dim> dims(lead, Dim{1, ""});
    for (int64_t size : shapeOf(value))
      dims.push_back({size, ""});
    return {element, dims};
  }
  if (type.isF64())
    return {Element::F64, {}};
  return {type.isInteger(1) ? Element::Bool : Element::I64, {}};
}

/// The count, if it is a number or follows from parameters' defaults.
std::optional<int64_t> OnnxExporter::knownCount(Value count) {
  if (std::optional<int64_t> constant = integerOf(count))
    return constant;
  Operation *op = count.getDefiningOp();
  if (!op)
    return std::nullopt;
  if (auto param = dyn_cast<pde::ParamOp>(op)) {
    int64_t value = cast<IntegerAttr>(param.getInitial()).getInt();
    model.addMetadata("unrolled." + param.getName().str(),
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

//===----------------------------------------------------------------------===//
// Bodies of loops
//===----------------------------------------------------------------------===//

/// The pass, a condition that is not read, and the carried values.
void OnnxExporter::bindArguments(Block &block, OnnxGraph &body) {
  Name pass = model.unique("pass");
  body.addInput(pass, {Element::I64, {}});
  body.addInput(model.unique("goes_on"), {Element::Bool, {}});
  names[block.getArgument(0)] = pass;
  for (BlockArgument argument : block.getArguments().drop_front()) {
    names[argument] = model.unique("state");
    body.addInput(names[argument], typeOf(argument));
  }
}

/// A body that holds loops with conditions carries whether all of them, in all
/// passes, ended by theirs.
void OnnxExporter::carryEndings(OnnxGraph &body, std::vector<Name> &inits,
                                std::vector<Ending> inner) {
  for (Ending &ending : inner) {
    Name state = model.unique("converged");
    body.addInput(state, {Element::Bool, {}});
    Name all = graph->node("And", {state, ending.converged}, {}, "converged");
    body.addOutput(all, {Element::Bool, {}});
    inits.push_back(model.constant(Element::Bool, {}, {1}));
  }
}

/// What copies of a block found of the same loops.
void OnnxExporter::joinEndings(std::vector<Ending> &all,
                               const std::vector<Ending> &copy) {
  if (all.empty())
    all = copy;
  else
    for (auto [known, more] : llvm::zip(all, copy))
      known.converged = graph->node("And", {known.converged, more.converged},
                                    {}, "converged");
}

/// What a loop found of the loops in it is known under its results' names.
void OnnxExporter::takeEndings(ArrayRef<Ending> inner, ArrayRef<Name> results) {
  for (auto [ending, result] : llvm::zip(inner, results))
    endings.push_back({ending.loop, result});
}

//===----------------------------------------------------------------------===//
// Repeat
//===----------------------------------------------------------------------===//

/// What a copy of a block takes over from the one before, or from outside.
void OnnxExporter::handOn(ValueRange from, ValueRange to) {
  std::vector<Name> made;
  std::vector<mlir::Attribute> known;
  for (Value value : from) {
    made.push_back(name(value));
    known.push_back(constantOf(value));
  }
  for (auto [value, text, constant] : llvm::zip(to, made, known)) {
    names[value] = text;
    noteConstant(value, constant);
  }
}

void OnnxExporter::emitUnrolled(net::RepeatOp op, int64_t count) {
  Block &block = op.getBody().front();
  ValueRange state = op.getInits();
  noteCarried(op, op.getInits());
  std::vector<Ending> before = std::exchange(endings, {}), all;
  for (int64_t pass = 0; pass < count && refusal.empty(); ++pass) {
    Value number = block.getArgument(0);
    names[number] = model.integer(pass);
    noteConstant(number, Builder(op.getContext()).getI64IntegerAttr(pass));
    handOn(state, block.getArguments().drop_front());
    emitBlock(block);
    joinEndings(all, std::exchange(endings, {}));
    state = block.getTerminator()->getOperands();
  }
  endings = std::move(before);
  endings.insert(endings.end(), all.begin(), all.end());
  handOn(state, op.getResults());
}

void OnnxExporter::emitRepeat(net::RepeatOp op) {
  if (options.unroll) {
    std::optional<int64_t> count = knownCount(op.getCount());
    if (!count)
      return refuse(op, "the number of passes is computed, so that this block "
                        "cannot be unrolled");
    if (*count > mostCopies)
      return refuse(op, "a block that is repeated " + llvm::Twine(*count) +
                            " times is too long to be unrolled");
    return emitUnrolled(op, *count);
  }
  Block &block = op.getBody().front();
  OnnxGraph body(model, model.unique("repeat_body"));
  OnnxGraph *outside = std::exchange(graph, &body);
  std::vector<Ending> before = std::exchange(endings, {});
  noteCarried(op, op.getInits());
  bindArguments(block, body);
  emitBlock(block);
  Name goesOn = graph->node(
      "Identity", {model.constant(Element::Bool, {}, {1})}, {}, "goes_on");
  body.addOutput(goesOn, {Element::Bool, {}});
  std::vector<Name> inits;
  for (auto [init, yielded] :
       llvm::zip(op.getInits(), block.getTerminator()->getOperands())) {
    inits.push_back(name(init));
    // A value may be handed on twice, or be one from outside.
    Name next = graph->node("Identity", {name(yielded)}, {}, "next");
    body.addOutput(next, typeOf(yielded));
  }
  std::vector<Ending> inner = std::exchange(endings, before);
  carryEndings(body, inits, inner);
  graph = outside;
  std::vector<Name> results =
      graph->loop(name(op.getCount()), "", inits, std::move(body), "repeat");
  for (auto [result, made] : llvm::zip(op.getResults(), results))
    names[result] = made;
  takeEndings(inner, ArrayRef<Name>(results).drop_front(op.getNumResults()));
}

//===----------------------------------------------------------------------===//
// Recur
//===----------------------------------------------------------------------===//

void OnnxExporter::emitRecur(net::RecurOp op) {
  Block &block = op.getBody().front();
  auto until = cast<net::UntilOp>(block.getTerminator());
  OnnxGraph body(model, model.unique("recur_body"));
  OnnxGraph *outside = std::exchange(graph, &body);
  std::vector<Ending> before = std::exchange(endings, {});
  noteCarried(op, op.getInits());
  bindArguments(block, body);
  Name found = model.unique("done");
  emitBlock(block);
  Name done = name(until.getDone());
  body.addOutput(graph->node("Not", {done}, {}, "goes_on"),
                 {Element::Bool, {}});
  std::vector<Name> inits;
  for (auto [init, yielded] : llvm::zip(op.getInits(), until.getValues())) {
    inits.push_back(name(init));
    Name next = graph->node("Identity", {name(yielded)}, {}, "next");
    body.addOutput(next, typeOf(yielded));
  }
  body.addInput(found, {Element::Bool, {}});
  body.addOutput(graph->node("Identity", {done}, {}, "done"),
                 {Element::Bool, {}});
  inits.push_back(model.constant(Element::Bool, {}, {0}));
  std::vector<Ending> inner = std::exchange(endings, before);
  carryEndings(body, inits, inner);
  graph = outside;
  std::vector<Name> results =
      graph->loop(name(op.getMax()), model.constant(Element::Bool, {}, {1}),
                  inits, std::move(body), "recur");
  for (auto [result, made] : llvm::zip(op.getResults(), results))
    names[result] = made;
  Name converged = results[op.getNumResults()];
  takeEndings(inner,
              ArrayRef<Name>(results).drop_front(op.getNumResults() + 1));
  if (!op.getAccept())
    endings.push_back({op, converged});
}

} // namespace pdec::exporters
