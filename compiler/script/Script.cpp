//===- Script.cpp - a script on its way to the pde dialect ----------------===//

#include "compiler/script/Script.h"
#include "compiler/library/Library.h"
#include "compiler/parse/Parse.h"
#include "compiler/scheme/SchemeGen.h"
#include "compiler/script/Imports.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/StringSet.h"
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

bool Script::check(Failure &failure, TrainingPart part) {
  this->part = part;
  readImports(*tree, *diagnostics);
  if (diagnostics->hasErrors())
    return report(*diagnostics, failure);
  checked = pdec::check(*tree, *diagnostics, nullptr, part);
  return report(*diagnostics, failure);
}

static mlir::OwningOpRef<mlir::ModuleOp> schemeOf(const pdec::Program &program,
                                                  Compiler &compiler) {
  return pde::generateScheme(
      program, compiler.isF32() ? pde::Precision::F32 : pde::Precision::F64,
      compiler.context());
}

/// Drops inputs and grids that a training's program has no use for: whoever
/// runs it does not give them.
static void dropUnread(mlir::ModuleOp module) {
  // What defaults are made of goes with them.
  for (auto program : module.getOps<pde::ProgramOp>()) {
    for (mlir::Operation &op :
         llvm::make_early_inc_range(llvm::reverse(program.getBody().front())))
      if (op.use_empty() &&
          (llvm::isa<pde::InputOp>(op) || mlir::isOpTriviallyDead(&op)))
        op.erase();
  }
  llvm::StringSet<> used;
  module.walk([&](mlir::Operation *op) {
    if (auto size = llvm::dyn_cast<pde::SizeOp>(op))
      used.insert(size.getGrid());
    for (mlir::Type type : op->getResultTypes())
      if (auto field = llvm::dyn_cast<pde::FieldType>(type))
        used.insert(field.getGrid().getValue());
  });
  // A grid follows what it coarsens.
  auto grids = llvm::to_vector(module.getOps<pde::GridOp>());
  for (pde::GridOp grid : llvm::reverse(grids))
    if (grid.getParent() && used.count(grid.getSymName()))
      used.insert(*grid.getParent());
  module.walk([&](pde::AxisOp axis) {
    if (!used.count(axis.getGrid()))
      axis.erase();
  });
  for (pde::GridOp grid : grids)
    if (!used.count(grid.getSymName()))
      grid.erase();
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
  if (part != TrainingPart::None)
    dropUnread(*scheme);
  Lowered lowered = compiler.begin(std::move(scheme));
  lowered.imported = importedText(*tree);
  return lowered;
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
  // One that the script imports.
  std::string text;
  if (!readText(file.str(), text).empty())
    return "";
  return std::string(SourceFile(file.str(), text).line(number));
}

} // namespace pdec::driver
