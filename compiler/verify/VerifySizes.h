//===- VerifySizes.h - on which sizes verify compares -----------*- C++ -*-===//

#ifndef PDEC_VERIFY_VERIFYSIZES_H
#define PDEC_VERIFY_VERIFYSIZES_H

#include "compiler/pde/Interface.h"

#include <string>
#include <vector>

namespace pdec::driver {

/// The cells of all grids along three axes each, 1 beyond their rank.
class GridSizes {
public:
  /// `wanted`, by grid and axis, made legal: sizes of grids that users see grow
  /// until the widest stencil fits and all grids that coarsen them exist; the
  /// others follow from their parents.
  GridSizes(const pde::Interface &interface, std::vector<int64_t> wanted);

  const std::vector<int64_t> &all() const { return sizes; }
  int64_t cells(int grid) const;
  /// Of the largest grid.
  int64_t mostCells() const;
  /// "17", "5x8" or "17 and 5x8": the different sizes of grids that users see.
  std::string text() const;
  /// An element of a field by its position in the data: "4" or "(1, 3)".
  std::string cellText(const pde::Interface::Port &field, int64_t cell) const;

  bool operator==(const GridSizes &other) const { return sizes == other.sizes; }

private:
  const pde::Interface *interface;
  std::vector<int64_t> sizes;
};

/// Every boundary case at once, with and without whole vectors between.
std::vector<GridSizes> sizesToProve(const pde::Interface &interface);

/// From the smallest legal to several tiles, without repetitions. Programs with
/// loops that end by a condition get small ones: they take many passes.
std::vector<GridSizes> sizesToRun(const pde::Interface &interface);

} // namespace pdec::driver

#endif // PDEC_VERIFY_VERIFYSIZES_H
