//===- VerifyCommand.h - all comparisons of a script ------------*- C++ -*-===//

#ifndef PDEC_VERIFY_VERIFYCOMMAND_H
#define PDEC_VERIFY_VERIFYCOMMAND_H

#include "compiler/verify/VerifyOptions.h"

namespace pdec::driver {

/// Kernel, network and reference of a script or a module, in all precisions and
/// with all boundaries. The exit code: 0 if they agree, else 1 after telling
/// the user where they do not.
int runVerify(const VerifyOptions &options);

/// The same for the ONNX models of a script and its kernel.
int runVerifyOnnx(const VerifyOptions &options);

} // namespace pdec::driver

#endif // PDEC_VERIFY_VERIFYCOMMAND_H
