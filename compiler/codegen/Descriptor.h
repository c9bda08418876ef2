//===- Descriptor.h - the pde_program of a module ---------------*- C++ -*-===//

#ifndef PDEC_CODEGEN_DESCRIPTOR_H
#define PDEC_CODEGEN_DESCRIPTOR_H

#include "compiler/codegen/ToLlvm.h"

namespace pdec::codegen {

/// Adds the constant `NAME_program`, a pde_program (runtime/pde_runtime.h) that
/// calls the module's function `run`, and the product's functions. All others
/// become local: programs that live together have the same names for theirs.
void addDescriptor(llvm::Module &module, const pde::Interface &interface,
                   const Origin &origin, Product product);

} // namespace pdec::codegen

#endif // PDEC_CODEGEN_DESCRIPTOR_H
