//===- CsvHeading.cpp - whether the first line names columns --------------===//

#include "runtime/files/CsvHeading.h"
#include "runtime/files/CsvNumbers.h"
#include "runtime/files/CsvWord.h"

#include <algorithm>

using namespace pdert;

/// Whether some number may be meant, if in a way that is not read.
static bool looksLikeNumber(std::string_view text) {
  size_t first = text.find_first_not_of("+-.,('");
  return first != std::string_view::npos && text[first] >= '0' &&
         text[first] <= '9';
}

/// Whether the name of the only column has words that may be values, or
/// separators.
static bool hasDoubtfulWords(std::string_view name) {
  for (size_t at = 0; at < name.size();) {
    size_t end = std::min(name.find_first_of(" \t,;", at), name.size());
    std::string_view word = name.substr(at, end - at);
    bool isSeparated = end < name.size() && name[end] != ' ';
    if (isSeparated || looksLikeNumber(word) || isMissingValue(word))
      return true;
    at = end + 1;
  }
  return false;
}

bool CsvHeading::isName(const CsvCell &cell) const {
  return (cell.isQuoted || startsLikeName(cell.text)) &&
         !isMissingValue(cell.text) && !looksLikeNumber(cell.text);
}

void CsvHeading::add(const CsvCell &cell) {
  line = cell.line;
  if (cell.text.empty())
    fail("%s is blank: give each column a name and leave out a column of row "
         "names, or start the heading with '# '",
         cell.place().c_str());
  bool isNumber = holdsNumber(cell, separator);
  if (!isNumber && !isName(cell))
    fail("%s %s", cell.place().c_str(),
         describeFault(cell.text, separator).c_str());
  ++(isNumber ? numbers : names);
  if (!isNumber && names == 1)
    firstName = cell.shown();
  if (numbers && names)
    fail("%s, but another cell of the line is a number: a heading has names "
         "only, and rows have no names",
         firstName.c_str());
  if (names && separator == 0 && !cell.isQuoted && hasDoubtfulWords(cell.text))
    fail("%s, which is not certainly the heading of one column: start a "
         "heading with '# '",
         firstName.c_str());
}

void CsvHeading::checkColumns(int64_t values) const {
  if (isHeading() && names != values)
    fail("line %lld has %lld name%s, but the line below has %lld value%s: give "
         "each column a name and leave out a column of row names, or start the "
         "heading with '# '",
         static_cast<long long>(line), static_cast<long long>(names),
         names == 1 ? "" : "s", static_cast<long long>(values),
         values == 1 ? "" : "s");
}
