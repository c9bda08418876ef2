//===- Verifier.h - kernel, network and reference agree ---------*- C++ -*-===//

#ifndef PDEC_VERIFY_VERIFIER_H
#define PDEC_VERIFY_VERIFIER_H

#include "compiler/stages/Compiler.h"
#include "compiler/verify/Execution.h"
#include "compiler/verify/Rounding.h"
#include "compiler/verify/VerifyOptions.h"

namespace pdec::driver {

/// One precision and boundary of a script.
class Verifier {
public:
  /// Whether the raised network runs even where its scheme is seen to be the
  /// script's own.
  enum class Raised { IfOther, Always };

  /// `scheme` is in the pde dialect.
  Verifier(const VerifyOptions &options, Compiler &compiler, Lowered scheme,
           std::string setting, Raised runRaised)
      : options(options), compiler(compiler), setting(std::move(setting)),
        runRaised(runRaised), interface(scheme.interface),
        reference(std::move(scheme)) {}

  /// False after a difference, which it has told.
  bool run();
  /// On data of the smallest size only.
  bool runSmallest();

private:
  const VerifyOptions &options;
  Compiler &compiler;
  std::string setting; ///< for messages: precision and boundary
  Raised runRaised;
  pde::Interface interface;
  Lowered reference;
  /// What a way leads to, and what messages call it.
  struct Product {
    const char *name;
    Lowered lowered;
    std::optional<codegen::JitProgram> program; ///< if it is to run
  };
  Product kernel{"kernel", {}, {}}, network{"network", {}, {}},
      raised{"raised network", {}, {}};
  std::string raising; ///< what became of the network's scheme
  std::vector<pde_value> params;
  Agreement agreement; ///< with the reference
  int runs = 0, failedRuns = 0;

  // Verifier.cpp
  bool runOn(const std::vector<GridSizes> &proofs,
             const std::vector<GridSizes> &comparisons);
  bool prepare();
  bool prepareRaised();
  bool alter(Way way, Product &product);
  bool build(Product &product, Form form);
  bool mustRun() const;
  void tell(const std::string &text);
  void tellSuccess(const std::vector<GridSizes> &proved,
                   const std::vector<GridSizes> &unproved,
                   const std::vector<GridSizes> &compared);

  // VerifyProof.cpp
  enum class Proof { Equal, Different, None };
  std::string unprovable; ///< why there is no proof, if there is none
  Proof prove(const GridSizes &sizes);
  /// Where another product differs from the kernel on symbols; empty: nowhere;
  /// nothing: such a run is not possible.
  std::optional<std::string> placeOfDifference(const Product &other,
                                               const GridSizes &sizes);
  std::string differenceOnSymbols(const Product &other, const GridSizes &sizes);
  std::string originOfDifference(const Product &other, const GridSizes &sizes);

  // VerifyRuns.cpp
  bool compare(const GridSizes &sizes, int threads);
  bool compareBits(const GridSizes &sizes, int threads, const Results &mine,
                   const Product &other, const Results &theirs,
                   const Fields &inputs);
  bool comparePasses(const GridSizes &sizes, int threads, const Results &mine,
                     const Product &other, const Results &theirs);

  // VerifyReference.cpp
  bool isReferenceAffordable(const GridSizes &sizes,
                             const Results &kernel) const;
  bool compareReference(const GridSizes &sizes, const Results &kernel,
                        const Fields &inputs);
  bool compareConditions(const GridSizes &sizes, Rounding &rounding);
  bool comparePort(size_t port, const GridSizes &sizes, const Results &kernel,
                   Rounding &rounding);
};

} // namespace pdec::driver

#endif // PDEC_VERIFY_VERIFIER_H
