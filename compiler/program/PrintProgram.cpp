//===- PrintProgram.cpp - the checked program as text ---------------------===//

#include "compiler/program/Program.h"
#include "compiler/support/NumberText.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <unordered_map>
#include <unordered_set>

using namespace pdec;

namespace {

/// Prints nodes when they are first needed; those of a loop's body inside it.
class Printer {
public:
  explicit Printer(const Program &program) : program(program) {}

  std::string run();

private:
  std::string use(const NodeRef &node);
  std::string emit(const NodeRef &node);
  std::string useAll(const std::vector<NodeRef> &nodes);
  void loop(const Loop &loop);
  std::string rate(const Node &node);
  void body(const Loop &loop, const std::string &name);
  const std::set<const Loop *> &loopsAround(const NodeRef &node);
  void hoist(const NodeRef &node, std::unordered_set<const Node *> &seen);
  void nameArguments(const NodeRef &node, const Loop &loop,
                     const std::string &name,
                     std::unordered_set<const Node *> &seen);
  std::string stencil(const Stencil &stencil);
  std::string text(const Node &node);
  std::string side(const Side &side);
  std::string sides(const Side &low, const Side &high);
  std::string rule(const Rule &rule);
  void grid(const Grid &grid);
  void param(const Param &param);
  void line(const std::string &text) {
    out.append(2 * indent, ' ');
    out += text + "\n";
  }

  const Program &program;
  std::string out;
  int indent = 0;
  int counter = 0;
  std::unordered_map<const Node *, std::string> names;
  std::unordered_map<const Loop *, std::string> loops;
  std::set<const Loop *> open; ///< those whose bodies are being printed
  std::unordered_map<const Node *, std::set<const Loop *>> around;
};

} // namespace

static std::string number(double value) {
  std::string result = fewestDigits(value);
  bool plain = result.find_first_of(".en") == std::string::npos;
  return plain ? result + ".0" : result;
}

static std::string type(const Type &type) {
  constexpr const char *elements[] = {"bool", "int", "real"};
  std::string result = elements[static_cast<int>(type.element)];
  if (!type.isField())
    return result;
  result += " on " + type.grid->name;
  for (size_t i = 0; i < type.low.size(); ++i)
    if (type.low[i] || type.high[i])
      result += " [-" + std::to_string(type.low[i]) + ", +" +
                std::to_string(type.high[i]) + "]";
  return result;
}

/// Null for what is not computed cell by cell.
static const char *pointwiseWord(NodeKind kind) {
  switch (kind) {
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  case NodeKind::NODE:                                                         \
    return #NAME;
#define PDE_EXTREMUM(NAME, NODE, OPERATION, INTEGER_OPERATION, ONNX)           \
  case NodeKind::NODE:                                                         \
    return #NAME;
#define PDE_OPERATOR(NAME, NODE)                                               \
  case NodeKind::NODE:                                                         \
    return #NAME;
#include "compiler/support/Functions.def"
  default:
    return nullptr;
  }
}

static const char *word(NodeKind kind) {
  if (const char *pointwise = pointwiseWord(kind))
    return pointwise;
  switch (kind) {
  case NodeKind::Constant:
    return "constant";
  case NodeKind::Param:
    return "param";
  case NodeKind::GridSize:
    return "size";
  case NodeKind::ToInteger:
    return "integer";
  case NodeKind::Epsilon:
    return "epsilon";
  case NodeKind::LoopIndex:
    return "index";
  case NodeKind::Reduce:
    return "reduce";
  case NodeKind::Entry:
    return "entry";
  case NodeKind::Rate:
    return "rate";
  case NodeKind::Gradient:
    return "gradient";
  case NodeKind::Derivative:
    return "derivative";
  case NodeKind::Pullback:
    return "pullback";
  case NodeKind::Input:
    return "input";
  case NodeKind::Spread:
    return "spread";
  case NodeKind::Coordinate:
    return "coordinate";
  case NodeKind::CellIndex:
    return "cell";
  case NodeKind::Noise:
    return "noise";
  case NodeKind::State:
    return "state";
  case NodeKind::Apply:
    return "apply";
  case NodeKind::Adjoint:
    return "adjoint";
  case NodeKind::Along:
    return "along";
  case NodeKind::Convolve:
    return "convolve";
  case NodeKind::Restrict:
    return "restrict";
  case NodeKind::Prolong:
    return "prolong";
  case NodeKind::LoopArg:
    return "carried";
  case NodeKind::LoopResult:
    return "result";
  default:
    return "";
  }
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

/// The node's name, or the node itself where it is a leaf.
std::string Printer::use(const NodeRef &node) {
  switch (node->kind) {
  case NodeKind::Solution:
    return use(node->args[0]);
  case NodeKind::Constant:
    if (node->type.element == ElementKind::Real)
      return number(node->number);
    if (node->type.element == ElementKind::Bool)
      return node->integer ? "true" : "false";
    return std::to_string(node->integer);
  case NodeKind::Param:
    return program.params[node->index].name;
  case NodeKind::Input:
    return program.inputs[node->index].name;
  case NodeKind::GridSize: {
    const Grid &grid = *program.grids[node->index];
    return "size(" + grid.name + "." + grid.axes[node->axis].name + ")";
  }
  case NodeKind::Coordinate:
    return node->type.grid->name + "." + node->type.grid->axes[node->axis].name;
  default:
    break;
  }
  auto known = names.find(node.get());
  return known != names.end() ? known->second : emit(node);
}

std::string Printer::emit(const NodeRef &node) {
  if (node->kind == NodeKind::LoopResult) {
    loop(*node->loop);
    std::string name = loops[node->loop.get()];
    if (node->loop->names.size() > 1)
      name += "." + node->loop->names[node->index];
    return names[node.get()] = name;
  }
  if (node->kind == NodeKind::Rate)
    return names[node.get()] = rate(*node);
  std::string operands = text(*node);
  std::string name = "%" + std::to_string(counter++);
  line(name + " = " + operands + " : " + type(node->type));
  return names[node.get()] = name;
}

std::string Printer::stencil(const Stencil &stencil) {
  std::string result;
  if (stencil.scale)
    result = use(stencil.scale) + " * ";
  result += "[";
  for (const Stencil::Tap &tap : stencil.taps) {
    result += &tap == &stencil.taps.front() ? "" : ", ";
    for (const int &offset : tap.offset)
      result +=
          (&offset == &tap.offset.front() ? "" : " ") + std::to_string(offset);
    result += ": " + use(tap.weight);
  }
  return result + "]";
}

std::string Printer::text(const Node &node) {
  std::string result = word(node.kind);
  if (node.kind == NodeKind::Reduce) {
    constexpr const char *kinds[] = {" sum", " dot", " min", " max",
                                     " max_abs"};
    result += kinds[static_cast<int>(node.reduction)];
  }
  if (node.kind == NodeKind::CellIndex)
    return "cell " + node.type.grid->name + "." +
           node.type.grid->axes[node.axis].name;
  if (node.stencil)
    result += " " + stencil(*node.stencil);
  if (node.channels)
    result += (node.channels->isTransposed ? " transposed " : " ") +
              std::to_string(node.index) + " of";
  for (size_t i = 0; i < node.args.size(); ++i)
    result += (i == 0 ? " " : ", ") + use(node.args[i]);
  if (node.kind == NodeKind::State)
    result += rule(*node.rule);
  return result;
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// The loops outside of which a node has no value: those whose arguments or
/// index it depends on, but for loops that it contains whole.
const std::set<const Loop *> &Printer::loopsAround(const NodeRef &node) {
  if (auto known = around.find(node.get()); known != around.end())
    return known->second;
  std::set<const Loop *> result;
  if (node->enclosing)
    result.insert(node->enclosing);
  node->forEachOperand([&](const NodeRef &operand) {
    const std::set<const Loop *> &more = loopsAround(operand);
    result.insert(more.begin(), more.end());
  });
  if (node->loop)
    result.erase(node->loop.get());
  return around[node.get()] = std::move(result);
}

/// Before a loop, prints what its body uses but does not change.
void Printer::hoist(const NodeRef &node,
                    std::unordered_set<const Node *> &seen) {
  if (!seen.insert(node.get()).second)
    return;
  const std::set<const Loop *> &needed = loopsAround(node);
  if (std::includes(open.begin(), open.end(), needed.begin(), needed.end())) {
    use(node);
    return;
  }
  node->forEachOperand([&](const NodeRef &operand) { hoist(operand, seen); });
}

/// Names the nodes that stand for a loop's arguments and index.
void Printer::nameArguments(const NodeRef &node, const Loop &loop,
                            const std::string &name,
                            std::unordered_set<const Node *> &seen) {
  if (!seen.insert(node.get()).second)
    return;
  if (node->enclosing == &loop)
    names[node.get()] =
        name + "." +
        (node->kind == NodeKind::LoopIndex ? "index" : loop.names[node->index]);
  node->forEachOperand([&](const NodeRef &operand) {
    nameArguments(operand, loop, name, seen);
  });
}

/// What a loop's body computes.
static std::vector<NodeRef> resultsOf(const Loop &loop) {
  std::vector<NodeRef> results = loop.yields;
  if (loop.until)
    results.push_back(loop.until);
  for (const Recording &recording : loop.recordings) {
    results.push_back(recording.every);
    results.insert(results.end(), recording.after.begin(),
                   recording.after.end());
  }
  return results;
}

std::string Printer::useAll(const std::vector<NodeRef> &nodes) {
  std::string text;
  for (const NodeRef &node : nodes)
    text += (text.empty() ? "" : ", ") + use(node);
  return text;
}

void Printer::loop(const Loop &loop) {
  if (loops.count(&loop))
    return;
  std::unordered_set<const Node *> hoisted;
  for (const NodeRef &yield : resultsOf(loop))
    hoist(yield, hoisted);
  std::string inits;
  for (size_t i = 0; i < loop.inits.size(); ++i)
    inits += (i ? ", " : "") + loop.names[i] + " : " + type(loop.types[i]) +
             " = " + use(loop.inits[i]);
  std::string count = use(loop.count);
  std::string name = "%" + std::to_string(counter++);
  std::string head = loop.isEvolution ? "evolve " : "loop ";
  if (loop.until)
    head = loop.accepts ? "fixpoint, accepted, " : "fixpoint ";
  for (const Recording &recording : loop.recordings)
    if (!recording.start.empty())
      line("record " + std::to_string(recording.record) + ": " +
           useAll(recording.start));
  line(name + " = " + head + count + " times (" + inits + ") {");
  body(loop, name);
  loops[&loop] = name;
}

/// What is asked for, and the function that it is asked of.
std::string Printer::rate(const Node &node) {
  constexpr const char *kinds[] = {"norm", "slowest", "fastest"};
  const Loop &function = *node.loop;
  std::unordered_set<const Node *> hoisted;
  hoist(function.yields[0], hoisted);
  std::string name = "%" + std::to_string(counter++);
  line(name + " = rate " + kinds[static_cast<int>(node.rate)] + " of (" +
       function.names[0] + " : " + type(function.types[0]) + ") {");
  body(function, name);
  return name;
}

void Printer::body(const Loop &loop, const std::string &name) {
  std::unordered_set<const Node *> named;
  for (const NodeRef &yield : resultsOf(loop))
    nameArguments(yield, loop, name, named);
  ++indent;
  open.insert(&loop);
  std::string yields;
  for (const NodeRef &yield : loop.yields)
    yields += (yields.empty() ? "" : ", ") + use(yield);
  if (loop.until) {
    std::string until = use(loop.until);
    line("until " + until);
  }
  line("yield " + yields);
  for (const Recording &recording : loop.recordings)
    if (!recording.after.empty())
      line("record " + std::to_string(recording.record) + " every " +
           use(recording.every) + ": " + useAll(recording.after));
  open.erase(&loop);
  --indent;
  line("}");
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

std::string Printer::side(const Side &side) {
  std::string result = meaningOf(side.kind).keyword;
  for (const NodeRef &node : {side.a, side.b, side.value})
    if (node)
      result += " " + use(node);
  return result;
}

std::string Printer::sides(const Side &lowSide, const Side &highSide) {
  std::string low = side(lowSide), high = side(highSide);
  return low + (low == high ? "" : " .. " + high);
}

/// A field's own rule; nothing where it is that of the grid.
std::string Printer::rule(const Rule &rule) {
  std::string result, ofGrid;
  for (size_t i = 0; i < rule.axes.size(); ++i) {
    const Axis &axis = rule.grid->axes[i];
    std::string name = (i ? ", " : "") + axis.name + ": ";
    result += name + sides(rule.axes[i].low, rule.axes[i].high);
    ofGrid += name + sides(axis.low, axis.high);
  }
  return result == ofGrid ? "" : " with " + result;
}

void Printer::grid(const Grid &grid) {
  for (const Axis &axis : grid.axes) {
    std::string parent;
    if (grid.parent) {
      constexpr const char *kinds[] = {"vertices", "cells", "all"};
      parent = ", " + std::string(kinds[static_cast<int>(axis.coarsening)]) +
               " of " + grid.parent->name;
    }
    std::string both = sides(axis.low, axis.high);
    std::string first = use(axis.first), spacing = use(axis.spacing);
    line("grid " + grid.name + "." + axis.name + ": " + both + ", first " +
         first + ", spacing " + spacing +
         (axis.size ? ", size " + std::to_string(*axis.size) : "") + parent);
  }
}

void Printer::param(const Param &param) {
  std::string text =
      "param " + param.name + (param.isInt ? " : int = " : " : real = ") +
      (param.isInt ? std::to_string(param.integer) : number(param.real));
  if (std::isfinite(param.low) || std::isfinite(param.high))
    text += std::string(" in ") +
            (param.lowOpen || std::isinf(param.low) ? "(" : "[") +
            number(param.low) + ", " + number(param.high) +
            (param.highOpen || std::isinf(param.high) ? ")" : "]");
  line(text);
}

std::string Printer::run() {
  line("program " + program.name);
  for (const Param &p : program.params)
    param(p);
  for (const auto &g : program.grids)
    grid(*g);
  for (const Input &input : program.inputs) {
    std::string initial = input.initial ? " = " + use(input.initial) : "";
    line("input " + input.name + " : " + type(input.type) +
         (input.rule ? rule(*input.rule) : "") + initial);
  }
  for (const NodeRef &requirement : program.requirements)
    use(requirement);
  for (const Output &output : program.outputs) {
    std::string value = use(output.value);
    line("output " + output.name + " = " + value);
  }
  for (const Record &record : program.records) {
    std::string value = use(record.evolved);
    line("record " + record.name + " of " + value);
  }
  return out;
}

std::string pdec::printProgram(const Program &program) {
  return Printer(program).run();
}
