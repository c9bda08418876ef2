//===- CsvSeparator.h - what separates the values of a file -----*- C++ -*-===//

#ifndef PDE_RUNTIME_CSVSEPARATOR_H
#define PDE_RUNTIME_CSVSEPARATOR_H

#include "runtime/files/File.h"

namespace pdert {

/// Decides once for a whole file, by its first lines of numbers: ',', ';',
/// '\t', ' ' for any blanks, or 0 where a line has one value. What these lines
/// leave open is a Failure; on later lines, another separator makes no number.
char findSeparator(const File &file);

} // namespace pdert

#endif // PDE_RUNTIME_CSVSEPARATOR_H
