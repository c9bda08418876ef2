//===- RecordFile.cpp - what an evolution records, on its way -------------===//

#include "runtime/files/RecordFile.h"
#include "runtime/files/Npy.h"
#include "runtime/system/Text.h"

#include <charconv>
#include <limits>

using namespace pdert;

RecordFile::RecordFile(AtomicFile &file, FileFormat format, pde_type type,
                       std::vector<int64_t> sizes,
                       const std::vector<std::string> &columns)
    : file(file), format(format), type(type), sizes(std::move(sizes)),
      entryBytes(type == PDE_F32 ? 4 : 8) {
  for (int64_t size : this->sizes)
    entryBytes *= size;
  if (format == FileFormat::Csv) {
    std::string heading;
    for (const std::string &column : columns)
      heading += (heading.empty() ? "" : ",") + column;
    heading += '\n';
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

std::string RecordFile::header(int64_t count) const {
  std::vector<int64_t> shape = {count};
  shape.insert(shape.end(), sizes.begin(), sizes.end());
  return npyHeader(type, shape.data(), static_cast<int>(shape.size()),
                   headerBytes);
}

void RecordFile::addRow(const double *row) {
  char text[64];
  for (int64_t column = 0; column < sizes[0]; ++column) {
    // The shortest digits that read back as the same number, in any locale.
    auto end = std::to_chars(text, text + sizeof text - 1, row[column]);
    *end.ptr = column + 1 < sizes[0] ? ',' : '\n';
    file.write(text, end.ptr + 1 - text);
  }
}

void RecordFile::add(const void *entry) {
  if (format == FileFormat::Csv)
    addRow(static_cast<const double *>(entry));
  else
    file.write(entry, entryBytes);
  ++count;
}

void RecordFile::finish() {
  if (format == FileFormat::Csv)
    return;
  std::string text = header(count);
  file.overwrite(text.data(), text.size());
}
