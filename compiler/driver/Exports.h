//===- Exports.h - networks in the words of others --------------*- C++ -*-===//

#ifndef PDEC_DRIVER_EXPORTS_H
#define PDEC_DRIVER_EXPORTS_H

#include "compiler/driver/Compiler.h"
#include "compiler/exporters/Onnx.h"

namespace pdec::driver {

/// A module at the stage Net as an ONNX model of the profile asked for.
llvm::Expected<exporters::OnnxFile>
onnxModel(const Options &options, Lowered &lowered, bool withDefaults = true);

/// Such a module as Graphviz text.
std::string networkPicture(const Options &options, Lowered &lowered);

} // namespace pdec::driver

#endif // PDEC_DRIVER_EXPORTS_H
