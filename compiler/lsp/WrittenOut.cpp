//===- WrittenOut.cpp - texts of the compiler as files --------------------===//

#include "compiler/lsp/WrittenOut.h"

#include "compiler/library/Library.h"
#include "compiler/support/Diagnostics.h"
#include "runtime/files/Publish.h"

#include "mlir/Tools/lsp-server-support/Protocol.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

#include <cstdlib>

namespace pdec::lsp {

/// Where programs keep what they can make again; empty: nowhere.
static std::string cacheFolder() {
  const char *cache = std::getenv("XDG_CACHE_HOME");
  if (cache && *cache == '/')
    return cache;
  const char *home = std::getenv("HOME");
  return home && *home == '/' ? std::string(home) + "/.cache" : "";
}

/// Others that run at the same time may be of another version.
static const std::string &folder() {
  static const std::string result = [] {
    std::string texts = errorsAsMarkdown();
    for (const ast::Script *script : libraryScripts())
      texts += script->file->text();
    std::string cache = cacheFolder();
    return cache.empty()
               ? ""
               : cache + "/pdec/" + llvm::utohexstr(llvm::xxh3_64bits(texts));
  }();
  return result;
}

/// Files that are there already have the text: the folder's name tells.
static std::optional<std::string> written(const std::string &name,
                                          std::string_view text) {
  std::string path = folder() + "/" + name;
  if (folder().empty())
    return std::nullopt;
  bool isThere =
      llvm::sys::fs::exists(path) ||
      (!llvm::sys::fs::create_directories(llvm::sys::path::parent_path(path)) &&
       pdert::writeTogether({{path, text, /*mode=*/0444}}).empty());
  auto uri = mlir::lsp::URIForFile::fromFile(path);
  if (uri && isThere)
    return uri->uri().str();
  if (!uri)
    llvm::consumeError(uri.takeError());
  return std::nullopt;
}

std::optional<std::string> uriOfLibrary(const ast::Script &script) {
  return written(script.file->name(), script.file->text());
}

const ast::Script *libraryAt(const std::string &path) {
  for (const ast::Script *script : libraryScripts())
    if (!folder().empty() && path == folder() + "/" + script->file->name())
      return script;
  return nullptr;
}

std::optional<std::string> uriOfExplanation(const std::string &code) {
  auto text = explain(code);
  return text ? written(code + ".md", "# " + *text) : std::nullopt;
}

} // namespace pdec::lsp
