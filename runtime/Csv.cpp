//===- Csv.cpp - numbers in text files ------------------------------------===//
//
// A file is scanned twice: when it is opened, for the sizes, and when it is
// read. Lines may be of any length; only one word is held at a time.
//
//===----------------------------------------------------------------------===//

#include "Csv.h"
#include "File.h"
#include "Text.h"

#include <cmath>
#include <limits>
#include <vector>

using namespace pdert;

namespace {

/// What a scanner found next.
enum class Item { Value, EndOfLine, EndOfFile };

/// Yields the words of a file line by line; lines without words are passed
/// over, and so is the heading.
class CsvScanner {
public:
  explicit CsvScanner(const File &file) : file(file), buffer(1 << 18) {
    if (peek() == 0xEF) // a byte order mark, as some editors write it
      for (int mark : {0xEF, 0xBB, 0xBF})
        if (peek() == mark)
          ++at;
  }

  Item next();

  /// The word of the last Item::Value.
  const std::string &word() const { return text; }
  /// The line of the last item, the first being 1.
  int64_t line() const { return lineNumber; }

private:
  static constexpr int endOfFile = -1;
  static constexpr size_t longestWord = 1000;

  int peek() {
    if (at == filled) {
      offset += filled;
      at = 0;
      filled = file.readSomeAt(offset, buffer.data(), buffer.size());
      if (filled == 0)
        return endOfFile;
    }
    return static_cast<unsigned char>(buffer[at]);
  }

  static bool isBlank(int c) { return c == ' ' || c == '\t' || c == '\r'; }
  static bool isSeparator(int c) { return c == ',' || c == ';'; }
  static bool isLineEnd(int c) {
    return c == '\n' || c == '#' || c == endOfFile;
  }

  void skipBlanks() {
    while (isBlank(peek()))
      ++at;
  }
  void skipLine() {
    while (peek() != '\n' && peek() != endOfFile)
      ++at;
  }
  void readWord();

  const File &file;
  std::vector<char> buffer;
  size_t at = 0, filled = 0;
  int64_t offset = 0, lineNumber = 1;
  std::string text;
  bool inLine = false;     ///< a value of this line was found
  bool needsValue = false; ///< a separator was passed
  bool isFirst = true;     ///< no line with words was found yet
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

void CsvScanner::readWord() {
  text.clear();
  for (int c = peek(); !isBlank(c) && !isSeparator(c) && !isLineEnd(c);
       c = peek()) {
    if (text.size() == longestWord)
      fail("line %lld has a word of more than %zu characters",
           static_cast<long long>(lineNumber), longestWord);
    text += static_cast<char>(c);
    ++at;
  }
}

Item CsvScanner::next() {
  while (true) {
    skipBlanks();
    int c = peek();
    if (isLineEnd(c)) {
      if (needsValue)
        fail("line %lld lacks a value at its end",
             static_cast<long long>(lineNumber));
      if (inLine) {
        inLine = false;
        return Item::EndOfLine;
      }
      skipLine();
      if (peek() == endOfFile)
        return Item::EndOfFile;
      ++at;
      ++lineNumber;
      continue;
    }
    readWord();
    double value;
    if (isFirst && parseReal(text, value) == NumberFault::NotANumber) {
      isFirst = false;
      skipLine();
      continue;
    }
    isFirst = false;
    if (text.empty())
      fail("line %lld lacks a value before a separator",
           static_cast<long long>(lineNumber));
    inLine = true;
    skipBlanks();
    needsValue = isSeparator(peek());
    if (needsValue)
      ++at;
    return Item::Value;
  }
}

CsvFile::CsvFile(const std::string &path, const pde_grid &grid) : file(path) {
  rank = grid.rank;
  if (file.size() == 0)
    fail("it is empty");
  measure(grid);
}

void CsvFile::measure(const pde_grid &grid) {
  CsvScanner scanner(file);
  int64_t rows = 0, columns = 0, inRow = 0;
  for (Item item = scanner.next(); item != Item::EndOfFile;
       item = scanner.next()) {
    if (item == Item::Value) {
      ++inRow;
      continue;
    }
    if (rows > 0 && inRow != columns)
      fail("line %lld has %lld value%s, but the lines before have %lld",
           static_cast<long long>(scanner.line()),
           static_cast<long long>(inRow), inRow == 1 ? "" : "s",
           static_cast<long long>(columns));
    columns = inRow;
    inRow = 0;
    ++rows;
  }
  if (rows == 0)
    fail("it holds no numbers");
  if (rank == 1 && rows > 1 && columns > 1)
    fail("it holds %lld lines of %lld values, but grid %s of rank 1 needs one "
         "value a line or all on one line",
         static_cast<long long>(rows), static_cast<long long>(columns),
         grid.name);
  extents[0] = rank == 1 ? rows * columns : rows;
  if (rank == 2)
    extents[1] = columns;
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
    double value;
    NumberFault fault = parseReal(scanner.word(), value);
    if (fault == NumberFault::NotANumber)
      fail("line %lld has %s instead of a number",
           static_cast<long long>(scanner.line()),
           quoted(scanner.word().substr(0, 40)).c_str());
    if (fault == NumberFault::TooLarge)
      fail("line %lld has %s, which is too large",
           static_cast<long long>(scanner.line()),
           printable(scanner.word().substr(0, 40)).c_str());
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
