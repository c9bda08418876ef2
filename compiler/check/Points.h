//===- Points.h - fields at points between their cells ----------*- C++ -*-===//

#ifndef PDEC_CHECK_POINTS_H
#define PDEC_CHECK_POINTS_H

#include "compiler/check/Arguments.h"
#include "compiler/check/Arithmetic.h"

namespace pdec {

/// Linear interpolation of a field at a point, and its transpose. Has no data
/// of its own; poison and null mean an error that has been reported.
class Points {
public:
  Points(NodeBuilder &nodes, Reporter &reporter, Rules &rules, Beyond &beyond,
         Arithmetic &arithmetic)
      : nodes(nodes), reporter(reporter), rules(rules), beyond(beyond),
        arithmetic(arithmetic) {}

  /// at(u, [x, y]): a number, or a list of such where u is one of fields, or
  /// the point one of points.
  Value at(const std::vector<const Given *> &given);
  /// spread(value, [x, y], X): the field s of the cells of X, or of a field, of
  /// which sum(s*u) is value*at(u, [x, y]), but for the values of sides.
  Value spread(const std::vector<const Given *> &given, SourceRange range);

private:
  /// What a point reads along an axis: two cells, whose numbers are Real, with
  /// their weights, and a number from beyond the sides, or null.
  struct Neighbours {
    NodeRef cells[2], weights[2], beyond;
  };

  Value at(const Value &value, const Given &point, SourceRange range);
  NodeRef sharesOf(const std::vector<Neighbours> &axes, const Grid &grid,
                   SourceRange range);
  NodeRef valueAt(const NodeRef &field, const std::vector<Neighbours> &axes,
                  SourceRange range);
  bool coordinatesOf(const Given &point, const Grid &grid,
                     std::vector<NodeRef> &result);
  std::vector<Neighbours> neighboursOf(const std::vector<NodeRef> &point,
                                       const Grid &grid, const RuleRef &rule,
                                       SourceRange range);
  Neighbours alongCircle(const NodeRef &place, const NodeRef &size,
                         SourceRange range);
  Neighbours between(const NodeRef &place, const NodeRef &size,
                     const Grid &grid, size_t axis, const RuleRef &rule,
                     SourceRange range);
  NodeRef valueOf(const Grid &grid, size_t axis, bool isHigh,
                  const RuleRef &rule, SourceRange range);
  NodeRef endOf(const Grid &grid, size_t axis, bool isHigh, const RuleRef &rule,
                SourceRange range);

  NodeBuilder &nodes;
  Reporter &reporter;
  Rules &rules;
  Beyond &beyond;
  Arithmetic &arithmetic;
};

} // namespace pdec

#endif // PDEC_CHECK_POINTS_H
