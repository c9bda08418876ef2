//===- VerifyRuns.cpp - both forms and the reference on random data -------===//

#include "compiler/driver/Verifier.h"

#include "llvm/Support/Format.h"
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

static llvm::format_object<double> digits(double value) {
  return llvm::format("%.17g", value);
}

/// "2 threads".
static std::string threadsText(int threads) {
  return std::to_string(threads) + (threads == 1 ? " thread" : " threads");
}

/// Passes of loops with a condition: as many, with the same measures.
bool Verifier::comparePasses(const GridSizes &sizes, int threads,
                             const Results &kernel, const Results &network) {
  size_t common = std::min(kernel.passes.size(), network.passes.size());
  size_t same = 0;
  while (same < common) {
    const Pass &mine = kernel.passes[same], &theirs = network.passes[same];
    if (mine.loop != theirs.loop || mine.number != theirs.number ||
        !haveSameBits(mine.measure, theirs.measure) ||
        !haveSameBits(mine.bound, theirs.bound))
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
                     "{2}): {3} and {4}",
                     setting, sizes.text(), threadsText(threads),
                     describe(kernel), describe(network)));
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
    std::string place = placeOfDifference(sizes);
    tell(llvm::formatv(
        "kernel and network differ ({0}, {1} cells, {2}) in cell {3} of "
        "'{4}': {5} and {6}; the {8} is right, the reference gives {7}{9}",
        setting, sizes.text(), threadsText(threads),
        sizes.cellText(output.grid, cell), output.name, digits(mine[cell]),
        digits(theirs[cell]), digits(truth), kernelIsFar ? "network" : "kernel",
        place.empty() ? "" : "\n  " + place));
    return false;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// The reference
//===----------------------------------------------------------------------===//

/// Relative differences from the plain evaluator up to this are rounding. It
/// sums in another order and takes exp from another library.
static double tolerance(bool isF32) { return isF32 ? 1e-5 : 1e-12; }

/// Beyond the tolerance a difference may still be what the scheme makes of
/// rounding errors: up to this many times what it makes of changes in the last
/// place.
static constexpr double amplificationAllowed = 100;

/// A loop may go on or stop against the reference's own condition only where
/// its measure is as close to the bound as this, in bounds.
static constexpr double disputeAllowed = 0.1;

/// The plain evaluator runs on so many cells, times passes of loops with a
/// condition.
static constexpr int64_t mostCells = 2500, mostCellPasses = 500000;

bool Verifier::isReferenceAffordable(const GridSizes &sizes,
                                     const Results &kernel) const {
  int64_t cells = sizes.mostCells();
  return cells <= mostCells &&
         cells * int64_t(kernel.passes.size()) <= mostCellPasses;
}

/// How far an output of the reference moves when all that is computed on the
/// way to it does by one unit in the last place.
double Verifier::sensitivity(size_t port, reference::Data data,
                             const std::vector<double> &truth) {
  data.disturbance = interface.isF32 ? 0x1p-23 : 0x1p-52;
  auto moved = reference::evaluate(*reference.module, interface, data);
  double most = 0;
  for (size_t i = 0; i < truth.size() && moved.failure.empty(); ++i)
    most = std::max(most, std::abs(moved.outputs[port][i] - truth[i]));
  return most;
}

bool Verifier::comparePort(size_t port, const GridSizes &sizes,
                           const Results &kernel, const reference::Data &data,
                           const std::vector<double> &truth) {
  double scale = 0, difference = 0;
  size_t where = 0;
  for (size_t i = 0; i < truth.size(); ++i) {
    scale = std::max(scale, std::abs(truth[i]));
    double distance = std::abs(truth[i] - kernel.outputs[port][i]);
    if (std::isnan(
            distance)) // the reference overflows where the kernel does not
      distance = INFINITY;
    if (distance > difference) {
      difference = distance;
      where = i;
    }
  }
  double relative = scale > 0 ? difference / scale : difference;
  worst = std::max(worst, relative);
  if (relative <= tolerance(interface.isF32) ||
      difference <= amplificationAllowed * sensitivity(port, data, truth))
    return true;
  const auto &output = interface.outputs[port];
  tell(llvm::formatv("kernel and reference differ ({0}, {1} cells) in cell "
                     "{2} of '{3}': {4} and {5}",
                     setting, sizes.text(), sizes.cellText(output.grid, where),
                     output.name, digits(kernel.outputs[port][where]),
                     digits(truth[where])));
  return false;
}

bool Verifier::compareReference(const GridSizes &sizes, const Results &kernel,
                                const Fields &inputs) {
  reference::Data data =
      referenceData(interface, sizes, params, inputs, kernel);
  auto truths = reference::evaluate(*reference.module, interface, data);
  if (truths.dispute > disputeAllowed) {
    const auto &loop = interface.loops[truths.disputed];
    tell(llvm::formatv("kernel and reference disagree ({0}, {1} cells) on when "
                       "the iteration for '{2}' (line {3}) ends: there the "
                       "reference is {4} bounds away from its bound",
                       setting, sizes.text(), loop.what, loop.line,
                       llvm::format("%.2g", truths.dispute)));
    return false;
  }
  if (kernel.failure.empty() != truths.failure.empty()) {
    tell(llvm::formatv("kernel and reference end differently ({0}, {1} cells): "
                       "'{2}' and '{3}'",
                       setting, sizes.text(), kernel.failure, truths.failure));
    return false;
  }
  if (!kernel.failure.empty())
    return true;
  for (size_t port = 0; port < truths.outputs.size(); ++port)
    if (!comparePort(port, sizes, kernel, data, truths.outputs[port]))
      return false;
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
