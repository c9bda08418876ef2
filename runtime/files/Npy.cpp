//===- Npy.cpp - reading NumPy's file format ------------------------------===//
//
// Arrays of any kind of number, byte order and order of axes that NumPy writes.
// Whatever the header claims is compared with the size of the file before
// memory is taken for it. Values are converted piece by piece, so that reading
// takes little more memory than the field itself.
//
//===----------------------------------------------------------------------===//

#include "runtime/files/Npy.h"
#include "runtime/system/Text.h"

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace pdert;

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
              "files are read and written as on little-endian machines");

/// Header lengths beyond this are taken for damage.
static constexpr uint32_t longestHeader = 1 << 20;

/// Elements that are converted at a time.
static constexpr int64_t pieceElements = 1 << 16;

namespace {

/// IEEE half precision, of which only the bits are known here.
struct Half {
  uint16_t bits;
  operator double() const {
    int exponent = bits >> 10 & 31, fraction = bits & 1023;
    double magnitude = exponent == 31 ? (fraction ? NAN : INFINITY)
                       : exponent ? std::ldexp(1024 + fraction, exponent - 25)
                                  : std::ldexp(fraction, -24);
    return bits >> 15 ? -magnitude : magnitude;
  }
};

/// NumPy's bool: one byte.
struct Bool {
  uint8_t byte;
  operator double() const { return byte != 0; }
};

class NpyFile : public SampledFile {
public:
  NpyFile(File file, const pde_grid &grid, bool isSampled);
  int64_t count() const override { return samples; }
  void select(int64_t sample) override { first = sample * cells; }
  void read(void *data, pde_type type) override;

private:
  void takeSampleAxis(const pde_grid &grid);
  void checkShape(const pde_grid &grid);
  void checkArray(const pde_grid &grid);
  void checkSize(int64_t bytes);
  template <typename T> void readAs(T *data);
  template <typename T, typename S> void readFrom(T *data);
  int64_t rowMajorIndex(int64_t position) const;

  File file;
  NpyHeader header;
  int64_t dataOffset = 0, cells = 1, samples = 1;
  int64_t first = 0; ///< element of the field that is read
};

} // namespace

NpyFile::NpyFile(File given, const pde_grid &grid, bool isSampled)
    : file(std::move(given)) {
  if (file.size() == 0)
    fail("it is empty");
  unsigned char head[12] = {};
  size_t present = std::min<int64_t>(file.size(), sizeof head);
  file.readAt(0, head, present);
  if (std::memcmp(head, "\x93NUMPY", std::min<size_t>(present, 6)) != 0)
    fail("it is not an .npy file");
  // Magic, version, and the shorter of the two kinds of length.
  if (present < 10)
    fail("its header is cut off");
  int version = head[6];
  if (version < 1 || version > 3 || head[7] != 0)
    fail("its format version is %d.%d, but only 1.0, 2.0 and 3.0 are known",
         version, head[7]);
  uint32_t length = head[8] | head[9] << 8;
  if (version > 1)
    length |= static_cast<uint32_t>(head[10]) << 16 |
              static_cast<uint32_t>(head[11]) << 24;
  if (length > longestHeader)
    fail("its header claims to be %u bytes long, but at most %u are accepted",
         length, longestHeader);
  dataOffset = (version > 1 ? 12 : 10) + static_cast<int64_t>(length);
  if (dataOffset > file.size())
    fail("its header is cut off");
  std::string text(length, '\0');
  file.readAt(dataOffset - length, text.data(), length);
  header = parseNpyHeader(text);
  if (isSampled)
    takeSampleAxis(grid);
  checkShape(grid);
}

/// What is left of the shape is that of one field.
void NpyFile::takeSampleAxis(const pde_grid &grid) {
  if (header.shape.size() != size_t(grid.rank) + 1)
    fail("it has rank %zu, but samples on grid %s need rank %d: the first axis "
         "counts them",
         header.shape.size(), grid.name, grid.rank + 1);
  if (header.isFortran)
    fail("its first axis is the fastest: save it in C order");
  samples = header.shape.front();
  if (samples < 1)
    fail("it holds no samples");
  header.shape.erase(header.shape.begin());
}

/// Makes a shape (n, 1) or (1, n), as columns and rows of matrices have, (n).
static void dropUnitAxis(std::vector<int64_t> &shape) {
  if (shape.size() == 2 && (shape[0] == 1 || shape[1] == 1))
    shape.erase(shape.begin() + (shape[0] == 1 ? 0 : 1));
}

void NpyFile::checkShape(const pde_grid &grid) {
  if (grid.num_extents)
    return checkArray(grid);
  rank = grid.rank;
  if (rank == 1)
    dropUnitAxis(header.shape);
  if (header.shape.size() != static_cast<size_t>(rank))
    fail("it has rank %zu, but grid %s has rank %d: save an array of that rank",
         header.shape.size(), grid.name, rank);
  int64_t bytes = header.size;
  for (int axis = 0; axis < rank; ++axis) {
    extents[axis] = header.shape[axis];
    if (extents[axis] == 0)
      fail("it holds no cells, since axis %d has size 0", axis);
    if (__builtin_mul_overflow(bytes, extents[axis], &bytes))
      fail("its shape is too large");
  }
  checkSize(bytes);
}

/// Entries lie one after the other, whatever the shape.
void NpyFile::checkArray(const pde_grid &grid) {
  shape.assign(grid.extents, grid.extents + grid.num_extents);
  if (header.shape != shape) {
    fail("its shape is %s, but that of %s is %s",
         shapeText(header.shape.data(), header.shape.size()).c_str(), grid.name,
         shapeText(grid.extents, grid.num_extents).c_str());
  }
  extents[0] = grid.size[0];
  checkSize(header.size * grid.size[0]);
}

/// Whether there are as many bytes as the shape needs.
void NpyFile::checkSize(int64_t bytes) {
  cells = bytes / header.size;
  if (__builtin_mul_overflow(bytes, samples, &bytes))
    fail("its shape is too large");
  int64_t present = file.size() - dataOffset;
  if (present < bytes)
    fail("its data are cut off: %lld bytes are needed, but %lld are there",
         static_cast<long long>(bytes), static_cast<long long>(present));
  if (present > bytes)
    fail("%lld bytes too many follow its data",
         static_cast<long long>(present - bytes));
}

/// Where the element at `position` of the file belongs.
int64_t NpyFile::rowMajorIndex(int64_t position) const {
  if (!header.isFortran)
    return position;
  int64_t index = 0, stride = cells;
  for (int64_t extent : header.shape) {
    stride /= extent;
    index += position % extent * stride;
    position /= extent;
  }
  return index;
}

static void swapBytes(void *data, int64_t count, int size) {
  char *element = static_cast<char *>(data);
  for (int64_t i = 0; i < count; ++i, element += size)
    std::reverse(element, element + size);
}

/// Converts and returns whether all went well: finite before and after.
template <typename T, typename S>
static bool convert(const S *from, T *to, int64_t count) {
  bool allFinite = true;
  for (int64_t i = 0; i < count; ++i) {
    to[i] = static_cast<T>(from[i]);
    allFinite &= std::isfinite(to[i]);
  }
  return allFinite;
}

template <typename T, typename S> void NpyFile::readFrom(T *data) {
  std::vector<S> piece(std::min(cells, pieceElements));
  std::vector<T> converted(header.isFortran ? piece.size() : 0);
  for (int64_t begin = 0; begin < cells; begin += pieceElements) {
    int64_t count = std::min(pieceElements, cells - begin);
    file.readAt(dataOffset + (first + begin) * static_cast<int64_t>(sizeof(S)),
                piece.data(), count * sizeof(S));
    if (header.isBigEndian)
      swapBytes(piece.data(), count, sizeof(S));
    T *target = header.isFortran ? converted.data() : data + begin;
    if (!convert(piece.data(), target, count)) {
      int64_t bad = 0;
      // Looked for only now: the loop above has no branches.
      while (std::isfinite(target[bad]))
        ++bad;
      failBadCell(rowMajorIndex(begin + bad), static_cast<double>(piece[bad]));
    }
    for (int64_t i = 0; header.isFortran && i < count; ++i)
      data[rowMajorIndex(begin + i)] = target[i];
  }
}

template <typename T> void NpyFile::readAs(T *data) {
  switch (header.kind << 8 | header.size) {
  case 'f' << 8 | 2:
    return readFrom<T, Half>(data);
  case 'f' << 8 | 4:
    return readFrom<T, float>(data);
  case 'f' << 8 | 8:
    return readFrom<T, double>(data);
  case 'i' << 8 | 1:
    return readFrom<T, int8_t>(data);
  case 'i' << 8 | 2:
    return readFrom<T, int16_t>(data);
  case 'i' << 8 | 4:
    return readFrom<T, int32_t>(data);
  case 'i' << 8 | 8:
    return readFrom<T, int64_t>(data);
  case 'u' << 8 | 1:
    return readFrom<T, uint8_t>(data);
  case 'u' << 8 | 2:
    return readFrom<T, uint16_t>(data);
  case 'u' << 8 | 4:
    return readFrom<T, uint32_t>(data);
  case 'u' << 8 | 8:
    return readFrom<T, uint64_t>(data);
  case 'b' << 8 | 1:
    return readFrom<T, Bool>(data);
  }
}

void NpyFile::read(void *data, pde_type type) {
  if (type == PDE_F32)
    readAs(static_cast<float *>(data));
  else
    readAs(static_cast<double *>(data));
}

std::unique_ptr<InputFile> pdert::openNpy(File file, const pde_grid &grid) {
  return std::make_unique<NpyFile>(std::move(file), grid, /*isSampled=*/false);
}

std::unique_ptr<SampledFile> pdert::openSamples(File file,
                                                const pde_grid &grid) {
  return std::make_unique<NpyFile>(std::move(file), grid, /*isSampled=*/true);
}
