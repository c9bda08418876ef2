//===- Script.h - a script on its way to the pde dialect --------*- C++ -*-===//

#ifndef PDEC_SCRIPT_SCRIPT_H
#define PDEC_SCRIPT_SCRIPT_H

#include "compiler/analysis/Certificate.h"
#include "compiler/analysis/Rates.h"
#include "compiler/ast/Ast.h"
#include "compiler/check/Check.h"
#include "compiler/gradient/Gradient.h"
#include "compiler/program/Program.h"
#include "compiler/stages/Compiler.h"
#include "compiler/support/Diagnostics.h"

#include <memory>

namespace pdec::driver {

/// The front end's results. Diagnostics are printed to stderr as they are.
class Script {
public:
  /// Parses; check() goes on to the program.
  static std::optional<Script> load(const CompilerOptions &options,
                                    Failure &failure);
  bool check(Failure &failure, TrainingPart part = TrainingPart::None);
  /// The scheme in the pde dialect.
  std::optional<Lowered> generate(Compiler &compiler, Failure &failure) const;

  /// Tells where a step is larger than what is proved to be stable; with
  /// `certify`, also where nothing is proved, and both as errors.
  bool tell(const analysis::Certificate &certificate, bool certify,
            Failure &failure) const;

  const ast::Script &ast() const { return *tree; }
  const pdec::Program &program() const { return *checked; }
  std::shared_ptr<const pdec::Program> shared() const { return checked; }

private:
  std::unique_ptr<SourceFile> source;
  std::unique_ptr<DiagnosticEngine> diagnostics;
  std::unique_ptr<ast::Script> tree;
  std::shared_ptr<pdec::Program> checked;
  TrainingPart part = TrainingPart::None;
};

/// Prints what was found; a failure if there were errors.
bool report(const DiagnosticEngine &diagnostics, Failure &failure);

/// The scheme in the pde dialect; nothing where a number is asked for that no
/// proof gives, as limit(R) may be.
std::optional<Lowered> generate(const pdec::Program &program,
                                Compiler &compiler);

/// Puts numbers in place of the rates and derivatives that a scheme asks for;
/// false (reported) if there are some that it cannot have.
bool evaluate(mlir::ModuleOp scheme, const SourceFile &file,
              DiagnosticEngine &found);
/// The same as Script::tell, into `found`.
void tell(const analysis::Certificate &certificate, const SourceFile &file,
          bool certify, DiagnosticEngine &found);
/// What is proved of a checked script; nothing if it has other mistakes. Both
/// are told as they are to whoever compiles the script.
std::optional<analysis::Certificate> examine(const pdec::Program &program,
                                             const SourceFile &file,
                                             Compiler &compiler,
                                             DiagnosticEngine &found);

/// The text of a line of the script or of the library, for those who show where
/// in it something comes from; empty if there is no such file.
std::string sourceLine(const CompilerOptions &options, llvm::StringRef file,
                       unsigned number);

} // namespace pdec::driver

#endif // PDEC_SCRIPT_SCRIPT_H
