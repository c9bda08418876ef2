//===- Options.cpp - what the command line asks for -----------------------===//

#include "compiler/driver/Options.h"
#include "compiler/driver/OptionTable.h"
#include "compiler/support/Identifier.h"
#include "compiler/support/Suggest.h"
#include "compiler/support/TileShape.h"
#include "runtime/system/Text.h"

#include <CLI/CLI.hpp>

#include <map>

namespace pdec::driver {

static const std::map<std::string, Form> forms = {{"kernel", Form::Kernel},
                                                  {"network", Form::Network}};
static const std::map<std::string, Way> ways = {{"kernel", Way::Kernel},
                                                {"network", Way::Network},
                                                {"raised", Way::Raised}};
static const std::map<std::string, Profile> profiles = {
    {"conv", Profile::Conv}, {"slice", Profile::Slice}};
static const std::map<std::string, bool> precisions = {{"f64", false},
                                                       {"f32", true}};
static const std::map<std::string, std::string> shells = {
    {"bash", "bash"}, {"fish", "fish"}, {"zsh", "zsh"}};
static const std::map<std::string, Stage> stages = {
    {"ast", Stage::Ast},         {"program", Stage::Program},
    {"pde", Stage::Pde},         {"cert", Stage::Certificate},
    {"sweeps", Stage::Sweeps},   {"plan", Stage::Plan},
    {"tiles", Stage::Tiles},     {"rows", Stage::Rows},
    {"vectors", Stage::Vectors}, {"kernel", Stage::Kernel},
    {"net", Stage::Net},         {"raised", Stage::Raised},
    {"onnx", Stage::Onnx},       {"dot", Stage::Dot},
    {"llvm", Stage::Llvm},       {"asm", Stage::Assembly},
    {"obj", Stage::Object},      {"lib", Stage::Library},
    {"exe", Stage::Executable}};

/// Names for --help, in the order of a map.
template <typename Map> static std::string namesOf(const Map &map) {
  std::string names;
  for (const auto &[name, value] : map)
    names += (names.empty() ? "" : "|") + name;
  return names;
}

/// What a word stands for; a word that stands for nothing is wrong usage.
template <typename Map>
static auto chosen(const std::string &flag, const std::string &name,
                   const Map &choices) {
  auto found = choices.find(name);
  if (found == choices.end())
    throw CLI::ValidationError(flag,
                               "'" + name + "' is none of " + namesOf(choices));
  return found->second;
}

template <typename T>
static void addChoice(CLI::App &app, const std::string &flag, T &target,
                      const std::map<std::string, std::decay_t<T>> &choices,
                      const std::string &text) {
  app.add_option_function<std::string>(
         flag,
         [&target, &choices, flag](const std::string &name) {
           target = chosen(flag, name, choices);
         },
         text)
      ->option_text(namesOf(choices));
}

static void addCertify(CLI::App &app, Options &options) {
  app.add_flag("--certify", options.certify,
               "an evolution that is not proved to be stable is an error");
}

static void addForm(CLI::App &app, Options &options, const std::string &text) {
  addChoice(app, "--as", options.form, forms, text);
}

/// Options of the machine code, shared by the commands that make it.
static void addMachineOptions(CLI::App &app, Options &options) {
  addForm(app, options, "the program: a kernel or the network that it is");
  app.add_option_function<std::string>(
         "--precision",
         [&options](const std::string &name) {
           options.isF32 = chosen("--precision", name, precisions);
           options.precisionGiven = true;
         },
         "element type of the fields")
      ->option_text(namesOf(precisions));
  app.add_option("--march", options.march,
                 "processor to make code for, as LLVM names it; default: this "
                 "machine's")
      ->option_text("native|CPU");
  app.add_option("-O", options.optLevel, "optimisation level")
      ->check(CLI::Range(0, 3))
      ->option_text("0..3");
}

/// And of how it goes over memory.
static void addCodeOptions(CLI::App &app, Options &options) {
  addMachineOptions(app, options);
  app.add_option("--tiles", options.tiles,
                 "cells that a tile of a kernel owns, by the number of axes, "
                 "and steps that it advances at once; default: chosen")
      ->check([](const std::string &text) {
        return readTileShapes(text) ? std::string()
                                    : "'" + text +
                                          "' is no shape of tiles such as "
                                          "64x256:8, or several of grids of "
                                          "other numbers of axes";
      })
      ->option_text("CELLSxCELLS:STEPS");
  app.add_option("--tuned", options.tuned,
                 "take the cells and steps of tiles that pdec tune found")
      ->option_text("FILE")
      ->excludes("--tiles");
}

/// An option that compiled programs have too, and read like them.
static void addSetting(CLI::App &app, const std::string &flag,
                       std::vector<pdert::NamedValue> pdert::Options::*list,
                       std::vector<pdert::NamedValue> &target,
                       const std::string &text) {
  auto read = [flag, list, &target](const std::vector<std::string> &texts) {
    std::vector<std::string> words = {"pdec"};
    for (const std::string &given : texts)
      words.push_back(flag + "=" + given);
    std::vector<char *> pointers;
    for (std::string &word : words)
      pointers.push_back(word.data());
    try {
      target = pdert::parseOptions(pointers.size(), pointers.data()).*list;
    } catch (const pdert::UsageError &error) {
      throw CLI::ValidationError(error.message);
    }
  };
  app.add_option_function<std::vector<std::string>>(flag, read, text)
      ->allow_extra_args(false)
      ->option_text("NAME=VALUE");
}

static CLI::App *addCommand(CLI::App &app, Options &options,
                            const std::string &name, const std::string &text,
                            Command command) {
  CLI::App *result = app.add_subcommand(name, text);
  result->callback([&options, command] { options.command = command; });
  return result;
}

static CLI::Option *addFile(CLI::App &app, Options &options) {
  return app.add_option("FILE", options.file,
                        "the script, a .pde file; - is standard input");
}

static void addLayers(CLI::App &app, Options &options) {
  app.add_flag("--layers", options.layers,
               "with --as network: run it layer by layer, as it is written; "
               "slower, the same bits");
}

/// Public names of libraries and objects: words of C, and not the runtime's.
static void addName(CLI::App &app, Options &options) {
  app.add_option_function<std::string>(
         "--name",
         [&options](const std::string &name) {
           if (!isIdentifier(name))
             throw CLI::ValidationError(
                 "--name", "'" + name +
                               "' is no name in C: letters, digits and "
                               "underscores, no digit first");
           if (name == "pde")
             throw CLI::ValidationError(
                 "--name", "pde_execute is the runtime's own: choose another "
                           "name than 'pde'");
           options.name = name;
         },
         "with --emit lib|obj: what public names begin with; default: the "
         "file's name")
      ->option_text("NAME");
}

/// What pdec does without a command's name.
static void describeCompile(CLI::App &app, Options &options) {
  addFile(app, options);
  app.add_option("-o", options.output, "file to write")->option_text("FILE");
  addName(app, options);
  addCodeOptions(app, options);
  addLayers(app, options);
  addCertify(app, options);
  app.add_option_function<std::string>(
         "--emit",
         [&options](const std::string &name) {
           options.emit = chosen("--emit", name, stages);
         },
         "stop at a stage and write it")
      ->option_text("STAGE: ast|program|pde|cert|sweeps|plan|tiles|rows|"
                    "vectors|kernel|net|raised|onnx|dot|llvm|asm|obj|lib|exe");

  app.add_flag("--explain-tiling", options.explainTiling,
               "tell how the kernel goes over memory, and make no code")
      ->excludes("--emit");
  app.add_flag("--static", options.isStatic,
               "an executable that needs no shared library");
  app.add_flag("--locations", options.locations,
               "with stages from pde to raised: print each operation's place "
               "in the script");
}

/// Options of ONNX models, which only the stage onnx has.
static void describeModels(CLI::App &app, Options &options) {
  addChoice(app, "--profile", options.profile, profiles,
            "with --emit onnx: convolutions as nodes, in f32, or as slices, "
            "products and sums, in f64");
  app.add_flag("--unroll", options.unroll,
               "with --emit onnx: repeated blocks as copies, not as loops");
  addSetting(app, "--set", &pdert::Options::params, options.fixedParams,
             "with --emit onnx: parameters as numbers in the model, not as "
             "inputs");
  addSetting(app, "--size", &pdert::Options::sizes, options.fixedSizes,
             "with --emit onnx: sizes of grids as numbers in the model");
  app.add_option("--weights", options.fixedWeights,
                 "with --emit onnx: parameters from an archive, as pdec train "
                 "writes it, as numbers in the model")
      ->option_text("FILE.npz");
}

/// A command that runs a program in memory, whose own options are not known
/// here: they are handed on.
static CLI::App *addRunningCommand(CLI::App &app, Options &options,
                                   const char *name, const char *summary,
                                   Command command) {
  CLI::App *made = addCommand(app, options, name, summary, command);
  made->set_help_flag();
  made->allow_extras();
  addFile(*made, options)->required();
  addCodeOptions(*made, options);
  return made;
}

static void describeRun(CLI::App &app, Options &options) {
  CLI::App *run =
      addRunningCommand(app, options, "run",
                        "compile in memory and run; takes the options of the "
                        "program too (pdec run FILE --help)",
                        Command::Run);
  addLayers(*run, options);
  addCertify(*run, options);
}

static void describeTrain(CLI::App &app, Options &options) {
  addRunningCommand(app, options, "train",
                    "train what the script says, and write the weights (pdec "
                    "train FILE --help)",
                    Command::Train);
}

/// Its runs have the values that a user's will have: what is fast on one grid
/// need not be on another.
static void describeTune(CLI::App &app, Options &options) {
  CLI::App *tune = addCommand(
      app, options, "tune",
      "measure which tiles are the fastest on this machine, for --tuned",
      Command::Tune);
  addFile(*tune, options)->required();
  tune->add_option("-o", options.output,
                   "file to write; default: the script's name with .tiles")
      ->option_text("FILE");
  addMachineOptions(*tune, options);
  addSetting(*tune, "--set", &pdert::Options::params, options.fixedParams,
             "parameters of the runs");
  addSetting(*tune, "--size", &pdert::Options::sizes, options.fixedSizes,
             "sizes of grids in the runs");
  tune->add_option("--threads", options.tuneThreads,
                   "threads of the runs; default: all")
      ->option_text("N");
}

static void describeCheck(CLI::App &app, Options &options) {
  CLI::App *check = addCommand(app, options, "check",
                               "report errors and what is proved, make no code",
                               Command::Check);
  addFile(*check, options)->required();
  addForm(*check, options,
          "what is proved, in the words of schemes or of networks");
  addCertify(*check, options);
  addSetting(*check, "--set", &pdert::Options::params, options.fixedParams,
             "parameters as a run would be given them; an array by its file");
  addSetting(*check, "--size", &pdert::Options::sizes, options.fixedSizes,
             "sizes of grids as a run would be given them");
  check
      ->add_option("--weights", options.fixedWeights,
                   "parameters from an archive, as a run or pdec train has "
                   "them")
      ->option_text("FILE.npz");
}

static void describeVerify(CLI::App &app, Options &options) {
  CLI::App *verify = addCommand(
      app, options, "verify",
      "compare kernel, network and reference on random data", Command::Verify);
  addFile(*verify, options)->required();
  addCodeOptions(*verify, options);
  verify->add_flag("--onnx", options.onnx,
                   "compare ONNX models, run by ONNX Runtime, with the kernel");
  verify->add_option("--seed", options.seed, "seed of the data");
  verify->add_flag("--as-written", options.asWritten,
                   "with the script's own boundaries alone");
  verify
      ->add_option_function<std::string>(
          "--perturb",
          [&options](const std::string &name) {
            options.perturb = chosen("--perturb", name, ways);
          },
          "alter one coefficient of a form, to see that it is found")
      ->option_text(namesOf(ways));
}

/// Commands that make no code.
static void describeTools(CLI::App &app, Options &options) {
  CLI::App *format =
      addCommand(app, options, "fmt", "print a script in the standard layout",
                 Command::Format);
  addFile(*format, options)->required();
  format->add_flag("-i,--in-place", options.inPlace,
                   "write the file instead of printing");

  CLI::App *explain =
      addCommand(app, options, "explain", "explain an error", Command::Explain);
  explain->add_option("CODE", options.code,
                      "an error's code, such as E0201; all codes without it");
  explain->add_flag("--markdown", options.markdown,
                    "print the whole index (docs/errors.md)");

  addCommand(app, options, "completion", "print what completes commands",
             Command::Completion)
      ->add_option_function<std::string>(
          "SHELL",
          [&options](const std::string &name) {
            options.shell = chosen("SHELL", name, shells);
          },
          "the shell whose script this is")
      ->required()
      ->option_text(namesOf(shells));
  addCommand(app, options, "manual", "print the page of man pdec",
             Command::Manual);

  // Editors give --stdio to all servers alike.
  addCommand(app, options, "lsp",
             "serve an editor, as its language server, on standard input and "
             "output",
             Command::LanguageServer)
      ->add_flag("--stdio", "the only way there is");
  addCommand(app, options, "words",
             "print the words that editors mark, a line for each kind",
             Command::Words);
}

static void describeVersion(CLI::App &app, Options &options) {
  CLI::Option *version = app.add_flag_callback(
      "--version", [&options] { options.command = Command::Version; },
      "print the version and exit");
  app.add_flag("--verbose", options.verbose,
               "with --version: also of what pdec is made and works with")
      ->needs(version);
}

/// The order is that of --help.
static void describe(CLI::App &app, Options &options) {
  describeVersion(app, options);
  describeCompile(app, options);
  describeModels(app, options);
  describeRun(app, options);
  describeTrain(app, options);
  describeTune(app, options);
  describeCheck(app, options);
  describeVerify(app, options);
  describeTools(app, options);
}

/// Convolutions as nodes exist in f32 only; everything else is f64 if the user
/// does not say otherwise.
static void settlePrecision(Options &options) {
  if (options.emit != Stage::Onnx || options.profile != Profile::Conv)
    return;
  if (options.precisionGiven && !options.isF32)
    throw CLI::ValidationError(
        "--precision", "ONNX models of the profile conv are f32; the profile "
                       "slice has f64");
  options.isF32 = true;
}

/// Values are given to programs when they run, not when they are compiled.
static void refuseStraySettings(const Options &options) {
  if (options.emit == Stage::Onnx || options.command == Command::Check ||
      options.command == Command::Tune)
    return;
  const char *given = !options.fixedParams.empty()    ? "--set"
                      : !options.fixedSizes.empty()   ? "--size"
                      : !options.fixedWeights.empty() ? "--weights"
                                                      : nullptr;
  if (given)
    throw CLI::ValidationError(
        given,
        "here it is for ONNX models only: add --emit onnx, or give it to the "
        "program when it runs");
}

/// `--profile` is also an option of programs, where it means another thing.
static void checkModels(const CLI::App &app, const Options &options) {
  if (options.emit == Stage::Onnx)
    return;
  for (const char *name : {"--profile", "--unroll"})
    if (app.count(name) > 0)
      throw CLI::ValidationError(
          name, "here it is for ONNX models only: add --emit onnx");
}

static void checkStatic(const Options &options) {
  bool isExecutable =
      options.command == Command::Compile &&
      options.emit.value_or(Stage::Executable) == Stage::Executable;
  if (options.isStatic && !isExecutable)
    throw CLI::ValidationError("--static", "only executables can be static");
}

/// Only networks have layers, and only code runs them.
static void checkLayers(const Options &options) {
  if (!options.layers)
    return;
  if (options.form != Form::Network)
    throw CLI::ValidationError("--layers",
                               "only networks have layers: add --as network");
  if (options.emit.value_or(Stage::Executable) < Stage::Llvm)
    throw CLI::ValidationError(
        "--layers", "it is for what runs: llvm, asm, obj, lib or exe");
}

/// Whether the command writes a file whose name the script's would give.
static bool needsOutputName(const Options &options) {
  Stage stage = options.emit.value_or(Stage::Executable);
  if (!options.output.empty())
    return false;
  return options.command == Command::Tune ||
         (options.command == Command::Compile &&
          (stage == Stage::Executable || stage == Stage::Library ||
           stage == Stage::Object || stage == Stage::Onnx));
}

/// What only a script with a name can have.
static void checkStandardInput(const Options &options) {
  if (options.file != "-")
    return;
  if (needsOutputName(options))
    throw CLI::ValidationError("-o", "name the file to write, since the script "
                                     "comes from standard input");
  if (options.inPlace)
    throw CLI::ValidationError("-i", "there is no file to write back, since "
                                     "the script comes from standard input");
}

static const char *const summary =
    "pdec compiles .pde scripts, which say how a PDE is discretised,"
    "\nto numerical kernels or to the networks that they are";

std::vector<CommandEntry> commandTable() {
  Options options;
  CLI::App app{summary, "pdec"};
  describe(app, options);
  return tableOf(app);
}

bool readsScript(Command command) {
  switch (command) {
  case Command::Explain:
  case Command::Completion:
  case Command::Manual:
  case Command::Words:
  case Command::LanguageServer:
  case Command::Version:
    return false;
  default:
    return true;
  }
}

/// What a first word that is neither a command nor looks like a file may mean;
/// empty: nothing.
static std::string commandAdvice(CLI::App &app, int argc, char **argv) {
  std::string word = argc > 1 ? argv[1] : "";
  if (word.empty() || word.find_first_of("-./") != std::string::npos)
    return "";
  std::vector<std::string> names;
  for (CLI::App *command : app.get_subcommands([](CLI::App *) { return true; }))
    names.push_back(command->get_name());
  std::string nearest = nearestName(word, names);
  return nearest.empty() || nearest == word
             ? ""
             : "no command '" + word + "'; did you mean '" + nearest + "'?";
}

std::optional<Options> parseOptions(int argc, char **argv, int &exitCode) {
  Options options;
  CLI::App app{summary, "pdec"};
  app.require_subcommand(0, 1);
  describe(app, options);
  exitCode = 2;
  // With a script, --help is the program's.
  for (const char *name : {"run", "train"})
    if (argc == 3 && argv[1] == std::string(name) &&
        argv[2] == std::string("--help")) {
      std::cout << app.get_subcommand(name)->help();
      exitCode = 0;
      return std::nullopt;
    }
  try {
    app.parse(argc, argv);
    options.programArguments = app.remaining(/*recurse=*/true);
    if (readsScript(options.command) && options.file.empty())
      throw CLI::RequiredError("FILE");
    settlePrecision(options);
    refuseStraySettings(options);
    checkModels(app, options);
    checkStatic(options);
    checkLayers(options);
    checkStandardInput(options);
  } catch (const CLI::Success &success) {
    exitCode = app.exit(success);
    return std::nullopt;
  } catch (const CLI::ParseError &error) {
    std::string advice = commandAdvice(app, argc, argv);
    std::cerr << "pdec: " << (advice.empty() ? error.what() : advice)
              << "\nSee 'pdec --help'.\n";
    return std::nullopt;
  }
  return options;
}

} // namespace pdec::driver
