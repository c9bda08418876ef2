//===- TileShape.h - shapes of tiles as people write them -------*- C++ -*-===//

#ifndef PDEC_SUPPORT_TILESHAPE_H
#define PDEC_SUPPORT_TILESHAPE_H

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace pdec {

/// What a tile owns, cells along each axis, and the most steps that it advances
/// at once.
struct TileShape {
  std::vector<int64_t> cells;
  int64_t steps = 1;
};

/// Shapes such as `64x256:8,1000`, one for grids of each rank; steps are 1
/// where they are not given. Nothing if that is not what the text says, or if
/// two shapes have one rank.
std::optional<std::vector<TileShape>> readTileShapes(std::string_view text);

} // namespace pdec

#endif // PDEC_SUPPORT_TILESHAPE_H
