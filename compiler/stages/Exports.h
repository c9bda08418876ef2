//===- Exports.h - networks in the words of others --------------*- C++ -*-===//

#ifndef PDEC_STAGES_EXPORTS_H
#define PDEC_STAGES_EXPORTS_H

#include "compiler/exporters/Onnx.h"
#include "compiler/stages/Compiler.h"

namespace pdec::driver {

/// A module at the stage Net as an ONNX model of the profile asked for.
llvm::Expected<exporters::OnnxFile> onnxModel(const CompilerOptions &options,
                                              Lowered &lowered,
                                              bool withDefaults = true);

} // namespace pdec::driver

#endif // PDEC_STAGES_EXPORTS_H
