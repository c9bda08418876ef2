//===- Csv.h - numbers in text files ----------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_CSV_H
#define PDE_RUNTIME_CSV_H

#include "InputFile.h"

namespace pdert {

/// Opens a .csv file for a field on `grid`, of rank 1 (one value a line, or all
/// values on one line) or 2 (one row a line). Values are separated by commas,
/// semicolons or blanks; '#' starts a comment; a first line that does not begin
/// with a number is a heading.
std::unique_ptr<InputFile> openCsv(const std::string &path,
                                   const pde_grid &grid);

} // namespace pdert

#endif // PDE_RUNTIME_CSV_H
