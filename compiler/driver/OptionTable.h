//===- OptionTable.h - what can be said on the command line -----*- C++ -*-===//
//
// The commands of pdec with their options as plain data, for all that tells
// about them: the manual and the completions of shells. It is read off the
// declarations by which the command line is parsed, so it cannot say anything
// else.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_DRIVER_OPTIONTABLE_H
#define PDEC_DRIVER_OPTIONTABLE_H

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace pdec::driver {

struct OptionEntry {
  std::vector<std::string> names;   ///< "-o", "--emit"
  std::string argument;             ///< as --help shows it; empty for a flag
  std::vector<std::string> choices; ///< of words that the argument can be
  bool takesFile = false;
  std::string text; ///< what it does, one line
};

struct CommandEntry {
  std::string name; ///< empty for what pdec does without a command's name
  std::string text;
  std::vector<OptionEntry> options;
  std::string operand; ///< FILE is a script; CODE, SHELL
  std::vector<std::string> operandChoices;
};

/// The table of a parser; what it does without a command comes first.
std::vector<CommandEntry> tableOf(const CLI::App &app);

/// That of pdec.
std::vector<CommandEntry> commandTable();

} // namespace pdec::driver

#endif // PDEC_DRIVER_OPTIONTABLE_H
