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

struct Data {
  /// Cells of each grid, one axis.
  std::vector<int64_t> sizes;
  /// By name; parameters not named keep their initial values.
  std::map<std::string, double> params;
  /// In the order of the interface; an empty one asks for the default.
  std::vector<std::vector<double>> inputs;
};

/// The outputs in the order of the interface. Values are rounded to the
/// element type after every operation of a map; sums of operators are matrix
/// products in f64.
std::vector<std::vector<double>> evaluate(mlir::ModuleOp root,
                                          const pde::Interface &interface,
                                          const Data &data);

} // namespace pdec::reference

#endif // PDEC_REFERENCE_EVALUATE_H
