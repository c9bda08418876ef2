//===- Compiler.h - a script on its way through the stages ------*- C++ -*-===//

#ifndef PDEC_DRIVER_COMPILER_H
#define PDEC_DRIVER_COMPILER_H

#include "compiler/ast/Ast.h"
#include "compiler/check/Program.h"
#include "compiler/codegen/ToLlvm.h"
#include "compiler/driver/Options.h"
#include "compiler/driver/Pipelines.h"
#include "compiler/pde/Interface.h"
#include "compiler/support/Diagnostics.h"

#include "mlir/IR/OwningOpRef.h"
#include "llvm/Target/TargetMachine.h"

namespace pdec::driver {

/// A failure that pdec has to tell its user, with the exit code. An empty text
/// means that it has been told.
struct Failure {
  int exitCode;
  std::string text;
};

/// Reads the file of the command line, once and for all that need its text; its
/// name becomes "<stdin>" where it is standard input.
bool readScript(Options &options, Failure &failure);

/// Writes a whole file or leaves the old one alone.
bool writeFile(const std::string &path, llvm::StringRef text,
               std::string &problem);

/// The front end's results. Diagnostics are printed to stderr as they are.
class Script {
public:
  /// Parses; check() goes on to the program.
  static std::optional<Script> load(const Options &options, Failure &failure);
  bool check(Failure &failure);

  const ast::Script &ast() const { return *tree; }
  const pdec::Program &program() const { return *checked; }

private:
  std::unique_ptr<SourceFile> source;
  std::unique_ptr<DiagnosticEngine> diagnostics;
  std::unique_ptr<ast::Script> tree;
  std::shared_ptr<pdec::Program> checked;
};

/// A module on one of the ways, with what its users see of it.
struct Lowered {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  pde::Interface interface;
};

/// Middle and back end for one set of options.
class Compiler {
public:
  static llvm::Expected<Compiler> create(const Options &options);

  mlir::MLIRContext &context() { return *mlirContext; }
  llvm::TargetMachine &machine() { return *targetMachine; }

  /// The scheme in the pde dialect.
  Lowered generate(const pdec::Program &program);
  /// A module in the pde dialect, as `--emit pde` prints it. Tests start there.
  std::optional<Lowered> read(Failure &failure);
  /// To the stage Kernel or Net, or (layers) to calls of the runtime.
  void lowerToKernel(Lowered &lowered);
  void lowerToNet(Lowered &lowered);
  void lowerToLayers(Lowered &lowered);
  /// From the kernel stage or from layers to optimised LLVM IR.
  std::unique_ptr<llvm::Module> lowerToLlvm(Lowered &lowered, Form form,
                                            codegen::Product product,
                                            llvm::LLVMContext &context);
  /// All the way from the pde dialect.
  std::unique_ptr<llvm::Module> compile(Lowered &lowered, Form form,
                                        codegen::Product product,
                                        llvm::LLVMContext &context);

private:
  Options options;
  LoweringOptions lowering;
  std::unique_ptr<mlir::MLIRContext> mlirContext;
  std::unique_ptr<llvm::TargetMachine> targetMachine;

  void runPasses(Lowered &lowered,
                 llvm::function_ref<void(mlir::OpPassManager &)> add);
};

/// The path of the runtime library beside this executable.
std::string runtimeLibrary();

} // namespace pdec::driver

#endif // PDEC_DRIVER_COMPILER_H
