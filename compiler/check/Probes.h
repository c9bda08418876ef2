//===- Probes.h - functions evaluated for their form alone ------*- C++ -*-===//

#ifndef PDEC_CHECK_PROBES_H
#define PDEC_CHECK_PROBES_H

#include "compiler/check/Calls.h"
#include "compiler/check/Iterations.h"

namespace pdec {

/// What a function makes of variables.
struct Probe {
  /// Encloses the variables; has no count.
  std::shared_ptr<Loop> loop;
  std::vector<NodeRef> variables, results;
};

/// Evaluates functions of unknown fields. Owns the loops that enclose these:
/// their nodes stay known, so the addresses must.
class Probes {
public:
  Probes(NodeBuilder &nodes, Beyond &beyond, Arithmetic &arithmetic,
         Freezing &freezing, Iterations &iterations, Calls &calls)
      : nodes(nodes), beyond(beyond), arithmetic(arithmetic),
        freezing(freezing), iterations(iterations), calls(calls) {}

  /// `function` of variables that are like the fields, whose leaves are given
  /// as well. Nothing after an error.
  std::optional<Probe> of(const Given &function, const Given &fields,
                          const std::vector<NodeRef> &leaves);

private:
  NodeBuilder &nodes;
  Beyond &beyond;
  Arithmetic &arithmetic;
  Freezing &freezing;
  Iterations &iterations;
  Calls &calls;
  std::vector<std::shared_ptr<const Loop>> loops;
};

} // namespace pdec

#endif // PDEC_CHECK_PROBES_H
