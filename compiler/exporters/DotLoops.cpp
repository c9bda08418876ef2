//===- DotLoops.cpp - pictures of repeated blocks and recurrent cells -----===//

#include "compiler/exporters/DotWriter.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace pdec::exporters {

/// The level of a tensor that no data reach: that of the grid whose sizes it
/// takes.
int DotWriter::levelOfGrid(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return levelOf.lookup(value);
  if (auto size = dyn_cast<pde::SizeOp>(op))
    return gridLevels.lookup(size.getGrid());
  for (Value operand : llvm::reverse(op->getOperands()))
    if (isa<RankedTensorType>(operand.getType()) ||
        isa_and_nonnull<pde::SizeOp>(operand.getDefiningOp()))
      return levelOfGrid(operand);
  return 0;
}

/// Whether a loop works on one grid of several: smoothing, or a solver on the
/// coarsest grid.
bool DotWriter::isOnOneLevel(Operation *loop) {
  if (!hasLevels)
    return false;
  bool changesLevel = false;
  loop->walk([&](net::ConvOp conv) {
    changesLevel = changesLevel || isStrided(conv);
  });
  return !changesLevel;
}

/// Such a loop as one node, so that the picture shows the hierarchy.
void DotWriter::writeLoopAsNode(Operation *loop, std::string label) {
  SmallVector<Value> read;
  std::vector<std::string> layers;
  loop->walk([&](Operation *op) {
    for (Value operand : op->getOperands()) {
      bool isOutside =
          !loop->isProperAncestor(operand.getParentBlock()->getParentOp());
      isOutside = isOutside && operand.getParentBlock()->getParentOp() != loop;
      if (isOutside && levelOf.count(operand) &&
          !llvm::is_contained(read, operand))
        read.push_back(operand);
    }
    if (auto conv = dyn_cast<net::ConvOp>(op))
      layers.push_back(
          weightsName(conv.getWeights().getDefiningOp<net::WeightsOp>()));
  });
  std::sort(layers.begin(), layers.end());
  layers.erase(std::unique(layers.begin(), layers.end()), layers.end());
  if (!layers.empty())
    label += "\nof " + llvm::join(layers, ", ");
  int level = levelOfGrid(loop->getOperand(1));
  for (Value operand : read)
    level = levelOf.lookup(operand);
  int made = node(label, "shape=box3d, fillcolor=\"#eeeeee\"", level);
  for (Value operand : read)
    edge(sourceOf(operand), made);
  for (Value result : loop->getResults()) {
    nodeOf[result] = made;
    levelOf[result] = level;
  }
}

/// A cluster: carried tensors enter at the top, and go round by dashed edges.
template <typename Loop>
void DotWriter::writeLoop(Loop op, const std::string &label, ValueRange next) {
  if (isOnOneLevel(op))
    return writeLoopAsNode(op, label);
  Block &block = op.getBody().front();
  line("subgraph cluster" + std::to_string(clusters++) + " {");
  ++indent;
  line("label=" + quoted(label) + ";");
  std::vector<int> states;
  for (auto [init, argument] :
       llvm::zip(op.getInits(), block.getArguments().drop_front())) {
    states.push_back(-1);
    if (!isa<RankedTensorType>(argument.getType()))
      continue;
    std::string state =
        states.size() == 1 ? "u" : "u" + std::to_string(states.size());
    levelOf[argument] =
        levelOf.count(init) ? levelOf.lookup(init) : levelOfGrid(init);
    states.back() = nodeOf[argument] =
        node(state, "shape=circle, fillcolor=white", levelOf[argument]);
    edge(sourceOf(init), states.back());
  }
  writeBlock(block);
  --indent;
  line("}");
  for (auto [value, state, result] : llvm::zip(next, states, op.getResults())) {
    if (state < 0)
      continue;
    Source source = sourceOf(value);
    edge(source, state, "style=dashed, constraint=false");
    nodeOf[result] = source.node;
    levelOf[result] = levelOf.lookup(value);
  }
}

void DotWriter::writeRepeat(net::RepeatOp op) {
  std::string count = formulaOf(op.getCount());
  std::string label = op.getEvolution() ? "time steps: " : "repeated block: ";
  label += count + (count == "1" ? " pass" : " passes, shared weights");
  std::string proved = op.getEvolution() ? provedOf(op) : "";
  if (!proved.empty())
    label += "\nproved: " + proved;
  writeLoop(op, label, op.getBody().front().getTerminator()->getOperands());
}

void DotWriter::writeRecur(net::RecurOp op) {
  auto until = cast<net::UntilOp>(op.getBody().front().getTerminator());
  bool isMeasured =
      op.getMeasure() == "change" || op.getMeasure() == "residual";
  std::string label = "recurrent cell: fixpoint,\nuntil " +
                      (isMeasured ? "the " + op.getMeasure().str() + " is small"
                                  : std::string("its condition holds")) +
                      ", at most " + formulaOf(op.getMax()) + " passes";
  writeLoop(op, label, until.getValues());
}

/// As one node: what goes back is not the network that users draw.
void DotWriter::writeReverse(net::ReverseOp op) {
  writeLoopAsNode(op, "backpropagation through\nthe repeated block: " +
                          formulaOf(op.getCount()) + " passes");
}

} // namespace pdec::exporters
