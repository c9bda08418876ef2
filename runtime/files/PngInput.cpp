//===- PngInput.cpp - reading .png images ---------------------------------===//

#include "runtime/files/PngInput.h"
#include "runtime/files/PngGuard.h"

#include <algorithm>
#include <cstring>
#include <vector>

using namespace pdert;

/// Pixels along an axis beyond this are taken for damage.
static constexpr png_uint_32 longestAxis = 1000000;

namespace {

/// One pass through a file.
class PngReader {
public:
  /// Reads up to the first row.
  explicit PngReader(const File &file);
  ~PngReader() { png_destroy_read_struct(&png, &info, nullptr); }
  PngReader(const PngReader &) = delete;
  PngReader &operator=(const PngReader &) = delete;

  int64_t rows() const { return png_get_image_height(png, info); }
  int64_t columns() const { return png_get_image_width(png, info); }

  /// Reads all rows, converted.
  template <typename T> void read(T *data);

private:
  static void onRead(png_structp png, png_bytep data, size_t length);
  void start();
  int64_t leastRawBytes() const;
  void checkLength() const;
  /// Reads one row of a pass into `line`; `data` is the field's row.
  template <typename T> void readRow(int pass, T *data);
  double luminance(const png_byte *pixel) const;

  PngGuard guard;
  const File &file;
  int64_t offset = 0;
  png_structp png = nullptr;
  png_infop info = nullptr;
  std::vector<png_byte> line;
  int channels = 1, bytes = 1; ///< of a pixel as it comes, of a channel
};

class PngFile : public InputFile {
public:
  explicit PngFile(File given) : file(std::move(given)) {
    rank = 2;
    PngReader reader(file);
    extents[0] = reader.rows();
    extents[1] = reader.columns();
  }

  void read(void *data, pde_type type) override {
    PngReader reader(file);
    if (reader.rows() != extents[0] || reader.columns() != extents[1])
      fail("the file changed while it was read");
    if (type == PDE_F32)
      reader.read(static_cast<float *>(data));
    else
      reader.read(static_cast<double *>(data));
  }

private:
  File file;
};

} // namespace

void PngReader::onRead(png_structp png, png_bytep data, size_t length) {
  auto *reader = static_cast<PngReader *>(png_get_io_ptr(png));
  reader->guard.callback(png, [&] {
    if (reader->offset + static_cast<int64_t>(length) > reader->file.size())
      fail("its data are cut off");
    reader->file.readAt(reader->offset, data, length);
    reader->offset += static_cast<int64_t>(length);
  });
}

PngReader::PngReader(const File &file) : file(file) {
  if (file.size() == 0)
    fail("it is empty");
  png_byte magic[8] = {};
  file.readAt(0, magic, std::min<int64_t>(file.size(), sizeof magic));
  if (png_sig_cmp(magic, 0, sizeof magic) != 0)
    fail("it is not a .png file");
  png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &guard, PngGuard::onError,
                               PngGuard::onWarning);
  info = png ? png_create_info_struct(png) : nullptr;
  try {
    if (!info)
      throw std::bad_alloc();
    start();
    checkLength();
  } catch (...) { // the destructor of an unfinished object does not run
    png_destroy_read_struct(&png, &info, nullptr);
    throw;
  }
}

void PngReader::start() {
  guard.attempt([this] {
    png_set_read_fn(png, this, onRead);
    png_set_user_limits(png, longestAxis, longestAxis);
    // Texts and profiles are not wanted.
    png_set_chunk_malloc_max(png, 1 << 20);
    png_set_chunk_cache_max(png, 64);
    png_read_info(png, info);
    png_set_palette_to_rgb(png);
    png_set_expand_gray_1_2_4_to_8(png);
    png_set_strip_alpha(png);
  });
}

/// What the rows need before compression, or less.
int64_t PngReader::leastRawBytes() const {
  int64_t bits = png_get_bit_depth(png, info) * png_get_channels(png, info);
  return columns() * rows() / 8 * bits;
}

/// Whether the file may hold all rows, before memory is taken for the field.
void PngReader::checkLength() const {
  // What deflate makes of equal bytes.
  constexpr int64_t strongest = 1032;
  if (leastRawBytes() / strongest > file.size())
    fail("its data are cut off: %lld bytes cannot hold %lld x %lld pixels",
         static_cast<long long>(file.size()), static_cast<long long>(columns()),
         static_cast<long long>(rows()));
}

/// Integer weights, so that equal channels give exactly their level.
double PngReader::luminance(const png_byte *pixel) const {
  auto level = [&](int channel) {
    const png_byte *at = pixel + channel * bytes;
    return bytes == 1 ? at[0] : at[0] << 8 | at[1];
  };
  double most = bytes == 1 ? 255 : 65535;
  if (channels == 1)
    return level(0) / most;
  return (2126 * level(0) + 7152 * level(1) + 722 * level(2)) / (10000 * most);
}

template <typename T> void PngReader::readRow(int pass, T *data) {
  guard.attempt([this] { png_read_row(png, line.data(), nullptr); });
  bool isWhole = pass < 0;
  int64_t first = isWhole ? 0 : PNG_PASS_START_COL(pass);
  int64_t step = isWhole ? 1 : PNG_PASS_COL_OFFSET(pass);
  const png_byte *pixel = line.data();
  for (int64_t column = first; column < columns(); column += step) {
    data[column] = static_cast<T>(luminance(pixel));
    pixel += channels * bytes;
  }
}

template <typename T> void PngReader::read(T *data) {
  bool isInterlaced = png_get_interlace_type(png, info) != PNG_INTERLACE_NONE;
  int64_t height = rows(), width = columns();
  // Without libpng's handling of interlacing, each of the seven passes comes
  // as an image of its own, and no more than a row of it is held.
  guard.attempt([this] { png_read_update_info(png, info); });
  line.resize(png_get_rowbytes(png, info));
  channels = png_get_channels(png, info);
  bytes = png_get_bit_depth(png, info) / 8;
  for (int pass = isInterlaced ? 0 : -1; pass < (isInterlaced ? 7 : 0);
       ++pass) {
    if (isInterlaced && PNG_PASS_COLS(width, pass) == 0)
      continue;
    int64_t first = isInterlaced ? PNG_PASS_START_ROW(pass) : 0;
    int64_t step = isInterlaced ? PNG_PASS_ROW_OFFSET(pass) : 1;
    for (int64_t row = first; row < height; row += step)
      readRow(pass, data + row * width);
  }
  guard.attempt([this] { png_read_end(png, nullptr); });
}

std::unique_ptr<InputFile> pdert::openPng(File file, const pde_grid &) {
  return std::make_unique<PngFile>(std::move(file));
}
