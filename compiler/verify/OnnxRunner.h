//===- OnnxRunner.h - models in ONNX Runtime --------------------*- C++ -*-===//

#ifndef PDEC_VERIFY_ONNXRUNNER_H
#define PDEC_VERIFY_ONNXRUNNER_H

#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pdec::driver {

/// A value that a model is given: its elements' bytes.
struct OnnxFeed {
  std::string name;
  const char *type; ///< float32, float64, int64
  std::vector<int64_t> dims;
  std::string bytes;
};
using OnnxFeeds = std::vector<OnnxFeed>;

/// Runs models by Node.js and its package onnxruntime-node.
class OnnxRunner {
public:
  /// Fails with a sentence that says how to install what is missing.
  static llvm::Expected<OnnxRunner> find();

  /// The bytes of the named outputs, for each of the runs.
  llvm::Expected<std::vector<std::vector<std::string>>>
  run(const std::string &model, const std::vector<OnnxFeeds> &runs,
      const std::vector<std::string> &outputs) const;

private:
  std::string node, script, module;
};

} // namespace pdec::driver

#endif // PDEC_VERIFY_ONNXRUNNER_H
