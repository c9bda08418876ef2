//===- Html.h - text inside HTML --------------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_HTML_H
#define PDE_RUNTIME_HTML_H

#include <string>
#include <string_view>
#include <vector>

namespace pdert {

/// Text of any length as it is, but for control characters, which no page may
/// have: those are shown as question marks. Lines stay lines.
std::string htmlText(std::string_view text);

/// A table of rows of HTML; the first one is the heading.
std::string htmlTable(const std::vector<std::vector<std::string>> &rows);

} // namespace pdert

#endif // PDE_RUNTIME_HTML_H
