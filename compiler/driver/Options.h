//===- Options.h - what the command line asks for ---------------*- C++ -*-===//

#ifndef PDEC_DRIVER_OPTIONS_H
#define PDEC_DRIVER_OPTIONS_H

#include "runtime/Options.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pdec::driver {

enum class Command { Compile, Run, Check, Verify, Format, Explain };
enum class Form { Kernel, Network };
/// How ONNX models say convolutions.
enum class Profile { Conv, Slice };
enum class Stage {
  Ast,
  Program,
  Pde,
  Kernel,
  Net,
  Onnx,
  Dot,
  Llvm,
  Assembly,
  Object,
  Library,
  Executable
};

struct Options {
  Command command = Command::Compile;
  std::string file;      ///< "-" until readScript(): standard input
  std::string text;      ///< of the file, once readScript() has read it
  bool isModule = false; ///< the file is one in the pde dialect, no script
  std::string output;
  /// lib, obj: of the public symbols, a C identifier; empty: the file's.
  std::string name;
  Form form = Form::Kernel;
  bool isF32 = false;
  unsigned optLevel = 2;
  std::string march = "native";
  std::optional<Stage> emit;
  /// pde, kernel, net: print where in the script each operation comes from.
  bool locations = false;
  /// exe: without shared libraries.
  bool isStatic = false;
  /// onnx: the operators to use, and blocks as copies instead of loops.
  Profile profile = Profile::Conv;
  bool unroll = false;
  /// onnx: what is part of the model instead of an input.
  std::vector<pdert::NamedValue> fixedParams, fixedSizes;
  /// run: options of the program itself.
  std::vector<std::string> programArguments;
  /// verify: seed of the random data.
  uint64_t seed = 1;
  /// verify: the form in which one coefficient is altered, to see it found.
  std::optional<Form> perturb;
  /// verify: compare ONNX models with the kernel.
  bool onnx = false;
  /// verify: both precisions unless one is asked for.
  bool precisionGiven = false;
  /// fmt: write back instead of printing.
  bool inPlace = false;
  /// explain: an error's code; with `markdown` the whole index.
  std::string code;
  bool markdown = false;
};

/// Reads the command line. Returns nothing after `--help`, `--version` (exit
/// code 0) or wrong usage (2), about which it has told the user.
std::optional<Options> parseOptions(int argc, char **argv, int &exitCode);

} // namespace pdec::driver

#endif // PDEC_DRIVER_OPTIONS_H
