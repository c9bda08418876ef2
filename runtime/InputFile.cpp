//===- InputFile.cpp - the file that an input is read from ----------------===//

#include "InputFile.h"
#include "Csv.h"
#include "Npy.h"
#include "Text.h"

#include <cmath>

using namespace pdert;

FileFormat pdert::formatOf(const std::string &path) {
  size_t point = path.rfind('.');
  if (point == std::string::npos)
    return FileFormat::Unknown;
  std::string extension = path.substr(point + 1);
  for (char &letter : extension)
    if (letter >= 'A' && letter <= 'Z')
      letter += 'a' - 'A';
  return extension == "npy"   ? FileFormat::Npy
         : extension == "csv" ? FileFormat::Csv
                              : FileFormat::Unknown;
}

void pdert::failUnknownFormat() {
  fail("its extension tells no known format (known are .npy and .csv)");
}

void InputFile::failBadCell(int64_t index, double value) const {
  std::string cell = cellText(index, extents, rank);
  if (std::isfinite(value))
    fail("cell %s is %s, which is too large for precision f32", cell.c_str(),
         shortest(value).c_str());
  fail("cell %s is %s, but all values must be finite", cell.c_str(),
       std::isnan(value) ? "nan"
       : value < 0       ? "-inf"
                         : "inf");
}

std::unique_ptr<InputFile> pdert::openInput(const std::string &path,
                                            const pde_grid &grid) {
  switch (formatOf(path)) {
  case FileFormat::Npy:
    return openNpy(path, grid);
  case FileFormat::Csv:
    return openCsv(path, grid);
  case FileFormat::Unknown:
    break;
  }
  failUnknownFormat();
}
