//===- Html.cpp - text inside HTML ----------------------------------------===//

#include "runtime/report/Html.h"
#include "runtime/files/Xml.h"

using namespace pdert;

std::string pdert::htmlText(std::string_view text) {
  std::string result;
  for (char c : text) {
    bool isControl = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    if (c != '\r')
      appendEscaped(result, isControl && c != '\n' && c != '\t' ? '?' : c);
  }
  return result;
}

std::string
pdert::htmlTable(const std::vector<std::vector<std::string>> &rows) {
  std::string text = "<div class=\"wide\" tabindex=\"0\"><table>\n";
  const char *cell = "th";
  for (const std::vector<std::string> &row : rows) {
    text += "<tr>";
    for (const std::string &content : row)
      text += std::string("<") + cell + ">" + content + "</" + cell + ">";
    text += "</tr>\n";
    cell = "td";
  }
  return text + "</table></div>\n";
}
