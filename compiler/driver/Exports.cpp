//===- Exports.cpp - networks in the words of others ----------------------===//

#include "compiler/driver/Exports.h"
#include "compiler/driver/Fixed.h"
#include "compiler/exporters/Dot.h"
#include "compiler/library/Library.h"

#include "llvm/Support/Path.h"

namespace pdec::driver {

llvm::Expected<exporters::OnnxFile>
onnxModel(const Options &options, Lowered &lowered, bool withDefaults) {
  auto fixed = fixedValues(options, lowered.interface);
  if (!fixed)
    return fixed.takeError();
  exporters::OnnxOptions onnx;
  onnx.fixed = std::move(*fixed);
  onnx.sizeRules = sizeRules(lowered.interface);
  onnx.profile = options.profile == Profile::Conv
                     ? exporters::OnnxProfile::Conv
                     : exporters::OnnxProfile::Slice;
  onnx.unroll = options.unroll;
  onnx.withDefaults = withDefaults;
  onnx.version = PDEC_VERSION;
  onnx.script = llvm::sys::path::filename(options.file).str();
  onnx.text = options.text;
  return exporters::exportOnnx(*lowered.module, lowered.interface, onnx);
}

std::string networkPicture(const Options &options, Lowered &lowered) {
  SourceFile script(options.file, options.text);
  auto lineOf = [&](llvm::StringRef file, unsigned number) -> std::string {
    if (file == script.name())
      return std::string(script.line(number));
    for (const ast::Script *library : libraryScripts())
      if (file == library->file->name())
        return std::string(library->file->line(number));
    return "";
  };
  return exporters::exportDot(*lowered.module, lineOf);
}

} // namespace pdec::driver
