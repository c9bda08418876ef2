//===- InputFile.h - the file that an input is read from --------*- C++ -*-===//

#ifndef PDE_RUNTIME_INPUTFILE_H
#define PDE_RUNTIME_INPUTFILE_H

#include "runtime/pde_runtime.h"

#include <memory>
#include <string>
#include <vector>

namespace pdert {

/// Data in a file. Opening it tells the sizes; reading it comes later, when the
/// run has room for the data. Members throw a Failure whose message is the
/// reason alone ("Permission denied").
class InputFile {
public:
  virtual ~InputFile() = default;

  /// One size, at least 1, for each axis of the grid.
  const int64_t *sizes() const { return extents; }

  /// Fills `data`, elements of `type` in row-major order. Beside that it needs
  /// a few hundred KiB.
  virtual void read(void *data, pde_type type) = 0;

protected:
  /// Throws a Failure about the value of row-major cell `index`: it is not
  /// finite, or not when rounded to f32.
  [[noreturn]] void failBadCell(int64_t index, double value) const;

  int64_t extents[PDE_MAX_RANK] = {1, 1, 1};
  int rank = 1;
  std::vector<int64_t> shape; ///< of an array; empty for a field
};

/// Opens a file of any known format for a field on `grid`.
std::unique_ptr<InputFile> openInput(const std::string &path,
                                     const pde_grid &grid);

/// The formats of fields; a Vti is only written, a Pvd only as a record.
enum class FileFormat { Unknown, Npy, Csv, Png, Pgm, Vti, Pvd };

/// By the path's extension, in upper or lower case; standard input and output
/// ("-") may have one too ("-.csv").
FileFormat formatOf(const std::string &path);

bool isImage(FileFormat format);

/// Throws a Failure when no file of `format` holds a field on `grid`.
void checkRank(FileFormat format, const pde_grid &grid);

/// Throws a Failure about an unknown extension; `known` lists the others.
[[noreturn]] void failUnknownFormat(const char *known);

} // namespace pdert

#endif // PDE_RUNTIME_INPUTFILE_H
