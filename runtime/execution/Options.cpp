//===- Options.cpp - the command line as it was given ---------------------===//

#include "runtime/execution/Options.h"
#include "runtime/system/Text.h"

#include <string_view>

using namespace pdert;

namespace {

/// An option and the member that it sets.
struct Option {
  const char *name;
  bool Options::*flag;                       ///< takes no value
  std::string Options::*text;                ///< takes a value
  std::vector<NamedValue> Options::*binding; ///< takes NAME=VALUE
  bool isPath;                               ///< ... whose VALUE is a path
};

} // namespace

static const Option table[] = {
    {"--input", nullptr, nullptr, &Options::inputs, true},
    {"--output", nullptr, nullptr, &Options::outputs, true},
    {"--set", nullptr, nullptr, &Options::params, false},
    {"--size", nullptr, nullptr, &Options::sizes, false},
    {"--depth", nullptr, &Options::depth, nullptr, false},
    {"--threads", nullptr, &Options::threads, nullptr, false},
    {"--memory", nullptr, &Options::memory, nullptr, false},
    {"--plot", nullptr, &Options::plot, nullptr, false},
    {"--profile", &Options::profile, nullptr, nullptr, false},
    {"--quiet", &Options::quiet, nullptr, nullptr, false},
    {"--watch", &Options::watch, nullptr, nullptr, false},
    {"--certificate", &Options::certificate, nullptr, nullptr, false},
    {"--help", &Options::help, nullptr, nullptr, false},
};

static const Option &findOption(std::string_view name) {
  if (name == "-h")
    name = "--help";
  std::vector<std::string> names;
  for (const Option &option : table) {
    if (name == option.name)
      return option;
    names.push_back(option.name);
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
    size_t comma = findComma(text, option.isPath);
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
        throw UsageError{format("option '%s' takes no value", option.name)};
      options.*option.flag = true;
      continue;
    }
    std::string_view value;
    if (equals != std::string_view::npos)
      value = word.substr(equals + 1);
    else if (i + 1 < argc && std::string_view(argv[i + 1]).substr(0, 2) != "--")
      value = argv[++i];
    if (value.empty())
      throw UsageError{format("option '%s' needs a value", option.name)};
    if (option.text)
      options.*option.text = value;
    else
      addBindings(options, option, value);
  }
  return options;
}
