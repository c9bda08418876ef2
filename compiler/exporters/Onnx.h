//===- Onnx.h - networks as ONNX models -------------------------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNX_H
#define PDEC_EXPORTERS_ONNX_H

#include "compiler/pde/Interface.h"
#include "runtime/pde_runtime.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"

#include <map>
#include <string>
#include <vector>

namespace pdec::exporters {

/// How convolutions are said: as Conv and ConvTranspose nodes, in f32 only, or
/// as the chains of slices, products and sums that every runtime has in f64.
enum class OnnxProfile { Conv, Slice };

/// Parameters and sizes that are part of a model instead of inputs.
struct OnnxFixed {
  /// By the interface's numbers.
  std::map<int, pde_value> params;
  /// The entries of arrays, by the numbers of inputs.
  std::map<int, std::vector<double>> arrays;
  /// PDE_MAX_RANK for each grid, 0 where the size is not fixed; empty: nowhere.
  std::vector<int64_t> sizes;

  bool isNothing() const { return params.empty() && sizes.empty(); }
  int64_t size(int grid, int axis) const {
    return sizes.empty() ? 0 : sizes[PDE_MAX_RANK * grid + axis];
  }
};

struct OnnxOptions {
  OnnxProfile profile = OnnxProfile::Conv;
  bool unroll = false; ///< repeated blocks as copies instead of a Loop
  /// Parameters and sizes may be left out, for the script's defaults. Some
  /// interfaces of ONNX Runtime drop what is given for such inputs.
  bool withDefaults = true;
  OnnxFixed fixed;
  /// What hierarchies ask of the sizes of grids: "16*k - 1", by names of grid
  /// and axis, "X.x".
  std::map<std::string, std::string> sizeRules;
  std::string version; ///< of pdec
  std::string script;  ///< its file name
  std::string text;    ///< and what is in it
  /// Of the file that the weights are from; empty: none.
  std::string weightsDigest;
  std::string certificate; ///< what is proved of its steps, as JSON; or empty
};

struct OnnxFile {
  std::string bytes;
  /// Sizes of grids without inputs, which the model takes as numbers.
  struct Size {
    std::string name;
    int grid, axis;
  };
  std::vector<Size> sizes;
  /// The interface's numbers of the parameters that the model takes.
  std::vector<int> params;
  /// The names of inputs and outputs, by the interface's numbers.
  std::vector<std::string> inputs, outputs;
};

/// The SHA-256 of a script, by which models and reports name it.
std::string hexDigest(llvm::StringRef text);

/// A module in the net dialect as a model. An error says, with the line, what
/// the profile has no words for.
llvm::Expected<OnnxFile> exportOnnx(mlir::ModuleOp module,
                                    const pde::Interface &interface,
                                    const OnnxOptions &options);

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNX_H
