//===- InputFile.cpp - the file that an input is read from ----------------===//

#include "InputFile.h"
#include "Csv.h"
#include "Npy.h"
#include "Pgm.h"
#include "PngInput.h"
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
         : extension == "png" ? FileFormat::Png
         : extension == "pgm" ? FileFormat::Pgm
         : extension == "vti" ? FileFormat::Vti
                              : FileFormat::Unknown;
}

void pdert::failUnknownFormat(const char *known) {
  fail("its extension tells no known format (known are %s)", known);
}

void pdert::checkRank(FileFormat format, const pde_grid &grid) {
  if (format == FileFormat::Csv && grid.rank > 2)
    fail("a .csv file cannot hold a field of rank %d; use .npy", grid.rank);
  bool isImage = format == FileFormat::Png || format == FileFormat::Pgm;
  if (isImage && grid.rank != 2)
    fail("an image holds a 2-D field, but grid %s is %d-D; use .npy", grid.name,
         grid.rank);
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
  FileFormat format = formatOf(path);
  checkRank(format, grid);
  switch (format) {
  case FileFormat::Npy:
    return openNpy(path, grid);
  case FileFormat::Csv:
    return openCsv(path, grid);
  case FileFormat::Png:
    return openPng(path, grid);
  case FileFormat::Pgm:
    return openPgm(path, grid);
  case FileFormat::Vti:
    fail("a .vti file is only written, not read; use .npy");
  case FileFormat::Unknown:
    break;
  }
  failUnknownFormat(".npy, .csv, .png and .pgm");
}
