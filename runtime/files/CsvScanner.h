//===- CsvScanner.h - the cells of a text file ------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_CSVSCANNER_H
#define PDE_RUNTIME_CSVSCANNER_H

#include "runtime/files/CsvBytes.h"

#include <string>

namespace pdert {

/// What stands between two separators, without the blanks around it.
struct CsvCell {
  std::string_view text;
  bool isQuoted = false;
  int64_t line = 0, column = 0; ///< from 1 on

  /// "line 3, column 2", as messages start.
  std::string place() const;
  /// "line 3, column 2 has '1,5'".
  std::string shown() const;
};

/// Yields the cells of a file line by line, one at a time, since lines may be
/// of any length. Comments and blank lines are passed over; a blank cell is a
/// Failure.
class CsvScanner {
public:
  enum class Item { Cell, EndOfLine, EndOfFile };

  /// `separator` is ',', ';' or '\t', ' ' for any blanks, or 0 where a line has
  /// one cell.
  CsvScanner(const File &file, char separator);

  Item next();

  /// That of the last Item::Cell; its text stays until the next call of next().
  const CsvCell &cell() const { return current; }

  /// The last blank line that was passed, or 0; blanks below a comment at the
  /// start of the file do not count.
  int64_t blankLine() const { return lastBlankLine; }

private:
  static constexpr size_t longestCell = 1000;

  bool startLine();
  void passEmptyLine();
  bool skipBlanks();
  bool passSeparator();
  void passComment();
  void readCell();
  void readPlain(bool afterBlank);
  void readQuoted();
  [[noreturn]] void failBlank();

  bool endsCell[256] = {}; ///< by the next byte
  CsvBytes bytes;
  char separator;
  CsvCell current;
  std::string unquoted;
  bool inLine = false, inComments = false;
  int64_t lastBlankLine = 0;
};

/// Whether a text that starts with '#' starts with an error of a spreadsheet,
/// such as #N/A or #DIV/0!, which is no comment.
bool isSpreadsheetError(std::string_view text);

} // namespace pdert

#endif // PDE_RUNTIME_CSVSCANNER_H
