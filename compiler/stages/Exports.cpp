//===- Exports.cpp - networks in the words of others ----------------------===//

#include "compiler/stages/Exports.h"
#include "compiler/stages/Fixed.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace pdec::driver {

/// Of a file that has been read before; empty without one.
static std::string digestOf(const std::string &path) {
  if (path.empty())
    return "";
  auto file = llvm::MemoryBuffer::getFile(path);
  return file ? exporters::hexDigest((*file)->getBuffer()) : "";
}

llvm::Expected<exporters::OnnxFile>
onnxModel(const CompilerOptions &options, Lowered &lowered, bool withDefaults) {
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
  onnx.text = options.text + lowered.imported;
  onnx.weightsDigest = digestOf(options.fixedWeights);
  onnx.certificate = lowered.certificate;
  return exporters::exportOnnx(*lowered.module, lowered.interface, onnx);
}

} // namespace pdec::driver
