//===- Options.h - what the command line asks for ---------------*- C++ -*-===//

#ifndef PDEC_DRIVER_OPTIONS_H
#define PDEC_DRIVER_OPTIONS_H

#include "compiler/verify/VerifyOptions.h"

#include <optional>
#include <string>
#include <vector>

namespace pdec::driver {

enum class Command {
  Compile,
  Run,
  Train,
  Tune,
  Check,
  Verify,
  Format,
  Explain,
  Completion,
  Manual,
  Words,
  LanguageServer,
  Version
};

/// Whether a command is about a script.
bool readsScript(Command command);

enum class Stage {
  Ast,
  Program,
  Pde,
  Certificate,
  Sweeps,
  Plan,
  Tiles,
  Rows,
  Vectors,
  Kernel,
  Net,
  Raised,
  Onnx,
  Dot,
  Llvm,
  Assembly,
  Object,
  Library,
  Executable
};

/// What the commands of pdec are told.
struct Options : VerifyOptions {
  Command command = Command::Compile;
  std::string output;
  /// lib, obj: of the public symbols, a C identifier; empty: the file's.
  std::string name;
  std::optional<Stage> emit;
  /// pde to net: print where in the script each operation comes from.
  bool locations = false;
  /// Tell the shapes of tiles instead of making anything.
  bool explainTiling = false;
  /// A file of pdec tune whose shapes of tiles are to be taken.
  std::string tuned;
  /// tune: threads of the runs; empty: all that there are.
  std::string tuneThreads;
  /// exe: without shared libraries.
  bool isStatic = false;
  /// run, train: options of the program itself.
  std::vector<std::string> programArguments;
  /// verify: compare ONNX models with the kernel.
  bool onnx = false;
  /// fmt: write back instead of printing.
  bool inPlace = false;
  /// explain: an error's code; with `markdown` the whole index.
  std::string code;
  bool markdown = false;
  /// completion: bash, zsh or fish.
  std::string shell;
  /// version: with what pdec is made of.
  bool verbose = false;
};

/// Reads the command line. Returns nothing after `--help` (exit code 0) or
/// wrong usage (2), about which it has told the user.
std::optional<Options> parseOptions(int argc, char **argv, int &exitCode);

} // namespace pdec::driver

#endif // PDEC_DRIVER_OPTIONS_H
