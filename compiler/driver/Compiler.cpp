//===- Compiler.cpp - a script on its way through the stages --------------===//

#include "compiler/driver/Compiler.h"
#include "compiler/check/Check.h"
#include "compiler/codegen/Target.h"
#include "compiler/driver/Dialects.h"
#include "compiler/parse/Parse.h"
#include "compiler/pde/SchemeGen.h"
#include "runtime/Publish.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

#include <unistd.h>

using namespace mlir;

namespace pdec::driver {

//===----------------------------------------------------------------------===//
// Scripts
//===----------------------------------------------------------------------===//

/// A script larger than this is no script.
static constexpr uint64_t largestScript = 16 << 20;

std::optional<std::string> readFile(const std::string &path,
                                    std::string &problem) {
  auto failed = [&](std::error_code code) {
    problem = "cannot read '" + path + "': " + code.message();
    return std::nullopt;
  };
  llvm::sys::fs::file_status status;
  if (auto code = llvm::sys::fs::status(path, status))
    return failed(code);
  if (llvm::sys::fs::is_directory(status))
    return failed(std::make_error_code(std::errc::is_a_directory));
  if (status.getSize() > largestScript) {
    problem = "'" + path + "' is too large for a script";
    return std::nullopt;
  }
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer)
    return failed(buffer.getError());
  return (*buffer)->getBuffer().str();
}

bool writeFile(const std::string &path, llvm::StringRef text,
               std::string &problem) {
  problem = pdert::writeTogether({{path, text}});
  return problem.empty();
}

/// Tells what the front end found; a failure if there were errors.
static bool report(const DiagnosticEngine &diagnostics, Failure &failure) {
  if (!diagnostics.empty())
    llvm::errs() << diagnostics.render(isatty(STDERR_FILENO));
  if (!diagnostics.hasErrors())
    return true;
  failure = {1, ""};
  return false;
}

std::optional<Script> Script::load(const std::string &path, Failure &failure) {
  std::string problem;
  auto text = readFile(path, problem);
  if (!text) {
    failure = {1, problem};
    return std::nullopt;
  }
  Script script;
  script.source = std::make_unique<SourceFile>(path, std::move(*text));
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

//===----------------------------------------------------------------------===//
// Stages
//===----------------------------------------------------------------------===//

llvm::Expected<Compiler> Compiler::create(const Options &options) {
  Compiler compiler;
  compiler.options = options;
  auto machine = codegen::makeTargetMachine(options.march, options.optLevel);
  if (!machine)
    return machine.takeError();
  compiler.targetMachine = std::move(*machine);
  compiler.lowering.vectorBytes = codegen::vectorBytes(*compiler.targetMachine);
  DialectRegistry registry;
  registerDialects(registry);
  // Threads cost more than they bring on modules of this size.
  compiler.mlirContext =
      std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
  compiler.mlirContext->loadAllAvailableDialects();
  return compiler;
}

void Compiler::runPasses(Lowered &lowered,
                         llvm::function_ref<void(OpPassManager &)> add) {
  PassManager passes(mlirContext.get());
  passes.enableVerifier(true);
  add(passes);
  if (failed(passes.run(*lowered.module)))
    llvm::report_fatal_error("a pass failed on a checked program");
}

Lowered Compiler::generate(const pdec::Program &program) {
  Lowered lowered;
  lowered.module = pde::generateScheme(
      program, options.isF32 ? pde::Precision::F32 : pde::Precision::F64,
      *mlirContext);
  runPasses(lowered, addPdePasses);
  lowered.interface = pde::collectInterface(*lowered.module);
  return lowered;
}

std::optional<Lowered> Compiler::read(const std::string &path,
                                      Failure &failure) {
  Lowered lowered;
  llvm::SourceMgr sources;
  SourceMgrDiagnosticHandler handler(sources, mlirContext.get());
  lowered.module = parseSourceFile<ModuleOp>(path, sources, mlirContext.get());
  if (!lowered.module || lowered.module->getOps<pde::ProgramOp>().empty()) {
    failure = {1, lowered.module ? "'" + path + "' has no pde.program" : ""};
    return std::nullopt;
  }
  lowered.interface = pde::collectInterface(*lowered.module);
  return lowered;
}

void Compiler::lowerToKernel(Lowered &lowered) {
  runPasses(lowered,
            [&](OpPassManager &passes) { addKernelPasses(passes, lowering); });
}

void Compiler::lowerToNet(Lowered &lowered) {
  runPasses(lowered, addNetPasses);
}

void Compiler::lowerToLayers(Lowered &lowered) {
  runPasses(lowered,
            [&](OpPassManager &passes) { addLayerPasses(passes, lowering); });
}

std::unique_ptr<llvm::Module>
Compiler::lowerToLlvm(Lowered &lowered, Form form, codegen::Product product,
                      llvm::LLVMContext &context) {
  runPasses(lowered, codegen::addToLlvmDialectPasses);
  auto module = codegen::translate(*lowered.module, lowered.interface,
                                   llvm::sys::path::filename(options.file),
                                   form == Form::Kernel ? "kernel" : "network",
                                   product, context);
  module->setDataLayout(targetMachine->createDataLayout());
  module->setTargetTriple(targetMachine->getTargetTriple().str());
  codegen::optimize(*module, *targetMachine, options.optLevel);
  return module;
}

std::unique_ptr<llvm::Module> Compiler::compile(Lowered &lowered, Form form,
                                                codegen::Product product,
                                                llvm::LLVMContext &context) {
  if (form == Form::Kernel) {
    lowerToKernel(lowered);
  } else {
    lowerToNet(lowered);
    lowerToLayers(lowered);
  }
  return lowerToLlvm(lowered, form, product, context);
}

std::string runtimeLibrary() {
  std::string executable =
      llvm::sys::fs::getMainExecutable(nullptr, (void *)&runtimeLibrary);
  llvm::SmallString<128> path(llvm::sys::path::parent_path(executable));
  llvm::sys::path::append(path, "..", "lib", "libpde_runtime.a");
  llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
  return path.str().str();
}

} // namespace pdec::driver
