//===- CsvSeparator.cpp - what separates the values of a file -------------===//

#include "runtime/files/CsvSeparator.h"
#include "runtime/files/CsvBytes.h"
#include "runtime/files/CsvThousands.h"
#include "runtime/files/CsvWord.h"
#include "runtime/system/Text.h"

#include <algorithm>
#include <string>

using namespace pdert;

namespace {

/// Where something was seen first.
struct Place {
  int64_t line = 0, column = 0;
  void note(int64_t atLine, int64_t atColumn) {
    if (line == 0)
      *this = {atLine, atColumn};
  }
  explicit operator bool() const { return line != 0; }
};

/// Whether all lines can be numbers whose thousands are set off by a mark that
/// may also separate values.
struct Thousands {
  bool arePossible = true;
  bool arePlain = true; ///< as Grouped::isPlain
};

/// What is seen on the lines of numbers.
class Survey {
public:
  void add(std::string_view text, int64_t number);
  bool isEmpty() const { return lines == 0; }
  char decide() const;

private:
  void addMarks(std::string_view text);
  void addGap(std::string_view text, size_t begin, size_t end);
  void addComma(bool isLoose);
  void addCommaThousands(std::string_view text);
  void addBlankThousands(std::string_view text);
  void checkMixture() const;
  void checkThousands(const Thousands &thousands, const char *marks) const;
  void checkCommas() const;

  int64_t lines = 0;
  int64_t line = 0, column = 0; ///< where the survey is
  std::string firstText;        ///< the first line
  Place first;                  ///< its first cell
  Place gap;                    ///< blanks without a comma
  Place comma, looseComma;      ///< loose: with a blank beside it
  bool anySemicolon = false, anyTab = false, anyTabAtEdge = false;
  bool anyPoint = false, anyTightComma = false, anyLineWithBoth = false;
  /// Whether all lines read as numbers with decimal commas that are separated
  /// by commas and blanks, all with as many.
  bool canBeDecimal = true;
  size_t looseOfLine = 0, looseOfLines = 0, tightInWord = 0;
  Thousands commas, blanks;
};

} // namespace

void Survey::add(std::string_view text, int64_t number) {
  line = number;
  if (lines++ == 0)
    firstText = text.substr(0, 40);
  first.note(line, 1);
  anySemicolon |= text.find(';') != none;
  anyPoint |= text.find('.') != none;
  anyTabAtEdge |= text.front() == '\t' || text.back() == '\t';
  addMarks(text);
  addCommaThousands(text);
  addBlankThousands(text);
}

/// Notes commas and blanks.
void Survey::addMarks(std::string_view text) {
  column = 1;
  looseOfLine = tightInWord = 0;
  auto isBlankAt = [&](size_t at) {
    return at < text.size() && CsvBytes::isBlank(text[at]);
  };
  bool anyGap = false;
  for (size_t at = text.find_first_not_of(" \t"); at < text.size(); ++at) {
    if (text[at] == ',')
      addComma(isBlankAt(at - 1) || isBlankAt(at + 1));
    if (!isBlankAt(at))
      continue;
    size_t end = std::min(text.find_first_not_of(" \t", at), text.size());
    bool isGap = end < text.size() && text[at - 1] != ',' && text[end] != ',';
    if (isGap)
      addGap(text, at, end);
    anyGap |= isGap;
    at = end - 1;
  }
  anyLineWithBoth |= anyGap && text.find(',') != none;
  canBeDecimal &= lines == 1 || looseOfLine == looseOfLines;
  looseOfLines = looseOfLine;
}

void Survey::addGap(std::string_view text, size_t begin, size_t end) {
  gap.note(line, column++);
  anyTab |= text.substr(begin, end - begin).find('\t') != none;
}

void Survey::addComma(bool isLoose) {
  comma.note(line, column);
  if (isLoose)
    looseComma.note(line, column);
  ++column;
  looseOfLine += isLoose;
  anyTightComma |= !isLoose;
  tightInWord = isLoose ? 0 : tightInWord + 1;
  canBeDecimal &= tightInWord < 2;
}

void Survey::addCommaThousands(std::string_view text) {
  if (!commas.arePossible)
    return;
  Grouped number = groupedNumber(text, ',');
  commas.arePossible = number.groups > 1;
  commas.arePlain &= number.isPlain;
}

/// The numbers may also be separated by commas, or have a decimal comma.
void Survey::addBlankThousands(std::string_view text) {
  bool anyGroups = false;
  for (size_t at = 0; at <= text.size() && blanks.arePossible;) {
    size_t end = std::min(text.find(',', at), text.size());
    std::string_view word = text.substr(at, end - at);
    Grouped number = groupedNumber(word, ' ');
    bool isDigits = at > 0 && word.find_first_not_of("0123456789") == none;
    blanks.arePossible = number.groups > 0 || isDigits;
    blanks.arePlain &= number.isPlain && at == 0;
    anyGroups |= number.groups > 1;
    at = end + 1;
  }
  blanks.arePossible &= anyGroups;
}

void Survey::checkMixture() const {
  if (!gap || !(looseComma || (comma && !anyLineWithBoth)))
    return;
  const Place &other = looseComma ? looseComma : comma;
  fail("line %lld, column %lld ends with a blank, but line %lld, column %lld "
       "with ',': use one separator for the whole file",
       static_cast<long long>(gap.line), static_cast<long long>(gap.column),
       static_cast<long long>(other.line),
       static_cast<long long>(other.column));
}

void Survey::checkThousands(const Thousands &thousands,
                            const char *marks) const {
  // Lines of numbers of three digits each are common; a column of numbers that
  // all have six digits, or all nine, is not.
  if (!thousands.arePossible || thousands.arePlain)
    return;
  fail("line %lld, column 1: in %s, %s may separate values or thousands; "
       "separate values by ';' and write numbers without thousands separators",
       static_cast<long long>(first.line), quoted(firstText).c_str(), marks);
}

void Survey::checkCommas() const {
  if (!looseComma || !anyTightComma || !canBeDecimal || anyPoint)
    return;
  fail(
      "line %lld, column %lld ends with ',' and a blank, but other commas have "
      "no blank and may be decimal signs: separate values by ';' or write "
      "decimal points",
      static_cast<long long>(looseComma.line),
      static_cast<long long>(looseComma.column));
}

char Survey::decide() const {
  if (anySemicolon)
    return ';';
  if (anyTab || (anyTabAtEdge && !gap && !comma))
    return '\t';
  checkMixture();
  if (gap) {
    checkThousands(blanks, "blanks");
    return ' ';
  }
  if (!comma)
    return 0;
  checkThousands(commas, "commas");
  checkCommas();
  return ',';
}

/// Reads at most `limit` bytes of a line, up to a comment; what stands between
/// quotes appears as one letter.
static std::string readLine(CsvBytes &bytes, size_t limit) {
  std::string line;
  bool isQuoted = false;
  for (size_t i = 0; i < limit; ++i, bytes.skip()) {
    int c = bytes.peek();
    bool isComment = c == '#' && !isQuoted &&
                     (line.empty() || CsvBytes::isBlank(line.back()));
    if (c == CsvBytes::endOfFile || CsvBytes::isLineEnd(c) || isComment)
      break;
    if (c == '"')
      isQuoted = !isQuoted;
    if (c == '"' || !isQuoted)
      line += c == '"' ? 'q' : static_cast<char>(c);
  }
  while (!line.empty() && line.back() == ' ')
    line.pop_back();
  return line;
}

char pdert::findSeparator(const File &file) {
  constexpr size_t enough = 1 << 18;
  CsvBytes bytes(file);
  Survey heading, numbers;
  for (size_t seen = 0; seen < enough;) {
    while (bytes.peek() == ' ')
      bytes.skip();
    if (bytes.peek() == CsvBytes::endOfFile)
      break;
    bool isName = startsLikeName(bytes.ahead()) || bytes.peek() == '"';
    int64_t number = bytes.line();
    std::string line = readLine(bytes, enough - seen);
    bytes.skipLine();
    bytes.endLine();
    if (line.empty() || line.find_first_not_of(" \t") == none)
      continue;
    seen += line.size() + 1;
    // The first line tells nothing where it may be a heading.
    bool isFirst = numbers.isEmpty() && heading.isEmpty();
    (isFirst && isName ? heading : numbers).add(line, number);
  }
  return (numbers.isEmpty() ? heading : numbers).decide();
}
