//===- Link.cpp - executables and shared libraries ------------------------===//

#include "compiler/codegen/Link.h"
#include "compiler/codegen/LinkPaths.h"

#include "lld/Common/Driver.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/Path.h"

LLD_HAS_DRIVER(elf)

using namespace llvm;

namespace pdec::codegen {

/// The linker's command line: what the C++ compiler driver of this system would
/// pass for an object and the runtime.
static std::vector<std::string> arguments(StringRef object, StringRef exports,
                                          StringRef runtime, StringRef output) {
  std::vector<std::string> result = {"ld.lld", "-o", output.str(),
                                     "--eh-frame-hdr", "--gc-sections"};
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

static Error failure(std::error_code code, Twine what) {
  return createStringError(code, what + ": " + code.message());
}

/// Makes a file with a text.
static Error writeTemporary(StringRef text, StringRef suffix,
                            SmallString<128> &path) {
  int descriptor;
  if (auto code =
          sys::fs::createTemporaryFile("pdec", suffix, descriptor, path))
    return failure(code, "cannot make a temporary file");
  raw_fd_ostream stream(descriptor, /*shouldClose=*/true);
  stream << text;
  stream.close();
  if (!stream.has_error())
    return Error::success();
  auto code = stream.error();
  stream.clear_error();
  sys::fs::remove(path);
  return failure(code, "cannot write '" + path + "'");
}

Error link(StringRef object, Product product, StringRef name, StringRef runtime,
           StringRef output) {
  if (!sys::fs::exists(runtime))
    return createStringError("the runtime library '" + runtime +
                             "' is missing; is pdec installed whole?");
  SmallString<128> temporaryObject, exports, temporaryOutput;
  if (auto error = writeTemporary(object, "o", temporaryObject))
    return error;
  FileRemover removeObject(temporaryObject);
  FileRemover removeExports;
  if (product == Product::Library) {
    if (auto error = writeTemporary(exportsOf(name), "map", exports))
      return error;
    removeExports.setFile(exports);
  }
  // Beside the target, so that renaming it is one step.
  if (auto code =
          sys::fs::createUniqueFile(output + ".%%%%%%", temporaryOutput))
    return failure(code, "cannot write '" + output + "'");
  FileRemover removeOutput(temporaryOutput);
  std::string messages;
  raw_string_ostream stream(messages);
  auto words = arguments(temporaryObject, exports, runtime, temporaryOutput);
  std::vector<const char *> pointers;
  for (const std::string &word : words)
    pointers.push_back(word.c_str());
  lld::Result result =
      lld::lldMain(pointers, stream, stream, {{lld::Gnu, &lld::elf::link}});
  if (result.retCode != 0)
    return createStringError("linking failed: " + messages);
  // The linker made a new file with an executable's permissions.
  if (auto code = sys::fs::rename(temporaryOutput, output))
    return failure(code, "cannot write '" + output + "'");
  removeOutput.releaseFile();
  return Error::success();
}

} // namespace pdec::codegen
