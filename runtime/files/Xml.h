//===- Xml.h - text inside XML ----------------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_XML_H
#define PDE_RUNTIME_XML_H

#include <string>

namespace pdert {

/// Adds a character to text between tags or in double quotes of XML or HTML.
void appendEscaped(std::string &text, char c);

/// Text made fit to stand between tags or in double quotes.
std::string xmlText(const std::string &text);

} // namespace pdert

#endif // PDE_RUNTIME_XML_H
