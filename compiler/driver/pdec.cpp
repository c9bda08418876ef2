//===- pdec.cpp - the compiler's main -------------------------------------===//

#include "compiler/driver/Commands.h"

#include <csignal>
#include <cstring>
#include <unistd.h>

/// A bug of ours never looks like the user's fault: it ends with exit code 70.
static void reportBug(int) {
  static const char text[] =
      "pdec: this is a bug of pdec, not of the script; please report it with "
      "the script\n";
  if (write(STDERR_FILENO, text, strlen(text)) < 0) {
    // Nothing is left to do about it.
  }
  _exit(70);
}

int main(int argc, char **argv) {
  for (int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL})
    std::signal(signal, reportBug);
  int exitCode = 0;
  auto options = pdec::driver::parseOptions(argc, argv, exitCode);
  if (!options)
    return exitCode;
  switch (options->command) {
  case pdec::driver::Command::Compile:
    return pdec::driver::runCompile(*options);
  case pdec::driver::Command::Run:
    return pdec::driver::runInMemory(*options);
  case pdec::driver::Command::Check:
    return pdec::driver::runCheck(*options);
  case pdec::driver::Command::Verify:
    return options->onnx ? pdec::driver::runVerifyOnnx(*options)
                         : pdec::driver::runVerify(*options);
  case pdec::driver::Command::Format:
    return pdec::driver::runFormat(*options);
  case pdec::driver::Command::Explain:
    return pdec::driver::runExplain(*options);
  }
  return 0;
}
