//===- ScriptText.h - a script as readers like it ---------------*- C++ -*-===//

#ifndef PDE_RUNTIME_SCRIPTTEXT_H
#define PDE_RUNTIME_SCRIPTTEXT_H

#include <string>
#include <string_view>

namespace pdert {

/// A script as HTML: a span for each line, which a style may number, and in it
/// spans for words of the language (k), functions (f), numbers (n) and comments
/// (c).
std::string scriptHtml(std::string_view script);

} // namespace pdert

#endif // PDE_RUNTIME_SCRIPTTEXT_H
