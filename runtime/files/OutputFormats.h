//===- OutputFormats.h - writing fields to files ----------------*- C++ -*-===//

#ifndef PDE_RUNTIME_OUTPUTFORMATS_H
#define PDE_RUNTIME_OUTPUTFORMATS_H

#include "runtime/files/AtomicFile.h"
#include "runtime/files/Field.h"
#include "runtime/files/InputFile.h"

namespace pdert {

/// Whether something that is not a regular file, such as a device, has this
/// path.
bool isSpecialFile(const std::string &path);

/// How a field is written. `depth` is of images: 8 or 16 bits a level.
struct OutputFormat {
  FileFormat format;
  int depth;
};

/// The bytes that a file needs at least for `cells` elements of `elementSize`
/// bytes.
int64_t leastFileSize(OutputFormat how, int64_t cells, size_t elementSize);

/// A 2-D field as a .png image.
std::string greyImage(const Field &field, int depth);

/// Writes a field: .npy little-endian and row-major, .csv with one line for
/// each cell of the first axis and the digits that read back the same, images
/// with 256 or 65536 grey levels for [0, 1], .vti as writeVti() does. An
/// unknown format is written as .npy. Throws a Failure.
void writeField(AtomicFile &file, OutputFormat how, const Field &field);

} // namespace pdert

#endif // PDE_RUNTIME_OUTPUTFORMATS_H
