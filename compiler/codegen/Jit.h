//===- Jit.h - programs in memory -------------------------------*- C++ -*-===//

#ifndef PDEC_CODEGEN_JIT_H
#define PDEC_CODEGEN_JIT_H

#include "runtime/pde_runtime.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"

#include <memory>

namespace pdec::codegen {

/// Functions that a program calls instead of the runtime's, by name.
using RuntimeReplacements =
    std::vector<std::pair<std::string, llvm::orc::ExecutorAddr>>;

/// A compiled program in this process, with the runtime that is linked in here.
class JitProgram {
public:
  /// `module` is optimised and holds the pde_program `name`_program.
  static llvm::Expected<JitProgram>
  create(std::unique_ptr<llvm::Module> module,
         std::unique_ptr<llvm::LLVMContext> context,
         const llvm::TargetMachine &machine, llvm::StringRef name,
         const RuntimeReplacements &replacements = {});

  const pde_program &program() const { return *descriptor; }

private:
  std::unique_ptr<llvm::orc::LLJIT> jit;
  const pde_program *descriptor = nullptr;
};

} // namespace pdec::codegen

#endif // PDEC_CODEGEN_JIT_H
