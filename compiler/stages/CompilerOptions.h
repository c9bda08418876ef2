//===- CompilerOptions.h - what is compiled, and to what --------*- C++ -*-===//

#ifndef PDEC_STAGES_COMPILEROPTIONS_H
#define PDEC_STAGES_COMPILEROPTIONS_H

#include "runtime/execution/Options.h"

#include <string>
#include <vector>

namespace pdec::driver {

enum class Form { Kernel, Network };
/// How ONNX models say convolutions.
enum class Profile { Conv, Slice };

/// What all commands that compile have in common.
struct CompilerOptions {
  std::string file;      ///< "-" until readScript(): standard input
  std::string text;      ///< of the file, once readScript() has read it
  bool isModule = false; ///< the file is one in the pde dialect, no script
  Form form = Form::Kernel;
  /// A network runs layer by layer, as it is written, and is not raised.
  bool layers = false;
  bool isF32 = false;
  /// An evolution without a proof is an error.
  bool certify = false;
  unsigned optLevel = 2;
  std::string march = "native";
  /// Shapes of tiles, as readTileShapes() reads them; others are chosen.
  std::string tiles;
  /// onnx: the operators to use, and blocks as copies instead of loops.
  Profile profile = Profile::Conv;
  bool unroll = false;
  /// onnx: what is part of the model instead of an input. check: what a run
  /// would be given.
  std::vector<pdert::NamedValue> fixedParams, fixedSizes;
  std::string fixedWeights; ///< check, ONNX: an archive of parameters
};

} // namespace pdec::driver

#endif // PDEC_STAGES_COMPILEROPTIONS_H
