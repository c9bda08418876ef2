//===- ScriptFile.cpp - scripts from files, results to files --------------===//

#include "compiler/stages/ScriptFile.h"
#include "runtime/files/Publish.h"
#include "runtime/system/StandardStreams.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

namespace pdec::driver {

int tell(const Failure &failure) {
  if (!failure.text.empty())
    llvm::errs() << "pdec: error: " << failure.text << '\n';
  return failure.exitCode;
}

void warn(const std::string &text) {
  llvm::errs() << "pdec: warning: " << text << '\n';
}

/// A script larger than this is no script.
static constexpr size_t largestScript = 16 << 20;

/// The next bytes of a file behind `text`; false at its end.
static llvm::Expected<bool> readPiece(llvm::sys::fs::file_t file,
                                      std::string &text) {
  constexpr size_t piece = 1 << 16;
  size_t before = text.size();
  text.resize(before + piece);
  auto count = llvm::sys::fs::readNativeFile(
      file, llvm::MutableArrayRef<char>(text.data() + before, piece));
  text.resize(before + (count ? *count : 0));
  if (!count)
    return count.takeError();
  return *count > 0;
}

/// Whatever the path is, it is read only once, and no further than needed.
static llvm::Error readFile(const std::string &path, std::string &text) {
  bool isStandardInput = path == "-";
  auto file = isStandardInput ? llvm::sys::fs::getStdinHandle()
                              : llvm::sys::fs::openNativeFileForRead(path);
  if (!file)
    return file.takeError();
  auto goesOn = readPiece(*file, text);
  while (goesOn && *goesOn && text.size() <= largestScript)
    goesOn = readPiece(*file, text);
  if (!isStandardInput)
    llvm::sys::fs::closeFile(*file);
  return goesOn ? llvm::Error::success() : goesOn.takeError();
}

/// Whether a text is what `--emit pde` prints; no line of a script is like
/// that.
static bool looksLikeModule(llvm::StringRef text) {
  llvm::SmallVector<llvm::StringRef> lines;
  text.split(lines, '\n');
  return llvm::any_of(lines, [](llvm::StringRef line) {
    return line.starts_with("module") && line.rtrim().ends_with("{");
  });
}

std::string readText(const std::string &path, std::string &text) {
  // A folder can be opened, but not read.
  if (llvm::sys::fs::is_directory(path))
    return "it is a folder";
  if (auto error = readFile(path, text))
    return llvm::toString(std::move(error));
  return text.size() <= largestScript ? "" : "it is too large for a script";
}

bool readScript(CompilerOptions &options, Failure &failure) {
  bool isStandardInput = options.file == "-";
  std::string path = isStandardInput ? "<stdin>" : options.file;
  if (auto error = readFile(options.file, options.text)) {
    failure = {1, "cannot read '" + path +
                      "': " + llvm::toString(std::move(error))};
    return false;
  }
  options.isModule = isStandardInput ? looksLikeModule(options.text)
                                     : llvm::StringRef(path).ends_with(".mlir");
  if (isStandardInput)
    pdert::claimStandardInput("the script");
  options.file = path;
  if (options.text.size() <= largestScript)
    return true;
  failure = {1, "'" + path + "' is too large for a script"};
  return false;
}

bool writeFile(const std::string &path, llvm::StringRef text,
               std::string &problem) {
  problem = pdert::writeTogether({{path, text}});
  return problem.empty();
}

} // namespace pdec::driver
