//===- Colours.h - colours that tell cells apart ----------------*- C++ -*-===//

#ifndef PDEC_CHECK_COLOURS_H
#define PDEC_CHECK_COLOURS_H

#include "compiler/check/Couplings.h"

namespace pdec {

/// Makes fields of colours. Has no data of its own.
class Colours {
public:
  Colours(NodeBuilder &nodes, Reporter &reporter, Arithmetic &arithmetic,
          Couplings &couplings)
      : nodes(nodes), reporter(reporter), arithmetic(arithmetic),
        couplings(couplings) {}

  /// colour(u, A) and colours(u, A), the number of different ones.
  Value call(Builtin builtin, const std::vector<const Given *> &given,
             SourceRange range);
  /// 0 and 1 by turns, along each axis.
  Value chessboard(const Grid *grid, SourceRange range);

private:
  std::pair<NodeRef, NodeRef> coloursAlong(const Grid *grid, int axis,
                                           int distance, SourceRange range);

  NodeBuilder &nodes;
  Reporter &reporter;
  Arithmetic &arithmetic;
  Couplings &couplings;
};

} // namespace pdec

#endif // PDEC_CHECK_COLOURS_H
