//===- Npy.h - NumPy's file format ------------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_NPY_H
#define PDE_RUNTIME_NPY_H

#include "runtime/files/File.h"
#include "runtime/files/InputFile.h"

#include <string_view>
#include <vector>

namespace pdert {

/// What the header of an .npy file says.
struct NpyHeader {
  char kind = 0; ///< f, i, u or b as in NumPy's type codes
  int size = 0;  ///< of an element, bytes
  bool isBigEndian = false;
  bool isFortran = false; ///< the first axis is the fastest
  std::vector<int64_t> shape;
};

/// Parses the dictionary in an .npy header. Throws a Failure with the reason.
NpyHeader parseNpyHeader(std::string_view text);

/// Fields of one grid in a file, one after the other along one more axis, the
/// first one.
class SampledFile : public InputFile {
public:
  virtual int64_t count() const = 0;
  /// Which field is read from now on.
  virtual void select(int64_t sample) = 0;
};

/// Opens an .npy file of such fields, which stay there until they are read.
std::unique_ptr<SampledFile> openSamples(File file, const pde_grid &grid);

/// Opens an .npy file of format 1.0, 2.0 or 3.0 for a field on `grid`.
std::unique_ptr<InputFile> openNpy(File file, const pde_grid &grid);

/// The whole header, magic included, of a file of format 1.0 that holds
/// little-endian elements of `type` in row-major order, of `least` bytes at
/// least.
std::string npyHeader(pde_type type, const int64_t *sizes, int rank,
                      size_t least = 0);

} // namespace pdert

#endif // PDE_RUNTIME_NPY_H
