//===- Library.cpp - schemes and fluxes written in the language -----------===//

#include "compiler/library/Library.h"

#include "compiler/library/LibrarySources.h"
#include "compiler/parse/Parse.h"

#include <cstdio>
#include <cstdlib>
#include <memory>

using namespace pdec;

namespace {
struct LibraryFile {
  SourceFile source;
  std::unique_ptr<ast::Script> script;

  explicit LibraryFile(const LibrarySource &embedded)
      : source(embedded.name, embedded.text) {
    DiagnosticEngine diagnostics;
    script = parse(source, diagnostics);
    if (!diagnostics.hasErrors())
      return;
    // A bug of ours, which the first run of any test finds.
    std::fputs(diagnostics.render().c_str(), stderr);
    std::abort();
  }
};
} // namespace

const std::vector<const ast::Script *> &pdec::libraryScripts() {
  // Never destroyed: programs may refer to the files until the process ends.
  static const auto &scripts = *[] {
    auto *result = new std::vector<const ast::Script *>();
    for (const LibrarySource &embedded : librarySources())
      result->push_back((new LibraryFile(embedded))->script.get());
    return result;
  }();
  return scripts;
}
