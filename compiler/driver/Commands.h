//===- Commands.h - what pdec does ------------------------------*- C++ -*-===//

#ifndef PDEC_DRIVER_COMMANDS_H
#define PDEC_DRIVER_COMMANDS_H

#include "compiler/driver/Options.h"

namespace pdec::driver {

/// Each returns the exit code: 0 done, 1 the user's mistake or a failed run, 2
/// wrong usage. It has told the user what is wrong.
int runCompile(const Options &options);
int runInMemory(const Options &options);
int runTrain(const Options &options);
int runTune(const Options &options);
int runCheck(const Options &options);
int runFormat(const Options &options);
int runExplain(const Options &options);
int runCompletion(const Options &options);
int runManual(const Options &options);
int runWords(const Options &options);
int runLanguageServer();
int runVersion(const Options &options);

} // namespace pdec::driver

#endif // PDEC_DRIVER_COMMANDS_H
