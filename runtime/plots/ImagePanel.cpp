//===- ImagePanel.cpp - diagrams of 2-D fields ----------------------------===//

#include "runtime/files/PngOutput.h"
#include "runtime/files/Xml.h"
#include "runtime/plots/ColorMap.h"
#include "runtime/plots/Panel.h"
#include "runtime/plots/PlotScale.h"
#include "runtime/system/Text.h"

#include <algorithm>

using namespace pdert;

/// The longer side of an image on the screen.
static constexpr double longestSide = 300;

static std::string base64(const std::string &bytes) {
  static const char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (size_t i = 0; i < bytes.size(); i += 3) {
    unsigned bits = 0;
    for (size_t k = 0; k < 3; ++k)
      bits =
          bits << 8 |
          (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0);
    for (int k = 3; k >= 0; --k)
      text += digits[bits >> (6 * k) & 63];
  }
  size_t missing = (3 - bytes.size() % 3) % 3;
  return text.replace(text.size() - missing, missing, missing, '=');
}

/// How often pixels are repeated, so that cells keep sharp edges in viewers
/// that smooth what they enlarge.
static int64_t repetition(int64_t pixels) {
  return pixels < longestSide ? static_cast<int64_t>(2 * longestSide) / pixels
                              : 1;
}

namespace {

/// What the colours of an image stand for.
struct Colors {
  ColorMap map;
  double low, high;
};

/// The two axes of a grid that an image shows.
struct View {
  int vertical, horizontal;
  bool isUpwards;
};

} // namespace

/// Zero gets the middle of two colours where a field has values to both sides
/// of it. A tenth of the larger side tells them from what rounding leaves.
static Colors colorsOf(const ColorRange &range) {
  double low = range.low, high = range.high;
  if (!(std::min(-low, high) >= 0.1 * std::max(-low, high)))
    return {ColorMap::Sequential, low, high};
  double most = std::max(-low, high);
  return {ColorMap::Diverging, -most, most};
}

static const char *gradientId(ColorMap map) {
  return map == ColorMap::Sequential ? "colors" : "signed-colors";
}

std::string pdert::colorGradients() {
  std::string text;
  for (ColorMap map : {ColorMap::Sequential, ColorMap::Diverging})
    text += colorGradient(map, gradientId(map));
  return text;
}

static View viewOf(const ImageSubject &subject) {
  int first = subject.grid.rank - 2;
  return subject.isUpwards ? View{first + 1, first, true}
                           : View{first, first + 1, false};
}

/// The image as a file; `values` tells which values the colours stand for.
static std::string pngOf(const Thumbnail &thumbnail, ColorMap map,
                         const Scale &values) {
  std::vector<png_color> palette;
  for (int level = 0; level < 256; ++level) {
    Color color = mapColor(map, level / 255.0);
    palette.push_back({color.red, color.green, color.blue});
  }
  std::string bytes;
  int64_t down = repetition(thumbnail.rows);
  int64_t across = repetition(thumbnail.columns);
  PngWriter writer(
      [&](const void *data, size_t length) {
        bytes.append(static_cast<const char *>(data), length);
      },
      thumbnail.rows * down, thumbnail.columns * across, 8, palette);
  std::vector<uint8_t> row(thumbnail.columns * across);
  for (int64_t i = 0; i < thumbnail.rows; ++i) {
    for (size_t j = 0; j < row.size(); ++j) {
      double share =
          values.share(thumbnail.pixels[i * thumbnail.columns + j / across]);
      row[j] = static_cast<uint8_t>(std::clamp(share, 0.0, 1.0) * 255 + 0.5);
    }
    for (int64_t copy = 0; copy < down; ++copy)
      writer.writeRow(row.data());
  }
  writer.finish();
  return bytes;
}

/// Which pixels of an image are seen. Those for the last cells of either axis
/// may stand for fewer of them than the others: so much of them is cut, above
/// where rows go upwards.
static PanelImage placeImage(const Frame &frame, const Thumbnail &thumbnail,
                             const View &view, const int64_t *sizes) {
  double rows = static_cast<double>(sizes[view.vertical]) / thumbnail.cells[0];
  double columns =
      static_cast<double>(sizes[view.horizontal]) / thumbnail.cells[1];
  double top = view.isUpwards ? static_cast<double>(thumbnail.rows) - rows : 0;
  return {frame.left,
          frame.top,
          frame.right - frame.left,
          frame.bottom - frame.top,
          top,
          rows,
          columns,
          thumbnail.columns,
          {}};
}

static std::vector<Color> colorPixels(const Thumbnail &thumbnail, ColorMap map,
                                      const Scale &values) {
  std::vector<Color> colors;
  for (double pixel : thumbnail.pixels)
    colors.push_back(mapColor(map, std::clamp(values.share(pixel), 0.0, 1.0)));
  return colors;
}

static std::string drawImage(const PanelImage &image,
                             const Thumbnail &thumbnail,
                             const std::string &png) {
  bool isSmall =
      thumbnail.columns <= image.width || thumbnail.rows <= image.height;
  return format("<svg x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                "viewBox=\"0 %.8g %.8g %.8g\" preserveAspectRatio=\"none\">\n"
                "<image width=\"%lld\" height=\"%lld\" "
                "preserveAspectRatio=\"none\"%s "
                "href=\"data:image/png;base64,",
                image.left, image.top, image.width, image.height, image.first,
                image.columns, image.rows,
                static_cast<long long>(thumbnail.columns),
                static_cast<long long>(thumbnail.rows),
                isSmall ? " style=\"image-rendering:pixelated\"" : "") +
         base64(png) + "\"/>\n</svg>\n";
}

/// A frame with ticks and their numbers outside.
static std::string drawImageAxes(const Frame &frame, const Scale &rows,
                                 const Scale &columns) {
  std::string ticks = format("<path d=\"M%.1f %.1fH%.1fV%.1fH%.1fZ", frame.left,
                             frame.top, frame.right, frame.bottom, frame.left);
  std::string text;
  forEachTick(columns, [&](double value) {
    double at = columns.pixel(value);
    ticks += format("M%.1f %.1fv5", at, frame.bottom);
    text += textAt(at, frame.bottom + 19, tickText(value, columns.step),
                   "text-anchor=\"middle\"");
  });
  forEachTick(rows, [&](double value) {
    double at = rows.pixel(value);
    ticks += format("M%.1f %.1fh-5", frame.left, at);
    text += textAt(frame.left - 8, at + 4, tickText(value, rows.step),
                   "text-anchor=\"end\"");
  });
  return ticks +
         "\" fill=\"none\" stroke=\"#6b7280\"/>\n<g fill=\"#4b5563\">\n" +
         text + "</g>\n";
}

static std::string drawAxisNames(const Frame &frame, const char *rows,
                                 const char *columns) {
  double x = frame.left - 52, y = (frame.top + frame.bottom) / 2;
  return textAt((frame.left + frame.right) / 2, frame.bottom + 40,
                xmlText(columns), "text-anchor=\"middle\" fill=\"#111827\"") +
         format("<text transform=\"translate(%.1f %.1f) rotate(-90)\" "
                "text-anchor=\"middle\" fill=\"#111827\">%s</text>\n",
                x, y, xmlText(rows).c_str());
}

static std::string drawColorBar(const Frame &bar, ColorMap map,
                                const Scale &values) {
  std::string ticks, text;
  forEachTick(values, [&](double value) {
    double at = values.pixel(value);
    ticks += format("M%.1f %.1fh5", bar.right, at);
    text += textAt(bar.right + 9, at + 4, tickText(value, values.step));
  });
  return format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
                "fill=\"url(#%s)\" stroke=\"#6b7280\"/>\n",
                bar.left, bar.top, bar.right - bar.left, bar.bottom - bar.top,
                gradientId(map)) +
         "<path d=\"" + ticks + "\" stroke=\"#6b7280\"/>\n" +
         "<g fill=\"#4b5563\">\n" + text + "</g>\n";
}

/// The extent of an axis from one end of its cells to the other.
static Scale cellScale(const AxisPositions &axis, int64_t size, double from,
                       double to) {
  double count = static_cast<double>(size);
  double low = axis.first - axis.spacing / 2;
  return makeScale(low, low + count * axis.spacing, 0,
                   static_cast<int>(std::fabs(to - from) / 60) + 1, from, to);
}

/// An image that is as wide as it is long in the grid's units, unless one side
/// would vanish.
static Frame imageFrame(const ImageSubject &subject, const View &view) {
  auto lengthOf = [&](int axis) {
    return static_cast<double>(subject.sizes[axis]) *
           std::fabs(subject.positions[axis].spacing);
  };
  double ratio =
      std::clamp(lengthOf(view.vertical) / lengthOf(view.horizontal), 0.2, 5.0);
  if (!std::isfinite(ratio))
    ratio = 1;
  double width = longestSide * std::min(1.0, 1 / ratio);
  return {74, 36, 74 + width, 36 + longestSide * std::min(1.0, ratio)};
}

static std::string noteOf(const ImageSubject &subject,
                          const Thumbnail &thumbnail) {
  std::string note = subject.isOutput ? "" : "input";
  if (subject.grid.rank < 3)
    return note;
  const AxisPositions &axis = subject.positions[0];
  double at = axis.first + static_cast<double>(thumbnail.slice) * axis.spacing;
  return note + (note.empty() ? "" : ", ") +
         format("slice at %s = %.4g", subject.grid.axis[0], at);
}

Panel pdert::imagePanel(const ImageSubject &subject,
                        const Thumbnail &thumbnail) {
  View view = viewOf(subject);
  Frame frame = imageFrame(subject, view);
  Frame bar = {frame.right + 14, frame.top, frame.right + 28, frame.bottom};
  Colors colors = colorsOf(subject.colors);
  Scale values = makeScale(colors.low, colors.high, 0,
                           static_cast<int>((bar.bottom - bar.top) / 60) + 1,
                           bar.bottom, bar.top);
  double from = view.isUpwards ? frame.bottom : frame.top;
  double to = view.isUpwards ? frame.top : frame.bottom;
  Scale rows = cellScale(subject.positions[view.vertical],
                         subject.sizes[view.vertical], from, to);
  Scale columns =
      cellScale(subject.positions[view.horizontal],
                subject.sizes[view.horizontal], frame.left, frame.right);
  Thumbnail shown = view.isUpwards ? turnUpwards(thumbnail) : thumbnail;
  PanelImage image = placeImage(frame, shown, view, subject.sizes);
  image.pixels = colorPixels(shown, colors.map, values);
  return {bar.right + 64,
          frame.bottom + 53,
          panelTitle(frame, subject.port.name, noteOf(subject, thumbnail)) +
              drawImage(image, shown, pngOf(shown, colors.map, values)) +
              drawImageAxes(frame, rows, columns) +
              drawAxisNames(frame, subject.grid.axis[view.vertical],
                            subject.grid.axis[view.horizontal]) +
              drawColorBar(bar, colors.map, values),
          {image}};
}
