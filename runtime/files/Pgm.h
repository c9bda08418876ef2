//===- Pgm.h - grey images as plain bytes or text ---------------*- C++ -*-===//

#ifndef PDE_RUNTIME_PGM_H
#define PDE_RUNTIME_PGM_H

#include "runtime/files/File.h"
#include "runtime/files/InputFile.h"

namespace pdert {

/// Opens a .pgm file (P2 or P5) for a field on `grid`, which is 2-D. A level v
/// becomes v / maxval.
std::unique_ptr<InputFile> openPgm(File file, const pde_grid &grid);

/// The header of a P5 file of 255 levels that has one byte for each cell.
std::string pgmHeader(const int64_t *sizes, int depth);

} // namespace pdert

#endif // PDE_RUNTIME_PGM_H
