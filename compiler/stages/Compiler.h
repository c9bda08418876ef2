//===- Compiler.h - a scheme on its way through the stages ------*- C++ -*-===//

#ifndef PDEC_STAGES_COMPILER_H
#define PDEC_STAGES_COMPILER_H

#include "compiler/codegen/ToLlvm.h"
#include "compiler/pde/Interface.h"
#include "compiler/stages/CompilerOptions.h"
#include "compiler/stages/Pipelines.h"
#include "compiler/stages/ScriptFile.h"

#include "mlir/IR/OwningOpRef.h"
#include "llvm/Target/TargetMachine.h"

namespace pdec::driver {

/// A module on one of the ways, with what its users see of it.
struct Lowered {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  pde::Interface interface;
  /// What is proved of it, as its product will tell it: for people, or for
  /// models as JSON.
  std::string certificate{};
  /// The network as Graphviz text, for reports; empty where none will be made.
  std::string network{};
  std::string identity{}; ///< of what is computed; see pde_program
  std::string imported{}; ///< the texts of the files that the script imports
};

/// Middle and back end for one set of options.
class Compiler {
public:
  static llvm::Expected<Compiler> create(const CompilerOptions &options);

  mlir::MLIRContext &context() { return *mlirContext; }
  llvm::TargetMachine &machine() { return *targetMachine; }
  bool isF32() const { return options.isF32; }

  /// Takes over a scheme that was just generated; leaves out what nothing
  /// needs.
  Lowered begin(mlir::OwningOpRef<mlir::ModuleOp> scheme);
  /// A module in the pde dialect, as `--emit pde` prints it. Tests start there.
  std::optional<Lowered> read(Failure &failure);
  /// To a stage of the kernel way, to Net, or (layers) to calls of the runtime.
  void lowerToKernel(Lowered &lowered, KernelStage last = KernelStage::Kernel);
  void lowerToNet(Lowered &lowered);
  void lowerToLayers(Lowered &lowered);
  /// From Net back to the pde dialect, where the kernel way begins. If a layer
  /// is no operation of a scheme the network stays as it is: then the result
  /// tells which, and why.
  std::optional<std::string> raise(Lowered &lowered);
  /// A scheme in the form that raise() leaves.
  void mergeMaps(Lowered &scheme);
  /// From the kernel stage or from layers to optimised LLVM IR.
  std::unique_ptr<llvm::Module> lowerToLlvm(Lowered &lowered, Form form,
                                            codegen::Product product,
                                            llvm::LLVMContext &context);
  /// All the way from the pde dialect. A network is raised, unless it is to run
  /// layer by layer; one that cannot be does so, with a warning.
  std::unique_ptr<llvm::Module> compile(Lowered &lowered, Form form,
                                        codegen::Product product,
                                        llvm::LLVMContext &context);

private:
  CompilerOptions options;
  LoweringOptions lowering;
  std::unique_ptr<mlir::MLIRContext> mlirContext;
  std::unique_ptr<llvm::TargetMachine> targetMachine;

  void lowerNetwork(Lowered &lowered);
  void runPasses(Lowered &lowered,
                 llvm::function_ref<void(mlir::OpPassManager &)> add);
};

/// The path of what lies at `relative` in the folder that holds this
/// executable's own: an installation may be moved as a whole, and the build
/// folder is laid out like one.
std::string inInstallation(llvm::StringRef relative);
/// The path of the runtime's archive, which programs are linked with.
std::string runtimeLibrary();

} // namespace pdec::driver

#endif // PDEC_STAGES_COMPILER_H
