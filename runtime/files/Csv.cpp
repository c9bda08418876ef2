//===- Csv.cpp - numbers in text files ------------------------------------===//
//
// A file is scanned three times: its beginning for what separates values, all
// of it for the sizes when it is opened, and when it is read. Lines may be of
// any length; only one cell is held at a time.
//
//===----------------------------------------------------------------------===//

#include "runtime/files/Csv.h"
#include "runtime/files/CsvHeading.h"
#include "runtime/files/CsvNumbers.h"
#include "runtime/files/CsvSeparator.h"
#include "runtime/system/Text.h"

#include <algorithm>
#include <cmath>

using namespace pdert;

using Item = CsvScanner::Item;

namespace {

class CsvFile : public InputFile {
public:
  CsvFile(File file, const pde_grid &grid);
  void read(void *data, pde_type type) override;

private:
  void measure();
  void addRow(const CsvCell &last, int64_t blankLine);
  std::string commaHelp() const;
  void setSizes(const pde_grid &grid);
  template <typename T> void readAs(T *data);

  File file;
  char separator = 0;
  bool hasHeading = false;
  int64_t rows = 0, columns = 0;
  int64_t lastLine = 0; ///< with cells
};

} // namespace

CsvFile::CsvFile(File given, const pde_grid &grid) : file(std::move(given)) {
  rank = grid.rank;
  if (file.size() == 0)
    fail("it is empty");
  separator = findSeparator(file);
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
  if (hasHeading)
    lastLine = scanner.cell().line;
  else if (scanner.cell().column > 0)
    addRow(scanner.cell(), scanner.blankLine());
  while (passLine(scanner))
    addRow(scanner.cell(), scanner.blankLine());
  if (rows == 0)
    fail("it holds no numbers");
  heading.checkColumns(columns);
}

/// What to add where a file has another shape than it should.
std::string CsvFile::commaHelp() const {
  return separator == ',' ? "; commas separate values here, so that numbers "
                            "have no decimal commas and no thousands separators"
                          : "";
}

/// Counts a line whose last cell is `last`.
void CsvFile::addRow(const CsvCell &last, int64_t blankLine) {
  if (rows == 0)
    columns = last.column;
  if (last.column != columns)
    fail("line %lld has %lld value%s, but the lines before have %lld: column "
         "%lld is %s%s",
         static_cast<long long>(last.line), static_cast<long long>(last.column),
         last.column == 1 ? "" : "s", static_cast<long long>(columns),
         static_cast<long long>(std::min(last.column, columns) + 1),
         last.column < columns ? "missing" : "too many", commaHelp().c_str());
  // A spreadsheet writes a blank cell of an only column so.
  if (columns == 1 && blankLine > lastLine)
    fail("line %lld, column 1 is blank: fill in a number or remove the line",
         static_cast<long long>(blankLine));
  lastLine = last.line;
  ++rows;
}

void CsvFile::setSizes(const pde_grid &grid) {
  if (rank == 1 && rows > 1 && columns > 1)
    fail("it holds %lld lines of %lld values, but grid %s of rank 1 needs one "
         "value a line or all on one line%s",
         static_cast<long long>(rows), static_cast<long long>(columns),
         grid.name, commaHelp().c_str());
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

std::unique_ptr<InputFile> pdert::openCsv(File file, const pde_grid &grid) {
  return std::make_unique<CsvFile>(std::move(file), grid);
}
