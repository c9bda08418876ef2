//===- Commands.cpp - what pdec does --------------------------------------===//
//
// One function for each command, returning pdec's exit code. Everything is
// computed before a file is opened, and files appear whole or not at all, so a
// failure at any point leaves what was there. Only `fmt -i` ever overwrites the
// script, whatever its name and whatever file was asked for.
//
//===----------------------------------------------------------------------===//

#include "compiler/driver/Commands.h"
#include "compiler/analysis/Certificate.h"
#include "compiler/analysis/Rates.h"
#include "compiler/ast/Printer.h"
#include "compiler/codegen/Link.h"
#include "compiler/codegen/Target.h"
#include "compiler/driver/Completion.h"
#include "compiler/driver/LibraryHeader.h"
#include "compiler/driver/Manual.h"
#include "compiler/driver/Tune.h"
#include "compiler/exporters/Dot.h"
#include "compiler/kernel/ExplainTiling.h"
#include "compiler/lsp/Server.h"
#include "compiler/lsp/Words.h"
#include "compiler/script/Script.h"
#include "compiler/stages/Exports.h"
#include "compiler/stages/Fixed.h"
#include "compiler/stages/InMemory.h"
#include "compiler/support/Identifier.h"
#include "runtime/files/Publish.h"

#include "llvm/Config/llvm-config.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TargetParser/Host.h"

#include <cmath>
#include <map>
#include <unistd.h>

namespace pdec::driver {

/// Whoever asks for a network is told of it in its words.
static analysis::Words wordsOf(const Options &options) {
  return options.form == Form::Network ? analysis::Words::Network
                                       : analysis::Words::Scheme;
}

static int tell(llvm::Error error) {
  return tell(Failure{1, llvm::toString(std::move(error))});
}

/// Whether a file is the script itself, by whatever name.
static bool isScript(const Options &options, const std::string &path) {
  return llvm::sys::fs::equivalent(options.file, path);
}

static int refuseScript(const std::string &path) {
  return tell(
      Failure{1, "'" + path + "' is the script; it would be overwritten"});
}

/// Text to the file asked for, or to the terminal.
static int writeText(const Options &options, llvm::StringRef text) {
  std::string problem;
  if (options.output.empty() || options.output == "-") {
    llvm::outs() << text;
    llvm::outs().flush();
    if (!llvm::outs().has_error())
      return 0;
    problem = "cannot write the output: " + llvm::outs().error().message();
    // Told here; an error that stays set would end the process with one of
    // LLVM's.
    llvm::outs().clear_error();
    return tell(Failure{1, problem});
  }
  if (isScript(options, options.output) && options.command != Command::Format)
    return refuseScript(options.output);
  if (writeFile(options.output, text, problem))
    return 0;
  return tell(Failure{1, problem});
}

/// Locations only if asked for: they would change with every line of the
/// script.
static std::string printed(mlir::ModuleOp module, bool locations) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  mlir::OpPrintingFlags flags;
  flags.enableDebugInfo(locations);
  module.print(stream, flags);
  stream << '\n';
  return text;
}

/// The file to write when none is named: the script's name with an ending.
static std::string outputOr(const Options &options, llvm::StringRef ending) {
  if (!options.output.empty())
    return options.output;
  return (llvm::sys::path::stem(options.file) + ending).str();
}

/// Checks of names come first: linking takes a while.
static int link(const Options &options, const std::string &object,
                codegen::Product product, const pde::Interface &interface) {
  bool isLibrary = product == codegen::Product::Library;
  std::string output = outputOr(options, isLibrary ? ".so" : "");
  llvm::SmallString<128> header(output);
  if (isLibrary)
    llvm::sys::path::replace_extension(header, ".h");
  for (const std::string &path : {output, header.str().str()})
    if (isScript(options, path))
      return refuseScript(path);
  if (isLibrary && output == "-")
    return tell(Failure{1, "a library is two files: name it with -o NAME.so"});
  if (llvm::sys::fs::is_directory(output))
    return tell(Failure{1, "cannot write '" + output + "': it is a directory"});
  auto linked = codegen::link(object, product, interface.name, runtimeLibrary(),
                              options.isStatic);
  if (!linked)
    return tell(linked.takeError());
  if (output == "-")
    return writeText(options, (*linked)->getBuffer());
  std::vector<pdert::WholeFile> files = {
      {output, (*linked)->getBuffer(), /*mode=*/0777}};
  std::string headerText = isLibrary ? libraryHeader(interface) : "";
  if (isLibrary)
    files.push_back({header.str().str(), headerText});
  std::string problem = pdert::writeTogether(files);
  return problem.empty() ? 0 : tell(Failure{1, problem});
}

/// The name of what others call: --name, or that of the file to be written, or
/// the script's.
static std::string publicName(const Options &options,
                              const std::string &script) {
  if (!options.name.empty())
    return options.name;
  // What is written to a pipe or a device has the script's name.
  bool isFile =
      !options.output.empty() && !llvm::sys::fs::exists(options.output);
  isFile |= llvm::sys::fs::is_regular_file(options.output);
  return isFile ? identifierOf(options.output) : script;
}

/// Everything after the pde dialect.
static int emitCode(const Options &options, Compiler &compiler,
                    Lowered &lowered, Stage stage) {
  auto product = stage == Stage::Library  ? codegen::Product::Library
                 : stage == Stage::Object ? codegen::Product::Object
                                          : codegen::Product::Executable;
  if (product != codegen::Product::Executable)
    lowered.interface.name = publicName(options, lowered.interface.name);
  analysis::measureSteps(*lowered.module);
  llvm::LLVMContext context;
  auto module = compiler.compile(lowered, options.form, product, context);
  if (stage == Stage::Llvm) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    module->print(stream, nullptr);
    return writeText(options, text);
  }
  std::string code =
      codegen::emitCode(*module, compiler.machine(),
                        stage == Stage::Assembly ? codegen::FileKind::Assembly
                                                 : codegen::FileKind::Object);
  if (stage == Stage::Assembly)
    return writeText(options, code);
  if (stage != Stage::Object)
    return link(options, code, product, lowered.interface);
  Options named = options;
  named.output = outputOr(options, ".o");
  return writeText(named, code);
}

/// What is proved of the evolution in a place, in a picture's words.
static std::string provedAt(const analysis::Certificate &certificate,
                            const analysis::Place &place) {
  for (const analysis::EvolutionCertificate &evolution : certificate.evolutions)
    if (evolution.place.line == place.line &&
        evolution.place.column == place.column)
      return analysis::labelOf(evolution);
  return "";
}

/// The network as Graphviz text.
static std::string networkPicture(const Options &options, Lowered &lowered,
                                  const analysis::Certificate &certificate) {
  auto lineOf = [&](llvm::StringRef file, unsigned number) {
    return sourceLine(options, file, number);
  };
  return exporters::exportDot(
      *lowered.module, lineOf, [&](mlir::Operation *block) {
        return provedAt(certificate, analysis::placeOf(block));
      });
}

/// Notes what only a report will draw. The network is made of a copy: the
/// scheme goes its own way.
static void notePicture(const Options &options, Compiler &compiler,
                        Lowered &lowered,
                        const analysis::Certificate &certificate) {
  Lowered copy;
  copy.module = lowered.module->clone();
  copy.interface = lowered.interface;
  compiler.lowerToNet(copy);
  lowered.network = networkPicture(options, copy, certificate);
}

/// The network in the words of others.
static int emitNetwork(const Options &options, Compiler &compiler,
                       Lowered &lowered, Stage stage,
                       const analysis::Certificate &certificate) {
  compiler.lowerToNet(lowered);
  if (stage == Stage::Dot)
    return writeText(options, networkPicture(options, lowered, certificate));
  auto file = onnxModel(options, lowered);
  if (!file)
    return tell(file.takeError());
  Options named = options;
  named.output = outputOr(options, ".onnx");
  return writeText(named, file->bytes);
}

/// Whether a program that runs in memory is given an option.
static bool hasArgument(const Options &options, llvm::StringRef option) {
  return llvm::any_of(options.programArguments, [&](llvm::StringRef argument) {
    return argument.starts_with(option);
  });
}

/// Whether all that is proved is printed, or goes into the product: numbers,
/// limits and all.
static bool tellsCertificate(const Options &options) {
  // With other values a program compares steps with their limits.
  if (options.command == Command::Run)
    return hasArgument(options, "--certificate") ||
           hasArgument(options, "--report") || hasArgument(options, "--set");
  switch (options.emit.value_or(Stage::Executable)) {
  case Stage::Certificate:
  case Stage::Onnx:
  case Stage::Dot:
  case Stage::Llvm:
  case Stage::Assembly:
  case Stage::Object:
  case Stage::Library:
  case Stage::Executable:
    return true;
  default:
    return false;
  }
}

/// What is proved of a scheme with the values that its product will have, and
/// an error if these are not allowed.
static llvm::Expected<analysis::Certificate> certified(const Options &options,
                                                       Lowered &lowered) {
  auto fixed = fixedScheme(options, lowered);
  if (!fixed)
    return fixed.takeError();
  return analysis::certify(**fixed, tellsCertificate(options)
                                        ? analysis::Detail::All
                                        : analysis::Detail::Warnings);
}

static void noteProved(const analysis::EvolutionCertificate &evolution,
                       const pde::Interface &interface,
                       pde::Interface::Evolved &evolved) {
  for (const analysis::Claim &claim : evolution.claims)
    evolved.keepsNorm |= claim.holds &&
                         claim.statement == analysis::Statement::Norm &&
                         claim.theorem != analysis::Theorem::Implicit;
  if (!evolution.step || !std::isfinite(evolution.step->limit))
    return;
  evolved.stepParam = interface.paramIndex(evolution.step->param);
  evolved.stepLimit = evolution.step->limit;
}

/// Notes what the product will tell of itself, and what it can check when it is
/// watched. The norms of implicit steps are those of exact solutions.
static void noteCertificate(const Options &options, Lowered &lowered,
                            const analysis::Certificate &certificate) {
  bool isModel = options.emit == Stage::Onnx;
  lowered.certificate =
      isModel ? analysis::asJson(certificate, analysis::Layout::Compact)
              : analysis::asText(certificate, wordsOf(options));
  for (const analysis::EvolutionCertificate &evolution : certificate.evolutions)
    for (auto &evolved : lowered.interface.evolved)
      if (evolved.line == evolution.place.line)
        noteProved(evolution, lowered.interface, evolved);
}

/// A script, or what `--emit pde` printed of one, in the pde dialect.
static std::optional<Lowered> toPde(const Options &options, Compiler &compiler,
                                    analysis::Certificate &certificate,
                                    Failure &failure) {
  std::optional<Script> script;
  std::optional<Lowered> lowered;
  if (options.isModule) {
    lowered = compiler.read(failure);
  } else {
    script = Script::load(options, failure);
    if (script && script->check(failure))
      lowered = script->generate(compiler, failure);
  }
  if (!lowered)
    return std::nullopt;
  auto found = certified(options, *lowered);
  if (!found) {
    failure = {1, llvm::toString(found.takeError())};
    return std::nullopt;
  }
  certificate = std::move(*found);
  if (script && !script->tell(certificate, options.certify, failure))
    return std::nullopt;
  noteCertificate(options, *lowered, certificate);
  return lowered;
}

/// The stages before the pde dialect.
static int printScript(const Options &options, Stage stage) {
  Failure failure;
  auto script = Script::load(options, failure);
  if (!script)
    return tell(failure);
  if (stage == Stage::Ast)
    return writeText(options, ast::dump(script->ast()));
  if (!script->check(failure))
    return tell(failure);
  return writeText(options, printProgram(script->program()));
}

/// Where on the kernel way a stage is, if it is one of that.
static std::optional<KernelStage> kernelStage(Stage stage) {
  static const std::map<Stage, KernelStage> stages = {
      {Stage::Sweeps, KernelStage::Sweeps},
      {Stage::Plan, KernelStage::Plan},
      {Stage::Tiles, KernelStage::Tiles},
      {Stage::Rows, KernelStage::Rows},
      {Stage::Vectors, KernelStage::Vectors},
      {Stage::Kernel, KernelStage::Kernel}};
  auto found = stages.find(stage);
  return found == stages.end() ? std::nullopt : std::optional(found->second);
}

/// To one of the stages that are modules, from the pde dialect on; what is
/// wrong if there is no way. Those of the kernel way are a network's, too,
/// which takes it once it is raised.
static std::optional<Failure> lowerTo(const Options &options,
                                      Compiler &compiler, Lowered &lowered,
                                      Stage stage) {
  auto onKernelWay = kernelStage(stage);
  bool isRaised =
      stage == Stage::Raised || (onKernelWay && options.form == Form::Network);
  if (isRaised || stage == Stage::Net)
    compiler.lowerToNet(lowered);
  if (isRaised)
    if (auto reason = compiler.raise(lowered))
      return Failure{1,
                     options.file + ": the network is not raised: " + *reason};
  if (onKernelWay)
    compiler.lowerToKernel(lowered, *onKernelWay);
  return std::nullopt;
}

static int emitModule(const Options &options, Compiler &compiler,
                      Lowered &lowered, Stage stage) {
  if (auto failure = lowerTo(options, compiler, lowered, stage))
    return tell(*failure);
  return writeText(options, printed(*lowered.module, options.locations));
}

static int explainTiling(const Options &options, Compiler &compiler,
                         Lowered &lowered) {
  if (auto failure = lowerTo(options, compiler, lowered, Stage::Tiles))
    return tell(*failure);
  return writeText(options, kernel::explainTiling(*lowered.module));
}

int runCompile(const Options &options) {
  if (!options.output.empty() && isScript(options, options.output))
    return refuseScript(options.output);
  Stage stage = options.emit.value_or(Stage::Executable);
  if (stage == Stage::Ast || stage == Stage::Program)
    return printScript(options, stage);
  auto compiler = Compiler::create(options);
  if (!compiler)
    return tell(compiler.takeError());
  Failure failure;
  analysis::Certificate certificate;
  auto lowered = toPde(options, *compiler, certificate, failure);
  if (!lowered)
    return tell(failure);
  if (options.explainTiling)
    return explainTiling(options, *compiler, *lowered);
  if (stage == Stage::Certificate)
    return writeText(options, analysis::asJson(certificate));
  if (stage == Stage::Onnx || stage == Stage::Dot)
    return emitNetwork(options, *compiler, *lowered, stage, certificate);
  if (stage == Stage::Executable)
    notePicture(options, *compiler, *lowered, certificate);
  if (stage >= Stage::Llvm)
    return emitCode(options, *compiler, *lowered, stage);
  return emitModule(options, *compiler, *lowered, stage);
}

/// The program behaves like an executable from here on: it reads its own
/// options and tells its own errors.
int runInMemory(const Options &options) {
  auto compiler = Compiler::create(options);
  if (!compiler)
    return tell(compiler.takeError());
  Failure failure;
  analysis::Certificate certificate;
  auto made = toPde(options, *compiler, certificate, failure);
  if (!made)
    return tell(failure);
  Lowered &lowered = *made;
  if (hasArgument(options, "--report"))
    notePicture(options, *compiler, lowered, certificate);
  analysis::measureSteps(*lowered.module);
  auto program = compileInMemory(*compiler, lowered, options.form);
  if (!program)
    return tell(program.takeError());
  std::vector<std::string> words = {lowered.interface.name};
  words.insert(words.end(), options.programArguments.begin(),
               options.programArguments.end());
  std::vector<char *> pointers;
  for (std::string &word : words)
    pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pde_main(&program->program(), words.size(), pointers.data());
}

int runTune(const Options &options) {
  Options named = options;
  named.output = outputOr(options, ".tiles");
  // Before it runs for a while.
  if (isScript(options, named.output))
    return refuseScript(named.output);
  Failure failure;
  auto text = tune(options, failure);
  return text ? writeText(named, *text) : tell(failure);
}

int runCheck(const Options &options) {
  Failure failure;
  auto script = Script::load(options, failure);
  if (!script || !script->check(failure))
    return tell(failure);
  auto compiler = Compiler::create(options);
  if (!compiler)
    return tell(compiler.takeError());
  auto lowered = script->generate(*compiler, failure);
  if (!lowered)
    return tell(failure);
  auto fixed = schemeAsRun(options, *lowered);
  if (!fixed)
    return tell(fixed.takeError());
  analysis::Certificate certificate = analysis::certify(**fixed);
  bool isFine = script->tell(certificate, options.certify, failure);
  std::string text = analysis::asText(certificate, wordsOf(options));
  if (text.empty())
    text = llvm::sys::path::filename(options.file).str() +
           " has no evolution of which anything could be proved\n";
  int code = writeText(options, text);
  return isFine ? code : tell(failure);
}

int runFormat(const Options &options) {
  Failure failure;
  auto script = Script::load(options, failure);
  if (!script)
    return tell(failure);
  Options target = options;
  // Nowhere else: -o is not an option of fmt.
  target.output = options.inPlace ? options.file : "";
  return writeText(target, ast::format(script->ast()));
}

int runExplain(const Options &options) {
  if (options.markdown)
    return writeText(options, errorsAsMarkdown());
  auto text = explain(options.code);
  if (text)
    return writeText(options, *text);
  return tell(Failure{1, "no error has the code '" + options.code + "'"});
}

int runCompletion(const Options &options) {
  return writeText(options, completion(options.shell));
}

int runManual(const Options &options) {
  return writeText(options, manual(PDEC_VERSION));
}

int runWords(const Options &options) {
  return writeText(options, lsp::wordsAsText());
}

int runLanguageServer() { return lsp::serve(); }

/// What a report of a fault should tell.
int runVersion(const Options &options) {
  std::string text = "pdec " PDEC_VERSION "\n";
  if (options.verbose) {
    text += llvm::formatv("  LLVM       {0}\n", LLVM_VERSION_STRING);
    text += llvm::formatv("  processor  {0} (--march native)\n",
                          llvm::sys::getHostCPUName());
    text +=
        llvm::formatv("  interface  {0} (PDE_ABI_VERSION)\n", PDE_ABI_VERSION);
    text += llvm::formatv("  runtime    {0}\n", runtimeLibrary());
  }
  return writeText(options, text);
}

} // namespace pdec::driver
