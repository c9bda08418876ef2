//===- Npz.h - NumPy's archives of arrays -----------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_NPZ_H
#define PDE_RUNTIME_NPZ_H

#include "runtime/files/AtomicFile.h"
#include "runtime/files/File.h"

#include <string>
#include <vector>

namespace pdert {

/// An array in an archive: the .npy file that it is there.
struct NpzEntry {
  std::string name; ///< without .npy
  int64_t offset, length;
};

/// What an archive holds, as numpy.savez writes them: not compressed. Throws a
/// Failure with the reason.
std::vector<NpzEntry> listNpz(const File &file);

/// An array to write.
struct NpzArray {
  std::string name;
  std::vector<int64_t> shape; ///< empty: a number
  const double *data;
};

/// Writes an archive whose bytes depend on the arrays alone.
void writeNpz(AtomicFile &file, const std::vector<NpzArray> &arrays);

} // namespace pdert

#endif // PDE_RUNTIME_NPZ_H
