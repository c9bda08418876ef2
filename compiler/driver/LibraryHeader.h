//===- LibraryHeader.h - the C header of a shared library -------*- C++ -*-===//

#ifndef PDEC_DRIVER_LIBRARYHEADER_H
#define PDEC_DRIVER_LIBRARYHEADER_H

#include "compiler/pde/Interface.h"

#include <string>

namespace pdec::driver {

/// A header by which C and C++ call a program made with --emit lib: typed
/// parameters with their defaults, and one function that runs it.
std::string libraryHeader(const pde::Interface &interface);

} // namespace pdec::driver

#endif // PDEC_DRIVER_LIBRARYHEADER_H
