//===- OutputFormats.h - writing fields to files ----------------*- C++ -*-===//

#ifndef PDE_RUNTIME_OUTPUTFORMATS_H
#define PDE_RUNTIME_OUTPUTFORMATS_H

#include "AtomicFile.h"
#include "InputFile.h"

namespace pdert {

/// Whether something that is not a regular file, such as a device, has this
/// path.
bool isSpecialFile(const std::string &path);

/// Writes a field: .npy little-endian and row-major, .csv with one line for
/// each cell of the first axis and the digits that read back the same. An
/// unknown format is written as .npy. Throws a Failure.
void writeField(AtomicFile &file, FileFormat format, pde_type type,
                const void *data, const int64_t *sizes, int rank);

} // namespace pdert

#endif // PDE_RUNTIME_OUTPUTFORMATS_H
