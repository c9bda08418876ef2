//===- ArrayRecord.cpp - a record as an array that grows ------------------===//

#include "runtime/files/ArrayRecord.h"
#include "runtime/files/Npy.h"
#include "runtime/system/Text.h"

#include <charconv>
#include <limits>

using namespace pdert;

ArrayRecord::ArrayRecord(AtomicFile &file, FileFormat format, pde_type type,
                         std::vector<int64_t> sizes,
                         const std::vector<std::string> &columns)
    : file(file), written(format), type(type), sizes(std::move(sizes)),
      entryBytes(type == PDE_F32 ? 4 : 8) {
  for (int64_t size : this->sizes)
    entryBytes *= size;
  if (format == FileFormat::Csv) {
    std::string heading;
    for (const std::string &column : columns)
      heading += (heading.empty() ? "" : ",") + column;
    heading += '\n';
    headerBytes = heading.size();
    file.write(heading.data(), heading.size());
    return;
  }
  if (!file.isRegular())
    fail("how long a record is is known at its end, so that .npy needs a file "
         "of its own; write .csv there");
  // Room for any count.
  std::string text = header(std::numeric_limits<int64_t>::max());
  headerBytes = text.size();
  file.write(text.data(), text.size());
}

std::string ArrayRecord::header(int64_t count) const {
  std::vector<int64_t> shape = {count};
  shape.insert(shape.end(), sizes.begin(), sizes.end());
  return npyHeader(type, shape.data(), static_cast<int>(shape.size()),
                   headerBytes);
}

void ArrayRecord::addRow(const double *row) {
  char text[64];
  for (int64_t column = 0; column < sizes[0]; ++column) {
    // Steps are whole numbers. Of others, the shortest digits that read back as
    // the same number, in any locale.
    char *last = text + sizeof text - 1;
    auto end = column == 0
                   ? std::to_chars(text, last, static_cast<int64_t>(row[0]))
                   : std::to_chars(text, last, row[column]);
    *end.ptr = column + 1 < sizes[0] ? ',' : '\n';
    size_t length = end.ptr + 1 - text;
    file.write(text, length);
    added += static_cast<int64_t>(length);
  }
}

void ArrayRecord::add(int64_t, const Field &entry) {
  ++count;
  if (written == FileFormat::Csv)
    return addRow(static_cast<const double *>(entry.data));
  file.write(entry.data, entryBytes);
  added += static_cast<int64_t>(entryBytes);
}

void ArrayRecord::addSaved(std::string_view piece, int64_t entries) {
  file.write(piece.data(), piece.size());
  added += static_cast<int64_t>(piece.size());
  count = entries;
}

void ArrayRecord::readBack(int64_t offset, void *data, size_t length) const {
  file.readBack(static_cast<int64_t>(headerBytes) + offset, data, length);
}

void ArrayRecord::finish() {
  if (written == FileFormat::Csv)
    return;
  std::string text = header(count);
  file.overwrite(text.data(), text.size());
}
