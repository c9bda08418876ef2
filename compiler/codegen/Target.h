//===- Target.h - the machine, optimisation, object code --------*- C++ -*-===//

#ifndef PDEC_CODEGEN_TARGET_H
#define PDEC_CODEGEN_TARGET_H

#include "llvm/IR/Module.h"
#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"

#include <memory>
#include <string>

namespace pdec::codegen {

/// A machine for code of this kind: `cpu` as LLVM names it, or "native".
/// Fails with a sentence when LLVM does not know it.
llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
makeTargetMachine(llvm::StringRef cpu, unsigned optLevel);

/// Bytes of a vector register that code should use.
unsigned vectorBytes(const llvm::TargetMachine &machine);

/// Whether the processor rounds to integers; else a library would have to.
bool roundsToIntegers(const llvm::TargetMachine &machine);

/// Optimises in place. Nothing here may change a value's bits: no contraction,
/// no reassociation.
void optimize(llvm::Module &module, llvm::TargetMachine &machine,
              unsigned optLevel);

enum class FileKind { Object, Assembly };
std::string emitCode(llvm::Module &module, llvm::TargetMachine &machine,
                     FileKind kind);

} // namespace pdec::codegen

#endif // PDEC_CODEGEN_TARGET_H
