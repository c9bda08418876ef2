//===- Compiler.cpp - a script on its way through the stages --------------===//

#include "compiler/driver/Compiler.h"
#include "compiler/check/Check.h"
#include "compiler/codegen/Target.h"
#include "compiler/driver/Dialects.h"
#include "compiler/parse/Parse.h"
#include "compiler/scheme/SchemeGen.h"
#include "runtime/Publish.h"
#include "runtime/StandardStreams.h"

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
static constexpr size_t largestScript = 16 << 20;

/// The next bytes of a file behind `text`; false at its end.
static llvm::Expected<bool> readPiece(llvm::sys::fs::file_t file,
                                      std::string &text) {
  constexpr size_t piece = 1 << 16;
  size_t before = text.size();
  text.resize(before + piece);
  auto count = llvm::sys::fs::readNativeFile(
      file, llvm::MutableArrayRef<char>(text.data() + before, piece));
  text.resize(before + (count ? *count : 0));
  if (!count)
    return count.takeError();
  return *count > 0;
}

/// Whatever the path is, it is read only once, and no further than needed.
static llvm::Error readFile(const std::string &path, std::string &text) {
  bool isStandardInput = path == "-";
  auto file = isStandardInput ? llvm::sys::fs::getStdinHandle()
                              : llvm::sys::fs::openNativeFileForRead(path);
  if (!file)
    return file.takeError();
  auto goesOn = readPiece(*file, text);
  while (goesOn && *goesOn && text.size() <= largestScript)
    goesOn = readPiece(*file, text);
  if (!isStandardInput)
    llvm::sys::fs::closeFile(*file);
  return goesOn ? llvm::Error::success() : goesOn.takeError();
}

/// Whether a text is what `--emit pde` prints; no line of a script is like
/// that.
static bool looksLikeModule(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef> lines;
  text.split(lines, '\n');
  return llvm::any_of(lines, [](llvm::StringRef line) {
    return line.starts_with("module") && line.rtrim().ends_with("{");
  });
}

bool readScript(Options &options, Failure &failure) {
  bool isStandardInput = options.file == "-";
  std::string path = isStandardInput ? "<stdin>" : options.file;
  if (auto error = readFile(options.file, options.text)) {
    failure = {1, "cannot read '" + path +
                      "': " + llvm::toString(std::move(error))};
    return false;
  }
  options.isModule = isStandardInput ? looksLikeModule(options.text)
                                     : llvm::StringRef(path).ends_with(".mlir");
  if (isStandardInput)
    pdert::claimStandardInput("the script");
  options.file = path;
  if (options.text.size() <= largestScript)
    return true;
  failure = {1, "'" + path + "' is too large for a script"};
  return false;
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

std::optional<Script> Script::load(const Options &options, Failure &failure) {
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

std::optional<Lowered> Compiler::read(Failure &failure) {
  Lowered lowered;
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(
      llvm::MemoryBuffer::getMemBufferCopy(options.text, options.file),
      llvm::SMLoc());
  SourceMgrDiagnosticHandler handler(sources, mlirContext.get());
  lowered.module = parseSourceFile<ModuleOp>(sources, mlirContext.get());
  if (!lowered.module || lowered.module->getOps<pde::ProgramOp>().empty()) {
    failure = {1, lowered.module ? "'" + options.file + "' has no pde.program"
                                 : ""};
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
