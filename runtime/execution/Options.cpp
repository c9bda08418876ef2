//===- Options.cpp - the command line as it was given ---------------------===//

#include "runtime/execution/Options.h"
#include "runtime/system/Text.h"

#include <string_view>

using namespace pdert;

namespace {

/// An option and the member that it sets.
struct Option {
  OptionInfo info;
  bool Options::*flag;                       ///< takes no value
  std::string Options::*text;                ///< takes a value
  std::vector<NamedValue> Options::*binding; ///< takes NAME=VALUE
};

} // namespace

static const Option table[] = {
    {{"--input", "NAME=FILE",
      "read an input from FILE (.npy, .csv; 2-D: .png, .pgm)"},
     nullptr,
     nullptr,
     &Options::inputs},
    {{"--output", "NAME=FILE",
      "write an output to FILE (the same, and .vti)\n"
      "(several as A=FILE,B=FILE; NAME= may be left out where\n"
      "there is only one)\n"
      "(FILE may be -, or -.csv and the like: standard input\n"
      "and output; DIR/ alone: all outputs to DIR/NAME.npy)"},
     nullptr,
     nullptr,
     &Options::outputs},
    {{"--depth", "8|16",
      "bits of a level in .png and .pgm outputs (default: 8)"},
     nullptr,
     &Options::depth,
     nullptr},
    {{"--set", "NAME=VALUE",
      "set a parameter; several as A=1,B=2; an array to FILE.npy"},
     nullptr,
     nullptr,
     &Options::params},
    {{"--weights", "FILE.npz", "set parameters to the arrays of these names"},
     nullptr,
     &Options::weights,
     nullptr},
    {{"--size", "GRID=N",
      "size of a grid that no input file gives; NxM for 2-D"},
     nullptr,
     nullptr,
     &Options::sizes},
    {{"--threads", "N", "threads to use, 1 to 1024 (default: all available)"},
     nullptr,
     &Options::threads,
     nullptr},
    {{"--memory", "SIZE",
      "most memory for the states that a derivative goes back\n"
      "through, such as 512M or 4G (default: half of all)"},
     nullptr,
     &Options::memory,
     nullptr},
    {{"--save-state", "FILE", "save what the run has so far, to be resumed"},
     nullptr,
     &Options::saveState,
     nullptr},
    {{"--every", "N", "save it after each N steps, too"},
     nullptr,
     &Options::every,
     nullptr},
    {{"--stop-after", "N", "end the run after N steps, with its state saved"},
     nullptr,
     &Options::stopAfter,
     nullptr},
    {{"--resume", "FILE", "go on from a state that was saved"},
     nullptr,
     &Options::resume,
     nullptr},
    {{"--plot", "FILE.svg",
      "draw inputs, outputs and the course of iterations\n"
      "(or FILE.png)"},
     nullptr,
     &Options::plot,
     nullptr},
    {{"--plot-y", "down|up",
      "images as matrices, rows downwards (default), or as\n"
      "diagrams: first axis to the right, second upwards"},
     nullptr,
     &Options::plotY,
     nullptr},
    {{"--report", "FILE.html",
      "all about the run on one page: script, data, pictures,\n"
      "times, certificate, network"},
     nullptr,
     &Options::report,
     nullptr},
    {{"--profile", "", "report times, rates and memory on stderr"},
     &Options::profile,
     nullptr,
     nullptr},
    {{"--quiet", "", "print neither summary nor progress"},
     &Options::quiet,
     nullptr,
     nullptr},
    {{"--watch", "",
      "check each time step: finite, and norms that are proved\n"
      "never to grow"},
     &Options::watch,
     nullptr,
     nullptr},
    {{"--certificate", "", "print what is proved of the steps and exit"},
     &Options::certificate,
     nullptr,
     nullptr},
    {{"--help", "", "print this and exit"}, &Options::help, nullptr, nullptr},
};

std::vector<OptionInfo> pdert::optionInfos() {
  std::vector<OptionInfo> infos;
  for (const Option &option : table)
    infos.push_back(option.info);
  return infos;
}

bool OptionInfo::takesFile() const {
  return std::string_view(argument).find("FILE") != std::string_view::npos;
}

static const Option &findOption(std::string_view name) {
  if (name == "-h")
    name = "--help";
  std::vector<std::string> names;
  for (const Option &option : table) {
    if (name == option.info.name)
      return option;
    names.push_back(option.info.name);
  }
  throw UsageError{"unknown option " + quoted(name) + suggestion(name, names)};
}

/// Splits NAME=VALUE. A text before '=' that cannot be a name belongs to the
/// value: paths may contain '='.
static NamedValue splitBinding(std::string_view text) {
  size_t equals = text.find('=');
  std::string_view name = text.substr(0, equals);
  if (equals == std::string_view::npos ||
      name.find_first_of("/.,\\- ") != std::string_view::npos)
    return {"", std::string(text)};
  return {std::string(name), std::string(text.substr(equals + 1))};
}

/// The comma behind the first of several bindings. Paths may contain commas:
/// behind one that ends a path comes NAME=.
static size_t findComma(std::string_view text, bool isPath) {
  size_t comma = text.find(',');
  while (isPath && comma != std::string_view::npos &&
         splitBinding(text.substr(comma + 1)).name.empty())
    comma = text.find(',', comma + 1);
  return comma;
}

static void addBindings(Options &options, const Option &option,
                        std::string_view text) {
  while (true) {
    size_t comma = findComma(text, option.info.takesFile());
    NamedValue binding = splitBinding(text.substr(0, comma));
    if (binding.name.empty() && option.binding == &Options::params)
      throw UsageError{"option '--set' needs NAME=VALUE, but is given " +
                       quoted(text.substr(0, comma))};
    (options.*option.binding).push_back(binding);
    if (comma == std::string_view::npos)
      return;
    text.remove_prefix(comma + 1);
  }
}

Options pdert::parseOptions(int argc, char **argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    std::string_view word = argv[i];
    if (word.empty() || word[0] != '-')
      throw UsageError{"unexpected argument " + quoted(word)};
    size_t equals = word.find('=');
    const Option &option = findOption(word.substr(0, equals));
    if (option.flag) {
      if (equals != std::string_view::npos)
        throw UsageError{
            format("option '%s' takes no value", option.info.name)};
      options.*option.flag = true;
      continue;
    }
    std::string_view value;
    if (equals != std::string_view::npos)
      value = word.substr(equals + 1);
    else if (i + 1 < argc && std::string_view(argv[i + 1]).substr(0, 2) != "--")
      value = argv[++i];
    if (value.empty())
      throw UsageError{format("option '%s' needs a value", option.info.name)};
    if (option.text) {
      // One file would be forgotten; of other values the last one holds.
      if (option.info.takesFile() && !(options.*option.text).empty())
        throw UsageError{
            format("option '%s' is given twice", option.info.name)};
      options.*option.text = value;
    } else
      addBindings(options, option, value);
  }
  return options;
}
