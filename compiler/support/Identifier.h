//===- Identifier.h - names in C --------------------------------*- C++ -*-===//

#ifndef PDEC_SUPPORT_IDENTIFIER_H
#define PDEC_SUPPORT_IDENTIFIER_H

#include <string>

namespace pdec {

/// Letters, digits and underscores of ASCII, no digit first.
bool isIdentifier(const std::string &name);

/// The same with all that is beyond ASCII, such as Greek letters.
bool isScriptName(const std::string &name);

/// A file's name without folders and ending, made an identifier that is none of
/// the runtime's.
std::string identifierOf(const std::string &path);

} // namespace pdec

#endif // PDEC_SUPPORT_IDENTIFIER_H
