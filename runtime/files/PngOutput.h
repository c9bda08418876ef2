//===- PngOutput.h - writing .png images ------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_PNGOUTPUT_H
#define PDE_RUNTIME_PNGOUTPUT_H

#include "runtime/files/PngGuard.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace pdert {

/// An image of one number for each pixel, written row by row.
class PngWriter {
public:
  /// Takes the file's bytes; may throw a Failure.
  using Sink = std::function<void(const void *data, size_t length)>;

  /// Numbers of 8 or 16 bits, as `depth` says, are grey levels; if `palette`,
  /// of at most 256 colours, is not empty, those of 8 bits are its indices.
  /// With three channels each pixel has three of 8 bits, red first.
  PngWriter(Sink sink, int64_t rows, int64_t columns, int depth,
            const std::vector<png_color> &palette = {}, int channels = 1);
  ~PngWriter() { png_destroy_write_struct(&png, &info); }
  PngWriter(const PngWriter &) = delete;
  PngWriter &operator=(const PngWriter &) = delete;

  /// The higher byte of a number comes first.
  void writeRow(const uint8_t *levels);

  /// Call it after the last row.
  void finish();

private:
  static void onWrite(png_structp png, png_bytep data, size_t length);
  static void onFlush(png_structp) {}
  void start(int64_t rows, int64_t columns, int depth,
             const std::vector<png_color> &palette, int channels);

  PngGuard guard;
  Sink sink;
  png_structp png = nullptr;
  png_infop info = nullptr;
};

} // namespace pdert

#endif // PDE_RUNTIME_PNGOUTPUT_H
