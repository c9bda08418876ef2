//===- VerifyRuns.cpp - both forms and the reference on random data -------===//

#include "compiler/verify/Verifier.h"

#include "llvm/Support/FormatVariadic.h"

#include <cmath>
#include <cstring>

namespace pdec::driver {

//===----------------------------------------------------------------------===//
// Kernel and network, to the bit
//===----------------------------------------------------------------------===//

static bool haveSameBits(double a, double b) {
  return std::memcmp(&a, &b, sizeof a) == 0;
}

/// The first cell in which two outputs differ in a bit, or -1.
static int64_t firstDifference(const std::vector<double> &a,
                               const std::vector<double> &b) {
  for (size_t i = 0; i < a.size(); ++i)
    if (!haveSameBits(a[i], b[i]))
      return i;
  return -1;
}

/// "2 threads".
static std::string threadsText(int threads) {
  return std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

/// The sign of a nan is nobody's.
static bool areSame(double a, double b) {
  return haveSameBits(a, b) || (std::isnan(a) && std::isnan(b));
}

/// Passes of loops with a condition: as many, with the same measures.
bool Verifier::comparePasses(const GridSizes &sizes, int threads,
                             const Results &kernel, const Results &network) {
  size_t common = std::min(kernel.passes.size(), network.passes.size());
  size_t same = 0;
  while (same < common) {
    const Pass &mine = kernel.passes[same], &theirs = network.passes[same];
    if (mine.loop != theirs.loop || mine.number != theirs.number ||
        !areSame(mine.measure, theirs.measure) ||
        !areSame(mine.bound, theirs.bound))
      break;
    ++same;
  }
  if (same == kernel.passes.size() && same == network.passes.size())
    return true;
  auto describe = [&](const Results &results) -> std::string {
    if (same == results.passes.size())
      return "no further pass";
    const Pass &pass = results.passes[same];
    const auto &loop = interface.loops[pass.loop];
    return llvm::formatv("pass {0} for '{1}' (line {2}) with {3} against {4}",
                         pass.number, loop.what, loop.line,
                         digits(pass.measure), digits(pass.bound));
  };
  tell(llvm::formatv("kernel and network iterate differently ({0}, {1} cells, "
                     "{2}): {3} and {4}{5}",
                     setting, sizes.text(), threadsText(threads),
                     describe(kernel), describe(network),
                     originOfDifference(sizes)));
  return false;
}

bool Verifier::compareBits(const GridSizes &sizes, int threads,
                           const Results &kernel, const Results &network,
                           const Fields &inputs) {
  if (!comparePasses(sizes, threads, kernel, network))
    return false;
  if (kernel.failure != network.failure) {
    tell(llvm::formatv("kernel and network end differently ({0}, {1} cells): "
                       "'{2}' and '{3}'",
                       setting, sizes.text(), kernel.failure, network.failure));
    return false;
  }
  for (size_t port = 0; port < interface.outputs.size(); ++port) {
    const auto &output = interface.outputs[port];
    const auto &mine = kernel.outputs[port], &theirs = network.outputs[port];
    int64_t cell = firstDifference(mine, theirs);
    if (cell < 0)
      continue;
    auto truths = reference::evaluate(
        *reference.module, interface,
        referenceData(interface, sizes, params, inputs, kernel));
    double truth = truths.failure.empty() ? truths.outputs[port][cell] : NAN;
    bool kernelIsFar =
        std::abs(mine[cell] - truth) > std::abs(theirs[cell] - truth);
    tell(llvm::formatv(
        "kernel and network differ ({0}, {1} cells, {2}) in cell {3} of "
        "'{4}': {5} and {6}; the {8} is right, the reference gives {7}{9}",
        setting, sizes.text(), threadsText(threads),
        sizes.cellText(output, cell), output.name, digits(mine[cell]),
        digits(theirs[cell]), digits(truth), kernelIsFar ? "network" : "kernel",
        originOfDifference(sizes)));
    return false;
  }
  return true;
}

bool Verifier::compare(const GridSizes &sizes, int threads) {
  Fields inputs = randomInputs(interface, sizes, options.seed);
  Results results[2];
  for (Form form : {Form::Kernel, Form::Network}) {
    ++runs;
    results[int(form)] = execute(programs[int(form)]->program(), interface,
                                 sizes, params, inputs, threads);
  }
  const Results &kernel = results[int(Form::Kernel)];
  if (!compareBits(sizes, threads, kernel, results[int(Form::Network)], inputs))
    return false;
  // Results that are not finite the reference does not refuse.
  bool isUnstable = !kernel.failure.empty() && kernel.failedLoop < 0;
  failedRuns += !kernel.failure.empty();
  return isUnstable || threads > 1 || !isReferenceAffordable(sizes, kernel) ||
         compareReference(sizes, kernel, inputs);
}

} // namespace pdec::driver
