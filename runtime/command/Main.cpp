//===- Main.cpp - the command line of a compiled program ------------------===//
//
// What the user got wrong is told in one sentence on standard error. Exit
// codes: 0 done, 1 wrong data or a failed run, 2 wrong usage.
//
//===----------------------------------------------------------------------===//

#include "runtime/command/FilePorts.h"
#include "runtime/command/Help.h"
#include "runtime/command/LongSteps.h"
#include "runtime/execution/Settings.h"
#include "runtime/system/StandardStreams.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

using namespace pdert;

/// The name that the user called, for messages; whoever starts a program may
/// pass none.
static std::string commandName(const pde_program &program, int argc,
                               char **argv) {
  if (argc < 1 || !argv[0] || !*argv[0])
    return program.name;
  const char *slash = std::strrchr(argv[0], '/');
  return printable(slash && slash[1] ? slash + 1 : argv[0]);
}

/// A command line as one would type it.
static std::string wordsText(std::string text, int argc, char **argv) {
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    bool isPlain = word.find_first_of(" '\"\\$`*?;&|<>()[]{}\n\t#~!") ==
                       std::string::npos &&
                   !word.empty();
    text += " " + (isPlain ? word : "'" + word + "'");
  }
  return text;
}

static void print(const std::string &text) {
  std::fputs(text.c_str(), stdout);
  if (std::fflush(stdout) != 0)
    fail("cannot write to standard output: %s", std::strerror(errno));
}

static std::string certificateText(const pde_program &program) {
  if (program.certificate && *program.certificate)
    return program.certificate;
  return std::string(program.source) +
         " has no evolution of which anything could be proved\n";
}

/// The order is a promise: parameters and inputs are checked before outputs are
/// opened, so that a mistake costs no file; outputs appear after the run has
/// succeeded, all together; a signal on the way leaves none of them
/// half-written.
static void runOnFiles(const pde_program &program, const Options &options,
                       const std::string &command,
                       const std::string &commandLine) {
  SignalCleanup cleanup;
  Weights weights(program, options);
  int threads = readThreads(options.threads);
  int64_t keptBytes = readMemory(options.memory);
  FilePorts ports(program, options, weights, command);
  pde_context ctx(program, ports);
  ctx.params = weights.numbers();
  ctx.threads = threads;
  ctx.keptBytes = keptBytes;
  ctx.watch.isOn = options.watch;
  ctx.sizes = ports.sizes();
  ports.prepareState(ctx);
  ports.commandLine = commandLine;
  for (const LongSteps &steps : longSteps(program, ctx.params, ctx.sizes))
    ports.warn(steps.line, steps.text);
  ports.openOutputs(ctx);
  if (!runProgram(ctx) && !ctx.restart.hasStopped)
    throw Failure{ctx.message};
  if (ctx.restart.hasStopped) {
    if (!options.quiet)
      print(std::string(ctx.message) + ", and its state is in " +
            quoted(options.saveState) + "\n");
    return;
  }
  ports.finish(ctx);
  if (options.profile)
    std::fputs(profileText(ctx, command, ports.histories()).c_str(), stderr);
}

/// What is proved of other parameters is another certificate.
static void printCertificate(const pde_program &program,
                             const Options &options) {
  if (!options.params.empty() || !options.sizes.empty() ||
      !options.weights.empty())
    throw UsageError{"--certificate is that of the script's own parameters and "
                     "sizes: 'pdec check' takes others"};
  print(certificateText(program));
}

int pde_main(const pde_program *program, int argc, char **argv) {
  // Before any file is opened: it would become a standard stream.
  occupyClosedStreams();
  std::string command = commandName(*program, argc, argv);
  auto tell = [&](const std::string &message) {
    std::fprintf(stderr, "%s: error: %s\n", command.c_str(), message.c_str());
  };
  try {
    Options options = parseOptions(argc, argv);
    if (options.help)
      print(helpText(*program, command));
    else if (options.certificate)
      printCertificate(*program, options);
    else
      runOnFiles(*program, options, command, wordsText(command, argc, argv));
    return 0;
  } catch (const UsageError &error) {
    tell(error.message + "; " + command + " --help lists the options");
    return 2;
  } catch (const Failure &failure) {
    tell(failure.message);
  } catch (const std::exception &exception) {
    tell(std::strcmp(exception.what(), "std::bad_alloc") == 0
             ? "out of memory"
             : exception.what());
  }
  return 1;
}
