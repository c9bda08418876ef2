//===- Rates.h - how fast a right-hand side changes a field -----*- C++ -*-===//
//
// Makes arithmetic of pde.rate: a bound that holds for all fields, as a formula
// of parameters and sizes of grids, to be evaluated when a program starts.
// docs/certificates.md, "Steps from bounds", says which and why.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_RATES_H
#define PDEC_ANALYSIS_RATES_H

#include "compiler/analysis/Certificate.h"

namespace pdec::analysis {

/// A rate for which no bound is known.
struct UnboundedRate {
  Place place;
  std::string reason;
  Place reasonPlace; ///< no line, if it is about nothing in particular
};

/// Of all rates in a module. Those that are told stay as they are.
std::vector<UnboundedRate> evaluateRates(mlir::ModuleOp module);

/// Lets the programs of a module tell a run whose steps are longer than those
/// that are certified, whatever its parameters and sizes are.
void measureSteps(mlir::ModuleOp module);

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_RATES_H
