//===- pdec.cpp - the compiler's main -------------------------------------===//

#include "compiler/driver/Commands.h"
#include "compiler/driver/TunedFile.h"
#include "compiler/stages/ScriptFile.h"
#include "compiler/verify/VerifyCommand.h"
#include "runtime/system/Signals.h"
#include "runtime/system/StandardStreams.h"

#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/raw_ostream.h"

#include <csignal>
#include <cstring>
#include <iostream>
#include <new>
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

/// What is asked for may be too large for the machine: no bug of ours.
static void reportNoMemory() {
  static const char text[] =
      "pdec: error: out of memory: the script or what it asks for is too large "
      "for this machine\n";
  pdert::removeListedFiles();
  if (write(STDERR_FILENO, text, strlen(text)) < 0) {
    // Nothing is left to do about it.
  }
  _exit(1);
}

static int runCommand(pdec::driver::Options &options) {
  using namespace pdec::driver;
  Failure failure;
  if (readsScript(options.command) &&
      (!readScript(options, failure) || !takeTuned(options, failure))) {
    llvm::errs() << "pdec: error: " << failure.text << '\n';
    return failure.exitCode;
  }
  switch (options.command) {
  case Command::Compile:
    return runCompile(options);
  case Command::Run:
    return runInMemory(options);
  case Command::Train:
    return runTrain(options);
  case Command::Tune:
    return runTune(options);
  case Command::Check:
    return runCheck(options);
  case Command::Verify:
    return options.onnx ? runVerifyOnnx(options) : runVerify(options);
  case Command::Format:
    return runFormat(options);
  case Command::Explain:
    return runExplain(options);
  case Command::Completion:
    return runCompletion(options);
  case Command::Manual:
    return runManual(options);
  case Command::Words:
    return runWords(options);
  case Command::LanguageServer:
    return runLanguageServer();
  case Command::Version:
    return runVersion(options);
  }
  return 0;
}

/// What could not be printed is a failure, which a command may have told.
static int finish(int exitCode) {
  std::cout.flush();
  llvm::outs().flush();
  bool isPrinted = std::cout.good() && !llvm::outs().has_error();
  llvm::outs().clear_error();
  if (isPrinted)
    return exitCode;
  llvm::errs() << "pdec: error: cannot write to standard output\n";
  return 1;
}

int main(int argc, char **argv) {
  for (int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL})
    std::signal(signal, reportBug);
  // LLVM's own allocations report apart.
  std::set_new_handler(reportNoMemory);
  llvm::install_bad_alloc_error_handler(
      [](void *, const char *, bool) { reportNoMemory(); });
  pdert::occupyClosedStreams();
  pdert::SignalCleanup cleanup;
  // A reader that has seen enough ends what prints for him.
  std::signal(SIGPIPE, SIG_DFL);
  int exitCode = 0;
  auto options = pdec::driver::parseOptions(argc, argv, exitCode);
  return finish(options ? runCommand(*options) : exitCode);
}
