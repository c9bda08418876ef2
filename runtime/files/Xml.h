//===- Xml.h - text inside XML ----------------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_XML_H
#define PDE_RUNTIME_XML_H

#include <string>

namespace pdert {

/// Text made fit to stand between tags or in double quotes.
std::string xmlText(const std::string &text);

} // namespace pdert

#endif // PDE_RUNTIME_XML_H
