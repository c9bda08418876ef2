//===- Csv.cpp - numbers in text files ------------------------------------===//
//
// A file is scanned three times: its beginning for what separates values, all
// of it for the sizes when it is opened, and when it is read. Lines may be of
// any length; only one cell is held at a time.
//
//===----------------------------------------------------------------------===//

#include "Csv.h"
#include "CsvHeading.h"
#include "CsvNumbers.h"
#include "CsvSeparator.h"
#include "File.h"
#include "Text.h"

#include <cmath>

using namespace pdert;

using Item = CsvScanner::Item;

namespace {

class CsvFile : public InputFile {
public:
  CsvFile(const std::string &path, const pde_grid &grid);
  void read(void *data, pde_type type) override;

private:
  void measure();
  void addRow(const CsvCell &last, int64_t blankLine);
  void setSizes(const pde_grid &grid);
  template <typename T> void readAs(T *data);

  File file;
  char separator = 0;
  bool hasHeading = false;
  int64_t rows = 0, columns = 0;
  int64_t lastLine = 0; ///< with values
};

} // namespace

CsvFile::CsvFile(const std::string &path, const pde_grid &grid) : file(path) {
  rank = grid.rank;
  if (file.size() == 0)
    fail("it is empty");
  separator = findSeparator(file, rank);
  measure();
  setSizes(grid);
}

/// Passes a line; whether there was one.
static bool passLine(CsvScanner &scanner) {
  Item item;
  do
    item = scanner.next();
  while (item == Item::Cell);
  return item == Item::EndOfLine;
}

void CsvFile::measure() {
  CsvScanner scanner(file, separator);
  CsvHeading heading(separator);
  while (scanner.next() == Item::Cell)
    heading.add(scanner.cell());
  hasHeading = heading.isHeading();
  if (!hasHeading && scanner.cell().column > 0)
    addRow(scanner.cell(), 0);
  while (passLine(scanner))
    addRow(scanner.cell(), scanner.blankLine());
  if (rows == 0)
    fail("it holds no numbers");
  heading.checkColumns(columns);
}

/// Counts a line whose last cell is `last`.
void CsvFile::addRow(const CsvCell &last, int64_t blankLine) {
  auto number = [](int64_t value) { return static_cast<long long>(value); };
  if (rows == 0)
    columns = last.column;
  if (last.column < columns)
    fail("line %lld has %lld value%s, but the lines before have %lld: column "
         "%lld is missing",
         number(last.line), number(last.column), last.column == 1 ? "" : "s",
         number(columns), number(last.column + 1));
  if (last.column > columns)
    fail("line %lld has %lld values, but the lines before have %lld: column "
         "%lld is too many",
         number(last.line), number(last.column), number(columns),
         number(columns + 1));
  // A spreadsheet writes a blank cell of an only column so.
  if (columns == 1 && lastLine && blankLine > lastLine)
    fail("line %lld, column 1 is blank: fill in a number or remove the line",
         number(blankLine));
  lastLine = last.line;
  ++rows;
}

void CsvFile::setSizes(const pde_grid &grid) {
  if (rank == 1 && rows > 1 && columns > 1)
    fail("it holds %lld lines of %lld values, but grid %s of rank 1 needs one "
         "value a line or all on one line%s",
         static_cast<long long>(rows), static_cast<long long>(columns),
         grid.name,
         separator == ',' ? "; decimal commas must be written as points" : "");
  extents[0] = rank == 1 ? rows * columns : rows;
  if (rank == 2)
    extents[1] = columns;
}

template <typename T> void CsvFile::readAs(T *data) {
  CsvScanner scanner(file, separator);
  CsvNumbers numbers(separator);
  if (hasHeading)
    passLine(scanner);
  int64_t cells = extents[0] * extents[1], index = 0;
  for (Item item = scanner.next(); item != Item::EndOfFile;
       item = scanner.next()) {
    if (item == Item::EndOfLine)
      continue;
    if (index == cells)
      fail("the file changed while it was read");
    double value = numbers.read(scanner.cell());
    data[index] = static_cast<T>(value);
    if (!std::isfinite(data[index]))
      fail("%s is %s, which is too large for precision f32",
           scanner.cell().place().c_str(), shortest(value).c_str());
    ++index;
  }
  if (index != cells)
    fail("the file changed while it was read");
  numbers.finish();
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
