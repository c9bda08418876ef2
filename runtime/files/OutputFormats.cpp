//===- OutputFormats.cpp - writing fields to files ------------------------===//
//
// A file of each format begins when its header is written and is whole when its
// last row is; nothing is sought back in, so that pipes serve as well. What a
// format can hold has been checked (checkRank) when the file was opened.
//
//===----------------------------------------------------------------------===//

#include "runtime/files/OutputFormats.h"
#include "runtime/files/Grey.h"
#include "runtime/files/Npy.h"
#include "runtime/files/Pgm.h"
#include "runtime/files/PngOutput.h"
#include "runtime/files/Vti.h"

#include <charconv>
#include <sys/stat.h>

using namespace pdert;

bool pdert::isSpecialFile(const std::string &path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) &&
         !S_ISDIR(status.st_mode);
}

int64_t pdert::leastFileSize(OutputFormat how, int64_t cells,
                             size_t elementSize) {
  switch (how.format) {
  case FileFormat::Npy:
  case FileFormat::Vti:
    return cells * static_cast<int64_t>(elementSize);
  case FileFormat::Pgm:
    return cells * (how.depth / 8);
  case FileFormat::Csv: // text and compressed data may be of any length
  case FileFormat::Png:
  case FileFormat::Pvd:
  case FileFormat::Unknown:
    break;
  }
  return 0;
}

static void writeNpy(AtomicFile &file, const Field &field) {
  std::string header = npyHeader(field.type, field.sizes, field.rank);
  file.write(header.data(), header.size());
  size_t length = field.type == PDE_F32 ? 4 : 8;
  for (int axis = 0; axis < field.rank; ++axis)
    length *= field.sizes[axis];
  file.write(field.data, length);
}

template <typename T>
static void writeCsv(AtomicFile &file, const T *data, const int64_t *sizes,
                     int rank) {
  int64_t rows = rank == 0 ? 1 : sizes[0], columns = rank < 2 ? 1 : sizes[1];
  char text[64];
  for (int64_t row = 0; row < rows; ++row)
    for (int64_t column = 0; column < columns; ++column) {
      // The shortest digits that read back as the same number, in any locale.
      auto end = std::to_chars(text, text + sizeof text - 1, *data++);
      *end.ptr = column + 1 < columns ? ',' : '\n';
      file.write(text, end.ptr + 1 - text);
    }
}

/// Calls take(levels) for each row of a 2-D field as grey levels.
template <typename T, typename Take>
static void forEachGreyRow(const T *data, const int64_t *sizes, int depth,
                           Take &&take) {
  std::vector<uint8_t> levels(sizes[1] * (depth / 8));
  for (int64_t row = 0; row < sizes[0]; ++row) {
    greyLevels(data + row * sizes[1], depth, levels.data(), sizes[1]);
    take(levels);
  }
}

template <typename T>
static void writePgm(AtomicFile &file, const T *data, const int64_t *sizes,
                     int depth) {
  std::string header = pgmHeader(sizes, depth);
  file.write(header.data(), header.size());
  forEachGreyRow(data, sizes, depth, [&](const std::vector<uint8_t> &row) {
    file.write(row.data(), row.size());
  });
}

template <typename T>
static void writePng(const PngWriter::Sink &sink, const T *data,
                     const int64_t *sizes, int depth) {
  PngWriter writer(sink, sizes[0], sizes[1], depth);
  forEachGreyRow(data, sizes, depth, [&](const std::vector<uint8_t> &row) {
    writer.writeRow(row.data());
  });
  writer.finish();
}

std::string pdert::greyImage(const Field &field, int depth) {
  std::string image;
  auto sink = [&](const void *bytes, size_t length) {
    image.append(static_cast<const char *>(bytes), length);
  };
  withData(field,
           [&](auto *data) { writePng(sink, data, field.sizes, depth); });
  return image;
}

void pdert::writeField(AtomicFile &file, OutputFormat how, const Field &field) {
  withData(field, [&](auto *data) {
    switch (how.format) {
    case FileFormat::Npy:
    case FileFormat::Pvd:
    case FileFormat::Unknown:
      // Where the name tells no format (a pipe, a device, -), the one without
      // loss.
      return writeNpy(file, field);
    case FileFormat::Csv:
      return writeCsv(file, data, field.sizes, field.rank);
    case FileFormat::Png:
      return writePng(
          [&](const void *bytes, size_t length) { file.write(bytes, length); },
          data, field.sizes, how.depth);
    case FileFormat::Pgm:
      return writePgm(file, data, field.sizes, how.depth);
    case FileFormat::Vti:
      return writeVti(file, field);
    }
  });
}
