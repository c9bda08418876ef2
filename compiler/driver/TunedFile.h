//===- TunedFile.h - shapes of tiles that were measured ---------*- C++ -*-===//
//
// What `pdec tune` writes and --tuned reads: a few lines for people, and for
// each thing that the shapes depend on a line `name: value`.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_DRIVER_TUNEDFILE_H
#define PDEC_DRIVER_TUNEDFILE_H

#include "compiler/driver/Options.h"
#include "compiler/stages/ScriptFile.h"

namespace pdec::driver {

/// The file's text; `notes` are lines that tell how it was found.
std::string tunedText(const Options &options, const std::string &tiles,
                      const std::vector<std::string> &notes);

/// Takes the shapes of the file that --tuned names, if it names one; false if
/// they are of another script, compiler, machine or precision.
bool takeTuned(Options &options, Failure &failure);

} // namespace pdec::driver

#endif // PDEC_DRIVER_TUNEDFILE_H
