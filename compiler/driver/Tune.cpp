//===- Tune.cpp - the fastest shapes of tiles, by measuring ---------------===//
//
// The program runs as it would for its user: with its own inputs, sizes and
// threads. All shapes run once; the best of them and the cost model's choice
// then take turns, so that what else the machine does meets all alike. No shape
// changes a bit of the results, and that is checked.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Tune.h"
#include "compiler/analysis/Rates.h"
#include "compiler/driver/TunedFile.h"
#include "compiler/kernel/KernelDialect.h"
#include "compiler/script/Script.h"
#include "compiler/stages/InMemory.h"
#include "compiler/verify/Execution.h"
#include "runtime/execution/Settings.h"
#include "runtime/system/Text.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <limits>
#include <set>

namespace pdec::driver {

namespace {

/// What all shapes run with, and where their results go.
struct Setting {
  std::vector<pde_value> params;
  std::vector<int64_t> sizes;
  std::vector<std::vector<char>> inputs, outputs;
  std::vector<const void *> inputPlaces;
  std::vector<void *> outputPlaces;
  int threads = 0;
};

/// A program whose tiles have some shape.
struct Trial {
  std::string tiles; ///< empty: as the cost model chooses
  codegen::JitProgram program;
  std::vector<double> seconds;

  double median() const;
};

/// Measures one script's program.
class Tuner {
public:
  explicit Tuner(const Options &options) : options(options) {}
  /// Chooses among all; false if the program cannot run.
  bool run(Failure &failure);
  std::string best() const { return trials.front().tiles; }
  /// A line for each of those that were measured to the end, the best first.
  std::vector<std::string> table() const;

private:
  const Options &options;
  pde::Interface interface;
  Setting setting;
  std::vector<std::vector<char>> expected; ///< the outputs
  std::vector<Trial> trials;
  int repeats = 1; ///< of short runs, which are measured together
  std::set<unsigned> ranks;

  std::optional<Lowered> lower(Compiler &compiler, Failure &failure) const;
  bool findRanks(Failure &failure);
  std::optional<Trial> make(const std::string &tiles, Failure &failure);
  bool prepare(const pde_program &program, Failure &failure);
  void giveRandomInputs();
  std::optional<double> time(const Trial &trial, double limit,
                             Failure &failure);
  bool measureChosen(Failure &failure);
  bool measureShape(const std::string &tiles, Failure &failure);
  bool measureInTurns(Failure &failure);
};

} // namespace

/// Rounds in which the best take turns, and how many these are beside the cost
/// model's choice.
static constexpr int numRounds = 7;
static constexpr size_t numFinalists = 3;
/// A measurement lasts at least so long.
static constexpr double leastSeconds = 0.02;
/// A shape must save so much of the time, or the cost model's choice stays.
static constexpr double leastGain = 0.02;
/// A run that takes so much longer than the chosen shape is ended.
static constexpr double mostOfChosen = 2;

double Trial::median() const {
  std::vector<double> sorted = seconds;
  llvm::sort(sorted);
  return sorted[sorted.size() / 2];
}

//===----------------------------------------------------------------------===//
// Programs
//===----------------------------------------------------------------------===//

std::optional<Lowered> Tuner::lower(Compiler &compiler,
                                    Failure &failure) const {
  if (options.isModule)
    return compiler.read(failure);
  auto script = Script::load(options, failure);
  if (!script || !script->check(failure))
    return std::nullopt;
  return script->generate(compiler, failure);
}

/// The numbers of axes that swept grids have.
bool Tuner::findRanks(Failure &failure) {
  auto compiler = Compiler::create(options);
  if (!compiler) {
    failure = {1, llvm::toString(compiler.takeError())};
    return false;
  }
  auto lowered = lower(*compiler, failure);
  if (!lowered)
    return false;
  compiler->lowerToKernel(*lowered, KernelStage::Tiles);
  lowered->module->walk(
      [&](kernel::CallOp call) { ranks.insert(call.getTile().rank()); });
  return true;
}

std::optional<Trial> Tuner::make(const std::string &tiles, Failure &failure) {
  Options shaped = options;
  shaped.tiles = tiles;
  auto compiler = Compiler::create(shaped);
  if (!compiler) {
    failure = {1, llvm::toString(compiler.takeError())};
    return std::nullopt;
  }
  auto lowered = lower(*compiler, failure);
  if (!lowered)
    return std::nullopt;
  interface = lowered->interface;
  analysis::measureSteps(*lowered->module);
  auto program = compileInMemory(*compiler, *lowered, options.form);
  if (program)
    return Trial{tiles, std::move(*program), {}};
  failure = {1, llvm::toString(program.takeError())};
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Runs
//===----------------------------------------------------------------------===//

/// Numbers for inputs without a default.
void Tuner::giveRandomInputs() {
  GridSizes sizes(interface, setting.sizes);
  Fields fields = randomInputs(interface, sizes, /*seed=*/1);
  setting.inputs.resize(fields.size());
  for (size_t i = 0; i < fields.size(); ++i) {
    auto take = [&](auto element) {
      std::vector<decltype(element)> cells(fields[i].begin(), fields[i].end());
      auto *bytes = reinterpret_cast<const char *>(cells.data());
      setting.inputs[i].assign(bytes, bytes + cells.size() * sizeof element);
    };
    if (interface.inputs[i].hasDefault)
      continue;
    interface.isF32 ? take(float()) : take(double());
  }
}

/// Reads what the user gives of parameters, sizes and threads.
bool Tuner::prepare(const pde_program &program, Failure &failure) {
  try {
    setting.params = pdert::readParams(program, options.fixedParams);
    setting.sizes = pdert::defaultSizes(program);
    std::vector<int64_t> given = pdert::readSizes(program, options.fixedSizes);
    for (size_t i = 0; i < given.size(); ++i)
      if (given[i])
        setting.sizes[i] = given[i];
    pdert::completeSizes(program, setting.sizes);
    setting.threads = pdert::readThreads(options.tuneThreads);
  } catch (const pdert::Failure &problem) {
    failure = {1, problem.message};
    return false;
  } catch (const pdert::UsageError &problem) {
    failure = {2, problem.message};
    return false;
  }
  giveRandomInputs();
  size_t element = interface.isF32 ? sizeof(float) : sizeof(double);
  for (const auto &port : interface.outputs)
    setting.outputs.emplace_back(
        port.isNumber() ? sizeof(double) : port.count(setting.sizes) * element);
  for (auto &input : setting.inputs)
    setting.inputPlaces.push_back(input.empty() ? nullptr : input.data());
  for (auto &output : setting.outputs)
    setting.outputPlaces.push_back(output.data());
  return true;
}

namespace {

/// A clock that ends a run which takes too long.
struct Stopwatch {
  std::chrono::steady_clock::time_point begin =
      std::chrono::steady_clock::now();
  double limit;

  explicit Stopwatch(double limit) : limit(limit) {}
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                         begin)
        .count();
  }
  static int look(void *watch, const pde_moment *) {
    auto *self = static_cast<Stopwatch *>(watch);
    return self->seconds() > self->limit;
  }
};

} // namespace

/// Seconds of a run, mean of the repeats; infinite if it took longer than
/// `limit`, in which case its outputs are not whole.
std::optional<double> Tuner::time(const Trial &trial, double limit,
                                  Failure &failure) {
  Stopwatch watch(limit * repeats);
  pde_call call = {};
  call.size = sizeof call;
  call.params = setting.params.data();
  call.sizes = setting.sizes.data();
  call.inputs = setting.inputPlaces.data();
  call.outputs = setting.outputPlaces.data();
  call.threads = setting.threads;
  call.monitor = Stopwatch::look;
  call.closure = &watch;
  call.interval = 0.05;
  for (int i = 0; i < repeats; ++i) {
    char message[1024];
    int code =
        pde_execute(&trial.program.program(), &call, message, sizeof message);
    if (code == 2)
      return std::numeric_limits<double>::infinity();
    if (code != 0) {
      failure = {1, message};
      return std::nullopt;
    }
  }
  return watch.seconds() / repeats;
}

//===----------------------------------------------------------------------===//
// Choices
//===----------------------------------------------------------------------===//

static std::vector<std::string>
products(const std::vector<std::string> &cells,
         const std::vector<std::string> &steps) {
  std::vector<std::string> shapes;
  for (const std::string &one : cells)
    for (const std::string &many : steps)
      shapes.push_back(one + ":" + many);
  return shapes;
}

/// Shapes to try on grids of so many axes. Along the first of several a tile's
/// memory does not grow.
static std::vector<std::string> shapesOf(unsigned rank) {
  switch (rank) {
  case 1:
    return products({"512", "1024", "2048", "4096"}, {"8", "16", "32", "64"});
  case 2:
    return products({"256x256", "256x512", "256x1024", "64x512"},
                    {"1", "4", "8", "16"});
  default:
    return products({"128x32x128", "128x64x128", "128x64x256", "16x16x256"},
                    {"1", "2", "4"});
  }
}

/// The first run of all, as the cost model has it.
bool Tuner::measureChosen(Failure &failure) {
  constexpr double none = std::numeric_limits<double>::infinity();
  auto chosen = make("", failure);
  if (!chosen || !prepare(chosen->program.program(), failure) ||
      !time(*chosen, none, failure))
    return false;
  expected = setting.outputs;
  auto once = time(*chosen, none, failure);
  if (!once)
    return false;
  repeats = std::clamp(int(leastSeconds / *once), 1, 1000);
  auto together = time(*chosen, none, failure);
  if (!together)
    return false;
  chosen->seconds = {*together};
  trials.push_back(std::move(*chosen));
  return true;
}

/// Compiles and runs one shape more; one that is far too slow is left out.
bool Tuner::measureShape(const std::string &tiles, Failure &failure) {
  double limit = mostOfChosen * trials.front().seconds.front();
  auto trial = make(tiles, failure);
  if (!trial)
    return false;
  // Code and memory are met for the first time.
  auto first = time(*trial, 2 * limit, failure);
  if (!first)
    return false;
  if (*first > 2 * limit)
    return true;
  if (setting.outputs != expected) {
    failure = {70, "this is a bug of pdec: tiles of " + tiles +
                       " give other results; please report it with the "
                       "script"};
    return false;
  }
  auto again = time(*trial, limit, failure);
  if (!again)
    return false;
  if (*again <= limit) {
    trial->seconds = {*again};
    trials.push_back(std::move(*trial));
  }
  return true;
}

/// The cost model's choice, the first of all, and the best of the others.
bool Tuner::measureInTurns(Failure &failure) {
  auto faster = [](const Trial &a, const Trial &b) {
    return a.median() < b.median();
  };
  std::sort(trials.begin() + 1, trials.end(), faster);
  if (trials.size() > 1 + numFinalists)
    trials.erase(trials.begin() + 1 + numFinalists, trials.end());
  for (Trial &trial : trials)
    trial.seconds.clear();
  for (int round = 0; round < numRounds; ++round)
    for (Trial &trial : trials) {
      auto seconds =
          time(trial, std::numeric_limits<double>::infinity(), failure);
      if (!seconds)
        return false;
      trial.seconds.push_back(*seconds);
    }
  double chosen = trials.front().median();
  auto best = std::min_element(trials.begin(), trials.end(), faster);
  if (best->median() <= (1 - leastGain) * chosen)
    std::rotate(trials.begin(), best, best + 1);
  return true;
}

/// One number of axes after the other; shapes of those before stay.
bool Tuner::run(Failure &failure) {
  if (!findRanks(failure) || !measureChosen(failure))
    return false;
  for (unsigned rank : ranks) {
    std::string before = best().empty() ? "" : best() + ",";
    for (const std::string &shape : shapesOf(rank))
      if (!measureShape(before + shape, failure))
        return false;
    if (!measureInTurns(failure))
      return false;
  }
  return true;
}

std::vector<std::string> Tuner::table() const {
  std::vector<std::string> lines;
  for (const Trial &trial : trials)
    lines.push_back(llvm::formatv("{0,-32} {1,10:f3} ms a run",
                                  trial.tiles.empty() ? "chosen" : trial.tiles,
                                  1000 * trial.median()));
  return lines;
}

std::optional<std::string> tune(const Options &options, Failure &failure) {
  Tuner tuner(options);
  if (!tuner.run(failure))
    return std::nullopt;
  std::vector<std::string> table = tuner.table();
  for (const std::string &line : table)
    llvm::errs() << line << '\n';
  return tunedText(options, tuner.best(), table);
}

} // namespace pdec::driver
