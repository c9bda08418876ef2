//===- Script.cpp - a script on its way to the pde dialect ----------------===//

#include "compiler/script/Script.h"
#include "compiler/check/Check.h"
#include "compiler/library/Library.h"
#include "compiler/parse/Parse.h"
#include "compiler/scheme/SchemeGen.h"

#include "llvm/Support/raw_ostream.h"

#include <unistd.h>

namespace pdec::driver {

bool report(const DiagnosticEngine &diagnostics, Failure &failure) {
  if (!diagnostics.empty())
    llvm::errs() << diagnostics.render(isatty(STDERR_FILENO));
  if (!diagnostics.hasErrors())
    return true;
  failure = {1, ""};
  return false;
}

std::optional<Script> Script::load(const CompilerOptions &options,
                                   Failure &failure) {
  Script script;
  script.source = std::make_unique<SourceFile>(options.file, options.text);
  script.diagnostics = std::make_unique<DiagnosticEngine>();
  script.tree = parse(*script.source, *script.diagnostics);
  if (script.diagnostics->hasErrors() || !script.tree) {
    report(*script.diagnostics, failure);
    return std::nullopt;
  }
  return script;
}

bool Script::check(Failure &failure) {
  checked = pdec::check(*tree, *diagnostics);
  return report(*diagnostics, failure);
}

static mlir::OwningOpRef<mlir::ModuleOp> schemeOf(const pdec::Program &program,
                                                  Compiler &compiler) {
  return pde::generateScheme(
      program, compiler.isF32() ? pde::Precision::F32 : pde::Precision::F64,
      compiler.context());
}

std::optional<Lowered> generate(const pdec::Program &program,
                                Compiler &compiler) {
  auto scheme = schemeOf(program, compiler);
  if (!analysis::evaluateRates(*scheme).empty() ||
      !gradient::differentiate(*scheme).empty())
    return std::nullopt;
  return compiler.begin(std::move(scheme));
}

std::optional<Lowered> Script::generate(Compiler &compiler,
                                        Failure &failure) const {
  auto scheme = schemeOf(*checked, compiler);
  DiagnosticEngine found;
  evaluate(*scheme, *source, found);
  if (!report(found, failure))
    return std::nullopt;
  return compiler.begin(std::move(scheme));
}

std::optional<analysis::Certificate> examine(const pdec::Program &program,
                                             const SourceFile &file,
                                             Compiler &compiler,
                                             DiagnosticEngine &found) {
  auto scheme = schemeOf(program, compiler);
  if (!evaluate(*scheme, file, found))
    return std::nullopt;
  Lowered lowered = compiler.begin(std::move(scheme));
  analysis::Certificate certificate = analysis::certify(*lowered.module);
  tell(certificate, file, /*certify=*/false, found);
  return certificate;
}

std::string sourceLine(const CompilerOptions &options, llvm::StringRef file,
                       unsigned number) {
  SourceFile script(options.file, options.text);
  if (file == script.name())
    return std::string(script.line(number));
  for (const ast::Script *library : libraryScripts())
    if (file == library->file->name())
      return std::string(library->file->line(number));
  return "";
}

} // namespace pdec::driver
