//===- Hierarchy.cpp - the grids of a hierarchy ---------------------------===//
//
// A grid has a coarser one, made when a field is first restricted to it. Along
// an axis between dirichlet sides it has every second vertex; elsewhere a cell
// for two. Fields keep their boundary rules and values there.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Hierarchy.h"

#include <optional>

using namespace pdec;

//===----------------------------------------------------------------------===//
// Coarser grids
//===----------------------------------------------------------------------===//

/// X.1, X.2, ...
static std::string coarseName(const Grid &fine) {
  int level = 1;
  const Grid *root = &fine;
  for (; root->parent; root = root->parent)
    ++level;
  return root->name + "." + std::to_string(level);
}

/// How an axis is coarsened; nothing if it cannot be.
static std::optional<CoarseningKind> coarseningOf(const Axis &axis) {
  bool low = axis.low.kind == BoundaryKind::Dirichlet;
  bool high = axis.high.kind == BoundaryKind::Dirichlet;
  if (low != high)
    return std::nullopt;
  return low ? CoarseningKind::Vertex : CoarseningKind::Cell;
}

const Grid *Hierarchy::coarseGrid(const Grid *fine, SourceRange range) {
  const Grid *&known = coarseGrids[fine];
  if (known)
    return known;
  if (fine->isFewer()) {
    reporter.error(Error::FewerCoarsened, range, fine->name);
    return nullptr;
  }
  auto owned = std::make_unique<Grid>();
  Grid &grid = *owned;
  grid.name = coarseName(*fine);
  grid.parent = fine;
  grid.range = fine->range;
  for (const Axis &from : fine->axes) {
    std::optional<CoarseningKind> kind = coarseningOf(from);
    if (!kind) {
      reporter.error(Error::NotCoarsened, range, fine->name, from.name)
          .note(fine->range, std::string("its low side is ") +
                                 meaningOf(from.low.kind).keyword +
                                 ", its high side " +
                                 meaningOf(from.high.kind).keyword +
                                 ": only one of both has a vertex at its end");
      return nullptr;
    }
    Axis axis = from;
    axis.size.reset();
    axis.coarsening = *kind;
    axis.spacing =
        nodes.binary(NodeKind::Mul, nodes.real(2, range), from.spacing, range);
    // The first coarse cell: the second vertex, or two cells' middle; around a
    // circle, the first vertex.
    if (from.low.kind != BoundaryKind::Periodic) {
      NodeRef shift = *kind == CoarseningKind::Vertex
                          ? from.spacing
                          : nodes.binary(NodeKind::Mul, nodes.real(0.5, range),
                                         from.spacing, range);
      axis.first = nodes.binary(NodeKind::Add, from.first, shift, range);
    }
    grid.axes.push_back(std::move(axis));
  }
  known = addGrid(std::move(owned));
  for (Axis &axis : const_cast<Grid *>(known)->axes)
    for (Side *side : {&axis.low, &axis.high})
      for (NodeRef *node : {&side->value, &side->a, &side->b})
        if (*node)
          *node = nodes.onGrid(*node, known);
  return known;
}

/// The restriction to a coarse grid as a stencil: along each axis [1 2 1]/4
/// around a vertex, or [1 1]/2 over two cells. Prolongation shares it.
static std::shared_ptr<const Stencil> transferStencil(NodeBuilder &nodes,
                                                      const Grid &coarse) {
  struct Tap {
    std::vector<int> offset;
    double weight;
  };
  std::vector<Tap> taps = {{{}, 1}};
  double scale = 1;
  for (const Axis &axis : coarse.axes) {
    bool isRing = axis.low.kind == BoundaryKind::Periodic;
    bool isVertex = isRing || axis.coarsening == CoarseningKind::Vertex;
    std::vector<double> weights = {1, 1};
    if (isVertex)
      weights = {1, 2, 1};
    scale /= isVertex ? 4 : 2;
    std::vector<Tap> longer;
    for (const Tap &tap : taps)
      for (size_t i = 0; i < weights.size(); ++i) {
        longer.push_back(tap);
        longer.back().offset.push_back(int(i) - isRing);
        longer.back().weight *= weights[i];
      }
    taps = std::move(longer);
  }
  auto result = std::make_shared<Stencil>();
  for (const Tap &tap : taps)
    result->taps.push_back({tap.offset, nodes.real(tap.weight)});
  result->scale = nodes.real(scale);
  return result;
}

/// A restriction to `coarse`, or a prolongation from it, with its result on the
/// grid `to`.
NodeRef Hierarchy::transfer(NodeKind kind, const NodeRef &field,
                            const Grid *coarse, RuleRef rule,
                            SourceRange range) {
  std::shared_ptr<const Stencil> &stencil = transfers[coarse];
  if (!stencil)
    stencil = transferStencil(nodes, *coarse);
  Node node;
  node.kind = kind;
  node.type = cellsOf(rule->grid);
  node.range = range;
  node.args = {field};
  node.stencil = stencil;
  node.rule = std::move(rule);
  return nodes.make(std::move(node));
}

/// What has no rule of its own gets that of the grid.
static RuleRef ruleOf(const NodeRef &field, Beyond &beyond, Rules &rules) {
  Continuation now = beyond.continuationOf(field);
  return now.kind == Continuation::ByRule ? now.rule
                                          : rules.ofGrid(field->type.grid);
}

/// Whether a field goes to another grid; reports it if it does not.
static bool isOnCells(const NodeRef &field, SourceRange range,
                      Reporter &reporter) {
  if (!hasRows(field->type))
    return true;
  reporter.error(Error::NotOnCells, range, "a field that goes to another grid")
      .help("the adjoint of an operator leads from faces to cells");
  return false;
}

NodeRef Hierarchy::restricted(const NodeRef &field, bool homogeneous,
                              SourceRange range) {
  if (!field || !isOnCells(field, range, reporter))
    return nullptr;
  const Grid *coarse = coarseGrid(field->type.grid, range);
  if (!coarse)
    return nullptr;
  RuleRef rule = rules.coarser(ruleOf(field, beyond, rules), coarse);
  if (homogeneous)
    rule = rules.homogeneous(rule);
  return transfer(NodeKind::Restrict, field, coarse, rule, range);
}

/// 2^d R' e, the interpolation of a field that is zero beyond dirichlet sides.
NodeRef Hierarchy::prolonged(const NodeRef &field, SourceRange range) {
  if (!field || !isOnCells(field, range, reporter))
    return nullptr;
  const Grid *coarse = field->type.grid;
  if (!coarse->parent || coarse->isFewer()) {
    reporter.error(Error::NotCoarse, range);
    return nullptr;
  }
  RuleRef own = ruleOf(field, beyond, rules), rule = rules.finer(own);
  if (!rule)
    rule = rules.ofGrid(coarse->parent);
  NodeRef spread = transfer(NodeKind::Prolong, field, coarse, rule, range);
  double factor = double(1 << coarse->axes.size());
  // Whatever it is multiplied by, it is a field with the rule's own values.
  Node state;
  state.kind = NodeKind::State;
  state.type = spread->type;
  state.range = range;
  state.rule = spread->rule;
  state.args = {
      nodes.binary(NodeKind::Mul, nodes.real(factor, range), spread, range)};
  return nodes.make(std::move(state));
}

//===----------------------------------------------------------------------===//
// Values that move to another grid
//===----------------------------------------------------------------------===//

/// How many coarsenings lead from one grid to another; -1 if none do.
static int distance(const Grid *fine, const Grid *coarse) {
  for (int steps = 0; coarse; coarse = coarse->parent, ++steps)
    if (coarse == fine)
      return steps;
  return -1;
}

/// A field as a coarser grid of its hierarchy sees it: a function of the
/// coordinates is one there as well, all else is restricted.
NodeRef Hierarchy::toCoarser(const NodeRef &node, const Grid *grid,
                             SourceRange range) {
  NodeRef &known = coarser[{node.get(), grid}];
  if (known)
    return known;
  movedNodes.push_back(node);
  NodeRef result = nodes.onGrid(node, grid);
  if (!result && node->type.element == ElementKind::Real) {
    const Grid *parent = grid->parent;
    NodeRef above =
        parent == node->type.grid ? node : toCoarser(node, parent, range);
    if (above)
      result = restricted(above, false, range);
  }
  return coarser[{node.get(), grid}] = result;
}

bool Hierarchy::sameGrid(NodeRef &a, NodeRef &b, SourceRange range) {
  const Grid *first = a->type.grid, *second = b->type.grid;
  if (!first || !second || first == second)
    return true;
  if (first->isFewer() || second->isFewer())
    return bringTogether(a, b, range);
  if (distance(first, second) > 0)
    if (NodeRef moved = toCoarser(a, second, range)) {
      a = moved;
      return true;
    }
  if (distance(second, first) > 0)
    if (NodeRef moved = toCoarser(b, first, range)) {
      b = moved;
      return true;
    }
  reporter.error(Error::GridMismatch, range, first->name, second->name);
  return false;
}

OperatorRef Hierarchy::onGridOf(const OperatorRef &op, const Grid *grid,
                                SourceRange range) {
  if (op->grid == grid)
    return op;
  bool isRelated = !op->grid || distance(op->grid, grid) > 0;
  if (isRelated && op->on)
    return op->on(grid);
  if (isRelated && grid->isFewer())
    reporter.error(Error::UnknownOnGrid, range, "grid of fewer axes")
        .help("spread the field over the operator's grid first: let p on " +
              (op->grid ? op->grid->name : "X") + " = ...");
  else if (isRelated)
    reporter.error(Error::UnknownOnGrid, range, "coarser grid");
  else
    reporter.error(Error::GridMismatch, range, op->grid->name, grid->name);
  return nullptr;
}
