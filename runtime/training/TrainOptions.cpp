//===- TrainOptions.cpp - the command line of a training ------------------===//

#include "runtime/training/TrainOptions.h"
#include "runtime/command/Help.h"
#include "runtime/system/Text.h"

#include <string_view>
#include <vector>

using namespace pdert;

namespace {

/// An option of trainings alone, and the member that it sets.
struct Option {
  OptionInfo info;
  std::string TrainOptions::*text;
  int64_t TrainOptions::*number; ///< from `least` on
  int64_t least;
};

} // namespace

static const Option table[] = {
    {{"--out", "FILE.npz", "write the trained weights there; also -o"},
     &TrainOptions::output,
     nullptr,
     0},
    {{"--epochs", "N",
      "go through the samples N times (default: the script's)"},
     nullptr,
     &TrainOptions::epochs,
     1},
    {{"--batch", "N", "samples for a step (default: the script's)"},
     nullptr,
     &TrainOptions::batch,
     1},
    {{"--samples", "N", "samples of an epoch where no file has them"},
     nullptr,
     &TrainOptions::samples,
     1},
    {{"--seed", "N", "of the order of the samples (default: 1)"},
     nullptr,
     &TrainOptions::seed,
     0},
    {{"--patience", "N",
      "end after N epochs without a smaller loss of --validate"},
     nullptr,
     &TrainOptions::patience,
     1},
    {{"--curve", "FILE.csv", "write the loss of each epoch there"},
     &TrainOptions::curve,
     nullptr,
     0},
};

static const OptionInfo validateInfo = {
    "--validate", "NAME=FILE",
    "an input's samples that are not learned from; the weights of the epoch\n"
    "with the least loss of them are kept"};
static const OptionInfo resumeInfo = {
    "--resume", "", "go on from the checkpoint FILE.npz.checkpoint"};

static const Option *findOption(std::string_view name) {
  if (name == "-o")
    name = "--out";
  for (const Option &option : table)
    if (name == option.info.name)
      return &option;
  return nullptr;
}

static void set(TrainOptions &options, const Option &option,
                const std::string &value) {
  if (option.text) {
    options.*option.text = value;
    return;
  }
  int64_t number = 0;
  if (parseInteger(value, number) != NumberFault::None || number < option.least)
    throw UsageError{format("option '%s' needs an integer from %lld on, but is "
                            "given %s",
                            option.info.name,
                            static_cast<long long>(option.least),
                            quoted(value).c_str())};
  options.*option.number = number;
}

/// The options of runs on validation samples.
static void readValidation(TrainOptions &options,
                           const std::vector<std::string> &inputs) {
  std::vector<std::string> words = {"pdec"};
  for (const std::string &input : inputs) {
    words.push_back("--input");
    words.push_back(input);
  }
  std::vector<char *> pointers;
  for (std::string &word : words)
    pointers.push_back(word.data());
  options.validates = !inputs.empty();
  options.validation = options.run;
  options.validation.inputs =
      parseOptions(static_cast<int>(pointers.size()), pointers.data()).inputs;
  if (options.patience && !options.validates)
    throw UsageError{"--patience is for trainings with --validate NAME=FILE"};
}

/// What a run writes or tells, and a training does not.
static void refuseOfRuns(const Options &run) {
  struct Given {
    const char *name;
    bool isGiven;
  };
  for (Given option : {Given{"--output", !run.outputs.empty()},
                       {"--depth", !run.depth.empty()},
                       {"--plot", !run.plot.empty()},
                       {"--plot-y", !run.plotY.empty()},
                       {"--report", !run.report.empty()},
                       {"--profile", run.profile},
                       {"--watch", run.watch},
                       {"--certificate", run.certificate},
                       {"--save-state", !run.saveState.empty()},
                       {"--every", !run.every.empty()},
                       {"--stop-after", !run.stopAfter.empty()},
                       {"--resume", !run.resume.empty()}})
    if (option.isGiven)
      throw UsageError{format("option '%s' is for runs, not for trainings: run "
                              "the script with --weights FILE.npz",
                              option.name)};
}

TrainOptions pdert::parseTrainOptions(int argc, char **argv, int64_t epochs,
                                      int64_t batch) {
  TrainOptions options;
  options.epochs = epochs;
  options.batch = batch;
  std::vector<char *> others = {argv[0]};
  std::vector<std::string> validation;
  for (int i = 1; i < argc; ++i) {
    std::string_view word = argv[i];
    size_t equals = word.find('=');
    std::string_view name = word.substr(0, equals);
    const Option *own = findOption(name);
    if (word == resumeInfo.name) {
      options.resumes = true;
    } else if (name == validateInfo.name && equals != std::string_view::npos) {
      validation.emplace_back(word.substr(equals + 1));
    } else if (name == validateInfo.name && i + 1 < argc) {
      validation.emplace_back(argv[++i]);
    } else if (name == validateInfo.name) {
      throw UsageError{format("option '%s' needs a value", validateInfo.name)};
    } else if (!own) {
      others.push_back(argv[i]);
    } else if (equals != std::string_view::npos) {
      set(options, *own, std::string(word.substr(equals + 1)));
    } else if (i + 1 < argc) {
      set(options, *own, argv[++i]);
    } else {
      throw UsageError{format("option '%s' needs a value", own->info.name)};
    }
  }
  options.run = parseOptions(static_cast<int>(others.size()), others.data());
  readValidation(options, validation);
  if (options.run.help)
    return options;
  if (options.output.empty())
    throw UsageError{"where the weights go is not said: give -o FILE.npz"};
  if (options.output.size() < 4 ||
      options.output.substr(options.output.size() - 4) != ".npz")
    throw UsageError{format("weights are written as .npz, but -o gives %s",
                            quoted(options.output).c_str())};
  refuseOfRuns(options.run);
  return options;
}

std::string pdert::trainHelpText(const pde_program &program) {
  std::string text = "\noptions of trainings\n";
  for (const Option &option : table)
    text += optionText(option.info);
  return helpText(program, "pdec train") + text + optionText(validateInfo) +
         optionText(resumeInfo);
}
