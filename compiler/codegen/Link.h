//===- Link.h - executables and shared libraries ----------------*- C++ -*-===//

#ifndef PDEC_CODEGEN_LINK_H
#define PDEC_CODEGEN_LINK_H

#include "compiler/codegen/ToLlvm.h"

#include "llvm/Support/Error.h"

namespace pdec::codegen {

/// Links an object with the runtime into `output`, which appears whole or not
/// at all. `runtime` is the path of libpde_runtime.a. A library exports nothing
/// but its interface, under `name`, and calls nobody else's functions of these
/// names.
llvm::Error link(llvm::StringRef object, Product product,
                 llvm::StringRef name, llvm::StringRef runtime,
                 llvm::StringRef output);

} // namespace pdec::codegen

#endif // PDEC_CODEGEN_LINK_H
