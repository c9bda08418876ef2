//===- Reach.h - which cells a function couples -----------------*- C++ -*-===//
//
// How far from a cell the cells are that an expression needs there of a field.
// Colours tell apart what a function couples: with them, one application of A
// to all cells of a colour gives the diagonal of A in all of them.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PROGRAM_REACH_H
#define PDEC_PROGRAM_REACH_H

#include "compiler/program/Program.h"

#include <unordered_map>

namespace pdec {

/// Offsets from a cell to those that it depends on: a box that has them all.
struct Reach {
  /// The least and the greatest offset along each axis.
  std::vector<int> low, high;
  /// None of the offsets is along two axes at once.
  bool isCross = true;

  /// A cell alone, and its neighbours along each axis.
  static Reach ofCell(size_t rank);
  static Reach ofNeighbours(size_t rank);
  void unite(const Reach &other);
  /// The largest distance along an axis, in cells.
  int distance(size_t axis) const;
};

class ReachFinder {
public:
  /// Of expressions in the cells of these fields, which all have one grid.
  explicit ReachFinder(const std::vector<NodeRef> &fields);

  /// Null if the expression does not depend on the fields, or for another
  /// reason than where its cells are: see obstacle().
  const Reach *of(const NodeRef &node);
  /// The first node whose cells need more of the fields than a box of cells:
  /// a number made of them, a field on another grid, the result of a loop.
  const Node *obstacle() const { return found; }

private:
  RuleRef fieldRule;
  size_t rank;
  const Node *found = nullptr;
  struct Entry {
    bool depends = false;
    Reach reach;
  };
  std::unordered_map<const Node *, Entry> known;

  Entry find(const Node &node);
  Entry ofChannels(const Channels &channels, Reach reach) const;
  Entry ofStencil(const Node &node, const Reach &argument) const;
  Entry ofLinearisation(const Node &node);
};

} // namespace pdec

#endif // PDEC_PROGRAM_REACH_H
