//===- Xml.cpp - text inside XML ------------------------------------------===//

#include "runtime/files/Xml.h"
#include "runtime/system/Text.h"

using namespace pdert;

void pdert::appendEscaped(std::string &text, char c) {
  if (c == '<')
    text += "&lt;";
  else if (c == '>')
    text += "&gt;";
  else if (c == '&')
    text += "&amp;";
  else if (c == '"')
    text += "&quot;";
  else
    text += c;
}

std::string pdert::xmlText(const std::string &text) {
  std::string result;
  for (char c : printable(text))
    appendEscaped(result, c);
  return result;
}
