//===- PngOutput.cpp - writing .png images --------------------------------===//
//
// libpng reports errors by longjmp. PngGuard turns these into exceptions at the
// edge of each call: every call of libpng stands inside guard.attempt, every
// callback of ours inside guard.callback, so that neither way crosses the
// other's frames.
//
//===----------------------------------------------------------------------===//

#include "runtime/files/PngOutput.h"

using namespace pdert;

void PngWriter::onWrite(png_structp png, png_bytep data, size_t length) {
  auto *writer = static_cast<PngWriter *>(png_get_io_ptr(png));
  writer->guard.callback(png, [&] { writer->sink(data, length); });
}

PngWriter::PngWriter(Sink sink, int64_t rows, int64_t columns, int depth,
                     const std::vector<png_color> &palette, int channels)
    : sink(std::move(sink)) {
  if (rows > PNG_UINT_31_MAX || columns > PNG_UINT_31_MAX)
    fail("a .png file has at most %u rows and columns", PNG_UINT_31_MAX);
  png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &guard,
                                PngGuard::onError, PngGuard::onWarning);
  info = png ? png_create_info_struct(png) : nullptr;
  try {
    if (!info)
      throw std::bad_alloc();
    start(rows, columns, depth, palette, channels);
  } catch (...) { // the destructor of an unfinished object does not run
    png_destroy_write_struct(&png, &info);
    throw;
  }
}

void PngWriter::start(int64_t rows, int64_t columns, int depth,
                      const std::vector<png_color> &palette, int channels) {
  int plain = channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY;
  guard.attempt([&, this] {
    png_set_write_fn(png, this, onWrite, onFlush);
    // Its default, a million, is for readers of files from elsewhere.
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_IHDR(png, info, static_cast<png_uint_32>(columns),
                 static_cast<png_uint_32>(rows), depth,
                 palette.empty() ? plain : PNG_COLOR_TYPE_PALETTE,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (!palette.empty())
      png_set_PLTE(png, info, palette.data(), static_cast<int>(palette.size()));
    png_write_info(png, info);
  });
}

void PngWriter::writeRow(const uint8_t *levels) {
  guard.attempt([&, this] { png_write_row(png, levels); });
}

void PngWriter::finish() {
  guard.attempt([this] { png_write_end(png, nullptr); });
}
