//===- Fixed.h - parameters and sizes that --set and --size fix -*- C++ -*-===//

#ifndef PDEC_DRIVER_FIXED_H
#define PDEC_DRIVER_FIXED_H

#include "compiler/driver/Options.h"
#include "compiler/exporters/Onnx.h"

#include "llvm/Support/Error.h"

namespace pdec::driver {

/// What the options fix of a model. They are read and checked as by a compiled
/// program, with the same sentences.
llvm::Expected<exporters::OnnxFixed>
fixedValues(const Options &options, const pde::Interface &interface);

/// What hierarchies ask of the sizes of grids, in the words of programs'
/// errors.
std::map<std::string, std::string> sizeRules(const pde::Interface &interface);

} // namespace pdec::driver

#endif // PDEC_DRIVER_FIXED_H
