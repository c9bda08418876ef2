//===- VerifyCommand.cpp - kernel, network and reference agree ------------===//
//
// Three independent comparisons for each precision and boundary: both lowered
// programs run on symbols and their expressions compared (equal for all data);
// both compiled programs on random data, bit for bit; and both against the
// plain evaluator of the pde dialect.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Jit.h"
#include "compiler/driver/BoundaryVariants.h"
#include "compiler/driver/Commands.h"
#include "compiler/driver/Compiler.h"
#include "compiler/driver/Perturb.h"
#include "compiler/reference/Evaluate.h"
#include "compiler/symbolic/Interpreter.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <random>
#include <set>

namespace pdec::driver {

namespace {

/// Outputs of a run, each as doubles (exact for f32), or why there are none.
struct Results {
  std::string failure;
  std::vector<std::vector<double>> outputs;
};

/// One precision and boundary of the script.
class Verifier {
public:
  Verifier(const Options &options, Compiler &compiler, const Program &program,
           std::string setting)
      : options(options), compiler(compiler), program(program),
        setting(std::move(setting)) {}

  /// False after a difference, which it has told.
  bool run();

private:
  const Options &options;
  Compiler &compiler;
  const Program &program;
  std::string setting; ///< for messages: precision and boundary
  pde::Interface interface;
  Lowered reference;
  Lowered lowered[2];
  std::optional<codegen::JitProgram> programs[2];
  double worst = 0;
  int runs = 0, failedRuns = 0;
  std::vector<int64_t> proved;

  bool prepare();
  bool prove(int64_t size);
  bool compare(int64_t size, int threads);
  Results execute(Form form, int64_t size,
                  const std::vector<std::vector<double>> &inputs, int threads);
  bool compareBits(int64_t size, int threads, const Results &kernel,
                   const Results &network,
                   const std::vector<std::vector<double>> &inputs);
  bool compareReference(int64_t size, const Results &kernel,
                        const std::vector<std::vector<double>> &inputs);
  double sensitivity(size_t port, int64_t size,
                     std::vector<std::vector<double>> inputs,
                     const std::vector<double> &truth);
  std::string placeOfDifference(int64_t size);
  std::vector<int64_t> sizesOf(int64_t size) const {
    return std::vector<int64_t>(interface.grids.size(), size);
  }
  int64_t smallest() const;
  void tell(const std::string &text) {
    llvm::errs() << "pdec: error: " << options.file << ": " << text << '\n';
  }
};

} // namespace

/// Relative differences from the plain evaluator up to this are rounding. It
/// sums in another order and takes exp from another library.
static double tolerance(bool isF32) { return isF32 ? 1e-5 : 1e-12; }

/// Beyond the tolerance a difference may still be what the scheme makes of
/// rounding errors: up to this many times what it makes of a change of the data
/// in the last place.
static constexpr double amplificationAllowed = 100;

int64_t Verifier::smallest() const {
  int64_t least = 1;
  for (const auto &grid : interface.grids)
    least = std::max(least, grid.axes[0].minSize);
  return least;
}

/// Lowers both ways, and compiles what comes out.
bool Verifier::prepare() {
  reference = compiler.generate(program);
  interface = reference.interface;
  for (Form form : {Form::Kernel, Form::Network}) {
    Lowered &one = lowered[int(form)];
    one = {reference.module->clone(), interface};
    bool isPerturbed = options.perturb == form;
    if (form == Form::Kernel)
      compiler.lowerToKernel(one);
    else
      compiler.lowerToNet(one);
    if (isPerturbed && !perturb(*one.module)) {
      tell("there is no coefficient to alter");
      return false;
    }
    if (form == Form::Network)
      compiler.lowerToLayers(one);
    Lowered machine = {one.module->clone(), interface};
    auto context = std::make_unique<llvm::LLVMContext>();
    auto module = compiler.lowerToLlvm(machine, form, codegen::Product::Library,
                                       *context);
    auto jit =
        codegen::JitProgram::create(std::move(module), std::move(context),
                                    compiler.machine(), interface.name);
    if (!jit) {
      tell(llvm::toString(jit.takeError()));
      return false;
    }
    programs[int(form)] = std::move(*jit);
  }
  return true;
}

//===----------------------------------------------------------------------===//
// On symbols
//===----------------------------------------------------------------------===//

static std::string textOf(mlir::Location loc) {
  if (auto place = mlir::dyn_cast<mlir::FileLineColLoc>(loc))
    return llvm::formatv("{0}:{1}:{2}", place.getFilename().str(),
                         place.getLine(), place.getColumn())
        .str();
  return "a place that is not known";
}

/// Integer parameters of a symbolic run: two steps show whatever many do.
static std::vector<int64_t> fewSteps(const pde::Interface &interface) {
  std::vector<int64_t> integers;
  for (const auto &param : interface.params) {
    bool isLegal = 2 >= param.low && 2 <= param.high;
    integers.push_back(isLegal ? std::min<int64_t>(param.integer, 2)
                               : param.integer);
  }
  return integers;
}

bool Verifier::prove(int64_t size) {
  std::string place = placeOfDifference(size);
  if (place.empty()) {
    proved.push_back(size);
    return true;
  }
  tell(place);
  return false;
}

/// Empty if both forms compute the same expressions in every cell.
std::string Verifier::placeOfDifference(int64_t size) {
  symbolic::Expressions expressions;
  symbolic::Setting setting{
      std::vector<int64_t>(interface.grids.size() * symbolic::maxRank, size),
      fewSteps(interface)};
  std::vector<std::vector<symbolic::ExprId>> outputs[2];
  for (int form : {0, 1})
    outputs[form] = symbolic::Interpreter(*lowered[form].module, interface,
                                          setting, expressions)
                        .run();
  for (size_t port = 0; port < interface.outputs.size(); ++port)
    for (int64_t cell = 0; cell < size; ++cell) {
      auto kernel = outputs[0][port][cell], network = outputs[1][port][cell];
      if (kernel == network)
        continue;
      auto [mine, theirs] = expressions.difference(kernel, network);
      std::string first = textOf(mine), second = textOf(theirs);
      return llvm::formatv(
          "kernel and network compute different expressions ({0}, {1} cells, "
          "cell {2} of '{3}'); they part at {4}{5}",
          this->setting, size, cell, interface.outputs[port].name, first,
          first == second ? ""
                          : " in the kernel, " + second + " in the network");
    }
  return "";
}

//===----------------------------------------------------------------------===//
// On data
//===----------------------------------------------------------------------===//

template <typename T>
static Results
executeAs(const pde_program &program, const pde::Interface &interface,
          const std::vector<int64_t> &sizes,
          const std::vector<std::vector<double>> &inputs, int threads) {
  std::vector<std::vector<T>> given, made;
  std::vector<const void *> givenPointers;
  std::vector<void *> madePointers;
  std::vector<int64_t> extents;
  for (int64_t size : sizes)
    extents.insert(extents.end(), {size, 1, 1});
  for (const auto &input : inputs)
    given.emplace_back(input.begin(), input.end());
  for (const auto &port : interface.outputs)
    made.emplace_back(sizes[port.grid]);
  for (auto &input : given)
    givenPointers.push_back(input.empty() ? nullptr : input.data());
  for (auto &output : made)
    madePointers.push_back(output.data());
  pde_call call{nullptr, extents.data(), givenPointers.data(),
                madePointers.data(), threads};
  char message[256];
  Results results;
  if (pde_execute(&program, &call, message, sizeof message) != 0)
    results.failure = message;
  for (auto &output : made)
    results.outputs.emplace_back(output.begin(), output.end());
  return results;
}

Results Verifier::execute(Form form, int64_t size,
                          const std::vector<std::vector<double>> &inputs,
                          int threads) {
  const pde_program &program = programs[int(form)]->program();
  ++runs;
  return interface.isF32 ? executeAs<float>(program, interface, sizesOf(size),
                                            inputs, threads)
                         : executeAs<double>(program, interface, sizesOf(size),
                                             inputs, threads);
}

/// The first cell in which two outputs differ in a bit, or -1.
static int64_t firstDifference(const std::vector<double> &a,
                               const std::vector<double> &b) {
  for (size_t i = 0; i < a.size(); ++i)
    if (std::memcmp(&a[i], &b[i], sizeof a[i]) != 0)
      return i;
  return -1;
}

bool Verifier::compareBits(int64_t size, int threads, const Results &kernel,
                           const Results &network,
                           const std::vector<std::vector<double>> &inputs) {
  if (kernel.failure != network.failure) {
    tell(llvm::formatv("kernel and network end differently ({0}, {1} cells): "
                       "'{2}' and '{3}'",
                       setting, size, kernel.failure, network.failure));
    return false;
  }
  for (size_t port = 0; port < interface.outputs.size(); ++port) {
    const auto &mine = kernel.outputs[port], &theirs = network.outputs[port];
    int64_t cell = firstDifference(mine, theirs);
    if (cell < 0)
      continue;
    reference::Data data{sizesOf(size), {}, inputs};
    double truth =
        reference::evaluate(*reference.module, interface, data)[port][cell];
    bool kernelIsFar =
        std::abs(mine[cell] - truth) > std::abs(theirs[cell] - truth);
    std::string place = placeOfDifference(size);
    tell(llvm::formatv(
        "kernel and network differ ({0}, {1} cells, {2} thread{10}) in cell "
        "{3} of '{4}': {5} and {6}; the {8} is right, the reference gives "
        "{7}{9}",
        setting, size, threads, cell, interface.outputs[port].name,
        llvm::format("%.17g", mine[cell]), llvm::format("%.17g", theirs[cell]),
        llvm::format("%.17g", truth), kernelIsFar ? "network" : "kernel",
        place.empty() ? "" : "\n  " + place, threads == 1 ? "" : "s"));
    return false;
  }
  return true;
}

/// How far an output of the reference moves when the data do by one unit in the
/// last place, up or down by turns.
double Verifier::sensitivity(size_t port, int64_t size,
                             std::vector<std::vector<double>> inputs,
                             const std::vector<double> &truth) {
  double unit = interface.isF32 ? 0x1p-23 : 0x1p-52, most = 0;
  for (auto &input : inputs)
    for (size_t i = 0; i < input.size(); ++i)
      input[i] *= i * 7 / 3 % 2 ? 1 + unit : 1 - unit;
  reference::Data data{sizesOf(size), {}, std::move(inputs)};
  auto moved = reference::evaluate(*reference.module, interface, data)[port];
  for (int64_t i = 0; i < size; ++i)
    most = std::max(most, std::abs(moved[i] - truth[i]));
  return most;
}

bool Verifier::compareReference(
    int64_t size, const Results &kernel,
    const std::vector<std::vector<double>> &inputs) {
  reference::Data data{sizesOf(size), {}, inputs};
  auto truths = reference::evaluate(*reference.module, interface, data);
  for (size_t port = 0; port < truths.size(); ++port) {
    double scale = 0, difference = 0;
    int64_t where = 0;
    for (int64_t i = 0; i < size; ++i) {
      scale = std::max(scale, std::abs(truths[port][i]));
      double distance = std::abs(truths[port][i] - kernel.outputs[port][i]);
      if (!(distance <= difference)) {
        difference = distance;
        where = i;
      }
    }
    double relative = scale > 0 ? difference / scale : difference;
    worst = std::max(worst, relative);
    if (relative <= tolerance(interface.isF32) ||
        difference <= amplificationAllowed *
                          sensitivity(port, size, inputs, truths[port]))
      continue;
    tell(llvm::formatv("kernel and reference differ ({0}, {1} cells) in cell "
                       "{2} of '{3}': {4} and {5}",
                       setting, size, where, interface.outputs[port].name,
                       llvm::format("%.17g", kernel.outputs[port][where]),
                       llvm::format("%.17g", truths[port][where])));
    return false;
  }
  return true;
}

/// Values in [-1, 1] with differences of many magnitudes, so that fluxes are
/// met where they act and where they saturate. The standard fixes the
/// generator's sequence; 53 bits of it are exact as a double.
static std::vector<double> randomField(std::mt19937_64 &random, int64_t size) {
  std::vector<double> cells(size);
  double value = 0;
  for (double &cell : cells) {
    double step = double(random() >> 11) * 0x1p-52 - 1;
    value += std::ldexp(step, -int(random() % 10));
    if (std::abs(value) > 1)
      value = std::copysign(2, value) - value;
    cell = value;
  }
  return cells;
}

/// The largest size on which the plain evaluator runs.
static constexpr int64_t referenceLimit = 1100;

bool Verifier::compare(int64_t size, int threads) {
  std::mt19937_64 random(options.seed * 1000003 + size);
  std::vector<std::vector<double>> inputs;
  for (const auto &port : interface.inputs) {
    (void)port;
    std::vector<double> cells = randomField(random, size);
    if (interface.isF32)
      for (double &cell : cells)
        cell = float(cell);
    inputs.push_back(std::move(cells));
  }
  Results kernel = execute(Form::Kernel, size, inputs, threads);
  Results network = execute(Form::Network, size, inputs, threads);
  if (!compareBits(size, threads, kernel, network, inputs))
    return false;
  if (!kernel.failure.empty()) {
    ++failedRuns;
    return true;
  }
  return threads > 1 || size > referenceLimit ||
         compareReference(size, kernel, inputs);
}

bool Verifier::run() {
  if (!prepare())
    return false;
  int64_t least = smallest();
  // Every boundary case at once, with and without whole vectors between.
  for (int64_t size : {least, least + 3, 2 * least + 41})
    if (!options.perturb && !prove(size))
      return false;
  std::vector<int64_t> sizes = {least, least + 1, 3,    5,     17,
                                64,    257,       1021, 10007, 40009};
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  for (int64_t size : sizes)
    for (int threads : {1, 2})
      if (size >= least && !compare(size, threads))
        return false;
  llvm::outs() << llvm::formatv(
      "{0}: proved on {1}, {2} and {3} cells; {4} runs on {5} to {6} cells the "
      "same to the bit; reference within {7}",
      setting, proved[0], proved[1], proved[2], runs, sizes.front(),
      sizes.back(), llvm::format("%.1e", worst));
  if (failedRuns)
    llvm::outs() << llvm::formatv("; {0} pairs of runs failed alike",
                                  failedRuns);
  llvm::outs() << '\n';
  return true;
}

//===----------------------------------------------------------------------===//
// The command
//===----------------------------------------------------------------------===//

/// All boundaries in one precision.
static bool verifyPrecision(const Options &options, const std::string &text) {
  auto compiler = Compiler::create(options);
  if (!compiler) {
    llvm::errs() << "pdec: error: " << llvm::toString(compiler.takeError())
                 << '\n';
    return false;
  }
  std::vector<std::string> clauses = {""};
  std::set<std::string> done; // a variant may be the script as written
  clauses.insert(clauses.end(), boundaryVariants().begin(),
                 boundaryVariants().end());
  for (const std::string &clause : clauses) {
    BoundaryVariant variant(options.file, text, clause);
    std::string setting = std::string(options.isF32 ? "f32, " : "f64, ") +
                          (clause.empty() ? "as written" : clause);
    if (!variant.program()) {
      llvm::outs() << setting << ": the script does not allow it\n";
      continue;
    }
    if (!done.insert(printProgram(*variant.program())).second)
      continue;
    if (!Verifier(options, *compiler, *variant.program(), setting).run())
      return false;
  }
  return true;
}

int runVerify(const Options &options) {
  Failure failure;
  auto script = Script::load(options.file, failure);
  if (!script || !script->check(failure)) {
    if (!failure.text.empty())
      llvm::errs() << "pdec: error: " << failure.text << '\n';
    return failure.exitCode;
  }
  std::string problem;
  std::string text = *readFile(options.file, problem);
  for (bool isF32 : {false, true}) {
    if (options.precisionGiven && isF32 != options.isF32)
      continue;
    Options one = options;
    one.isF32 = isF32;
    if (!verifyPrecision(one, text))
      return 1;
  }
  return 0;
}

} // namespace pdec::driver
