//===- Weights.h - parameters as options and files give them ----*- C++ -*-===//

#ifndef PDE_RUNTIME_WEIGHTS_H
#define PDE_RUNTIME_WEIGHTS_H

#include "runtime/execution/Options.h"
#include "runtime/files/InputFile.h"
#include "runtime/files/Npz.h"

#include <optional>
#include <vector>

namespace pdert {

/// The parameters of a run, numbers and arrays: the script's, changed by the
/// archive of --weights, then by --set. Throws a Failure for what is wrong with
/// them.
class Weights {
public:
  Weights(const pde_program &program, const Options &options);

  const std::vector<pde_value> &numbers() const { return values; }
  /// Whether a number is another than the script's by an option.
  bool isGiven(int32_t param) const { return given[param]; }
  /// The file of a parameter array, which is an input of the program; null for
  /// its default.
  std::unique_ptr<InputFile> open(int32_t input) const;
  /// Fills `data`, elements of `type`, with the entries of such an array.
  void read(int32_t input, InputFile &file, void *data, pde_type type) const;

private:
  const pde_program &program;
  std::string path; ///< of the archive
  std::optional<File> archive;
  std::vector<NpzEntry> entries;
  std::vector<pde_value> values;
  std::vector<bool> given;             ///< which of them
  std::vector<std::string> arrayPaths; ///< by --set, an entry for each input

  const NpzEntry *find(const char *name) const;
  void readArchive();
  void readNumbers();
  template <typename Body>
  auto reading(const char *name, const std::string &from, Body &&body) const;
};

} // namespace pdert

#endif // PDE_RUNTIME_WEIGHTS_H
