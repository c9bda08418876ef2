//===- Dot.cpp - networks as pictures -------------------------------------===//
//
// A node for each block of the network. Padding belongs to the convolution
// that it serves, folding to the transposed one, and factors are written at
// edges. Tensors of coarser grids stand in lower rows, which makes a V-cycle
// the U that it is. What depends on no input, such as the diagonal of an
// operator, is left out.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/Dot.h"
#include "compiler/exporters/DotWriter.h"
#include "compiler/net/NetAlong.h"
#include "compiler/pde/PdeChannels.h"
#include "compiler/pde/PdeResults.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace pdec::exporters {

std::string quoted(llvm::StringRef label) {
  std::string made;
  for (char c : label) {
    if (c == '\n') {
      made += "\\n";
      continue;
    }
    if (c == '"' || c == '\\')
      made += '\\';
    made += c;
  }
  return "\"" + made + "\"";
}

//===----------------------------------------------------------------------===//
// Nodes and edges
//===----------------------------------------------------------------------===//

int DotWriter::node(const std::string &label, const std::string &style,
                    int level) {
  line("n" + std::to_string(nodes) + " [label=" + quoted(label) +
       (style.empty() ? "" : ", " + style) + "];");
  rows[level].push_back(nodes);
  return nodes++;
}

void DotWriter::edge(const Source &from, int to, const std::string &style) {
  if (from.node < 0)
    return;
  auto same = llvm::find_if(edges, [&](const Edge &edge) {
    return edge.from == from.node && edge.to == to && edge.style == style;
  });
  if (same == edges.end())
    edges.push_back({from.node, to, style, {from.factor}});
  else
    same->factors.push_back(from.factor);
}

std::string DotWriter::written(const Edge &edge) {
  std::string attributes = edge.style;
  bool hasFactors = llvm::any_of(
      edge.factors, [](const std::string &factor) { return !factor.empty(); });
  if (hasFactors) {
    std::vector<std::string> factors;
    for (const std::string &factor : edge.factors)
      factors.push_back(factor.empty() ? "1" : factor);
    attributes += (attributes.empty() ? "" : ", ") + std::string("label=") +
                  quoted(llvm::join(factors, " and "));
  }
  return "n" + std::to_string(edge.from) + " -> n" + std::to_string(edge.to) +
         (attributes.empty() ? "" : " [" + attributes + "]") + ";";
}

/// Looks through padding, folding and factors.
Source DotWriter::sourceOf(Value value) {
  Operation *op = value.getDefiningOp();
  if (op && isa<net::PadOp, net::FoldOp>(op))
    return sourceOf(op->getOperand(0));
  auto scale = dyn_cast_or_null<net::ScaleOp>(op);
  if (!scale)
    return {nodeOf.count(value) ? nodeOf.lookup(value) : -1, ""};
  Source source = sourceOf(scale.getX());
  std::string factor = formulaOf(scale.getFactor());
  if (factor == "(-1)")
    source.factor = source.factor.empty() ? "-1" : "-" + source.factor;
  else if (source.factor == "-1")
    source.factor = "-" + factor;
  else
    source.factor += (source.factor.empty() ? "" : "*") + factor;
  return source;
}

void DotWriter::add(Value result, const std::string &label,
                    const std::string &style, ValueRange operands,
                    int levelChange) {
  int level = 0;
  for (Value operand : llvm::reverse(operands))
    if (levelOf.count(operand))
      level = levelOf.lookup(operand);
  level += levelChange;
  int made = node(label, style, level);
  if (result) {
    nodeOf[result] = made;
    levelOf[result] = level;
  }
  // Ways up do not pull the coarser rows up with them.
  for (Value operand : operands)
    edge(sourceOf(operand), made, levelChange < 0 ? "constraint=false" : "");
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// The script's name of an operator, or K, K2, ...
std::string DotWriter::weightsName(net::WeightsOp op) {
  std::string &known = names[op];
  if (known.empty())
    known = nameAt(op.getLoc(), lineOf);
  if (known.empty()) {
    unsigned count = names.size();
    known = count == 1 ? "K" : "K" + std::to_string(count);
  }
  return known;
}

void DotWriter::writeConv(net::ConvOp op) {
  auto weights = op.getWeights().template getDefiningOp<net::WeightsOp>();
  bool restricts = isStrided(op);
  std::string name = restricts ? "restriction" : operatorName(weights);
  std::string label = restricts ? "R" : weightsName(weights);
  label += name.empty() ? "" : ": " + name;
  label += "\nconv " + weightsText(weights);
  if (restricts)
    label += ", stride 2";
  else if (auto pad = op.getX().getDefiningOp<net::PadOp>())
    label += "\n" + sidesText(pad.getMargins());
  add(op.getResult(), label, "shape=box, fillcolor=\"#cfe2f3\"", op.getX(),
      restricts);
}

void DotWriter::writeTranspose(net::ConvTransposeOp op) {
  auto weights = op.getWeights().template getDefiningOp<net::WeightsOp>();
  bool prolongs = isStrided(op);
  std::string label = (prolongs ? "R" : weightsName(weights)) + "': ";
  label += prolongs ? "prolongation\ntransposed, stride 2"
                    : "adjoint\ntransposed conv, same weights";
  add(op.getResult(), label, "shape=box, fillcolor=\"#d9ead3\"", op.getX(),
      prolongs ? -1 : 0);
}

/// One box for all channels, from which those lead that are read.
void DotWriter::writeChannels(net::ConvolveOp op) {
  bool isBack = op.getTransposed();
  pde::ChannelShape shape(op.getExtents(), op.getFirst());
  std::string taps;
  for (int64_t count : shape.taps)
    taps += (taps.empty() ? "" : " x ") + std::to_string(count);
  std::string label = isBack ? "adjoint\ntransposed conv " : "conv ";
  label += std::to_string(isBack ? shape.out() : shape.in()) + " -> " +
           std::to_string(isBack ? shape.in() : shape.out()) + " channels, " +
           taps;
  Value first = op.getResults()[0];
  add(first, label,
      std::string("shape=box, fillcolor=\"") +
          (isBack ? "#d9ead3" : "#cfe2f3") + "\"",
      op.getXs());
  for (Value result : op.getResults().drop_front()) {
    nodeOf[result] = nodeOf.lookup(first);
    levelOf[result] = levelOf.lookup(first);
  }
}

void DotWriter::writeActivation(net::ActivationOp op) {
  std::string name = nameAt(op.getLoc(), lineOf);
  std::string label = name.empty() ? "pointwise" : name;
  Operation *source = op.getXs().front().getDefiningOp();
  bool isFlux = op.getXs().size() == 1 && isa_and_nonnull<net::ConvOp>(source);
  label += isFlux ? ": flux\nactivation" : "\nactivation";
  add(op.getResult(), label,
      "shape=box, style=\"rounded,filled\", "
      "fillcolor=\"#fff2cc\"",
      op.getXs());
}

/// True if factors are a and 1 - a.
static bool areExtrapolation(Value a, Value b) {
  auto first = a.getDefiningOp<net::ScaleOp>();
  auto second = b.getDefiningOp<net::ScaleOp>();
  if (!first || !second)
    return false;
  auto isRest = [](Value rest, Value factor) {
    auto difference = rest.getDefiningOp<arith::SubFOp>();
    return difference && difference.getRhs() == factor &&
           matchPattern(difference.getLhs(), m_OneFloat());
  };
  return isRest(second.getFactor(), first.getFactor()) ||
         isRest(first.getFactor(), second.getFactor());
}

/// The layer that a value comes from, factors and margins apart.
static Operation *layerOf(Value value) {
  Operation *op = value.getDefiningOp();
  while (isa_and_nonnull<net::ScaleOp, net::PadOp, net::FoldOp>(op))
    op = op->getOperand(0).getDefiningOp();
  return op;
}

/// The number of the loop's argument that a value is, or -1.
static int carriedArgument(Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  return argument && isa<net::RepeatOp, net::RecurOp>(
                         argument.getOwner()->getParentOp())
             ? int(argument.getArgNumber())
             : -1;
}

/// Whether a carried value is one of a time step, or of its parts.
static bool isOfEvolution(Value carried) {
  Operation *op = cast<BlockArgument>(carried).getOwner()->getParentOp();
  for (; op; op = op->getParentOp())
    if (auto repeat = dyn_cast<net::RepeatOp>(op))
      if (repeat.getEvolution())
        return true;
  return false;
}

static bool isProlonged(Value value) {
  auto transpose = dyn_cast_or_null<net::ConvTransposeOp>(layerOf(value));
  return transpose && isStrided(transpose);
}

std::string DotWriter::sumLabel(Value a, Value b, bool isSum) {
  if (isProlonged(a) || isProlonged(b))
    return "correction\nadditive U-net skip";
  if (areExtrapolation(a, b))
    return "extrapolating skip\nweights a, 1 - a";
  bool hasCarried = carriedArgument(a) >= 0 || carriedArgument(b) >= 0;
  if (!isSum || !hasCarried)
    return isSum ? "sum" : "difference";
  Value carried = carriedArgument(a) >= 0 ? a : b;
  std::string factor = sourceOf(carried == a ? b : a).factor;
  // The sign is that of R.
  llvm::StringRef size = llvm::StringRef(factor).ltrim('-');
  std::string label = "skip: u + ";
  label += size.empty() || size == "1" || size.contains("...")
               ? "R(u)"
               : size.str() + "*R(u)";
  return isOfEvolution(carried) ? label + "\nidentity = time derivative"
                                : label;
}

void DotWriter::writeSum(Operation *op, Value a, Value b, bool isSum) {
  add(op->getResult(0), sumLabel(a, b, isSum),
      "shape=ellipse, fillcolor=\"#f4cccc\"", {a, b});
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

void DotWriter::writeLayer(Operation &op) {
  if (auto conv = dyn_cast<net::ConvOp>(op))
    return writeConv(conv);
  if (auto transpose = dyn_cast<net::ConvTransposeOp>(op))
    return writeTranspose(transpose);
  if (auto convolve = dyn_cast<net::ConvolveOp>(op))
    return writeChannels(convolve);
  if (auto activation = dyn_cast<net::ActivationOp>(op))
    return writeActivation(activation);
  if (auto sum = dyn_cast<net::AddOp>(op))
    return writeSum(sum, sum.getA(), sum.getB(), true);
  if (auto difference = dyn_cast<net::SubtractOp>(op))
    return writeSum(difference, difference.getA(), difference.getB(), false);
  if (auto repeat = dyn_cast<net::RepeatOp>(op))
    return writeRepeat(repeat);
  if (auto recur = dyn_cast<net::RecurOp>(op))
    return writeRecur(recur);
  if (auto reverse = dyn_cast<net::ReverseOp>(op))
    return writeReverse(reverse);
  if (auto along = dyn_cast<net::AlongOp>(op))
    return add(along.getResult(),
               pde::stringifyAlongKind(along.getKind()).str() +
                   "\nalong axis " + std::to_string(along.getAxis()),
               "shape=box, fillcolor=\"#cfe2f3\"", along.getX());
  if (auto reduce = dyn_cast<net::ReduceOp>(op))
    return add({},
               pde::stringifyReduction(reduce.getKind()).str() + "\nreduction",
               "shape=box, style=\"dashed\"", reduce.getXs());
  if (isa<net::PadOp, net::FoldOp, net::ScaleOp>(op))
    levelOf[op.getResult(0)] = levelOf.lookup(op.getOperand(0));
  if (isa<net::CoordinateOp>(op)) {
    add(op.getResult(0), "coordinate", "shape=plaintext", {});
    levelOf[op.getResult(0)] = levelOfGrid(op.getResult(0));
  }
}

void DotWriter::findLevels(ModuleOp module) {
  for (auto grid : module.getOps<pde::GridOp>())
    gridLevels[grid.getSymName()] =
        grid.getParent() ? gridLevels.lookup(*grid.getParent()) + 1 : 0;
  hasLevels = llvm::any_of(gridLevels,
                           [](const auto &grid) { return grid.second > 0; });
  module.walk([&](net::InputOp) { hasInputs = true; });
}

bool DotWriter::isOfData(Operation &op) {
  return !hasInputs || isa<net::RepeatOp, net::RecurOp, net::ReverseOp>(op) ||
         llvm::any_of(op.getOperands(),
                      [&](Value operand) { return levelOf.count(operand); });
}

void DotWriter::writeBlock(Block &block) {
  for (Operation &op : block) {
    if (auto input = dyn_cast<net::InputOp>(op))
      add(input.getResult(), "input " + input.getName().str(),
          "shape=invhouse, fillcolor=white", {});
    else if (auto output = dyn_cast<net::OutputOp>(op))
      add({}, "output " + output.getName().str(),
          "shape=house, fillcolor=white", output.getValue());
    else if (auto number = dyn_cast<pde::NumberOp>(op))
      add({}, "output " + number.getName().str(),
          "shape=house, fillcolor=white", {});
    else if (isOfData(op))
      writeLayer(op);
  }
}

std::string DotWriter::write(ModuleOp module) {
  findLevels(module);
  for (auto program : module.getOps<net::ProgramOp>()) {
    text = "digraph " + quoted(program.getSymName()) + " {\n";
    line("newrank=true;");
    line("node [fontname=\"Helvetica\", fontsize=11, style=filled];");
    line("edge [fontname=\"Helvetica\", fontsize=10];");
    line("graph [fontname=\"Helvetica\", fontsize=11, style=rounded];");
    writeBlock(program.getBody().front());
  }
  // Rows go from left to right in the order of the program.
  if (hasLevels)
    for (auto &[level, row] : rows) {
      std::string chain;
      for (int node : row)
        chain += (chain.empty() ? "n" : " -> n") + std::to_string(node);
      line("{rank=same; " + chain + " [style=invis];}");
    }
  for (const Edge &edge : edges)
    line(written(edge));
  return text + "}\n";
}

std::string exportDot(ModuleOp module, const LineOf &lineOf,
                      const ProvedOf &provedOf) {
  return DotWriter(lineOf, provedOf).write(module);
}

} // namespace pdec::exporters
