//===- Csv.cpp - numbers in text files ------------------------------------===//
//
// A file is scanned twice: when it is opened, for the sizes, and when it is
// read. Lines may be of any length; only one cell is held at a time. What could
// be meant in two ways is refused.
//
//===----------------------------------------------------------------------===//

#include "Csv.h"
#include "File.h"
#include "Text.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstring>
#include <limits>
#include <vector>

using namespace pdert;

static bool isDigit(char c) { return c >= '0' && c <= '9'; }
namespace {

constexpr int endOfFile = -1;

/// The characters of a file. Line ends are '\n', whatever they are in the file.
class Characters {
public:
  explicit Characters(const File &file);

  int peek() {
    if (at == filled && !fill())
      return endOfFile;
    int c = static_cast<unsigned char>(buffer[at]);
    return c == '\r' ? '\n' : c;
  }
  /// Goes over the character that peek() gives.
  void advance() {
    bool isReturn = buffer[at++] == '\r';
    if (isReturn && (at < filled || fill()) && buffer[at] == '\n')
      ++at;
  }

  /// The next characters that are of use in numbers, all that are there at
  /// once: no blanks, separators, quotes or ends of lines.
  std::string_view takeWord() {
    size_t begin = at;
    while (at < filled && isOfWord(buffer[at]))
      ++at;
    return {buffer.data() + begin, at - begin};
  }

private:
  const File &file;
  std::vector<char> buffer;
  size_t at = 0, filled = 0;
  int64_t offset = 0;

  static bool isOfWord(char c) {
    return isDigit(c) || c == '.' || c == '-' || c == '+' || c == 'e';
  }

  bool fill() {
    offset += filled;
    at = 0;
    filled = file.readSomeAt(offset, buffer.data(), buffer.size());
    return filled != 0;
  }
};

/// What a scanner found next.
enum class Item { Value, EndOfLine, EndOfFile };

/// Yields the cells of a file line by line. Lines without cells and comments
/// are passed over, and so is a heading.
class CsvScanner {
public:
  explicit CsvScanner(const File &file);

  Item next();

  /// The text of the last Item::Value, without quotes.
  const std::string &cell() const { return text; }
  /// "line 3" and "line 3, column 2", counted from 1, of the last item.
  std::string lineText() const { return format("line %lld", lineNumber); }
  std::string place() const {
    return format("line %lld, column %lld", lineNumber, column);
  }
  char separator() const { return separates; }
  /// The names in the heading, or 0.
  int64_t numNames() const { return names; }

private:
  static constexpr size_t longestCell = 1000;

  Characters characters;
  char separates; ///< ';', ',', a tabulator, or ' ' for any number of blanks
  long long lineNumber = 1, column = 0;
  int64_t names = 0;
  std::string text;
  bool isQuoted = false;
  bool afterSeparator = false; ///< so that another cell has to follow
  bool isFirstLine = true;     ///< no line with cells has ended yet
  bool isHeading = false;      ///< this line

  bool isBlank(int c) const {
    return c == ' ' || (c == '\t' && separates != '\t');
  }
  void skipBlanks() {
    while (isBlank(characters.peek()))
      characters.advance();
  }
  bool endsCell(int c) const {
    return c == '\n' || c == endOfFile ||
           (separates == ' ' ? isBlank(c) : c == separates);
  }
  void append(int c) {
    if (text.size() >= longestCell)
      failTooLong();
    text += static_cast<char>(c);
  }
  [[noreturn]] void failTooLong() const {
    fail("%s has a word of more than %zu characters", place().c_str(),
         longestCell);
  }
  bool isAtEndOfLine() {
    int c = characters.peek();
    return c == '\n' || c == '#' || c == endOfFile;
  }
  void readQuoted();
  void readPlain();
  void readCell();
  bool endLine();
  void skipComment();
  bool isName() const;
  bool isOfHeading();
};

class CsvFile : public InputFile {
public:
  CsvFile(const std::string &path, const pde_grid &grid);
  void read(void *data, pde_type type) override;

private:
  void measure(const pde_grid &grid);
  template <typename T> void readAs(T *data);

  File file;
};

} // namespace

Characters::Characters(const File &file) : file(file), buffer(1 << 18) {
  if (!fill())
    return;
  auto startsWith = [&](std::string_view mark) {
    return std::string_view(buffer.data(), filled).substr(0, mark.size()) ==
           mark;
  };
  if (startsWith("\xEF\xBB\xBF")) // a byte order mark, as some editors write
    at = 3;
  if (startsWith("\xFF\xFE") || startsWith("\xFE\xFF"))
    fail("it is text in UTF-16; save it as UTF-8");
}

/// What separates the cells of all lines: the strongest of all candidates in
/// the first two that have cells, since one may be a heading of one name. Among
/// blanks of other kinds a tabulator is one of them.
static char separatorOf(const File &file) {
  Characters characters(file);
  constexpr int numLines = 2;
  constexpr std::string_view order = "\t ,;";
  size_t strongest = 0;
  int lines = 0;
  bool isQuoted = false, isComment = false, hasTabulator = false;
  size_t cellsInLine = 0, blanks = 0;
  for (int c; (c = characters.peek()) != endOfFile && lines < numLines;
       characters.advance()) {
    if (c == '\n') {
      lines += cellsInLine > 0;
      isQuoted = isComment = false;
      cellsInLine = blanks = 0;
      continue;
    }
    isComment |= c == '#' && cellsInLine == 0;
    isQuoted ^= c == '"';
    if (isComment || isQuoted)
      continue;
    hasTabulator |= c == '\t';
    size_t strength = order.find(static_cast<char>(c));
    if (strength == std::string_view::npos) {
      // Blanks at the ends of a line separate nothing.
      if (blanks && cellsInLine)
        strongest = std::max<size_t>(strongest, 1);
      blanks = 0;
      ++cellsInLine;
    } else if (strength > 1) {
      strongest = std::max(strongest, strength);
      blanks = 0;
    } else {
      blanks += c == ' ';
    }
  }
  return strongest == 0 && !hasTabulator ? ' ' : order[strongest];
}

CsvScanner::CsvScanner(const File &file)
    : characters(file), separates(separatorOf(file)) {}

/// Between quotes; two of them are one.
void CsvScanner::readQuoted() {
  characters.advance();
  for (int c; (c = characters.peek()) != '\n' && c != endOfFile;) {
    characters.advance();
    if (c == '"') {
      if (characters.peek() != '"') {
        skipBlanks();
        return;
      }
      characters.advance();
    }
    append(c);
  }
  fail("%s has a quotation mark without its partner", place().c_str());
}

/// Up to a separator, or a comment behind a blank.
void CsvScanner::readPlain() {
  text = characters.takeWord();
  bool isAfterBlank = false;
  for (int c; !endsCell(c = characters.peek()) && !(isAfterBlank && c == '#');
       characters.advance()) {
    isAfterBlank = isBlank(c);
    append(c);
  }
  if (text.size() > longestCell)
    failTooLong();
  while (!text.empty() && isBlank(text.back()))
    text.pop_back();
}

void CsvScanner::readCell() {
  ++column;
  text.clear();
  isQuoted = characters.peek() == '"';
  if (isQuoted)
    readQuoted();
  else
    readPlain();
  skipBlanks();
  if (text.empty() && !isQuoted)
    fail("%s is empty: each cell needs a value", place().c_str());
  afterSeparator = separates != ' ' && characters.peek() == separates;
  if (afterSeparator)
    characters.advance();
  else if (!isAtEndOfLine() && (separates != ' ' || isQuoted))
    fail("%s has something behind its value", place().c_str());
}

/// Whether a cell is certainly no number that somebody meant.
bool CsvScanner::isName() const {
  static const char *const missing[] = {"na",   "n/a",  "nan",    "null",
                                        "none", "inf",  "nil",    "infinity",
                                        "#n/a", "-nan", "1.#qnan"};
  std::string lower = text;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  bool isMissing = std::any_of(std::begin(missing), std::end(missing),
                               [&](const char *word) { return lower == word; });
  if (text.empty() || isMissing)
    return false;
  // Latin letters; other alphabets have signs and digits of their own.
  unsigned char first = text[0];
  return first < 0x80 ? std::isalpha(first) || std::strchr("_[({", first)
                      : first >= 0xC3 && first <= 0xC9;
}

/// Whether a cell belongs to a heading, which begins with a name.
bool CsvScanner::isOfHeading() {
  if (!isFirstLine || (column == 1 && !isName()))
    return false;
  double value;
  if (column > 1 && isHeading && !isQuoted &&
      parseReal(text, value) != NumberFault::NotANumber)
    fail("%s has names and numbers: if it is a heading, begin it with #, else "
         "leave the names out",
         lineText().c_str());
  isHeading |= column == 1;
  return isHeading;
}

/// At the end of a line: whether it had cells of values.
bool CsvScanner::endLine() {
  if (afterSeparator)
    fail("%s lacks a value at its end", lineText().c_str());
  bool hadValues = column > 0 && !isHeading;
  if (isHeading)
    names = column;
  isFirstLine &= column == 0;
  isHeading = false;
  column = 0;
  return hadValues;
}

/// Up to the end of the line. What spreadsheets write for an error is none.
void CsvScanner::skipComment() {
  std::string beginning;
  for (int c; (c = characters.peek()) != '\n' && c != endOfFile;
       characters.advance())
    if (beginning.size() < 8)
      beginning += static_cast<char>(c);
  for (std::string_view error :
       {"#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NUM!", "#VALUE!", "#NULL!"})
    if (beginning.compare(0, error.size(), error) == 0)
      fail("%s has '%s' instead of a number", lineText().c_str(),
           std::string(error).c_str());
}

Item CsvScanner::next() {
  while (true) {
    skipBlanks();
    if (!isAtEndOfLine()) {
      readCell();
      if (!isOfHeading())
        return Item::Value;
      continue;
    }
    skipComment();
    if (column > 0 && endLine())
      return Item::EndOfLine;
    if (characters.peek() == endOfFile)
      return Item::EndOfFile;
    characters.advance();
    ++lineNumber;
  }
}

namespace {

/// Whether all lines could be single numbers with separators of thousands:
/// 1,234.5 or 12,345,678.25.
class ThousandsGuess {
public:
  void add(const std::string &cell) {
    size_t digits =
        std::find_if_not(cell.begin(), cell.end(), isDigit) - cell.begin();
    bool isGroup = numCells == 0 ? digits > 0 && digits < 4 : digits == 3;
    bool isWhole = digits == cell.size();
    isPossible &= isGroup && lastIsWhole;
    lastIsWhole = isWhole;
    hasPoint = !isWhole && cell[digits] == '.';
    ++numCells;
  }
  void endLine() {
    isPossible &= numCells > 1 && hasPoint;
    numCells = 0;
    lastIsWhole = true;
  }
  bool isPossible = true;

private:
  int numCells = 0;
  bool lastIsWhole = true, hasPoint = false;
};

} // namespace

CsvFile::CsvFile(const std::string &path, const pde_grid &grid) : file(path) {
  rank = grid.rank;
  if (file.size() == 0)
    fail("it is empty");
  measure(grid);
}

void CsvFile::measure(const pde_grid &grid) {
  CsvScanner scanner(file);
  ThousandsGuess thousands;
  int64_t rows = 0, columns = 0, inRow = 0;
  for (Item item = scanner.next(); item != Item::EndOfFile;
       item = scanner.next()) {
    if (item == Item::Value) {
      ++inRow;
      if (thousands.isPossible)
        thousands.add(scanner.cell());
      continue;
    }
    thousands.endLine();
    if (rows > 0 && inRow != columns)
      fail("%s has %lld value%s, but the lines before have %lld",
           scanner.lineText().c_str(), static_cast<long long>(inRow),
           inRow == 1 ? "" : "s", static_cast<long long>(columns));
    columns = inRow;
    inRow = 0;
    ++rows;
  }
  if (rows == 0)
    fail("it holds no numbers");
  if (scanner.separator() == ',' && thousands.isPossible)
    fail("its lines may be numbers with commas between thousands, or several "
         "numbers each: leave these commas out, or separate numbers by ;");
  int64_t names = scanner.separator() == ' ' ? 0 : scanner.numNames();
  if (names && names != columns)
    fail("its heading has %lld name%s, but its lines have %lld value%s",
         static_cast<long long>(names), names == 1 ? "" : "s",
         static_cast<long long>(columns), columns == 1 ? "" : "s");
  if (rank == 1 && rows > 1 && columns > 1)
    fail("it holds %lld lines of %lld values, but grid %s of rank 1 needs one "
         "value a line or all on one line",
         static_cast<long long>(rows), static_cast<long long>(columns),
         grid.name);
  extents[0] = rank == 1 ? rows * columns : rows;
  if (rank == 2)
    extents[1] = columns;
}

/// Fortran writes exponents of double precision with a D.
static NumberFault parseCell(const std::string &cell, double &value) {
  NumberFault fault = parseReal(cell, value);
  size_t exponent = cell.find_first_of("dD");
  if (fault != NumberFault::NotANumber || exponent == std::string::npos)
    return fault;
  std::string text = cell;
  text[exponent] = 'e';
  return parseReal(text, value);
}

static double valueOf(const CsvScanner &scanner) {
  double value;
  if (parseReal(scanner.cell(), value) == NumberFault::None)
    return value;
  std::string shown = scanner.cell().substr(0, 40);
  switch (parseCell(scanner.cell(), value)) {
  case NumberFault::None:
    return value;
  case NumberFault::TooLarge:
    fail("%s has %s, which is too large", scanner.place().c_str(),
         printable(shown).c_str());
  case NumberFault::NotANumber:
    break;
  }
  const char *help =
      shown.find(',') != std::string::npos    ? ": decimal points are points"
      : scanner.place() == "line 1, column 1" ? ": begin a heading with #"
                                              : "";
  fail("%s has %s instead of a number%s", scanner.place().c_str(),
       quoted(shown).c_str(), help);
}

template <typename T> void CsvFile::readAs(T *data) {
  CsvScanner scanner(file);
  int64_t cells = extents[0] * extents[1], index = 0;
  for (Item item = scanner.next(); item != Item::EndOfFile;
       item = scanner.next()) {
    if (item == Item::EndOfLine)
      continue;
    if (index == cells)
      fail("the file changed while it was read");
    double value = valueOf(scanner);
    data[index] = static_cast<T>(value);
    if (!std::isfinite(data[index]))
      failBadCell(index, value);
    ++index;
  }
  if (index != cells)
    fail("the file changed while it was read");
}

void CsvFile::read(void *data, pde_type type) {
  if (type == PDE_F32)
    readAs(static_cast<float *>(data));
  else
    readAs(static_cast<double *>(data));
}

std::unique_ptr<InputFile> pdert::openCsv(const std::string &path,
                                          const pde_grid &grid) {
  return std::make_unique<CsvFile>(path, grid);
}
