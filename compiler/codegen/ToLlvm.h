//===- ToLlvm.h - a lowered module as LLVM IR -------------------*- C++ -*-===//

#ifndef PDEC_CODEGEN_TOLLVM_H
#define PDEC_CODEGEN_TOLLVM_H

#include "compiler/codegen/Description.h"

#include "mlir/Pass/PassManager.h"
#include "llvm/IR/Module.h"

namespace pdec::codegen {

/// What the program is built for.
enum class Product {
  Executable, ///< main
  /// NAME_execute, NAME_certificate, and a main that gives way to another.
  Object,
  Library, ///< NAME_execute, NAME_certificate and pde_get_program
  InMemory ///< nothing but NAME_program, which all others have, too
};

/// Adds the passes from scf, vector, arith, math and func to the llvm dialect,
/// for a processor that rounds to integers or one that does not.
void addToLlvmDialectPasses(mlir::OpPassManager &passes, bool hasRounding);

/// Translates a module of the llvm dialect whose function `run` is the program,
/// and adds the pde_program that describes it, `NAME_program`.
std::unique_ptr<llvm::Module> translate(mlir::ModuleOp module,
                                        const pde::Interface &interface,
                                        const Origin &origin, Product product,
                                        llvm::LLVMContext &context);

} // namespace pdec::codegen

#endif // PDEC_CODEGEN_TOLLVM_H
