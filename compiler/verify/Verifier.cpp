//===- Verifier.cpp - kernel, network and reference agree -----------------===//
//
// Three independent comparisons: kernel and layers run on symbols and their
// expressions compared (equal for all data); the compiled programs on random
// data, bit for bit; and these against the plain evaluator of the pde dialect.
// The network once raised is compared with the script's scheme itself.
//
//===----------------------------------------------------------------------===//

#include "compiler/verify/Verifier.h"
#include "compiler/verify/Perturb.h"
#include "compiler/verify/SameScheme.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

namespace pdec::driver {

void Verifier::tell(const std::string &text) {
  llvm::errs() << "pdec: error: " << options.file << ": " << text << '\n';
}

/// Alters a coefficient if that is asked for on this way.
bool Verifier::alter(Way way, Product &product) {
  if (options.perturb != way || perturb(*product.lowered.module))
    return true;
  tell("there is no coefficient to alter");
  return false;
}

bool Verifier::build(Product &product, Form form) {
  Lowered machine = {product.lowered.module->clone(), interface, "", ""};
  auto context = std::make_unique<llvm::LLVMContext>();
  auto module =
      compiler.lowerToLlvm(machine, form, codegen::Product::InMemory, *context);
  auto jit = codegen::JitProgram::create(std::move(module), std::move(context),
                                         compiler.machine(), interface.name,
                                         recordingFunctions());
  if (!jit) {
    tell(llvm::toString(jit.takeError()));
    return false;
  }
  product.program = std::move(*jit);
  return true;
}

bool Verifier::mustRun() const {
  return runRaised == Raised::Always || options.perturb == Way::Raised;
}

/// From the network, before it is lowered. A network that is not raised runs
/// layer by layer, which is compared anyway.
bool Verifier::prepareRaised() {
  raised.lowered = {network.lowered.module->clone(), interface, "", ""};
  if (auto reason = compiler.raise(raised.lowered)) {
    raising = "not raised: " + *reason;
    return true;
  }
  Lowered scheme = {reference.module->clone(), interface, "", ""};
  compiler.mergeMaps(scheme);
  bool isSame = areSameScheme(*scheme.module, *raised.lowered.module);
  raising = isSame ? "raised to the same scheme"
                   : "raised to another scheme with the same bits";
  if (isSame && !mustRun())
    return true;
  compiler.lowerToKernel(raised.lowered);
  return alter(Way::Raised, raised) && build(raised, Form::Network);
}

/// Lowers on all ways, and compiles what comes out.
bool Verifier::prepare() {
  params = paramsToRun(interface, *reference.module);
  kernel.lowered = {reference.module->clone(), interface, "", ""};
  network.lowered = {reference.module->clone(), interface, "", ""};
  compiler.lowerToKernel(kernel.lowered);
  compiler.lowerToNet(network.lowered);
  if (!alter(Way::Kernel, kernel) || !alter(Way::Network, network) ||
      !prepareRaised())
    return false;
  compiler.lowerToLayers(network.lowered);
  return build(kernel, Form::Kernel) && build(network, Form::Network);
}

/// "2, 5 and 45".
static std::string listText(const std::vector<GridSizes> &sizes) {
  std::string text;
  for (size_t i = 0; i < sizes.size(); ++i) {
    if (i > 0)
      text += i + 1 == sizes.size() ? " and " : ", ";
    text += sizes[i].text();
  }
  return text;
}

void Verifier::tellSuccess(const std::vector<GridSizes> &proved,
                           const std::vector<GridSizes> &unproved,
                           const std::vector<GridSizes> &compared) {
  llvm::outs() << setting << ": ";
  if (!proved.empty())
    llvm::outs() << "proved on " << listText(proved) << " cells; ";
  if (!unproved.empty())
    llvm::outs() << "not proved on " << listText(unproved) << " cells, because "
                 << unprovable << "; ";
  llvm::outs() << runs << " runs on " << compared.front().text();
  if (compared.size() > 1)
    llvm::outs() << " to " << compared.back().text();
  llvm::outs() << " cells the same to the bit";
  if (agreement.worst)
    llvm::outs() << "; reference within "
                 << llvm::format("%.1e", *agreement.worst);
  llvm::outs() << agreement.sensitiveText();
  if (failedRuns)
    llvm::outs() << llvm::formatv("; {0} pairs of runs failed alike",
                                  failedRuns);
  llvm::outs() << "; " << raising << '\n';
}

bool Verifier::run() {
  return runOn(sizesToProve(interface), sizesToRun(interface));
}

bool Verifier::runSmallest() {
  return runOn({}, {sizesToRun(interface).front()});
}

bool Verifier::runOn(const std::vector<GridSizes> &proofs,
                     const std::vector<GridSizes> &comparisons) {
  if (!prepare())
    return false;
  std::vector<GridSizes> proved, unproved;
  for (const GridSizes &sizes : proofs) {
    // Larger ones need not be tried.
    Proof proof = unproved.empty() ? Proof::Equal : Proof::None;
    if (!options.perturb && unproved.empty())
      proof = prove(sizes);
    if (proof == Proof::Different)
      return false;
    (proof == Proof::Equal ? proved : unproved).push_back(sizes);
  }
  for (const GridSizes &sizes : comparisons)
    for (int threads : {1, 2})
      if (!compare(sizes, threads))
        return false;
  tellSuccess(proved, unproved, comparisons);
  return true;
}

} // namespace pdec::driver
