//===- Fixed.h - parameters and sizes that options fix ----------*- C++ -*-===//

#ifndef PDEC_STAGES_FIXED_H
#define PDEC_STAGES_FIXED_H

#include "compiler/exporters/Onnx.h"
#include "compiler/stages/Compiler.h"

#include "llvm/Support/Error.h"

namespace pdec::driver {

/// What the options fix of a model. They are read and checked as by a compiled
/// program, with the same sentences.
llvm::Expected<exporters::OnnxFixed>
fixedValues(const CompilerOptions &options, const pde::Interface &interface);

/// A copy of a scheme in the pde dialect with the parameters, entries of arrays
/// and sizes that the options fix as its own.
llvm::Expected<mlir::OwningOpRef<mlir::ModuleOp>>
fixedScheme(const CompilerOptions &options, Lowered &lowered);

/// A copy of a scheme in the pde dialect with all parameters, the entries of
/// arrays among them, and sizes of grids as a run with these options has them.
/// Of arrays that no file gives, only those whose entries are all one number
/// are known.
llvm::Expected<mlir::OwningOpRef<mlir::ModuleOp>>
schemeAsRun(const CompilerOptions &options, Lowered &lowered);

/// What hierarchies ask of the sizes of grids, in the words of programs'
/// errors.
std::map<std::string, std::string> sizeRules(const pde::Interface &interface);

} // namespace pdec::driver

#endif // PDEC_STAGES_FIXED_H
