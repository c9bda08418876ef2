//===- InputFile.cpp - the file that an input is read from ----------------===//
//
// Extensions decide, never guesses: a file that is not what its name says is
// told as damaged, in the words of its format. Only standard input, which has
// no name, is known by how it begins.
//
//===----------------------------------------------------------------------===//

#include "runtime/files/InputFile.h"
#include "runtime/files/Csv.h"
#include "runtime/files/Npy.h"
#include "runtime/files/Pgm.h"
#include "runtime/files/PngInput.h"
#include "runtime/system/Text.h"

#include <cctype>
#include <cmath>

using namespace pdert;

FileFormat pdert::formatOf(const std::string &path) {
  size_t point = path.rfind('.');
  if (point == std::string::npos)
    return FileFormat::Unknown;
  std::string extension = path.substr(point + 1);
  for (char &letter : extension)
    // Not tolower, which depends on the locale.
    if (letter >= 'A' && letter <= 'Z')
      letter += 'a' - 'A';
  return extension == "npy"   ? FileFormat::Npy
         : extension == "csv" ? FileFormat::Csv
         : extension == "png" ? FileFormat::Png
         : extension == "pgm" ? FileFormat::Pgm
         : extension == "vti" ? FileFormat::Vti
         : extension == "pvd" ? FileFormat::Pvd
                              : FileFormat::Unknown;
}

void pdert::failUnknownFormat(const char *known) {
  fail("its extension tells no known format (known are %s)", known);
}

bool pdert::isImage(FileFormat format) {
  return format == FileFormat::Png || format == FileFormat::Pgm;
}

/// Before the file is opened: the sentence is about the script and the name,
/// not about what is in the file.
void pdert::checkRank(FileFormat format, const pde_grid &grid) {
  bool isNpy = format == FileFormat::Npy || format == FileFormat::Unknown;
  if (grid.num_extents && !isNpy)
    fail("an array is held by .npy files only");
  if (format == FileFormat::Csv && grid.rank > 2)
    fail("a .csv file cannot hold a field of rank %d; use .npy", grid.rank);
  if (isImage(format) && grid.rank != 2)
    fail("an image holds a 2-D field, but grid %s is %d-D; use .npy", grid.name,
         grid.rank);
}

void InputFile::failBadCell(int64_t index, double value) const {
  std::string place =
      shape.empty() ? "cell " + cellText(index, extents, rank)
                    : "entry " + entryText(index, shape.data(),
                                           static_cast<int32_t>(shape.size()));
  // Finite in the file, but not as a float: see precision f32.
  if (std::isfinite(value))
    fail("%s is %s, which is too large for precision f32", place.c_str(),
         shortest(value).c_str());
  fail("%s is %s, but all values must be finite", place.c_str(),
       std::isnan(value) ? "nan"
       : value < 0       ? "-inf"
                         : "inf");
}

/// By how a file begins; text is .csv.
static FileFormat formatOfContent(const File &file) {
  char start[3] = {};
  file.readSomeAt(0, start, sizeof start);
  bool isPgm = start[0] == 'P' && start[1] >= '1' && start[1] <= '7' &&
               std::isspace(static_cast<unsigned char>(start[2]));
  return start[0] == '\x93'   ? FileFormat::Npy
         : start[0] == '\x89' ? FileFormat::Png
         : isPgm              ? FileFormat::Pgm
                              : FileFormat::Csv;
}

static std::unique_ptr<InputFile> openAs(FileFormat format, File file,
                                         const pde_grid &grid) {
  switch (format) {
  case FileFormat::Npy:
    return openNpy(std::move(file), grid);
  case FileFormat::Csv:
    return openCsv(std::move(file), grid);
  case FileFormat::Png:
    return openPng(std::move(file), grid);
  case FileFormat::Pgm:
    return openPgm(std::move(file), grid);
  case FileFormat::Vti:
  case FileFormat::Pvd:
  case FileFormat::Unknown:
    break;
  }
  failUnknownFormat(".npy, .csv, .png and .pgm");
}

std::unique_ptr<InputFile> pdert::openInput(const std::string &path,
                                            const pde_grid &grid) {
  FileFormat format = formatOf(path);
  bool isByContent = path == "-";
  bool isUnknown = format == FileFormat::Unknown || format == FileFormat::Pvd;
  if (isUnknown && !isByContent)
    failUnknownFormat(".npy, .csv, .png and .pgm");
  if (format == FileFormat::Vti)
    fail("a .vti file is only written, not read; use .npy");
  checkRank(format, grid);
  File file(path);
  if (isByContent) {
    format = formatOfContent(file);
    checkRank(format, grid);
  }
  return openAs(format, std::move(file), grid);
}
