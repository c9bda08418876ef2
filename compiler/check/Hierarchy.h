//===- Hierarchy.h - the grids of a hierarchy -------------------*- C++ -*-===//

#ifndef PDEC_CHECK_HIERARCHY_H
#define PDEC_CHECK_HIERARCHY_H

#include "compiler/check/Values.h"
#include "compiler/program/Beyond.h"

#include <functional>
#include <map>

namespace pdec {

/// Owns which grid is the coarser one of which, or has fewer axes, and what has
/// been moved to it. Null results mean an error that has been reported.
class Hierarchy {
public:
  Hierarchy(NodeBuilder &nodes, Reporter &reporter, Rules &rules,
            Beyond &beyond)
      : nodes(nodes), reporter(reporter), rules(rules), beyond(beyond) {}

  /// Takes over a grid that a hierarchy needs; it gets its index.
  std::function<const Grid *(std::unique_ptr<Grid>)> addGrid;
  /// The only grid that the script declares, or null.
  std::function<const Grid *()> onlyGrid;
  /// The first grid of the program, or null.
  std::function<const Grid *()> firstGrid;

  NodeRef restricted(const NodeRef &field, bool isHomogeneous,
                     SourceRange range);
  NodeRef prolonged(const NodeRef &field, SourceRange range);
  /// Brings a field of a finer grid to the coarser grid of the other's; false
  /// (reported) if they are on unrelated grids.
  bool sameGrid(NodeRef &a, NodeRef &b, SourceRange range);
  OperatorRef onGridOf(const OperatorRef &op, const Grid *grid,
                       SourceRange range);

  // FewerAxes.cpp
  /// A grid without some of its axes.
  const Grid *without(const Grid *grid, const std::vector<bool> &isLeftOut);
  /// What is made of the lines of a field along an axis.
  NodeRef along(LineKind kind, const NodeRef &field, int axis,
                SourceRange range);
  /// A field of fewer axes, or a condition, the same along all the others.
  NodeRef spreadTo(const NodeRef &field, const Grid *grid, SourceRange range);

private:
  const Grid *coarseGrid(const Grid *fine, SourceRange range);
  NodeRef transfer(NodeKind kind, const NodeRef &field, const Grid *coarse,
                   RuleRef rule, SourceRange range);
  NodeRef toCoarser(const NodeRef &node, const Grid *grid, SourceRange range);
  bool bringTogether(NodeRef &a, NodeRef &b, SourceRange range);

  NodeBuilder &nodes;
  Reporter &reporter;
  Rules &rules;
  Beyond &beyond;
  std::map<const Grid *, const Grid *> coarseGrids;
  /// By which of a grid's axes are left out.
  std::map<std::pair<const Grid *, std::vector<bool>>, const Grid *> fewerAxes;
  std::map<const Grid *, std::shared_ptr<const Stencil>> transfers;
  std::map<std::pair<const Node *, const Grid *>, NodeRef> coarser;
  std::vector<NodeRef> movedNodes; ///< keeps the keys of `coarser`
};

} // namespace pdec

#endif // PDEC_CHECK_HIERARCHY_H
