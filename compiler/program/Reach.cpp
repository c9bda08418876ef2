//===- Reach.cpp - which cells a function couples -------------------------===//

#include "compiler/program/Reach.h"

#include <algorithm>
#include <cstdlib>

using namespace pdec;

int Reach::distance(size_t axis) const {
  return std::max(std::abs(low[axis]), std::abs(high[axis]));
}

Reach Reach::ofCell(size_t rank) {
  Reach reach;
  reach.low.assign(rank, 0);
  reach.high.assign(rank, 0);
  return reach;
}

Reach Reach::ofNeighbours(size_t rank) {
  Reach reach;
  reach.low.assign(rank, -1);
  reach.high.assign(rank, 1);
  return reach;
}

void Reach::unite(const Reach &other) {
  for (size_t i = 0; i < low.size(); ++i) {
    low[i] = std::min(low[i], other.low[i]);
    high[i] = std::max(high[i], other.high[i]);
  }
  isCross &= other.isCross;
}

static int numAxes(const Reach &reach) {
  int count = 0;
  for (size_t i = 0; i < reach.low.size(); ++i)
    count += reach.distance(i) != 0;
  return count;
}

/// Whether what reaches as far as `a` from where `b` reaches has no offset
/// along two axes at once.
static bool isCrossOf(const Reach &a, const Reach &b) {
  Reach both = a;
  both.unite(b);
  return both.isCross &&
         (numAxes(a) == 0 || numAxes(b) == 0 || numAxes(both) == 1);
}

/// The reach of the transposed function.
static void transpose(Reach &reach) {
  for (size_t i = 0; i < reach.low.size(); ++i) {
    std::swap(reach.low[i], reach.high[i]);
    reach.low[i] = -reach.low[i];
    reach.high[i] = -reach.high[i];
  }
}

/// What reaches as far as `own` from what reaches as far as `argument`.
static Reach composed(Reach own, const Reach &argument) {
  own.isCross = isCrossOf(own, argument);
  for (size_t i = 0; i < own.low.size(); ++i) {
    own.low[i] += argument.low[i];
    own.high[i] += argument.high[i];
  }
  return own;
}

ReachFinder::ReachFinder(const std::vector<NodeRef> &fields)
    : fieldRule(fields.front()->rule),
      rank(fields.front()->type.grid->axes.size()) {
  for (const NodeRef &field : fields)
    known[field.get()] = {true, Reach::ofCell(rank)};
}

const Reach *ReachFinder::of(const NodeRef &node) {
  auto place = known.find(node.get());
  if (place == known.end()) {
    // Operands first: expressions may be deep.
    std::vector<const Node *> open = {node.get()};
    while (!open.empty()) {
      const Node *now = open.back();
      size_t before = open.size();
      now->forEachOperand([&](const NodeRef &operand) {
        if (!known.count(operand.get()))
          open.push_back(operand.get());
      });
      if (open.size() > before)
        continue;
      open.pop_back();
      if (!known.count(now))
        known[now] = find(*now);
    }
    place = known.find(node.get());
  }
  return place->second.depends && !found ? &place->second.reach : nullptr;
}

/// What a tap at `offset` reads beyond a side is made of cells inside: the
/// mirrored one, or the first two, seen from the rows in which that happens.
static void addFolded(int offset, const Rule::AxisSides &sides, int &low,
                      int &high) {
  const Side &side = sides.side(offset > 0);
  if (offset == 0 || side.kind == BoundaryKind::Periodic)
    return;
  int outwards = std::abs(offset) - 1, inwards = outwards;
  if (side.kind == BoundaryKind::Extrapolated)
    inwards = std::max(inwards, 1);
  low = std::min(low, offset < 0 ? -outwards : -inwards);
  high = std::max(high, offset < 0 ? inwards : outwards);
}

ReachFinder::Entry ReachFinder::ofStencil(const Node &node,
                                          const Reach &argument) const {
  Reach own = Reach::ofCell(rank);
  // Functions of the fields have no rule of their own.
  const Rule &rule = *(node.continuation ? node.continuation : fieldRule);
  for (const Stencil::Tap &tap : node.stencil->taps) {
    int numOffsets = 0;
    for (size_t i = 0; i < rank; ++i) {
      int low = tap.offset[i], high = tap.offset[i];
      addFolded(tap.offset[i], rule.axes[i], low, high);
      numOffsets += tap.offset[i] != 0;
      own.low[i] = std::min(own.low[i], low);
      own.high[i] = std::max(own.high[i], high);
    }
    own.isCross &= numOffsets <= 1;
  }
  if (node.kind == NodeKind::Adjoint)
    transpose(own);
  return {true, composed(own, argument)};
}

/// What is differentiated couples as far as it reaches itself; the direction is
/// what may depend on the fields.
ReachFinder::Entry ReachFinder::ofLinearisation(const Node &node) {
  Entry value = known[node.args[0].get()];
  Entry direction = known[node.args[2].get()];
  if (value.depends) {
    if (!found)
      found = &node;
    return value;
  }
  ReachFinder inner({node.args[1]});
  const Reach *reach = inner.of(node.args[0]);
  if (inner.found) {
    if (!found)
      found = inner.found;
    return direction;
  }
  if (!reach)
    return {};
  Reach own = *reach;
  if (node.kind == NodeKind::Pullback)
    transpose(own);
  return {true, composed(own, direction.reach)};
}

/// What lies beyond sides is another operator's.
ReachFinder::Entry ReachFinder::ofChannels(const Channels &channels,
                                           Reach reach) const {
  bool isBack = channels.isTransposed;
  for (size_t i = 0; i < rank; ++i) {
    reach.low[i] += isBack ? -channels.last(i) : channels.first[i];
    reach.high[i] += isBack ? -channels.first[i] : channels.last(i);
  }
  reach.isCross &= rank == 1;
  return {true, reach};
}

/// All operands are known.
ReachFinder::Entry ReachFinder::find(const Node &node) {
  Entry result;
  node.forEachOperand([&](const NodeRef &operand) {
    const Entry &entry = known[operand.get()];
    if (!entry.depends)
      return;
    if (result.depends)
      result.reach.unite(entry.reach);
    else
      result = entry;
  });
  if (!result.depends)
    return result;
  switch (node.kind) {
  case NodeKind::Apply:
  case NodeKind::Adjoint:
    return ofStencil(node, result.reach);
  case NodeKind::Derivative:
  case NodeKind::Pullback:
    return ofLinearisation(node);
  case NodeKind::Convolve:
    return ofChannels(*node.channels, result.reach);
  case NodeKind::Along:
  case NodeKind::Reduce:
  case NodeKind::Entry:
  case NodeKind::Rate:
  case NodeKind::Gradient:
  case NodeKind::Restrict:
  case NodeKind::Prolong:
  case NodeKind::LoopResult:
    if (!found)
      found = &node;
    return result;
  default:
    return result; // cell by cell
  }
}
