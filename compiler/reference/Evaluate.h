//===- Evaluate.h - the plain evaluator of the pde dialect ------*- C++ -*-===//
//
// What a module means, as directly as it can be said: operators are matrices
// with their boundary rows, adjoints their transposes, everything else a loop
// over cells. Slow and simple on purpose; it shares no code with the lowerings.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_REFERENCE_EVALUATE_H
#define PDEC_REFERENCE_EVALUATE_H

#include "compiler/pde/Interface.h"

#include "mlir/IR/BuiltinOps.h"

#include <map>
#include <string>
#include <vector>

namespace pdec::reference {

/// How many passes another evaluation of the same data took.
struct PassCounts {
  /// Of each loop with a condition, by its number: of all its runs in order.
  std::vector<std::vector<int64_t>> runs;
  /// The loop whose last run did not converge, or -1.
  int failed = -1;
};

struct Data {
  /// Three numbers for each grid, those that coarsen others included: the cells
  /// along its axes, 1 beyond its rank.
  std::vector<int64_t> sizes;
  /// By name; parameters not named keep their initial values.
  std::map<std::string, double> params;
  /// In the order of the interface; an empty one asks for the default.
  std::vector<std::vector<double>> inputs;
  /// If not zero, every field and every reduced number is changed by this
  /// fraction, up or down: what a result then moves by is what the
  /// scheme makes of rounding errors.
  double disturbance = 0;
  unsigned disturbanceSeed = 0; ///< which way where
  /// Loops with a condition stop where these say, or else by their condition.
  PassCounts passes;
};

/// At the end of a pass of a loop with a condition.
struct Condition {
  int loop;
  double measure, bound;
  /// Whether the loop ended, or did not, against its condition, as
  /// `Data::passes` says.
  bool isDisputed = false;
};

struct Evaluation {
  /// Why there are no results: a loop did not converge.
  std::string failure;
  /// In the order of the interface: outputs, then records, one entry after the
  /// other.
  std::vector<std::vector<double>> outputs;
  /// What the passes of loops with a condition measured, in their order.
  std::vector<Condition> conditions;
};

/// Values are rounded to the element type after every operation of a map; sums
/// of operators are matrix products in f64.
Evaluation evaluate(mlir::ModuleOp root, const pde::Interface &interface,
                    const Data &data);

} // namespace pdec::reference

#endif // PDEC_REFERENCE_EVALUATE_H
