//===- Execution.h - compiled programs on random data -----------*- C++ -*-===//

#ifndef PDEC_VERIFY_EXECUTION_H
#define PDEC_VERIFY_EXECUTION_H

#include "compiler/codegen/Jit.h"
#include "compiler/reference/Evaluate.h"
#include "compiler/verify/VerifySizes.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Format.h"

namespace pdec::driver {

/// Fields as doubles (exact for f32), in the order of the interface.
using Fields = std::vector<std::vector<double>>;

/// A pass of a loop with a condition, as the program reported it.
struct Pass {
  int32_t loop;
  int64_t number; ///< from 1 on
  double measure, bound;
};

/// What a run gave.
struct Results {
  std::string failure; ///< a sentence; empty after a good run
  Fields outputs;      ///< then records, one entry after the other
  /// Of each entry of a record, in their order, that and after how many steps.
  std::vector<std::pair<int32_t, int64_t>> recorded;
  std::vector<Pass> passes;
  int failedLoop = -1; ///< that did not converge

  /// For another evaluation of the same data.
  reference::PassCounts passCounts(const pde::Interface &interface) const;
};

/// All digits of a result, for messages.
inline llvm::format_object<double> digits(double value) {
  return llvm::format("%.17g", value);
}

/// What replaces the runtime's functions in a program so that its passes are
/// recorded.
codegen::RuntimeReplacements recordingFunctions();

/// Values for all parameters: the script's, but few steps. Parameters that
/// bound the passes of a loop with a condition keep theirs, so that it can
/// converge.
std::vector<pde_value> paramsToRun(const pde::Interface &interface,
                                   mlir::ModuleOp scheme);

/// All inputs, of the interface's precision.
Fields randomInputs(const pde::Interface &interface, const GridSizes &sizes,
                    uint64_t seed);

/// `program` has been compiled with recordingFunctions(). Without `params`, the
/// script's are taken.
Results execute(const pde_program &program, const pde::Interface &interface,
                const GridSizes &sizes, const std::vector<pde_value> &params,
                const Fields &inputs, int threads);

/// The same run for the plain evaluator.
reference::Data referenceData(const pde::Interface &interface,
                              const GridSizes &sizes,
                              const std::vector<pde_value> &params,
                              const Fields &inputs, const Results &run);

} // namespace pdec::driver

#endif // PDEC_VERIFY_EXECUTION_H
