//===- FuzzCheck.cpp - any bytes through parser, formatter and checker ----===//
//
// A script may be wrong in any way, but nothing in it may crash the compiler,
// make it spin, or be refused without a word.
//
//===----------------------------------------------------------------------===//

#include "compiler/ast/Printer.h"
#include "compiler/check/Check.h"
#include "compiler/parse/Parse.h"

#include <cstdio>
#include <cstdlib>

using namespace pdec;

/// Ends the run such that libFuzzer keeps the script.
static void require(bool holds, const char *property) {
  if (holds)
    return;
  std::fprintf(stderr, "FAILED: %s\n", property);
  std::abort();
}

/// Formatting changes neither the tree nor what is formatted already.
static void checkFormat(const ast::Script &script) {
  SourceFile file("formatted.pde", ast::format(script));
  DiagnosticEngine diagnostics;
  std::unique_ptr<ast::Script> again = parse(file, diagnostics);
  require(again && diagnostics.empty(), "a formatted script can be read");
  require(ast::format(*again) == file.text(), "formatting twice is once");
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  SourceFile file("fuzz.pde",
                  std::string(reinterpret_cast<const char *>(data), size));
  DiagnosticEngine diagnostics;
  std::unique_ptr<ast::Script> script = parse(file, diagnostics);
  require(script || diagnostics.hasErrors(), "no tree, no error");
  if (script && !diagnostics.hasErrors())
    checkFormat(*script);
  if (script) {
    std::unique_ptr<Program> program = check(*script, diagnostics);
    require(program || diagnostics.hasErrors(), "no program, no error");
    if (program)
      printProgram(*program);
  }
  diagnostics.render(/*colour=*/true);
  return 0;
}
