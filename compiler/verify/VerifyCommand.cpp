//===- VerifyCommand.cpp - all precisions and boundaries of a script ------===//

#include "compiler/verify/VerifyCommand.h"
#include "compiler/script/Script.h"
#include "compiler/stages/ScriptFile.h"
#include "compiler/verify/BoundaryVariants.h"
#include "compiler/verify/Verifier.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

#include <set>

namespace pdec::driver {

/// Of a script whose hierarchies are too deep for the proof, a run as written.
static bool verifyAllLevels(const VerifyOptions &options, Compiler &compiler,
                            const std::string &setting) {
  if (!BoundaryVariant(options.file, options.text, "").hasFewerLevels())
    return true;
  BoundaryVariant whole(options.file, options.text, "", /*allLevels=*/true);
  auto scheme = generate(*whole.program(), compiler);
  return !scheme || Verifier(options, compiler, std::move(*scheme), setting,
                             Verifier::Raised::IfOther)
                        .runSmallest();
}

/// All boundaries in one precision.
static bool verifyPrecision(const VerifyOptions &options) {
  auto compiler = Compiler::create(options);
  if (!compiler) {
    tell({1, llvm::toString(compiler.takeError())});
    return false;
  }
  std::string precision = options.isF32 ? "f32, " : "f64, ";
  if (!verifyAllLevels(options, *compiler, precision + "as written"))
    return false;
  std::vector<std::string> clauses = {""};
  std::set<std::string> done; // a variant may be the script as written
  if (!options.asWritten)
    clauses.insert(clauses.end(), boundaryVariants().begin(),
                   boundaryVariants().end());
  for (const std::string &clause : clauses) {
    BoundaryVariant variant(options.file, options.text, clause);
    std::string setting = precision + (clause.empty() ? "as written" : clause);
    if (variant.hasFewerLevels())
      setting += llvm::formatv(", {0} levels", mostLevels);
    if (!variant.program()) {
      llvm::outs() << setting << ": the script does not allow it\n";
      continue;
    }
    if (!done.insert(printProgram(*variant.program())).second)
      continue;
    auto scheme = generate(*variant.program(), *compiler);
    if (!scheme) {
      llvm::outs() << setting << ": nothing is proved of its steps\n";
      continue;
    }
    auto runRaised =
        clause.empty() ? Verifier::Raised::Always : Verifier::Raised::IfOther;
    if (!Verifier(options, *compiler, std::move(*scheme), setting, runRaised)
             .run())
      return false;
  }
  return true;
}

/// A module in the pde dialect has its boundaries and precision.
static int verifyModule(const VerifyOptions &options) {
  auto compiler = Compiler::create(options);
  if (!compiler)
    return tell({1, llvm::toString(compiler.takeError())});
  Failure failure;
  auto scheme = compiler->read(failure);
  if (!scheme)
    return tell(failure);
  std::string precision = scheme->interface.isF32 ? "f32" : "f64";
  return !Verifier(options, *compiler, std::move(*scheme),
                   precision + ", as written", Verifier::Raised::Always)
              .run();
}

int runVerify(const VerifyOptions &options) {
  if (options.isModule)
    return verifyModule(options);
  Failure failure;
  auto script = Script::load(options, failure);
  if (!script || !script->check(failure))
    return tell(failure);
  auto compiler = Compiler::create(options);
  if (!compiler)
    return tell({1, llvm::toString(compiler.takeError())});
  // What the script itself asks for in vain is an error; other boundaries may
  // do so.
  if (!script->generate(*compiler, failure))
    return tell(failure);
  for (bool isF32 : {false, true}) {
    if (options.precisionGiven && isF32 != options.isF32)
      continue;
    VerifyOptions one = options;
    one.isF32 = isF32;
    if (!verifyPrecision(one))
      return 1;
  }
  return 0;
}

} // namespace pdec::driver
