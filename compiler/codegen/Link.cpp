//===- Link.cpp - executables and shared libraries ------------------------===//

#include "compiler/codegen/Link.h"
#include "compiler/codegen/LinkPaths.h"
#include "runtime/system/Signals.h"

#include "lld/Common/Driver.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

LLD_HAS_DRIVER(elf)

using namespace llvm;

namespace pdec::codegen {

using Words = std::vector<std::string>;

/// What comes before and behind the object and the runtime: what the C++
/// compiler driver of this system would pass.
struct Surroundings {
  Words before, behind;
};

/// Behind what finds its libraries where it runs.
static Words sharedLibraries() {
  return {PDEC_LIBPNG, PDEC_LIBZ,   PDEC_LIBSTDCXX, PDEC_LIBM, PDEC_LIBGCC_S,
          PDEC_LIBC,   PDEC_LIBGCC, PDEC_CRTEND,    PDEC_CRTN};
}

static Surroundings forLibrary(StringRef exports) {
  return {{"-shared", "-Bsymbolic", "-u", "pde_execute", "-u",
           "pde_abi_version", ("--version-script=" + exports).str(), PDEC_CRTI,
           PDEC_CRTBEGIN},
          sharedLibraries()};
}

static Surroundings forExecutable() {
  return {{"-pie", "-dynamic-linker", PDEC_DYNAMIC_LINKER, PDEC_CRT1, PDEC_CRTI,
           PDEC_CRTBEGIN},
          sharedLibraries()};
}

static Surroundings forStaticExecutable() {
  return {{"-static", PDEC_STATIC_CRT1, PDEC_CRTI, PDEC_STATIC_CRTBEGIN},
          {PDEC_LIBPNG, PDEC_LIBZ, PDEC_STATIC_LIBSTDCXX, PDEC_STATIC_LIBM,
           "--start-group", PDEC_LIBGCC, PDEC_STATIC_LIBGCC_EH,
           PDEC_STATIC_LIBC, "--end-group", PDEC_STATIC_CRTEND, PDEC_CRTN}};
}

/// The linker's command line.
static Words arguments(const Surroundings &around, StringRef object,
                       StringRef runtime, StringRef output) {
  Words result = {"ld.lld", "-o", output.str(), "--eh-frame-hdr",
                  "--gc-sections", "--threads=1",
                  // A full disk is an error, no signal.
                  "--no-mmap-output-file"};
  result.insert(result.end(), around.before.begin(), around.before.end());
  result.insert(result.end(), {object.str(), runtime.str()});
  result.insert(result.end(), around.behind.begin(), around.behind.end());
  return result;
}

/// What a library shows to others, as the linker reads it.
static std::string exportsOf(StringRef name) {
  return ("{ global: " + name + "_program; " + name + "_execute; " + name +
          "_certificate; pde_execute; pde_get_program; pde_abi_version; local: "
          "*; };\n")
      .str();
}

namespace {

/// A file in the folder for temporary ones, which goes with the object.
class TemporaryFile {
public:
  static Expected<std::unique_ptr<TemporaryFile>> make(StringRef suffix,
                                                       StringRef text);
  ~TemporaryFile() { sys::fs::remove(path); }

  const std::string path;

private:
  explicit TemporaryFile(std::string path)
      : path(path), listed(std::move(path)) {}
  pdert::RemovedBySignals listed;
};

} // namespace

Expected<std::unique_ptr<TemporaryFile>> TemporaryFile::make(StringRef suffix,
                                                             StringRef text) {
  // No signal may come between making a file and listing it.
  pdert::HeldSignals held;
  SmallString<128> path;
  int descriptor;
  auto code = sys::fs::createTemporaryFile("pdec", suffix, descriptor, path);
  if (code)
    return createStringError(code,
                             "cannot make a temporary file: " + code.message());
  std::unique_ptr<TemporaryFile> file(new TemporaryFile(path.str().str()));
  raw_fd_ostream stream(descriptor, /*shouldClose=*/true);
  stream << text;
  stream.close();
  code = stream.error();
  stream.clear_error();
  if (code)
    return createStringError(code,
                             "cannot write '" + path + "': " + code.message());
  return file;
}

Expected<std::unique_ptr<MemoryBuffer>> link(StringRef object, Product product,
                                             StringRef name, StringRef runtime,
                                             bool isStatic) {
  if (!sys::fs::exists(runtime))
    return createStringError("the runtime library '" + runtime +
                             "' is missing; is pdec installed whole?");
  auto objectFile = TemporaryFile::make("o", object);
  if (!objectFile)
    return objectFile.takeError();
  std::unique_ptr<TemporaryFile> exports;
  if (product == Product::Library) {
    auto made = TemporaryFile::make("map", exportsOf(name));
    if (!made)
      return made.takeError();
    exports = std::move(*made);
  }
  auto linked = TemporaryFile::make("out", "");
  if (!linked)
    return linked.takeError();
  std::string messages;
  raw_string_ostream stream(messages);
  Surroundings around = exports    ? forLibrary(exports->path)
                        : isStatic ? forStaticExecutable()
                                   : forExecutable();
  Words words =
      arguments(around, (*objectFile)->path, runtime, (*linked)->path);
  std::vector<const char *> pointers;
  for (const std::string &word : words)
    pointers.push_back(word.c_str());
  // The linker makes files of its own beside its output, and removes them.
  pdert::HeldSignals held;
  lld::Result result =
      lld::lldMain(pointers, stream, stream, {{lld::Gnu, &lld::elf::link}});
  // The linker tells of little memory as of any file that it cannot read.
  auto noMemory = std::make_error_code(std::errc::not_enough_memory).message();
  if (result.retCode != 0 && StringRef(messages).contains(noMemory))
    report_bad_alloc_error("the linker ran out of memory");
  if (result.retCode != 0)
    return createStringError("linking failed: " + messages);
  auto program = MemoryBuffer::getFile((*linked)->path);
  if (!program)
    return createStringError(program.getError(),
                             "cannot read '" + (*linked)->path +
                                 "': " + program.getError().message());
  return std::move(*program);
}

} // namespace pdec::codegen
