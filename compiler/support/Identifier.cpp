//===- Identifier.cpp - names in C ----------------------------------------===//

#include "compiler/support/Identifier.h"

#include <algorithm>
#include <cctype>

using namespace pdec;

static bool isWordCharacter(unsigned char c) {
  return c < 0x80 && (std::isalnum(c) || c == '_');
}

bool pdec::isIdentifier(const std::string &name) {
  return !name.empty() && !std::isdigit(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(), isWordCharacter);
}

bool pdec::isScriptName(const std::string &name) {
  return !name.empty() && !std::isdigit(static_cast<unsigned char>(name[0])) &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return c >= 0x80 || isWordCharacter(c);
         });
}

std::string pdec::identifierOf(const std::string &path) {
  size_t slash = path.find_last_of("/\\");
  std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  name = name.substr(0, name.find('.', 1));
  // "<stdin>", a script without a name.
  if (name.size() > 2 && name.front() == '<' && name.back() == '>')
    name = name.substr(1, name.size() - 2);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !isWordCharacter(c); },
      '_');
  if (!isIdentifier(name))
    name = "pde_" + name;
  // pde_execute is the runtime's.
  return name == "pde" ? "pde_" : name;
}
