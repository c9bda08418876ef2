//===- Link.cpp - executables and shared libraries ------------------------===//

#include "compiler/codegen/Link.h"
#include "compiler/codegen/LinkPaths.h"
#include "runtime/Signals.h"

#include "lld/Common/Driver.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

LLD_HAS_DRIVER(elf)

using namespace llvm;

namespace pdec::codegen {

/// The linker's command line: what the C++ compiler driver of this system would
/// pass for an object and the runtime.
static std::vector<std::string> arguments(StringRef object, StringRef exports,
                                          StringRef runtime, StringRef output) {
  std::vector<std::string> result = {"ld.lld", "-o", output.str(),
                                     "--eh-frame-hdr", "--gc-sections",
                                     "--threads=1",
                                     // A full disk is an error, no signal.
                                     "--no-mmap-output-file"};
  if (!exports.empty())
    result.insert(result.end(),
                  {"-shared", "-Bsymbolic", "-u", "pde_execute", "-u",
                   "pde_abi_version", ("--version-script=" + exports).str()});
  else
    result.insert(result.end(),
                  {"-pie", "-dynamic-linker", PDEC_DYNAMIC_LINKER, PDEC_CRT1});
  result.insert(result.end(),
                {PDEC_CRTI, PDEC_CRTBEGIN, object.str(), runtime.str()});
  for (const char *path : {PDEC_LIBPNG, PDEC_LIBZ, PDEC_LIBSTDCXX, PDEC_LIBM,
                           PDEC_LIBGCC_S, PDEC_LIBC, PDEC_LIBGCC})
    result.push_back(path);
  result.insert(result.end(), {PDEC_CRTEND, PDEC_CRTN});
  return result;
}

/// What a library shows to others, as the linker reads it.
static std::string exportsOf(StringRef name) {
  return ("{ global: " + name + "_program; " + name +
          "_execute; pde_execute; pde_get_program; pde_abi_version; local: *; "
          "};\n")
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

Expected<std::unique_ptr<MemoryBuffer>>
link(StringRef object, Product product, StringRef name, StringRef runtime) {
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
  auto words =
      arguments((*objectFile)->path, exports ? exports->path : std::string(),
                runtime, (*linked)->path);
  std::vector<const char *> pointers;
  for (const std::string &word : words)
    pointers.push_back(word.c_str());
  // The linker makes files of its own beside its output, and removes them.
  pdert::HeldSignals held;
  lld::Result result =
      lld::lldMain(pointers, stream, stream, {{lld::Gnu, &lld::elf::link}});
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
