//===- OptionTable.cpp - what can be said on the command line -------------===//

#include "compiler/driver/OptionTable.h"
#include "runtime/execution/Options.h"

#include <CLI/CLI.hpp>

namespace pdec::driver {

/// Words in capitals stand for something else: "native|CPU" has one choice.
static bool isChoice(const std::string &word) {
  return !word.empty() && !std::isupper(static_cast<unsigned char>(word[0]));
}

/// The words that an argument shown as "STAGE: ast|program|..." or "0..3" can
/// be.
static std::vector<std::string> choicesOf(std::string argument) {
  if (size_t colon = argument.find(": "); colon != std::string::npos)
    argument.erase(0, colon + 2);
  std::vector<std::string> choices;
  if (size_t dots = argument.find(".."); dots == 1 && argument.size() == 4) {
    for (char digit = argument[0]; digit <= argument[3]; ++digit)
      choices.push_back({digit});
    return choices;
  }
  if (argument.find('|') == std::string::npos)
    return {};
  for (const std::string &word : CLI::detail::split(argument, '|'))
    if (isChoice(word))
      choices.push_back(word);
  return choices;
}

static OptionEntry entryOf(const CLI::Option &option) {
  OptionEntry entry;
  for (const std::string &name : option.get_snames())
    entry.names.push_back("-" + name);
  for (const std::string &name : option.get_lnames())
    entry.names.push_back("--" + name);
  if (option.get_items_expected_max() > 0)
    entry.argument = option.get_option_text().empty()
                         ? option.get_type_name()
                         : option.get_option_text();
  entry.choices = choicesOf(entry.argument);
  entry.takesFile = entry.argument == "FILE";
  entry.text = option.get_description();
  return entry;
}

static CommandEntry entryOf(const CLI::App &app) {
  CommandEntry entry;
  entry.text = app.get_description();
  for (const CLI::Option *option : app.get_options()) {
    if (option->nonpositional()) {
      entry.options.push_back(entryOf(*option));
      continue;
    }
    entry.operand = option->get_name();
    entry.operandChoices = choicesOf(option->get_option_text());
  }
  return entry;
}

/// What `pdec run` hands on to the program. The compiler's own options come
/// first, and --help is the program's.
static void addProgramOptions(CommandEntry &run) {
  for (const pdert::OptionInfo &info : pdert::optionInfos()) {
    OptionEntry entry;
    entry.names = {info.name};
    entry.argument = info.argument;
    entry.choices = choicesOf(info.argument);
    entry.takesFile = info.takesFile();
    entry.text = info.help;
    std::replace(entry.text.begin(), entry.text.end(), '\n', ' ');
    run.options.push_back(std::move(entry));
  }
}

std::vector<CommandEntry> tableOf(const CLI::App &app) {
  std::vector<CommandEntry> table = {entryOf(app)};
  for (const CLI::App *command :
       app.get_subcommands([](const CLI::App *) { return true; })) {
    table.push_back(entryOf(*command));
    table.back().name = command->get_name();
    if (table.back().name == "run")
      addProgramOptions(table.back());
  }
  return table;
}

} // namespace pdec::driver
