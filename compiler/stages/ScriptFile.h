//===- ScriptFile.h - scripts from files, results to files ------*- C++ -*-===//

#ifndef PDEC_STAGES_SCRIPTFILE_H
#define PDEC_STAGES_SCRIPTFILE_H

#include "compiler/stages/CompilerOptions.h"

#include "llvm/ADT/StringRef.h"

namespace pdec::driver {

/// A failure that pdec has to tell its user, with the exit code. An empty text
/// means that it has been told.
struct Failure {
  int exitCode;
  std::string text;
};

/// Prints the reason, if there is one, and returns the exit code.
int tell(const Failure &failure);
/// Prints what is no failure.
void warn(const std::string &text);

/// Reads a file that a script names; what is wrong, or nothing.
std::string readText(const std::string &path, std::string &text);

/// Reads the file of the command line, once and for all that need its text; its
/// name becomes "<stdin>" where it is standard input.
bool readScript(CompilerOptions &options, Failure &failure);

/// Writes a whole file or leaves the old one alone.
bool writeFile(const std::string &path, llvm::StringRef text,
               std::string &problem);

} // namespace pdec::driver

#endif // PDEC_STAGES_SCRIPTFILE_H
