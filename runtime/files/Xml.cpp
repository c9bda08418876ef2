//===- Xml.cpp - text inside XML ------------------------------------------===//

#include "runtime/files/Xml.h"
#include "runtime/system/Text.h"

using namespace pdert;

std::string pdert::xmlText(const std::string &text) {
  std::string result;
  for (char c : printable(text)) {
    if (c == '<')
      result += "&lt;";
    else if (c == '>')
      result += "&gt;";
    else if (c == '&')
      result += "&amp;";
    else if (c == '"')
      result += "&quot;";
    else
      result += c;
  }
  return result;
}
