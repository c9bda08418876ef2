//===- VerifyOnnx.cpp - ONNX models agree with the kernel -----------------===//
//
// Each profile's model is run by ONNX Runtime, and the kernel of the same
// precision in this process, on the same random data, over the whole run. Their
// outputs differ by rounding only: exp is another library's, and convolutions
// may be summed in another order.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Jit.h"
#include "compiler/driver/Commands.h"
#include "compiler/driver/Exports.h"
#include "compiler/driver/OnnxRunner.h"
#include "compiler/driver/Perturb.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <cmath>
#include <cstring>
#include <random>

namespace pdec::driver {

namespace {

/// Sizes of all grids, as pde_call has them.
using Sizes = std::vector<int64_t>;
using Fields = std::vector<std::vector<double>>;

/// What the kernel makes of one set of data.
struct KernelRun {
  Sizes sizes;
  Fields inputs, outputs;
  std::string failure;
};

/// One profile of a script.
class ProfileVerifier {
public:
  ProfileVerifier(const Options &options, const OnnxRunner &runner,
                  const Program &program)
      : options(options), runner(runner), program(program) {}

  /// Refused: the profile has no words for the script, or nothing to compare.
  enum class Outcome { Same, Different, Refused };
  Outcome run();

private:
  const Options &options;
  const OnnxRunner &runner;
  const Program &program;
  pde::Interface interface;
  std::optional<exporters::OnnxFile> file;
  std::optional<codegen::JitProgram> kernel;
  std::vector<KernelRun> runs;
  double worst = 0;
  int failedRuns = 0;
  std::string failure; ///< of the last of them

  const char *profileName() const {
    return options.profile == Profile::Conv ? "conv, f32" : "slice, f64";
  }
  void tell(const std::string &text) {
    llvm::errs() << "pdec: error: " << options.file << ": " << text << '\n';
  }
  bool prepare();
  void runKernels();
  bool compare(const std::vector<std::vector<std::string>> &results);
  bool compareOutput(const KernelRun &run, size_t port,
                     const std::vector<double> &theirs);
  double sensitivity(KernelRun run, size_t port);
  OnnxFeeds feedsOf(const KernelRun &run);
  void execute(KernelRun &run);
  template <typename T> void executeAs(KernelRun &run);
  int64_t numCells(const Sizes &sizes, int grid) const;
  std::string sizesText(const Sizes &sizes) const;
};

} // namespace

static double tolerance(bool isF32) { return isF32 ? 1e-5 : 1e-12; }

/// Beyond the tolerance a difference may still be what the scheme makes of
/// rounding errors: up to this many times what it makes of a change of the data
/// in the last place.
static constexpr double amplificationAllowed = 100;

//===----------------------------------------------------------------------===//
// Sizes and data
//===----------------------------------------------------------------------===//

/// The sizes along an axis of the grids that coarsen `root`, if its own is
/// `size`; false if one cannot be halved or is too small.
static bool settleAxis(const pde::Interface &interface, int root, int axis,
                       int64_t size, Sizes &sizes) {
  for (size_t grid = root; grid < interface.grids.size(); ++grid) {
    const auto &info = interface.grids[grid];
    // The root of this grid's hierarchy.
    int above = grid;
    while (interface.grids[above].parent >= 0)
      above = interface.grids[above].parent;
    if (above != root)
      continue;
    int64_t own = size;
    if (info.parent >= 0) {
      own = sizes[info.parent * PDE_MAX_RANK + axis];
      bool isVertex = info.axes[axis].coarsening == pde::Coarsening::Vertex;
      if (info.axes[axis].coarsening != pde::Coarsening::Same) {
        if (own % 2 != isVertex)
          return false;
        own = (own - isVertex) / 2;
      }
    }
    if (own < info.axes[axis].minSize)
      return false;
    sizes[grid * PDE_MAX_RANK + axis] = own;
  }
  return true;
}

/// Legal sizes of all grids, of about `wanted` cells an axis; other axes have
/// more, so that none is taken for another.
static std::optional<Sizes> settleSizes(const pde::Interface &interface,
                                        int64_t wanted) {
  constexpr int64_t search = 300;
  Sizes sizes(interface.grids.size() * PDE_MAX_RANK, 1);
  for (size_t grid = 0; grid < interface.grids.size(); ++grid) {
    if (interface.grids[grid].parent >= 0)
      continue;
    for (size_t axis = 0; axis < interface.grids[grid].axes.size(); ++axis) {
      int64_t least = wanted + 2 * axis, size = least;
      while (!settleAxis(interface, grid, axis, size, sizes))
        if (++size > least + search)
          return std::nullopt;
    }
  }
  return sizes;
}

/// Values in [-1, 1] with differences of many magnitudes, so that fluxes are
/// met where they act and where they saturate.
static std::vector<double> randomField(std::mt19937_64 &random, int64_t cells,
                                       bool isF32) {
  std::vector<double> field(cells);
  double value = 0;
  for (double &cell : field) {
    double step = double(random() >> 11) * 0x1p-52 - 1;
    value += std::ldexp(step, -int(random() % 10));
    if (std::abs(value) > 1)
      value = std::copysign(2, value) - value;
    cell = isF32 ? float(value) : value;
  }
  return field;
}

int64_t ProfileVerifier::numCells(const Sizes &sizes, int grid) const {
  int64_t cells = 1;
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis)
    cells *= sizes[grid * PDE_MAX_RANK + axis];
  return cells;
}

std::string ProfileVerifier::sizesText(const Sizes &sizes) const {
  std::string text;
  size_t rank = interface.grids.front().axes.size();
  for (size_t axis = 0; axis < rank; ++axis)
    text += (axis ? " x " : "") + std::to_string(sizes[axis]);
  return text + (text == "1" ? " cell" : " cells");
}

//===----------------------------------------------------------------------===//
// Kernel
//===----------------------------------------------------------------------===//

template <typename T> void ProfileVerifier::executeAs(KernelRun &run) {
  std::vector<std::vector<T>> given, made;
  std::vector<const void *> givenPointers;
  std::vector<void *> madePointers;
  for (const auto &input : run.inputs)
    given.emplace_back(input.begin(), input.end());
  for (const auto &port : interface.outputs)
    made.emplace_back(port.count(run.sizes));
  for (auto &input : given)
    givenPointers.push_back(input.data());
  for (auto &output : made)
    madePointers.push_back(output.data());
  pde_call call{nullptr, run.sizes.data(), givenPointers.data(),
                madePointers.data(), 1};
  char message[256];
  if (pde_execute(&kernel->program(), &call, message, sizeof message) != 0)
    run.failure = message;
  run.outputs.clear();
  for (auto &output : made)
    run.outputs.emplace_back(output.begin(), output.end());
}

void ProfileVerifier::execute(KernelRun &run) {
  interface.isF32 ? executeAs<float>(run) : executeAs<double>(run);
}

/// The model and the kernel, in the profile's precision. False if there is no
/// model, about which it has told.
bool ProfileVerifier::prepare() {
  auto compiler = Compiler::create(options);
  if (!compiler) {
    tell(llvm::toString(compiler.takeError()));
    return false;
  }
  Lowered lowered = compiler->generate(program);
  interface = lowered.interface;
  Lowered network = {lowered.module->clone(), interface};
  compiler->lowerToNet(network);
  if (options.perturb == Form::Network && !perturb(*network.module)) {
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
  auto context = std::make_unique<llvm::LLVMContext>();
  auto module = compiler->compile(lowered, options.form,
                                  codegen::Product::Library, *context);
  auto jit = codegen::JitProgram::create(std::move(module), std::move(context),
                                         compiler->machine(), interface.name);
  if (!jit) {
    tell(llvm::toString(jit.takeError()));
    return false;
  }
  kernel = std::move(*jit);
  return true;
}

void ProfileVerifier::runKernels() {
  auto least = settleSizes(interface, 1);
  if (!least)
    return;
  std::vector<int64_t> more = {0, 3, 16, 63, 256};
  if (interface.grids.front().axes.size() > 1)
    more = {0, 3, 8, 15};
  for (int64_t cells : more) {
    int64_t size = least->front() + cells;
    auto sizes = settleSizes(interface, size);
    if (!sizes || (!runs.empty() && runs.back().sizes == *sizes))
      continue;
    std::mt19937_64 random(options.seed * 1000003 + size);
    KernelRun run{*sizes, {}, {}, ""};
    for (const auto &port : interface.inputs)
      run.inputs.push_back(
          randomField(random, numCells(*sizes, port.grid), interface.isF32));
    execute(run);
    if (run.failure.empty()) {
      runs.push_back(std::move(run));
    } else {
      failure = run.failure;
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
    int grid = interface.inputs[i].grid;
    std::vector<int64_t> dims;
    for (size_t axis = 0; axis < interface.grids[grid].axes.size(); ++axis)
      dims.push_back(run.sizes[grid * PDE_MAX_RANK + axis]);
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
               run.sizes[size.grid * PDE_MAX_RANK + size.axis]);
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

/// How far an output of the kernel moves when the data do by one unit in the
/// last place, up or down by turns.
double ProfileVerifier::sensitivity(KernelRun run, size_t port) {
  double unit = interface.isF32 ? 0x1p-23 : 0x1p-52;
  std::vector<double> before = run.outputs[port];
  for (auto &input : run.inputs)
    for (size_t i = 0; i < input.size(); ++i)
      input[i] *= i * 7 / 3 % 2 ? 1 + unit : 1 - unit;
  execute(run);
  return distance(run.outputs[port], before);
}

bool ProfileVerifier::compareOutput(const KernelRun &run, size_t port,
                                    const std::vector<double> &theirs) {
  const std::vector<double> &mine = run.outputs[port];
  const std::string &name = interface.outputs[port].name;
  if (mine.size() != theirs.size()) {
    tell(llvm::formatv("the model of the profile {0} gives '{1}' {2} cells, "
                       "not {3}",
                       profileName(), name, theirs.size(), mine.size()));
    return false;
  }
  double difference = distance(theirs, mine);
  double scale = distance(mine, std::vector<double>(mine.size(), 0));
  double relative = scale > 0 ? difference / scale : difference;
  if (!(relative <= worst))
    worst = relative;
  if (relative <= tolerance(interface.isF32) ||
      difference <= amplificationAllowed * sensitivity(run, port))
    return true;
  tell(llvm::formatv("kernel and model of the profile {0} differ ({1}) in "
                     "'{2}': by {3} of the largest value",
                     profileName(), sizesText(run.sizes), name,
                     llvm::format("%.1e", relative)));
  return false;
}

bool ProfileVerifier::compare(
    const std::vector<std::vector<std::string>> &results) {
  for (size_t i = 0; i < runs.size(); ++i)
    for (size_t port = 0; port < interface.outputs.size(); ++port) {
      const std::string &bytes = results[i][port];
      if (!compareOutput(runs[i], port,
                         interface.isF32 ? fieldOf<float>(bytes)
                                         : fieldOf<double>(bytes)))
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
      "{0}: {1} runs, {2} to {3}; within {4} of the kernel", profileName(),
      runs.size(), sizesText(runs.front().sizes), sizesText(runs.back().sizes),
      llvm::format("%.1e", worst));
  if (failedRuns)
    llvm::outs() << llvm::formatv("; {0} {1} failed in the kernel", failedRuns,
                                  failedRuns == 1 ? "run" : "runs");
  llvm::outs() << '\n';
  return Outcome::Same;
}

//===----------------------------------------------------------------------===//
// The command
//===----------------------------------------------------------------------===//

int runVerifyOnnx(const Options &options) {
  Failure failure;
  auto script = Script::load(options.file, failure);
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
    Options one = options;
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
