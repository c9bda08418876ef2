//===- GridCalls.h - built-in fields of grids -------------------*- C++ -*-===//

#ifndef PDEC_CHECK_GRIDCALLS_H
#define PDEC_CHECK_GRIDCALLS_H

#include "compiler/check/Colours.h"

namespace pdec {

/// Calls of what makes fields of grids and moves them between grids. Has no
/// data of its own.
class GridCalls {
public:
  GridCalls(NodeBuilder &nodes, Reporter &reporter, Beyond &beyond,
            Hierarchy &grids, Arithmetic &arithmetic, States &states,
            Names &names, Colours &colours)
      : nodes(nodes), reporter(reporter), beyond(beyond), grids(grids),
        arithmetic(arithmetic), states(states), names(names), colours(colours) {
  }

  /// restrict, prolong, like and parity.
  Value call(Builtin builtin, const std::vector<const Given *> &given,
             SourceRange range);
  /// noise(grid, seed), or noise(seed) where the grid is known.
  Value noise(const std::vector<Given> &given, SourceRange range);

private:
  NodeBuilder &nodes;
  Reporter &reporter;
  Beyond &beyond;
  Hierarchy &grids;
  Arithmetic &arithmetic;
  States &states;
  Names &names;
  Colours &colours;
};

} // namespace pdec

#endif // PDEC_CHECK_GRIDCALLS_H
