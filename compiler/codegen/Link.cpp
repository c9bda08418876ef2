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
static std::vector<std::string> arguments(StringRef object, Product product,
                                          StringRef runtime, StringRef output) {
  bool isLibrary = product == Product::Library;
  std::vector<std::string> result = {"ld.lld", "-o", output.str(),
                                     "--eh-frame-hdr", "--gc-sections"};
  if (isLibrary)
    result.insert(result.end(), {"-shared", "-u", "pde_execute"});
  else
    result.insert(result.end(),
                  {"-pie", "-dynamic-linker", PDEC_DYNAMIC_LINKER, PDEC_CRT1});
  result.insert(result.end(),
                {PDEC_CRTI, PDEC_CRTBEGIN, object.str(), runtime.str()});
  for (const char *path : {PDEC_LIBPNG, PDEC_LIBZ, PDEC_LIBSTDCXX, PDEC_LIBOMP,
                           PDEC_LIBM, PDEC_LIBGCC_S, PDEC_LIBC, PDEC_LIBGCC})
    result.push_back(path);
  result.insert(result.end(), {PDEC_CRTEND, PDEC_CRTN});
  return result;
}

Error link(StringRef object, Product product, StringRef runtime,
           StringRef output) {
  if (!sys::fs::exists(runtime))
    return createStringError("the runtime library '" + runtime +
                             "' is missing; is pdec installed whole?");
  SmallString<128> temporaryObject, temporaryOutput;
  int descriptor;
  auto failure = [&](std::error_code code, Twine what) {
    return createStringError(code, what + ": " + code.message());
  };
  if (auto code = sys::fs::createTemporaryFile("pdec", "o", descriptor,
                                               temporaryObject))
    return failure(code, "cannot make a temporary file");
  FileRemover removeObject(temporaryObject);
  {
    raw_fd_ostream stream(descriptor, /*shouldClose=*/true);
    stream << object;
    stream.close();
    if (stream.has_error()) {
      auto code = stream.error();
      stream.clear_error();
      return failure(code, "cannot write '" + temporaryObject + "'");
    }
  }
  // Beside the target, so that renaming it is one step.
  if (auto code =
          sys::fs::createUniqueFile(output + ".%%%%%%", temporaryOutput))
    return failure(code, "cannot write '" + output + "'");
  FileRemover removeOutput(temporaryOutput);
  std::string messages;
  raw_string_ostream stream(messages);
  auto words = arguments(temporaryObject, product, runtime, temporaryOutput);
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
