//===- Tune.h - the fastest shapes of tiles, by measuring -------*- C++ -*-===//

#ifndef PDEC_DRIVER_TUNE_H
#define PDEC_DRIVER_TUNE_H

#include "compiler/driver/Options.h"
#include "compiler/stages/ScriptFile.h"

namespace pdec::driver {

/// Runs the program with many shapes of tiles, tells on stderr how long the
/// best take, and gives the text of the file to be written.
std::optional<std::string> tune(const Options &options, Failure &failure);

} // namespace pdec::driver

#endif // PDEC_DRIVER_TUNE_H
