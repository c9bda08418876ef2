//===- TileShape.cpp - shapes of tiles as people write them ---------------===//

#include "compiler/support/TileShape.h"

#include <algorithm>
#include <charconv>

namespace pdec {

static std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (size_t end; (end = text.find(at)) != text.npos;
       text.remove_prefix(end + 1))
    parts.push_back(text.substr(0, end));
  parts.push_back(text);
  return parts;
}

/// A number from 1 on; 0 if it is none, or more than a grid or a run can need.
static int64_t countIn(std::string_view text) {
  int64_t count = 0;
  const char *end = text.data() + text.size();
  auto [stop, error] = std::from_chars(text.data(), end, count);
  bool isCount = error == std::errc() && stop == end;
  return isCount && count >= 1 && count <= 1 << 24 ? count : 0;
}

static std::optional<TileShape> readShape(std::string_view text) {
  TileShape shape;
  if (size_t colon = text.find(':'); colon != text.npos) {
    shape.steps = countIn(text.substr(colon + 1));
    text = text.substr(0, colon);
  }
  for (std::string_view number : split(text, 'x'))
    shape.cells.push_back(countIn(number));
  bool isShape = shape.cells.size() <= 3 && shape.steps > 0 &&
                 std::count(shape.cells.begin(), shape.cells.end(), 0) == 0;
  return isShape ? std::optional(shape) : std::nullopt;
}

std::optional<std::vector<TileShape>> readTileShapes(std::string_view text) {
  std::vector<TileShape> shapes;
  if (text.empty())
    return shapes;
  for (std::string_view part : split(text, ',')) {
    std::optional<TileShape> shape = readShape(part);
    if (!shape || std::any_of(shapes.begin(), shapes.end(), [&](auto &other) {
          return other.cells.size() == shape->cells.size();
        }))
      return std::nullopt;
    shapes.push_back(*shape);
  }
  return shapes;
}

} // namespace pdec
