//===- Options.h - the command line as it was given -------------*- C++ -*-===//

#ifndef PDE_RUNTIME_OPTIONS_H
#define PDE_RUNTIME_OPTIONS_H

#include <string>
#include <vector>

namespace pdert {

/// NAME=VALUE; the name is empty where it was left out.
struct NamedValue {
  std::string name, value;
};

/// What --help, manuals and completions tell of an option.
struct OptionInfo {
  const char *name, *argument; ///< "" for a flag
  const char *help;            ///< lines

  /// Whether the argument, or what stands behind its `=`, is a path.
  bool takesFile() const;
};

/// All options of compiled programs, in the order of --help.
std::vector<OptionInfo> optionInfos();

/// The words of a command line, not yet compared with a script.
struct Options {
  std::vector<NamedValue> inputs, outputs, sizes, params;
  std::string threads, depth, memory, weights; ///< empty: not given
  std::string saveState, every, stopAfter, resume;
  std::string plot, plotY, report;
  bool profile = false, quiet = false, watch = false;
  bool certificate = false, help = false;
};

/// Throws a UsageError for unknown options and missing values.
Options parseOptions(int argc, char **argv);

} // namespace pdert

#endif // PDE_RUNTIME_OPTIONS_H
