//===- ScriptText.cpp - a script as readers like it -----------------------===//

#include "runtime/report/ScriptText.h"
#include "runtime/report/Html.h"

#include <algorithm>
#include <cctype>
#include <iterator>

using namespace pdert;

static const std::string_view words[] = {
#include "ScriptWords.inc"
};

/// Letters of other alphabets are all beyond ASCII.
static bool isLetter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

static bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Where the number ends that begins here.
static size_t endOfNumber(std::string_view line, size_t at) {
  while (at < line.size()) {
    bool isPoint = line[at] == '.' && at + 1 < line.size() &&
                   isDigit(line[at + 1]); // no number ends with one
    bool isSign = (line[at] == '+' || line[at] == '-') &&
                  (line[at - 1] == 'e' || line[at - 1] == 'E');
    if (!isLetter(line[at]) && !isPoint && !isSign)
      break;
    ++at;
  }
  return at;
}

static const char *kindOfWord(std::string_view line, size_t begin, size_t end) {
  std::string_view word = line.substr(begin, end - begin);
  if (std::find(std::begin(words), std::end(words), word) != std::end(words))
    return "k";
  return end < line.size() && line[end] == '(' ? "f" : "";
}

static std::string lineHtml(std::string_view line) {
  std::string text;
  for (size_t at = 0; at < line.size();) {
    size_t end = at + 1;
    const char *kind = "";
    if (line[at] == '#') {
      end = line.size();
      kind = "c";
    } else if (isDigit(line[at])) {
      end = endOfNumber(line, at);
      kind = "n";
    } else if (isLetter(line[at])) {
      while (end < line.size() && isLetter(line[end]))
        ++end;
      kind = kindOfWord(line, at, end);
    }
    std::string part = htmlText(line.substr(at, end - at));
    text +=
        *kind ? "<span class=\"" + std::string(kind) + "\">" + part + "</span>"
              : part;
    at = end;
  }
  return text;
}

std::string pdert::scriptHtml(std::string_view script) {
  std::string text;
  while (!script.empty()) {
    size_t end = std::min(script.find('\n'), script.size());
    text +=
        "<span class=\"l\">" + lineHtml(script.substr(0, end)) + "</span>\n";
    script.remove_prefix(std::min(end + 1, script.size()));
  }
  return text;
}
