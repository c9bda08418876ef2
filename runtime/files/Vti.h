//===- Vti.h - VTK's format of regular grids --------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_VTI_H
#define PDE_RUNTIME_VTI_H

#include "runtime/files/AtomicFile.h"
#include "runtime/files/Field.h"

namespace pdert {

/// Writes an ImageData file with the values as points at the cells' positions,
/// raw little-endian. The first axis is VTK's x, which is the fastest in the
/// file though the slowest in memory. Throws a Failure.
void writeVti(AtomicFile &file, const Field &field);

} // namespace pdert

#endif // PDE_RUNTIME_VTI_H
