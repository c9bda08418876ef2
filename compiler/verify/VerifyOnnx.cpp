//===- VerifyOnnx.cpp - ONNX models agree with the kernel -----------------===//
//
// Each profile's model is run by ONNX Runtime, and the kernel of the same
// precision in this process, on the same random data, over the whole run. Their
// outputs differ by rounding only: exp is another library's, and convolutions
// may be summed in another order.
//
//===----------------------------------------------------------------------===//

#include "compiler/script/Script.h"
#include "compiler/stages/Exports.h"
#include "compiler/stages/InMemory.h"
#include "compiler/verify/Execution.h"
#include "compiler/verify/OnnxRunner.h"
#include "compiler/verify/Perturb.h"
#include "compiler/verify/Rounding.h"
#include "compiler/verify/VerifyCommand.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <cstring>

namespace pdec::driver {

namespace {

/// What the kernel makes of one set of data.
struct KernelRun {
  GridSizes sizes;
  Fields inputs;
  Results results;
};

/// One profile of a script.
class ProfileVerifier {
public:
  ProfileVerifier(const VerifyOptions &options, const OnnxRunner &runner,
                  const Program &program)
      : options(options), runner(runner), program(program) {}

  /// Refused: the profile has no words for the script, or nothing to compare.
  enum class Outcome { Same, Different, Refused };
  Outcome run();

private:
  const VerifyOptions &options;
  const OnnxRunner &runner;
  const Program &program;
  pde::Interface interface;
  std::optional<Compiler> compiler; ///< holds what the modules are made of
  Lowered reference;
  std::optional<exporters::OnnxFile> file;
  std::optional<codegen::JitProgram> kernel;
  std::vector<KernelRun> runs;
  Agreement agreement;
  int failedRuns = 0;
  std::string failure; ///< of the last of the failed runs

  const char *profileName() const {
    return options.profile == Profile::Conv ? "conv, f32" : "slice, f64";
  }
  void tell(const std::string &text) {
    llvm::errs() << "pdec: error: " << options.file << ": " << text << '\n';
  }
  bool prepare();
  void runKernels();
  bool compare(const std::vector<std::vector<std::string>> &results);
  bool compareOutput(const KernelRun &run, size_t port, Rounding &rounding,
                     const std::vector<double> &theirs);
  OnnxFeeds feedsOf(const KernelRun &run);
};

} // namespace

//===----------------------------------------------------------------------===//
// Kernel
//===----------------------------------------------------------------------===//

/// The model and the kernel, in the profile's precision. False if there is no
/// model, about which it has told.
bool ProfileVerifier::prepare() {
  auto created = Compiler::create(options);
  if (!created) {
    tell(llvm::toString(created.takeError()));
    return false;
  }
  compiler.emplace(std::move(*created));
  auto lowered = generate(program, *compiler);
  if (!lowered) {
    tell("nothing is proved of the script's steps");
    return false;
  }
  interface = lowered->interface;
  reference = {lowered->module->clone(), interface};
  Lowered network = {lowered->module->clone(), interface};
  compiler->lowerToNet(network);
  if (options.perturb == Way::Network && !perturb(*network.module)) {
    tell("there is no coefficient to alter");
    return false;
  }
  auto made = onnxModel(options, network, /*withDefaults=*/false);
  if (!made) {
    llvm::outs() << profileName()
                 << ": refused: " << llvm::toString(made.takeError()) << '\n';
    return false;
  }
  file = std::move(*made);
  auto jit =
      compileInMemory(*compiler, *lowered, options.form, recordingFunctions());
  if (!jit) {
    tell(llvm::toString(jit.takeError()));
    return false;
  }
  kernel = std::move(*jit);
  return true;
}

/// Sizes from the least on; every axis has its own, so that none is taken for
/// another.
static std::vector<GridSizes> sizesToExport(const pde::Interface &interface) {
  std::vector<int64_t> wanted(3 * interface.grids.size(), 1);
  GridSizes least(interface, wanted);
  std::vector<int64_t> more = {0, 3, 16, 63, 256};
  bool isFlat = llvm::all_of(
      interface.grids, [](const auto &grid) { return grid.axes.size() == 1; });
  if (!isFlat)
    more = {0, 3, 8, 15};
  std::vector<GridSizes> result;
  for (int64_t cells : more) {
    for (size_t i = 0; i < wanted.size(); ++i)
      wanted[i] = least.all()[i] + cells + 2 * (i % 3);
    GridSizes sizes(interface, wanted);
    if (result.empty() || !(sizes == result.back()))
      result.push_back(sizes);
  }
  return result;
}

void ProfileVerifier::runKernels() {
  for (const GridSizes &sizes : sizesToExport(interface)) {
    Fields inputs = randomInputs(interface, sizes, options.seed);
    Results results =
        execute(kernel->program(), interface, sizes, {}, inputs, /*threads=*/1);
    if (results.failure.empty()) {
      runs.push_back({sizes, std::move(inputs), std::move(results)});
    } else {
      failure = results.failure;
      ++failedRuns;
    }
  }
}

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

template <typename T>
static std::string bytesOf(const std::vector<double> &field) {
  std::vector<T> cells(field.begin(), field.end());
  return {reinterpret_cast<const char *>(cells.data()),
          cells.size() * sizeof(T)};
}

template <typename T>
static std::vector<double> fieldOf(const std::string &bytes) {
  std::vector<T> cells(bytes.size() / sizeof(T));
  std::memcpy(cells.data(), bytes.data(), cells.size() * sizeof(T));
  return {cells.begin(), cells.end()};
}

OnnxFeeds ProfileVerifier::feedsOf(const KernelRun &run) {
  OnnxFeeds feeds;
  for (size_t i = 0; i < interface.inputs.size(); ++i) {
    const auto &port = interface.inputs[i];
    auto extents = port.extents(run.sizes.all());
    std::vector<int64_t> dims(extents.begin(),
                              extents.begin() +
                                  interface.grids[port.grid].axes.size());
    if (interface.grids[port.grid].isArray())
      dims = interface.grids[port.grid].extents;
    feeds.push_back({file->inputs[i], interface.isF32 ? "float32" : "float64",
                     dims,
                     interface.isF32 ? bytesOf<float>(run.inputs[i])
                                     : bytesOf<double>(run.inputs[i])});
  }
  auto feedNumber = [&](const std::string &name, const char *type,
                        const auto &value) {
    feeds.push_back({name,
                     type,
                     {},
                     {reinterpret_cast<const char *>(&value), sizeof value}});
  };
  for (const auto &size : file->sizes)
    feedNumber(size.name, "int64",
               run.sizes.all()[size.grid * PDE_MAX_RANK + size.axis]);
  for (int number : file->params) {
    const auto &param = interface.params[number];
    param.isInt ? feedNumber(param.name, "int64", param.integer)
                : feedNumber(param.name, "float64", param.real);
  }
  return feeds;
}

static double distance(const std::vector<double> &a,
                       const std::vector<double> &b) {
  double most = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    double here = std::abs(a[i] - b[i]);
    if (!(here <= most))
      most = here;
  }
  return most;
}

bool ProfileVerifier::compareOutput(const KernelRun &run, size_t port,
                                    Rounding &rounding,
                                    const std::vector<double> &theirs) {
  const std::vector<double> &mine = run.results.outputs[port];
  const std::string &name = interface.outputs[port].name;
  if (mine.size() != theirs.size()) {
    tell(llvm::formatv("the model of the profile {0} gives '{1}' {2} cells, "
                       "not {3}",
                       profileName(), name, theirs.size(), mine.size()));
    return false;
  }
  double difference = distance(theirs, mine);
  double scale = distance(mine, std::vector<double>(mine.size(), 0));
  if (agreement.accepts(difference, scale, port, rounding))
    return true;
  tell(llvm::formatv("kernel and model of the profile {0} differ ({1} cells) "
                     "in '{2}': by {3} of the largest value",
                     profileName(), run.sizes.text(), name,
                     llvm::format("%.1e", relativeTo(scale, difference))));
  return false;
}

/// Whether an output of the model has floats; numbers are doubles.
static bool isSingle(const pde::Interface &interface, size_t port) {
  return interface.isF32 && !interface.outputs[port].isNumber();
}

bool ProfileVerifier::compare(
    const std::vector<std::vector<std::string>> &results) {
  for (auto [run, bytes] : llvm::zip(runs, results)) {
    reference::Data data =
        referenceData(interface, run.sizes, {}, run.inputs, run.results);
    // Rounding may also decide when a loop of the model ends.
    data.passes = {};
    Rounding rounding(*reference.module, interface, std::move(data));
    for (size_t port = 0; port < interface.outputs.size(); ++port)
      if (!compareOutput(run, port, rounding,
                         isSingle(interface, port)
                             ? fieldOf<float>(bytes[port])
                             : fieldOf<double>(bytes[port])))
        return false;
  }
  return true;
}

ProfileVerifier::Outcome ProfileVerifier::run() {
  if (!prepare())
    return Outcome::Refused;
  runKernels();
  if (runs.empty()) {
    llvm::outs() << profileName()
                 << ": nothing to compare, the kernel fails: " << failure
                 << '\n';
    return Outcome::Refused;
  }
  std::vector<OnnxFeeds> feeds;
  for (const KernelRun &run : runs)
    feeds.push_back(feedsOf(run));
  auto results = runner.run(file->bytes, feeds, file->outputs);
  if (!results) {
    tell(std::string(profileName()) + ": " +
         llvm::toString(results.takeError()));
    return Outcome::Different;
  }
  if (!compare(*results))
    return Outcome::Different;
  llvm::outs() << llvm::formatv(
      "{0}: {1} runs on {2} to {3} cells; within {4} of the kernel",
      profileName(), runs.size(), runs.front().sizes.text(),
      runs.back().sizes.text(),
      llvm::format("%.1e", agreement.worst.value_or(0)));
  llvm::outs() << agreement.sensitiveText();
  if (failedRuns)
    llvm::outs() << llvm::formatv("; {0} {1} failed in the kernel", failedRuns,
                                  failedRuns == 1 ? "run" : "runs");
  llvm::outs() << '\n';
  return Outcome::Same;
}

//===----------------------------------------------------------------------===//
// The command
//===----------------------------------------------------------------------===//

int runVerifyOnnx(const VerifyOptions &options) {
  Failure failure;
  auto script = Script::load(options, failure);
  if (!script || !script->check(failure)) {
    if (!failure.text.empty())
      llvm::errs() << "pdec: error: " << failure.text << '\n';
    return failure.exitCode;
  }
  auto runner = OnnxRunner::find();
  if (!runner) {
    llvm::errs() << "pdec: error: " << llvm::toString(runner.takeError())
                 << '\n';
    return 1;
  }
  bool isAnySame = false;
  for (Profile profile : {Profile::Conv, Profile::Slice}) {
    VerifyOptions one = options;
    one.profile = profile;
    one.isF32 = profile == Profile::Conv;
    auto outcome = ProfileVerifier(one, *runner, script->program()).run();
    if (outcome == ProfileVerifier::Outcome::Different)
      return 1;
    isAnySame = isAnySame || outcome == ProfileVerifier::Outcome::Same;
  }
  return isAnySame ? 0 : 1;
}

} // namespace pdec::driver
