//===- CsvWord.cpp - what a word in a text file is ------------------------===//

#include "runtime/files/CsvWord.h"

#include <algorithm>

using namespace pdert;

bool pdert::startsLikeName(std::string_view text) {
  unsigned char c = text.empty() ? 0 : text[0];
  // In UTF-8, the letters of Latin, Greek, Cyrillic, Hebrew and Chinese; other
  // characters include signs and digits.
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         (c >= 0xC3 && c <= 0xD7) || (c >= 0xE4 && c <= 0xE9);
}

static std::string lowerCase(std::string_view text) {
  std::string result(text);
  for (char &c : result)
    if (c >= 'A' && c <= 'Z')
      c += 'a' - 'A';
  return result;
}

/// nan or inf with or without more behind it: nan(ind), NaN32, infinity.
static bool isNotFinite(const std::string &word) {
  std::string start = word.substr(0, 3);
  if (start != "nan" && start != "inf")
    return false;
  return !startsLikeName(word.substr(3)) || word == "infinity" ||
         word == "infty" || word == "nanq" || word == "nans";
}

bool pdert::isMissingValue(std::string_view text) {
  static const char *const known[] = {"na",
                                      "n/a",
                                      "n.a.",
                                      "<na>",
                                      "nv",
                                      "nd",
                                      "n.d.",
                                      "k.a.",
                                      "null",
                                      "none",
                                      "nil",
                                      "nat",
                                      "nothing",
                                      "missing",
                                      "nodata",
                                      "undef",
                                      "masked",
                                      "empty",
                                      "blank",
                                      "true",
                                      "false",
                                      "wahr",
                                      "falsch",
                                      "invalid",
                                      "unknown",
                                      "#n/a",
                                      "#nv",
                                      "#na",
                                      "complexinfinity",
                                      "indeterminate",
                                      "-",
                                      "--",
                                      ".",
                                      "..",
                                      "...",
                                      "?"};
  std::string word = lowerCase(text);
  return isNotFinite(word) || word.substr(0, 4) == "err:" ||
         std::find(std::begin(known), std::end(known), word) != std::end(known);
}

NumberFault pdert::parseCsvReal(std::string_view text, double &value) {
  NumberFault fault = parseReal(text, value);
  if (fault != NumberFault::NotANumber)
    return fault;
  size_t at = text.find_first_of("dD");
  bool isExponent = at != none && at > 0 && text.size() < 100 &&
                    (isDigit(text[at - 1]) || text[at - 1] == '.');
  if (!isExponent)
    return fault;
  std::string usual(text);
  usual[at] = 'e';
  return parseReal(usual, value);
}

NumberFault pdert::parseDecimalComma(std::string_view text, double &value) {
  size_t at = text.find(',');
  bool isBetweenDigits = at != none && at > 0 && at + 1 < text.size() &&
                         isDigit(text[at - 1]) && isDigit(text[at + 1]);
  if (!isBetweenDigits || text.find('.') != none)
    return NumberFault::NotANumber;
  std::string usual(text);
  usual[at] = '.';
  return parseCsvReal(usual, value);
}

/// Whether a number with thousands separators may be meant: digits in groups.
static bool isGrouped(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+'))
    text.remove_prefix(1);
  if (text.empty() || !isDigit(text.front()) || !isDigit(text.back()))
    return false;
  // Blanks may also be those that do not break a line: U+00A0, U+202F, U+2009.
  constexpr std::string_view marks = "' .,_\xC2\xA0\xE2\x80\xAF\x89\x99";
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return isDigit(c) || marks.find(c) != none;
  });
}

static std::string separatorName(char separator) {
  return separator == ' '    ? "blanks"
         : separator == '\t' ? "tabs"
                             : quoted(std::string_view(&separator, 1));
}

/// What would help.
static std::string helpFor(std::string_view text, char separator) {
  std::string plain =
      "numbers have a point as decimal sign and no thousands separators";
  if (isMissingValue(text))
    return "fill in the missing value";
  if (text.find('\0') != none)
    return "save the file as UTF-8 text";
  if (separator == 0 && text.find_first_of(",;\t ") != none)
    return plain + ", and each line has one value here";
  if (separator && text.find_first_of(",;\t ") != none)
    return "values are separated by " + separatorName(separator) +
           " here, and " + plain;
  if (isGrouped(text))
    return plain;
  if (text[0] == '#')
    return "fill in a number, or start a comment with '# '";
  if (startsLikeName(text))
    return "names may stand in the first line only, and rows have none";
  return "numbers look like -1.5e-3";
}

std::string pdert::describeFault(std::string_view text, char separator) {
  std::string shown = quoted(text.substr(0, 40));
  if (text.find("#Q") != none || text.find("#S") != none ||
      text.find("#I") != none || text.find(".#") != none)
    return "has " + shown +
           ", as MSVC writes nan and inf, but all values must be finite";
  return "has " + shown + " instead of a number: " + helpFor(text, separator);
}
