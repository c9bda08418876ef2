//===- Completion.cpp - completions of shells -----------------------------===//
//
// One function for each shell writes the table of options in its words. What
// these have in common: options and their choices are those of the command that
// stands before the cursor, files are scripts where a script is meant, and all
// others where an option takes a file.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Completion.h"
#include "compiler/driver/OptionTable.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace pdec::driver {

using Table = std::vector<CommandEntry>;

/// As one word of a shell.
static std::string quotedWord(StringRef text) {
  std::string result = "'";
  for (char character : text)
    result +=
        character == '\'' ? std::string("'\\''") : std::string(1, character);
  return result + "'";
}

/// The names of commands, in the order of --help.
static std::vector<std::string> commandNames(const Table &table) {
  std::vector<std::string> names;
  for (const CommandEntry &command : drop_begin(table))
    names.push_back(command.name);
  return names;
}

//===----------------------------------------------------------------------===//
// bash
//===----------------------------------------------------------------------===//

/// bash takes the words of a line apart at `=`, so that a value stands behind
/// its option either way.
static const char *const bashHead =
    R"(# Completion of pdec for bash, made by 'pdec completion bash'.
_pdec_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen "$@" -- "$current")
}
_pdec_scripts() {
  _pdec_files -d
  _pdec_files -f -X '!*.pde'
  _pdec_files -f -X '!*.mlir'
}
_pdec_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current"); }
_pdec() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
  local command= word
  COMPREPLY=()
  if [[ $current == = ]]; then
    current=
  elif [[ $before == = ]]; then
    before=${COMP_WORDS[COMP_CWORD-2]}
  fi
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in)";

static void writeBashValues(raw_ostream &out, const CommandEntry &command) {
  for (const OptionEntry &option : command.options) {
    if (option.argument.empty())
      continue;
    std::vector<std::string> patterns;
    for (const std::string &name : option.names)
      patterns.push_back(quotedWord(command.name + " " + name));
    out << "  " << join(patterns, "|") << ") ";
    if (option.takesFile)
      out << "_pdec_files -f";
    else
      out << "_pdec_words " << quotedWord(join(option.choices, " "));
    out << "; return ;;\n";
  }
}

static void writeBashWords(raw_ostream &out, const CommandEntry &command,
                           const Table &table) {
  std::vector<std::string> options;
  for (const OptionEntry &option : command.options)
    options.insert(options.end(), option.names.begin(), option.names.end());
  out << "  " << quotedWord(command.name) << ")\n    if [[ $current == -* ]]; "
      << "then _pdec_words " << quotedWord(join(options, " "))
      << "; return; fi\n";
  std::vector<std::string> words = command.operandChoices;
  if (command.name.empty())
    words = commandNames(table);
  if (!words.empty())
    out << "    _pdec_words " << quotedWord(join(words, " ")) << '\n';
  if (command.operand == "FILE")
    out << "    _pdec_scripts\n";
  out << "    ;;\n";
}

static std::string bashCompletion(const Table &table) {
  std::string text;
  raw_string_ostream out(text);
  out << bashHead << "\n    " << join(commandNames(table), "|")
      << ") command=$word; break ;;\n    esac\n  done\n"
      << "  case \"$command $before\" in\n";
  for (const CommandEntry &command : table)
    writeBashValues(out, command);
  out << "  esac\n  case $command in\n";
  for (const CommandEntry &command : table)
    writeBashWords(out, command, table);
  out << "  esac\n}\ncomplete -F _pdec pdec\n";
  return text;
}

//===----------------------------------------------------------------------===//
// zsh
//===----------------------------------------------------------------------===//

/// What stands in a specification of _arguments: its own marks are escaped.
static std::string zshText(StringRef text) {
  std::string result;
  for (char character : text) {
    if (StringRef("[]:\\").contains(character))
      result += '\\';
    result += character;
  }
  return result;
}

static std::string zshAction(const OptionEntry &option) {
  if (option.takesFile)
    return "_files";
  return option.choices.empty() ? " " : "(" + join(option.choices, " ") + ")";
}

static void writeZshOption(raw_ostream &out, const OptionEntry &option) {
  for (const std::string &name : option.names) {
    bool isLong = StringRef(name).starts_with("--");
    std::string spec = "*" + name;
    if (!option.argument.empty())
      spec += isLong ? "=" : "+";
    spec += "[" + zshText(option.text) + "]";
    if (!option.argument.empty())
      spec += ":" + zshText(option.argument) + ":" + zshAction(option);
    out << " \\\n      " << quotedWord(spec);
  }
}

/// Of a command its name is the first operand.
static std::string zshOperands(const CommandEntry &command) {
  std::string text;
  if (!command.name.empty())
    text = " \\\n      " + quotedWord("1: :(" + command.name + ")");
  if (command.operand == "FILE")
    return text + " \\\n      " +
           quotedWord("*:script:_files -g '*.(pde|mlir)'");
  if (command.operandChoices.empty())
    return text;
  return text + " \\\n      " +
         quotedWord("2:" + command.operand + ":(" +
                    join(command.operandChoices, " ") + ")");
}

static std::string zshCompletion(const Table &table) {
  std::string text;
  raw_string_ostream out(text);
  out << "#compdef pdec\n# Completion of pdec for zsh, made by 'pdec "
      << "completion zsh'.\n_pdec() {\n  local command= word\n"
      << "  for word in ${words[2,CURRENT-1]}; do\n    case $word in\n    "
      << join(commandNames(table), "|")
      << ") command=$word; break ;;\n    esac\n  done\n  if [[ -z $command && "
      << "${words[CURRENT]} != -* && ${words[CURRENT-1]} != -* ]]; then\n"
      << "    local -a commands=(";
  for (const CommandEntry &command : drop_begin(table))
    out << "\n      " << quotedWord(command.name + ":" + zshText(command.text));
  out << ")\n    _describe -t commands command commands\n  fi\n"
      << "  case $command in\n";
  for (const CommandEntry &command : table) {
    out << "  " << quotedWord(command.name) << ")\n    _arguments -S";
    for (const OptionEntry &option : command.options)
      writeZshOption(out, option);
    out << zshOperands(command) << "\n    ;;\n";
  }
  out << "  esac\n}\n_pdec \"$@\"\n";
  return text;
}

//===----------------------------------------------------------------------===//
// fish
//===----------------------------------------------------------------------===//

/// When a line of fish counts: behind the command, or before any.
static std::string fishCondition(const CommandEntry &command) {
  return command.name.empty() ? "__fish_use_subcommand"
                              : "__fish_seen_subcommand_from " + command.name;
}

static void writeFishOption(raw_ostream &out, const CommandEntry &command,
                            const OptionEntry &option) {
  out << "complete -c pdec -n " << quotedWord(fishCondition(command));
  for (const std::string &name : option.names)
    if (StringRef(name).starts_with("--"))
      out << " -l " << name.substr(2);
    else
      out << " -s " << name.substr(1);
  if (option.takesFile)
    out << " -r -F";
  else if (!option.argument.empty())
    out << " -x";
  if (!option.choices.empty())
    out << " -a " << quotedWord(join(option.choices, " "));
  out << " -d " << quotedWord(option.text) << '\n';
}

static std::string fishCompletion(const Table &table) {
  std::string text;
  raw_string_ostream out(text);
  out << "# Completion of pdec for fish, made by 'pdec completion fish'.\n"
      << "complete -c pdec -f\n";
  for (const CommandEntry &command : drop_begin(table))
    out << "complete -c pdec -n __fish_use_subcommand -a " << command.name
        << " -d " << quotedWord(command.text) << '\n';
  for (const CommandEntry &command : table) {
    std::string when = quotedWord(fishCondition(command));
    if (command.operand == "FILE")
      out << "complete -c pdec -n " << when << " -k -a "
          << "'(__fish_complete_suffix .pde; __fish_complete_suffix .mlir)'\n";
    if (!command.operandChoices.empty())
      out << "complete -c pdec -n " << when << " -a "
          << quotedWord(join(command.operandChoices, " ")) << '\n';
    for (const OptionEntry &option : command.options)
      writeFishOption(out, command, option);
  }
  return text;
}

std::string completion(const std::string &shell) {
  Table table = commandTable();
  if (shell == "bash")
    return bashCompletion(table);
  return shell == "zsh" ? zshCompletion(table) : fishCompletion(table);
}

} // namespace pdec::driver
