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
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
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
                             const Results &mine, const Product &other,
                             const Results &theirs) {
  size_t common = std::min(mine.passes.size(), theirs.passes.size());
  size_t same = 0;
  while (same < common) {
    const Pass &one = mine.passes[same], &two = theirs.passes[same];
    if (one.loop != two.loop || one.number != two.number ||
        !areSame(one.measure, two.measure) || !areSame(one.bound, two.bound))
      break;
    ++same;
  }
  if (same == mine.passes.size() && same == theirs.passes.size())
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
  tell(llvm::formatv("kernel and {0} iterate differently ({1}, {2} cells, "
                     "{3}): {4} and {5}{6}",
                     other.name, setting, sizes.text(), threadsText(threads),
                     describe(mine), describe(theirs),
                     originOfDifference(other, sizes)));
  return false;
}

bool Verifier::compareBits(const GridSizes &sizes, int threads,
                           const Results &mine, const Product &other,
                           const Results &theirs, const Fields &inputs) {
  if (!comparePasses(sizes, threads, mine, other, theirs))
    return false;
  if (mine.failure != theirs.failure) {
    tell(llvm::formatv("kernel and {0} end differently ({1}, {2} cells): "
                       "'{3}' and '{4}'",
                       other.name, setting, sizes.text(), mine.failure,
                       theirs.failure));
    return false;
  }
  if (mine.recorded != theirs.recorded) {
    tell(llvm::formatv("kernel and {0} record after different steps ({1}, {2} "
                       "cells, {3})",
                       other.name, setting, sizes.text(),
                       threadsText(threads)));
    return false;
  }
  std::vector<pde::Interface::Port> ports = interface.results();
  for (size_t port = 0; port < ports.size(); ++port) {
    const auto &output = ports[port];
    const auto &first = mine.outputs[port], &second = theirs.outputs[port];
    int64_t cell = firstDifference(first, second);
    if (cell < 0)
      continue;
    auto truths = reference::evaluate(
        *reference.module, interface,
        referenceData(interface, sizes, params, inputs, mine));
    double truth = truths.failure.empty() ? truths.outputs[port][cell] : NAN;
    bool kernelIsFar =
        std::abs(first[cell] - truth) > std::abs(second[cell] - truth);
    tell(llvm::formatv(
        "kernel and {0} differ ({1}, {2} cells, {3}) in cell {4} of "
        "'{5}': {6} and {7}; the {9} is right, the reference gives {8}{10}",
        other.name, setting, sizes.text(), threadsText(threads),
        sizes.cellText(output, cell), output.name, digits(first[cell]),
        digits(second[cell]), digits(truth),
        kernelIsFar ? other.name : kernel.name,
        originOfDifference(other, sizes)));
    return false;
  }
  return true;
}

bool Verifier::compare(const GridSizes &sizes, int threads) {
  Fields inputs = randomInputs(interface, sizes, options.seed);
  auto run = [&](const Product &product) {
    ++runs;
    return execute(product.program->program(), interface, sizes, params, inputs,
                   threads);
  };
  Results mine = run(kernel);
  for (const Product *other : {&network, &raised})
    if (other->program &&
        !compareBits(sizes, threads, mine, *other, run(*other), inputs))
      return false;
  // Results that are not finite the reference does not refuse.
  bool isUnstable = !mine.failure.empty() && mine.failedLoop < 0;
  failedRuns += !mine.failure.empty();
  return isUnstable || threads > 1 || !isReferenceAffordable(sizes, mine) ||
         compareReference(sizes, mine, inputs);
}

} // namespace pdec::driver
