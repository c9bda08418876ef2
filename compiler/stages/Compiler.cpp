//===- Compiler.cpp - a scheme on its way through the stages --------------===//
//
// One Compiler serves one script or module and one set of options. Stages must
// be passed in order: begin (or read), then one of the two ways, then
// lowerToLlvm; each takes the module as the one before left it. After begin()
// nothing is the user's fault any more, so a pass that fails is a bug, and the
// process ends.
//
//===----------------------------------------------------------------------===//

#include "compiler/stages/Compiler.h"
#include "compiler/analysis/Passes.h"
#include "compiler/codegen/Target.h"
#include "compiler/exporters/Onnx.h"
#include "compiler/stages/Dialects.h"

#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;

namespace pdec::driver {

llvm::Expected<Compiler> Compiler::create(const CompilerOptions &options) {
  Compiler compiler;
  compiler.options = options;
  auto machine = codegen::makeTargetMachine(options.march, options.optLevel);
  if (!machine)
    return machine.takeError();
  compiler.targetMachine = std::move(*machine);
  compiler.lowering.vectorBytes = codegen::vectorBytes(*compiler.targetMachine);
  compiler.lowering.tiles = options.tiles;
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
  // Between all passes, in every build: a wrong module must not become code.
  passes.enableVerifier(true);
  add(passes);
  if (failed(passes.run(*lowered.module)))
    llvm::report_fatal_error("a pass failed on a checked program");
}

Lowered Compiler::begin(OwningOpRef<ModuleOp> scheme) {
  Lowered lowered;
  lowered.module = std::move(scheme);
  runPasses(lowered, addPdePasses);
  // Before a way is taken: what users see must not depend on the form.
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
    // The parser has told its own errors, through the handler.
    failure = {1, lowered.module ? "'" + options.file + "' has no pde.program"
                                 : ""};
    return std::nullopt;
  }
  PassManager passes(mlirContext.get());
  passes.addPass(analysis::createEvaluateRates());
  if (failed(passes.run(*lowered.module))) {
    failure = {1, ""};
    return std::nullopt;
  }
  lowered.interface = pde::collectInterface(*lowered.module);
  return lowered;
}

void Compiler::lowerToKernel(Lowered &lowered, KernelStage last) {
  runPasses(lowered, [&](OpPassManager &passes) {
    addKernelPasses(passes, lowering, last);
  });
}

void Compiler::lowerToNet(Lowered &lowered) {
  runPasses(lowered, addNetPasses);
}

void Compiler::lowerToLayers(Lowered &lowered) {
  runPasses(lowered,
            [&](OpPassManager &passes) { addLayerPasses(passes, lowering); });
}

/// "line:column: text" as far as the place is known.
static std::string textOf(Diagnostic &diagnostic) {
  std::string text;
  if (auto place = diagnostic.getLocation()->findInstanceOf<FileLineColLoc>())
    text = std::to_string(place.getLine()) + ":" +
           std::to_string(place.getColumn()) + ": ";
  return text + diagnostic.str();
}

std::optional<std::string> Compiler::raise(Lowered &lowered) {
  std::string reason;
  ScopedDiagnosticHandler handler(mlirContext.get(), [&](Diagnostic &told) {
    if (reason.empty())
      reason = textOf(told);
    return success();
  });
  PassManager passes(mlirContext.get());
  passes.enableVerifier(true);
  addRaisePasses(passes);
  if (failed(passes.run(*lowered.module)))
    return reason;
  return std::nullopt;
}

void Compiler::mergeMaps(Lowered &scheme) { runPasses(scheme, addMergePasses); }

void Compiler::lowerNetwork(Lowered &lowered) {
  lowerToNet(lowered);
  std::optional<std::string> reason;
  if (!options.layers)
    reason = raise(lowered);
  if (reason)
    warn(options.file +
         ": the network runs layer by layer, as with --layers: " + *reason);
  if (options.layers || reason)
    lowerToLayers(lowered);
  else
    lowerToKernel(lowered);
}

/// The options that a product was made with, as a command line has them.
static std::string optionsText(const CompilerOptions &options, Form form) {
  std::string text = form == Form::Network ? "--as network" : "--as kernel";
  if (form == Form::Network && options.layers)
    text += " --layers";
  text += options.isF32 ? " --precision f32" : " --precision f64";
  text += " --march " + options.march;
  text += " -O " + std::to_string(options.optLevel);
  if (!options.tiles.empty())
    text += " --tiles " + options.tiles;
  return text;
}

/// Libraries make no reports: what only these tell is left out.
static codegen::Origin originOf(const CompilerOptions &options,
                                const Lowered &lowered, Form form,
                                codegen::Product product) {
  codegen::Origin origin;
  origin.source = llvm::sys::path::filename(options.file).str();
  origin.form = form == Form::Kernel ? "kernel" : "network";
  origin.certificate = lowered.certificate;
  origin.identity = lowered.identity;
  if (product == codegen::Product::Library)
    return origin;
  origin.script = options.text;
  origin.digest = exporters::hexDigest(options.text);
  origin.compiler = std::string("pdec ") + PDEC_VERSION;
  origin.options = optionsText(options, form);
  origin.network = lowered.network;
  return origin;
}

std::unique_ptr<llvm::Module>
Compiler::lowerToLlvm(Lowered &lowered, Form form, codegen::Product product,
                      llvm::LLVMContext &context) {
  bool hasRounding = codegen::roundsToIntegers(*targetMachine);
  runPasses(lowered, [&](OpPassManager &passes) {
    codegen::addToLlvmDialectPasses(passes, hasRounding);
  });
  auto module = codegen::translate(*lowered.module, lowered.interface,
                                   originOf(options, lowered, form, product),
                                   product, context);
  // Before the optimiser, which asks for sizes and for what the processor has.
  module->setDataLayout(targetMachine->createDataLayout());
  module->setTargetTriple(targetMachine->getTargetTriple().str());
  codegen::optimize(*module, *targetMachine, options.optLevel);
  return module;
}

/// A checksum of what a scheme computes, whatever its file is called. The
/// functions that it calls are this version's.
static std::string identityOf(ModuleOp scheme) {
  std::string text = PDEC_VERSION "\n";
  llvm::raw_string_ostream out(text);
  for (Operation &op : *scheme.getBody()) {
    auto program = dyn_cast<pde::ProgramOp>(op);
    if (!program) {
      out << op << "\n";
      continue;
    }
    std::string name = program.getSymName().str();
    program.setSymName("program");
    out << op << "\n";
    program.setSymName(name);
  }
  return exporters::hexDigest(text);
}

std::unique_ptr<llvm::Module> Compiler::compile(Lowered &lowered, Form form,
                                                codegen::Product product,
                                                llvm::LLVMContext &context) {
  // Before a way is taken: a form may resume what the other has saved.
  lowered.identity = identityOf(*lowered.module);
  if (form == Form::Kernel)
    lowerToKernel(lowered);
  else
    lowerNetwork(lowered);
  return lowerToLlvm(lowered, form, product, context);
}

std::string inInstallation(llvm::StringRef relative) {
  namespace path = llvm::sys::path;
  std::string executable =
      llvm::sys::fs::getMainExecutable(nullptr, (void *)&inInstallation);
  llvm::SmallString<128> found(
      path::parent_path(path::parent_path(executable)));
  path::append(found, relative);
  return found.str().str();
}

std::string runtimeLibrary() {
  return inInstallation(PDEC_LIBRARY_FOLDER "/libpde_runtime.a");
}

} // namespace pdec::driver
