//===- BuiltinCalls.h - calls of built-in functions -------------*- C++ -*-===//

#ifndef PDEC_CHECK_BUILTINCALLS_H
#define PDEC_CHECK_BUILTINCALLS_H

#include "compiler/check/Differences.h"
#include "compiler/check/Gradients.h"
#include "compiler/check/GridCalls.h"
#include "compiler/check/Linearisations.h"
#include "compiler/check/Points.h"
#include "compiler/check/Rates.h"
#include "compiler/check/Solutions.h"
#include "compiler/check/StateCalls.h"

namespace pdec {

/// Calls of the functions that the compiler itself knows, which see values
/// only, no scopes. Has no data of its own.
class BuiltinCalls {
public:
  BuiltinCalls(NodeBuilder &nodes, Reporter &reporter, Hierarchy &grids,
               Arithmetic &arithmetic, Reductions &reductions,
               Differences &differences, Iterations &iterations,
               Solutions &solutions, Colours &colours, GridCalls &gridCalls,
               StateCalls &stateCalls, Rates &rates, Gradients &gradients,
               Linearisations &linearisations, Points &points)
      : nodes(nodes), reporter(reporter), grids(grids), arithmetic(arithmetic),
        reductions(reductions), differences(differences),
        iterations(iterations), solutions(solutions), colours(colours),
        gridCalls(gridCalls), stateCalls(stateCalls), rates(rates),
        gradients(gradients), linearisations(linearisations), points(points) {}

  Value call(Builtin builtin, const std::vector<Given> &given,
             SourceRange range);

private:
  NodeRef ofEntries(const BuiltinInfo &info,
                    const std::vector<Value> &arguments,
                    const std::vector<SourceRange> &places, SourceRange range);
  Value pointwise(const BuiltinInfo &info, const std::vector<Given> &given,
                  SourceRange range);
  Value ofFields(Builtin builtin, const std::vector<const Given *> &matched,
                 SourceRange range);
  Value ofFunctions(Builtin builtin, const std::vector<const Given *> &matched,
                    SourceRange range);
  Value alongAxis(Builtin builtin, const std::vector<const Given *> &given,
                  SourceRange range);

  NodeBuilder &nodes;
  Reporter &reporter;
  Hierarchy &grids;
  Arithmetic &arithmetic;
  Reductions &reductions;
  Differences &differences;
  Iterations &iterations;
  Solutions &solutions;
  Colours &colours;
  GridCalls &gridCalls;
  StateCalls &stateCalls;
  Rates &rates;
  Gradients &gradients;
  Linearisations &linearisations;
  Points &points;
};

} // namespace pdec

#endif // PDEC_CHECK_BUILTINCALLS_H
