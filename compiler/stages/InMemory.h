//===- InMemory.h - programs that run in this process -----------*- C++ -*-===//

#ifndef PDEC_STAGES_INMEMORY_H
#define PDEC_STAGES_INMEMORY_H

#include "compiler/codegen/Jit.h"
#include "compiler/stages/Compiler.h"

namespace pdec::driver {

/// Takes a scheme all the way to a program that can be called. Calls of the
/// runtime may be given other functions.
llvm::Expected<codegen::JitProgram>
compileInMemory(Compiler &compiler, Lowered &lowered, Form form,
                const codegen::RuntimeReplacements &replacements = {});

} // namespace pdec::driver

#endif // PDEC_STAGES_INMEMORY_H
