//===- CsvSeparator.cpp - what separates the values of a file -------------===//

#include "CsvSeparator.h"
#include "CsvBytes.h"
#include "CsvScanner.h"
#include "CsvWord.h"
#include "Text.h"

#include <algorithm>
#include <string>

using namespace pdert;

static constexpr size_t none = std::string_view::npos;

/// More groups of three digits than a double has are several numbers.
static constexpr int mostGroups = 6;

static bool isDigit(char c) { return c >= '0' && c <= '9'; }

static size_t countDigits(std::string_view text) {
  size_t count = 0;
  while (count < text.size() && isDigit(text[count]))
    ++count;
  return count;
}

static void dropSign(std::string_view &text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+'))
    text.remove_prefix(1);
}

/// A line such as 1,234.5 and what is known of it.
struct Grouped {
  int groups = 0; ///< 0 if it is not such a line, 1 if it has no `mark`
  bool isPlain =
      true; ///< all groups have three digits, and no fraction follows
};

/// Whether `text` can be one number whose thousands are set off by `mark`.
static Grouped groupedNumber(std::string_view text, char mark) {
  Grouped result;
  dropSign(text);
  size_t digits = countDigits(text);
  if (digits == 0 || digits > 3 || (text[0] == '0' && digits > 1))
    return {};
  result.isPlain = digits == 3;
  bool isZero = text[0] == '0';
  text.remove_prefix(digits);
  for (result.groups = 1; !text.empty() && text[0] == mark; ++result.groups) {
    if (countDigits(text.substr(1)) != 3 || isZero)
      return {};
    text.remove_prefix(4);
  }
  if (text.empty())
    return result;
  result.isPlain = false;
  bool isFraction = text[0] == '.' && countDigits(text) == 0 &&
                    countDigits(text.substr(1)) == text.size() - 1;
  return isFraction && result.groups <= mostGroups ? result : Grouped{};
}

namespace {

/// What is seen on the lines of numbers.
class Survey {
public:
  void add(std::string_view line, int64_t number);
  bool isEmpty() const { return lines == 0; }
  char decide(int rank) const;

private:
  void addGaps(std::string_view line);
  void addCommas(std::string_view line);
  void addThousands(std::string_view line);
  void checkThousands(char separator, int rank) const;
  void checkCommas() const;

  int64_t lines = 0;
  int64_t current = 0; ///< the number of the line
  int64_t firstGap = 0, firstComma = 0, firstMixed = 0; ///< lines, or 0
  int64_t firstLoose = 0; ///< with a blank at a comma
  bool anySemicolon = false, anyTab = false, anyTabAtEdge = false;
  bool anyPoint = false, anyTight = false;
  /// Whether all lines read as numbers with decimal commas that are separated
  /// by commas and blanks, all with as many.
  bool canBeDecimal = true;
  size_t looseCommas = 0;
  bool commasCanGroup = true, blanksCanGroup = true;
  bool commasArePlain = true, blanksArePlain = true;
};

} // namespace

void Survey::add(std::string_view line, int64_t number) {
  current = number;
  ++lines;
  anySemicolon |= line.find(';') != none;
  anyPoint |= line.find('.') != none;
  anyTabAtEdge |= line.front() == '\t' || line.back() == '\t';
  addGaps(line);
  addCommas(line);
  addThousands(line);
}

/// Notes blanks that are not beside a comma.
void Survey::addGaps(std::string_view line) {
  size_t begin = line.find_first_not_of(" \t");
  size_t last = line.find_last_not_of(" \t");
  for (size_t at = begin; at < last; ++at) {
    if (!CsvBytes::isBlank(line[at]))
      continue;
    size_t end = line.find_first_not_of(" \t", at);
    std::string_view gap = line.substr(at, end - at);
    if (line[at - 1] != ',' && line[end] != ',') {
      anyTab |= gap.find('\t') != none;
      firstGap = firstGap ? firstGap : current;
      if (line.find(',') != none && !firstMixed)
        firstMixed = current;
    }
    at = end;
  }
}

void Survey::addCommas(std::string_view line) {
  size_t loose = 0, tightInWord = 0;
  for (size_t at = line.find(','); at != none; at = line.find(',', at + 1)) {
    firstComma = firstComma ? firstComma : current;
    bool isLoose = (at > 0 && CsvBytes::isBlank(line[at - 1])) ||
                   (at + 1 < line.size() && CsvBytes::isBlank(line[at + 1]));
    loose += isLoose;
    anyTight |= !isLoose;
    tightInWord = isLoose ? 0 : tightInWord + 1;
    canBeDecimal &= tightInWord < 2;
  }
  if (loose && !firstLoose)
    firstLoose = current;
  canBeDecimal &= lines == 1 || loose == looseCommas;
  looseCommas = loose;
}

/// Notes whether the line can be one number with commas between its thousands,
/// and whether it can be numbers with blanks there, separated by commas.
void Survey::addThousands(std::string_view line) {
  if (commasCanGroup) {
    Grouped number = groupedNumber(line, ',');
    commasCanGroup = number.groups > 1;
    commasArePlain &= number.isPlain;
  }
  if (!blanksCanGroup)
    return;
  bool anyGroups = false;
  for (size_t at = 0; at <= line.size() && blanksCanGroup;) {
    size_t end = std::min(line.find(',', at), line.size());
    std::string_view word = line.substr(at, end - at);
    Grouped number = groupedNumber(word, ' ');
    // What follows a decimal comma may have any number of digits.
    bool isFraction = at > 0 && countDigits(word) == word.size();
    blanksCanGroup = number.groups > 0 || isFraction;
    blanksArePlain &= number.isPlain && at == 0;
    anyGroups |= number.groups > 1;
    at = end + 1;
  }
  blanksCanGroup &= anyGroups;
}

void Survey::checkThousands(char separator, int rank) const {
  bool canGroup = separator == ',' ? commasCanGroup : blanksCanGroup;
  bool isPlain = separator == ',' ? commasArePlain : blanksArePlain;
  // A table of numbers of three digits each is common, a column of numbers of
  // six digits each is not.
  if (!canGroup || (isPlain && rank == 2))
    return;
  const char *name = separator == ',' ? "commas" : "blanks";
  fail("its %s separate values or thousands, which is not certain: separate "
       "values by ';' and write numbers without thousands separators",
       name);
}

void Survey::checkCommas() const {
  if (firstLoose && anyTight && canBeDecimal && !anyPoint)
    fail("line %lld has commas with and without blanks, which may separate "
         "values or be decimal signs: separate values by ';' or write decimal "
         "points",
         static_cast<long long>(firstLoose));
}

char Survey::decide(int rank) const {
  if (anySemicolon)
    return ';';
  if (anyTab || (anyTabAtEdge && !firstGap && !firstComma))
    return '\t';
  if (firstGap && firstLoose)
    fail("line %lld separates values by blanks, but line %lld by ',': use one "
         "separator for all",
         static_cast<long long>(firstGap), static_cast<long long>(firstLoose));
  if (firstGap && firstComma && !firstMixed)
    fail("line %lld separates values by blanks, but line %lld by ',': use one "
         "separator for all",
         static_cast<long long>(firstGap), static_cast<long long>(firstComma));
  char separator = firstGap ? ' ' : firstComma ? ',' : 0;
  if (separator)
    checkThousands(separator, rank);
  if (separator == ',')
    checkCommas();
  return separator;
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

char pdert::findSeparator(const File &file, int rank) {
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
    seen += line.size();
    // The first line tells nothing where it may be a heading.
    bool isFirst = numbers.isEmpty() && heading.isEmpty();
    (isFirst && isName ? heading : numbers).add(line, number);
  }
  return (numbers.isEmpty() ? heading : numbers).decide(rank);
}
