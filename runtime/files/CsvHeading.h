//===- CsvHeading.h - whether the first line names columns ------*- C++ -*-===//

#ifndef PDE_RUNTIME_CSVHEADING_H
#define PDE_RUNTIME_CSVHEADING_H

#include "runtime/files/CsvScanner.h"

namespace pdert {

/// Looks at the first line of a file. It is a heading if all its cells are
/// names and data if all are numbers; all else is a Failure, so that no line of
/// numbers is lost.
class CsvHeading {
public:
  explicit CsvHeading(char separator) : separator(separator) {}

  void add(const CsvCell &cell);

  bool isHeading() const { return names > 0; }

  /// Compares the number of names with that of the values on a line.
  void checkColumns(int64_t values) const;

private:
  bool isName(const CsvCell &cell) const;

  char separator;
  int64_t names = 0, numbers = 0, line = 0;
  std::string firstName; ///< "line 1, column 2 has 'x'"
};

} // namespace pdert

#endif // PDE_RUNTIME_CSVHEADING_H
