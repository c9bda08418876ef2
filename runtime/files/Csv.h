//===- Csv.h - numbers in text files ----------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_CSV_H
#define PDE_RUNTIME_CSV_H

#include "runtime/files/File.h"
#include "runtime/files/InputFile.h"

namespace pdert {

/// Opens a .csv file for a field on `grid`, of rank 1 (one value a line, or all
/// values on one line) or 2 (one row a line). docs/running.md says what is
/// read; what could be meant in two ways is refused, with line and column.
std::unique_ptr<InputFile> openCsv(File file, const pde_grid &grid);

} // namespace pdert

#endif // PDE_RUNTIME_CSV_H
