//===- CsvScanner.cpp - the cells of a text file --------------------------===//

#include "runtime/files/CsvScanner.h"
#include "runtime/files/CsvWord.h"
#include "runtime/system/Text.h"

using namespace pdert;

std::string CsvCell::place() const {
  return format("line %lld, column %lld", static_cast<long long>(line),
                static_cast<long long>(column));
}

std::string CsvCell::shown() const {
  return place() + " has " + quoted(text.substr(0, 40));
}

bool pdert::isSpreadsheetError(std::string_view text) {
  text.remove_prefix(1);
  std::string_view word = text.substr(0, text.find_first_of(" \t,;\"\r\n"));
  // Excel writes ### for what is too wide for its column.
  if (word.find_first_not_of('#') == none && word.size() < text.size())
    return text[word.size()] == ',' || text[word.size()] == ';';
  if (word == "N/A" || word == "NV")
    return true;
  bool isCode = word.size() > 1 && (word.back() == '!' || word.back() == '?');
  return isCode && word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                          "_/") == word.size() - 1;
}

CsvScanner::CsvScanner(const File &file, char separator)
    : bytes(file), separator(separator) {
  for (unsigned char c : {'\n', '\r', '#'})
    endsCell[c] = true;
  if (separator)
    endsCell[static_cast<unsigned char>(separator)] = true;
  if (separator == ' ')
    endsCell[static_cast<unsigned char>('\t')] = true;
}

CsvScanner::Item CsvScanner::next() {
  if (!inLine && !startLine())
    return Item::EndOfFile;
  if (current.column > 0 && !passSeparator()) {
    bytes.endLine();
    inLine = false;
    return Item::EndOfLine;
  }
  ++current.column;
  readCell();
  return Item::Cell;
}

/// Passes to the first cell of a line; whether there is one.
bool CsvScanner::startLine() {
  while (true) {
    skipBlanks();
    int c = bytes.peek();
    if (c == CsvBytes::endOfFile)
      return false;
    bool isComment = c == '#' && !isSpreadsheetError(bytes.ahead());
    if (!isComment && !CsvBytes::isLineEnd(c))
      break;
    passEmptyLine();
  }
  inLine = true;
  current.line = bytes.line();
  current.column = 0;
  return true;
}

/// Passes a line that is a comment or blank.
void CsvScanner::passEmptyLine() {
  bool isAtStart = current.line == 0;
  if (bytes.peek() == '#')
    inComments = isAtStart;
  else if (!isAtStart || !inComments)
    lastBlankLine = bytes.line();
  bytes.skipLine();
  bytes.endLine();
}

/// Passes blanks that do not separate; whether there were any.
bool CsvScanner::skipBlanks() {
  if (separator != '\t')
    return bytes.skipBlanks();
  bool any = false;
  for (; bytes.peek() == ' '; bytes.skip())
    any = true;
  return any;
}

/// Passes what follows a cell; whether another cell comes.
bool CsvScanner::passSeparator() {
  bool afterBlank = skipBlanks();
  int c = bytes.peek();
  if (c == CsvBytes::endOfFile || CsvBytes::isLineEnd(c))
    return false;
  if (c == '#' && afterBlank) {
    passComment();
    return false;
  }
  if (c == separator) {
    bytes.skip();
    return true;
  }
  if (separator == ' ' && afterBlank)
    return true;
  // A plain cell would have gone on.
  fail("%s has text behind a quoted cell", current.place().c_str());
}

/// Passes a comment behind the cells of a line.
void CsvScanner::passComment() {
  if (isSpreadsheetError(bytes.ahead())) {
    ++current.column;
    fail("%s has a spreadsheet's error instead of a number: fill in a number",
         current.place().c_str());
  }
  bytes.skipLine();
}

void CsvScanner::readCell() {
  bool afterBlank = skipBlanks();
  current.isQuoted = bytes.peek() == '"';
  if (current.isQuoted)
    readQuoted();
  else
    readPlain(afterBlank);
}

void CsvScanner::readPlain(bool afterBlank) {
  std::string_view rest = bytes.ahead();
  size_t end = 0;
  for (; end < rest.size(); ++end) {
    if (!endsCell[static_cast<unsigned char>(rest[end])])
      continue;
    // Within a word, # is a part of it.
    bool isWithin = end > 0 ? !CsvBytes::isBlank(rest[end - 1]) : !afterBlank;
    if (rest[end] != '#' || !isWithin)
      break;
  }
  if (end > longestCell)
    fail("%s has more than %zu characters", current.place().c_str(),
         longestCell);
  size_t length = end;
  while (length > 0 && CsvBytes::isBlank(rest[length - 1]))
    --length;
  current.text = rest.substr(0, length);
  if (length == 0)
    failBlank();
  bytes.skip(length);
}

void CsvScanner::failBlank() {
  int c = bytes.peek();
  bool isLast = c == CsvBytes::endOfFile || c == '#' || CsvBytes::isLineEnd(c);
  fail("%s is blank%s: fill in a number%s", current.place().c_str(),
       isLast ? ", since the line ends with a separator" : "",
       isLast                ? " or remove the separator"
       : current.column == 1 ? " or leave out a column of row names"
                             : "");
}

void CsvScanner::readQuoted() {
  std::string_view rest = bytes.ahead();
  unquoted.clear();
  size_t end = 1;
  for (; end < rest.size() && end <= longestCell; ++end) {
    if (CsvBytes::isLineEnd(rest[end]))
      break;
    if (rest[end] == '"' && rest.substr(end + 1, 1) != "\"") {
      bytes.skip(end + 1);
      size_t first = unquoted.find_first_not_of(" \t");
      size_t last = unquoted.find_last_not_of(" \t");
      current.text =
          first == none
              ? std::string_view()
              : std::string_view(unquoted).substr(first, last + 1 - first);
      return;
    }
    end += rest[end] == '"'; // two stand for one
    unquoted += rest[end];
  }
  fail("%s has a quote that is not closed within its line and %zu characters",
       current.place().c_str(), longestCell);
}
