//===- CsvNumbers.h - the numbers of a text file ----------------*- C++ -*-===//

#ifndef PDE_RUNTIME_CSVNUMBERS_H
#define PDE_RUNTIME_CSVNUMBERS_H

#include "runtime/files/CsvScanner.h"

namespace pdert {

/// Reads the cells of one file. Its decimal signs are points or commas, never
/// both, and commas only where they separate nothing.
class CsvNumbers {
public:
  explicit CsvNumbers(char separator) : separator(separator) {}

  /// A finite number; a cell that holds none is a Failure.
  double read(const CsvCell &cell);

  /// Call it after the last cell, for what only the whole file tells.
  void finish() const;

private:
  double readOther(const CsvCell &cell);
  void noteSign(const CsvCell &cell, char sign, std::string &first,
                const std::string &other);

  char separator;
  /// Whether a point or comma was seen that cannot set off thousands.
  bool anyDecimal = false;
  std::string firstPoint,
      firstComma; ///< "line 1, column 2 has '1,5'", or empty
};

/// Whether a cell of a file with this separator holds a number.
bool holdsNumber(const CsvCell &cell, char separator);

} // namespace pdert

#endif // PDE_RUNTIME_CSVNUMBERS_H
