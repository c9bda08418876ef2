//===- Linearisations.h - functions, linearised -----------------*- C++ -*-===//

#ifndef PDEC_CHECK_LINEARISATIONS_H
#define PDEC_CHECK_LINEARISATIONS_H

#include "compiler/check/Calls.h"
#include "compiler/check/Hierarchy.h"

#include <map>

namespace pdec {

/// Calls of linearised(A, u, v), what A, linearised at u, makes of v, and of
/// transposed(A, u, w), the transpose of that. On coarser grids of a hierarchy
/// A is discretised anew, and u restricted. Owns what A makes of each u.
class Linearisations {
public:
  Linearisations(NodeBuilder &nodes, Reporter &reporter, Rules &rules,
                 Beyond &beyond, Hierarchy &grids, Arithmetic &arithmetic,
                 States &states, Freezing &freezing, Calls &calls)
      : nodes(nodes), reporter(reporter), rules(rules), beyond(beyond),
        grids(grids), arithmetic(arithmetic), states(states),
        freezing(freezing), calls(calls) {}

  Value linearised(const std::vector<const Given *> &given, SourceRange range) {
    return call(NodeKind::Derivative, given, range);
  }
  Value transposed(const std::vector<const Given *> &given, SourceRange range) {
    return call(NodeKind::Pullback, given, range);
  }

private:
  /// What is linearised: A(point) = value.
  struct Linear {
    Value point, value;
    std::vector<NodeRef> points, values;
  };

  Value call(NodeKind kind, const std::vector<const Given *> &given,
             SourceRange range);
  bool moveTo(const std::vector<NodeRef> &directions,
              std::vector<NodeRef> &points, SourceRange range);
  const Linear *at(const Value &function, const Value &shape,
                   std::vector<NodeRef> points, SourceRange range);
  NodeRef product(NodeKind kind, const NodeRef &value, const NodeRef &by,
                  const NodeRef &direction, SourceRange range);
  NodeRef row(NodeKind kind, const Linear &linear, size_t i,
              const std::vector<NodeRef> &directions, SourceRange range);

  NodeBuilder &nodes;
  Reporter &reporter;
  Rules &rules;
  Beyond &beyond;
  Hierarchy &grids;
  Arithmetic &arithmetic;
  States &states;
  Freezing &freezing;
  Calls &calls;
  /// By function, what it was received as, and the points given; `functions`
  /// and the points keep the addresses.
  std::map<std::vector<const void *>, Linear> known;
  std::vector<Value> functions;
};

} // namespace pdec

#endif // PDEC_CHECK_LINEARISATIONS_H
