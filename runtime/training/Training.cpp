//===- Training.cpp - parameters that are learned from samples ------------===//

#include "runtime/training/Training.h"
#include "runtime/command/Weights.h"
#include "runtime/execution/Context.h"
#include "runtime/execution/Settings.h"
#include "runtime/execution/StateBytes.h"
#include "runtime/files/Publish.h"
#include "runtime/system/Signals.h"
#include "runtime/system/StandardStreams.h"
#include "runtime/system/Text.h"
#include "runtime/training/Checkpoint.h"
#include "runtime/training/Epoch.h"
#include "runtime/training/TrainOptions.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <numeric>
#include <unistd.h>

using namespace pdert;

namespace {

/// One training, from its options to its files.
class Course {
public:
  Course(const Training &training, const TrainOptions &options);
  void run();

private:
  const Training &training;
  const TrainOptions &options;
  Weights given;
  Samples samples;
  Batches batches;
  std::unique_ptr<Samples> validationSamples; ///< null: none
  std::unique_ptr<Batches> validation;
  Optimiser optimiser;
  Checkpoint checkpoint;

  std::string checkpointPath() const { return options.output + ".checkpoint"; }
  void begin();
  void runEpoch(int64_t epoch);
  void validate(int64_t epoch);
  bool isOver() const;
  void tell(int64_t epoch, int64_t batch) const;
  void finish();
  void writeCurve() const;
};

} // namespace

/// Of all that decides what a training makes of a batch.
static int64_t identityOf(const Training &training, const Weights &given,
                          const std::vector<int64_t> &sizes) {
  uint64_t sum = checksum(std::to_string(training.loss->type));
  for (const pde_program *program :
       {training.loss, training.start, training.step})
    sum = checksum(program->identity, sum);
  std::vector<pde_value> numbers = given.numbers();
  // Those that are learned are in the state.
  for (const TrainedWeight &weight : training.weights)
    if (!weight.isArray)
      numbers[weight.index].integer = 0;
  for (const pde_value &number : numbers)
    sum =
        checksum({reinterpret_cast<const char *>(&number), sizeof number}, sum);
  for (int64_t size : sizes)
    sum = checksum(std::to_string(size), sum);
  return int64_t(sum >> 16);
}

Course::Course(const Training &training, const TrainOptions &options)
    : training(training), options(options), given(*training.loss, options.run),
      samples(*training.loss, options.run, options.samples),
      batches(training, samples, given.numbers(),
              readThreads(options.run.threads)),
      optimiser(training, given.numbers()) {
  if (options.validates) {
    validationSamples =
        std::make_unique<Samples>(*training.loss, options.validation, 0);
    validation =
        std::make_unique<Batches>(training, *validationSamples, given.numbers(),
                                  readThreads(options.run.threads));
  }
  checkpoint.seed = options.seed;
  checkpoint.batch = std::min(options.batch, samples.count());
  checkpoint.samples = samples.count();
  checkpoint.identity = identityOf(training, given, samples.sizes());
}

/// The weights of files, or else the script's, and the optimiser's first state;
/// or those of a checkpoint.
void Course::begin() {
  TrainingState &state = checkpoint.state;
  state.weights.resize(training.numWeights());
  state.memory.assign(training.numStates,
                      std::vector<double>(training.numWeights()));
  if (validation)
    checkpoint.best = state.weights;
  if (options.resumes)
    return readCheckpoint(checkpointPath(), checkpoint);
  std::vector<std::vector<double>> files(training.weights.size());
  for (size_t w = 0; w < training.weights.size(); ++w) {
    const TrainedWeight &weight = training.weights[w];
    auto file = weight.isArray ? given.open(weight.index) : nullptr;
    if (!file)
      continue;
    Numbers numbers(training.loss->type, weight.count);
    given.read(weight.index, *file, numbers.data(),
               static_cast<pde_type>(training.loss->type));
    for (int64_t k = 0; k < weight.count; ++k)
      files[w].push_back(numbers.get(k));
  }
  batches.readInitial(files, state.weights);
  optimiser.start(state);
}

/// At most some times a second, where somebody looks.
void Course::tell(int64_t epoch, int64_t batch) const {
  static double last = 0;
  if (options.run.quiet || !isatty(STDERR_FILENO) || now() - last < 0.1)
    return;
  last = now();
  std::string loss = checkpoint.losses.empty()
                         ? ""
                         : ", loss " + format("%.6g", checkpoint.losses.back());
  std::fprintf(stderr, "\r\033[Kepoch %lld of %lld, batch %lld%s",
               static_cast<long long>(epoch),
               static_cast<long long>(options.epochs),
               static_cast<long long>(batch), loss.c_str());
}

void Course::runEpoch(int64_t epoch) {
  std::vector<int64_t> order =
      shuffled(samples.count(), checkpoint.seed, epoch);
  double loss = 0;
  std::vector<double> slope;
  for (int64_t begin = 0, batch = 1; begin < samples.count();
       begin += checkpoint.batch, ++batch) {
    int64_t end = std::min(begin + checkpoint.batch, samples.count());
    std::vector<int64_t> chosen(order.begin() + begin, order.begin() + end);
    try {
      double mean = batches.run(checkpoint.state.weights, chosen,
                                (epoch - 1) * samples.count() + begin, slope);
      loss += mean * double(end - begin);
      optimiser.step(checkpoint.state, slope);
    } catch (const Failure &failure) {
      throw Failure{
          format("epoch %lld, batch %lld: %s", static_cast<long long>(epoch),
                 static_cast<long long>(batch), failure.message.c_str())};
    }
    tell(epoch, batch);
  }
  checkpoint.losses.push_back(loss / double(samples.count()));
  if (validation)
    validate(epoch);
  writeCheckpoint(checkpointPath(), checkpoint);
}

/// The loss of the validation samples, in their order, after an epoch.
void Course::validate(int64_t epoch) {
  int64_t count = validationSamples->count();
  double loss = 0;
  std::vector<double> slope;
  for (int64_t begin = 0; begin < count; begin += checkpoint.batch) {
    int64_t end = std::min(begin + checkpoint.batch, count);
    std::vector<int64_t> chosen(end - begin);
    std::iota(chosen.begin(), chosen.end(), begin);
    try {
      loss += validation->run(checkpoint.state.weights, chosen, begin, slope) *
              double(end - begin);
    } catch (const Failure &failure) {
      throw Failure{format("epoch %lld, validation: %s",
                           static_cast<long long>(epoch),
                           failure.message.c_str())};
    }
  }
  checkpoint.validation.push_back(loss / double(count));
  if (checkpoint.bestEpoch() == epoch)
    checkpoint.best = checkpoint.state.weights;
}

/// Whether the validation loss has not become smaller for too long.
bool Course::isOver() const {
  int64_t done = int64_t(checkpoint.losses.size());
  return options.patience && done - checkpoint.bestEpoch() >= options.patience;
}

void Course::writeCurve() const {
  bool validates = checkpoint.validates();
  std::string text = validates ? "epoch,loss,validation\n" : "epoch,loss\n";
  for (size_t i = 0; i < checkpoint.losses.size(); ++i)
    text += std::to_string(i + 1) + "," + shortest(checkpoint.losses[i]) +
            (validates ? "," + shortest(checkpoint.validation[i]) : "") + "\n";
  std::string reason = writeTogether({{options.curve, text}});
  if (!reason.empty())
    throw Failure{reason};
}

void Course::finish() {
  const std::vector<double> &weights =
      checkpoint.validates() ? checkpoint.best : checkpoint.state.weights;
  writeWeights(options.output, training, weights);
  if (!options.curve.empty())
    writeCurve();
  std::remove(checkpointPath().c_str());
  if (options.run.quiet)
    return;
  if (isatty(STDERR_FILENO))
    std::fputs("\r\033[K", stderr);
  for (const TrainedWeight &weight : training.weights) {
    auto begin = weights.begin() + weight.offset;
    auto [least, most] = std::minmax_element(begin, begin + weight.count);
    if (weight.isArray)
      std::printf("%s %s: min %.9g, max %.9g\n", weight.name.c_str(),
                  shapeText(weight.shape.data(), weight.shape.size()).c_str(),
                  *least, *most);
    else
      std::printf("%s: %.17g\n", weight.name.c_str(), *least);
  }
  std::printf("loss: %.9g in epoch 1, %.9g in epoch %zu\n",
              checkpoint.losses.front(), checkpoint.losses.back(),
              checkpoint.losses.size());
  if (checkpoint.validates())
    std::printf("validation: %.9g in epoch %lld, whose weights these are\n",
                checkpoint.validation[checkpoint.bestEpoch() - 1],
                static_cast<long long>(checkpoint.bestEpoch()));
}

void Course::run() {
  begin();
  for (int64_t epoch = int64_t(checkpoint.losses.size()) + 1;
       epoch <= options.epochs && !isOver(); ++epoch)
    runEpoch(epoch);
  finish();
}

int pdert::trainMain(const Training &training, int argc, char **argv) {
  occupyClosedStreams();
  auto tell = [](const std::string &message) {
    std::fprintf(stderr, "pdec: error: %s\n", message.c_str());
  };
  try {
    TrainOptions options =
        parseTrainOptions(argc, argv, training.epochs, training.batch);
    if (options.run.help) {
      std::fputs(trainHelpText(*training.loss).c_str(), stdout);
      return 0;
    }
    SignalCleanup cleanup;
    Course(training, options).run();
    return 0;
  } catch (const UsageError &error) {
    tell(error.message + "; pdec train FILE --help lists the options");
    return 2;
  } catch (const Failure &failure) {
    tell(failure.message);
  } catch (const std::exception &exception) {
    tell(exception.what());
  }
  return 1;
}
