//===- Link.h - executables and shared libraries ----------------*- C++ -*-===//

#ifndef PDEC_CODEGEN_LINK_H
#define PDEC_CODEGEN_LINK_H

#include "compiler/codegen/ToLlvm.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

namespace pdec::codegen {

/// Links an object with the runtime; the bytes of the executable or library.
/// `runtime` is the path of libpde_runtime.a. A library exports nothing but its
/// interface, under `name`, and calls nobody else's functions of these names. A
/// static executable needs no library where it runs.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
link(llvm::StringRef object, Product product, llvm::StringRef name,
     llvm::StringRef runtime, bool isStatic);

} // namespace pdec::codegen

#endif // PDEC_CODEGEN_LINK_H
