//===- OutputFormats.cpp - writing fields to files ------------------------===//

#include "OutputFormats.h"
#include "Npy.h"

#include <charconv>
#include <sys/stat.h>

using namespace pdert;

bool pdert::isSpecialFile(const std::string &path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) &&
         !S_ISDIR(status.st_mode);
}

static void writeNpy(AtomicFile &file, pde_type type, const void *data,
                     const int64_t *sizes, int rank) {
  std::string header = npyHeader(type, sizes, rank);
  file.write(header.data(), header.size());
  size_t length = type == PDE_F32 ? 4 : 8;
  for (int axis = 0; axis < rank; ++axis)
    length *= sizes[axis];
  file.write(data, length);
}

template <typename T>
static void writeCsv(AtomicFile &file, const T *data, const int64_t *sizes,
                     int rank) {
  int64_t columns = rank == 1 ? 1 : sizes[1];
  char text[64];
  for (int64_t row = 0; row < sizes[0]; ++row)
    for (int64_t column = 0; column < columns; ++column) {
      auto end = std::to_chars(text, text + sizeof text - 1, *data++);
      *end.ptr = column + 1 < columns ? ',' : '\n';
      file.write(text, end.ptr + 1 - text);
    }
}

void pdert::writeField(AtomicFile &file, FileFormat format, pde_type type,
                       const void *data, const int64_t *sizes, int rank) {
  if (format != FileFormat::Csv)
    writeNpy(file, type, data, sizes, rank);
  else if (type == PDE_F32)
    writeCsv(file, static_cast<const float *>(data), sizes, rank);
  else
    writeCsv(file, static_cast<const double *>(data), sizes, rank);
}
