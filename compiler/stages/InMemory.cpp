//===- InMemory.cpp - programs that run in this process -------------------===//

#include "compiler/stages/InMemory.h"

namespace pdec::driver {

llvm::Expected<codegen::JitProgram>
compileInMemory(Compiler &compiler, Lowered &lowered, Form form,
                const codegen::RuntimeReplacements &replacements) {
  auto context = std::make_unique<llvm::LLVMContext>();
  auto module =
      compiler.compile(lowered, form, codegen::Product::InMemory, *context);
  return codegen::JitProgram::create(std::move(module), std::move(context),
                                     compiler.machine(), lowered.interface.name,
                                     replacements);
}

} // namespace pdec::driver
