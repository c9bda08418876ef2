//===- Verifier.h - kernel, network and reference agree ---------*- C++ -*-===//

#ifndef PDEC_DRIVER_VERIFIER_H
#define PDEC_DRIVER_VERIFIER_H

#include "compiler/driver/Compiler.h"
#include "compiler/driver/Execution.h"

namespace pdec::driver {

/// One precision and boundary of a script.
class Verifier {
public:
  /// `scheme` is in the pde dialect.
  Verifier(const Options &options, Compiler &compiler, Lowered scheme,
           std::string setting)
      : options(options), compiler(compiler), setting(std::move(setting)),
        interface(scheme.interface), reference(std::move(scheme)) {}

  /// False after a difference, which it has told.
  bool run();

private:
  const Options &options;
  Compiler &compiler;
  std::string setting; ///< for messages: precision and boundary
  pde::Interface interface;
  Lowered reference;
  Lowered lowered[2];
  std::optional<codegen::JitProgram> programs[2];
  std::vector<pde_value> params;
  double worst = 0;
  int runs = 0, failedRuns = 0;

  // Verifier.cpp
  bool prepare();
  void tell(const std::string &text);
  void tellSuccess(const std::vector<GridSizes> &proved,
                   const std::vector<GridSizes> &compared);

  // VerifyProof.cpp
  bool prove(const GridSizes &sizes);
  std::string placeOfDifference(const GridSizes &sizes);

  // VerifyRuns.cpp
  bool compare(const GridSizes &sizes, int threads);
  bool compareBits(const GridSizes &sizes, int threads, const Results &kernel,
                   const Results &network, const Fields &inputs);
  bool comparePasses(const GridSizes &sizes, int threads, const Results &kernel,
                     const Results &network);

  // VerifyReference.cpp
  class Rounding;
  bool isReferenceAffordable(const GridSizes &sizes,
                             const Results &kernel) const;
  bool compareReference(const GridSizes &sizes, const Results &kernel,
                        const Fields &inputs);
  bool compareConditions(const GridSizes &sizes, Rounding &rounding,
                         const reference::Evaluation &truths);
  bool comparePort(size_t port, const GridSizes &sizes, const Results &kernel,
                   Rounding &rounding, const std::vector<double> &truth);
};

} // namespace pdec::driver

#endif // PDEC_DRIVER_VERIFIER_H
