//===- PngPicture.cpp - plots as .png images ------------------------------===//

#include "runtime/plots/PngPicture.h"
#include "runtime/files/PngOutput.h"
#include "runtime/plots/SvgPixels.h"

#include <algorithm>
#include <cmath>

using namespace pdert;

static constexpr double scale = 2;

/// The colour of the cell that lies at a place of an image, each from 0 to 1.
static Color colorAt(const PanelImage &image, double down, double across) {
  int64_t rows = static_cast<int64_t>(image.pixels.size()) / image.stride;
  auto row = static_cast<int64_t>(image.first + down * image.rows);
  auto column = static_cast<int64_t>(across * image.columns);
  row = std::clamp<int64_t>(row, 0, rows - 1);
  column = std::clamp<int64_t>(column, 0, image.stride - 1);
  return image.pixels[row * image.stride + column];
}

static void paintImage(Canvas &canvas, const PanelImage &image) {
  double left = image.left * scale, top = image.top * scale;
  double width = image.width * scale, height = image.height * scale;
  for (double y = std::floor(top); y < top + height; ++y)
    for (double x = std::floor(left); x < left + width; ++x)
      canvas.fill(
          std::max(x, left), std::max(y, top), std::min(x + 1, left + width),
          std::min(y + 1, top + height),
          colorAt(image, (y + 0.5 - top) / height, (x + 0.5 - left) / width));
}

std::string pdert::pngPicture(const Panel &picture) {
  Canvas canvas(static_cast<int>(std::ceil(picture.width * scale)),
                static_cast<int>(std::ceil(picture.height * scale)));
  for (const PanelImage &image : picture.images)
    paintImage(canvas, image);
  paintSvg(canvas, picture.svg, scale);
  std::string bytes;
  PngWriter writer(
      [&](const void *data, size_t length) {
        bytes.append(static_cast<const char *>(data), length);
      },
      canvas.height, canvas.width, 8, {}, /*channels=*/3);
  for (int y = 0; y < canvas.height; ++y)
    writer.writeRow(canvas.row(y));
  writer.finish();
  return bytes;
}
