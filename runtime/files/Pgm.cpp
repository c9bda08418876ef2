//===- Pgm.cpp - grey images as plain bytes or text -----------------------===//

#include "runtime/files/Pgm.h"
#include "runtime/system/Text.h"

#include <algorithm>
#include <vector>

using namespace pdert;

namespace {

/// Reads the words of a file, where # starts a comment.
class PgmScanner {
public:
  explicit PgmScanner(const File &file, int64_t offset = 0)
      : file(file), offset(offset), buffer(1 << 16) {}

  /// The next number. `what` names it in messages.
  int64_t number(const char *what, int64_t least, int64_t most);

  /// Passes the one blank that ends the header of a P5 file.
  void skipBlank() {
    if (!isBlank(peek()))
      fail("its header is malformed");
    ++at;
  }

  bool atEnd() {
    skipBlanks();
    return peek() == endOfFile;
  }

  /// Where the next byte lies.
  int64_t position() const { return offset + static_cast<int64_t>(at); }

private:
  static constexpr int endOfFile = -1;

  static bool isBlank(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
  int peek();
  void skipBlanks();

  const File &file;
  int64_t offset; ///< of the buffer's first byte
  std::vector<char> buffer;
  size_t at = 0, filled = 0;
};

class PgmFile : public InputFile {
public:
  explicit PgmFile(File file);
  void read(void *data, pde_type type) override;

private:
  void checkLength() const;
  double valueOf(int64_t index, int64_t level) const;
  template <typename T> void readText(T *data);
  template <typename T> void readBytes(T *data);
  template <typename T> void readAs(T *data) {
    isText ? readText(data) : readBytes(data);
  }

  File file;
  bool isText = false;
  int64_t maxval = 0, dataOffset = 0, cells = 0;
};

} // namespace

int PgmScanner::peek() {
  if (at == filled) {
    offset += static_cast<int64_t>(filled);
    at = 0;
    filled = file.readSomeAt(offset, buffer.data(), buffer.size());
    if (filled == 0)
      return endOfFile;
  }
  return static_cast<unsigned char>(buffer[at]);
}

void PgmScanner::skipBlanks() {
  while (isBlank(peek()) || peek() == '#') {
    if (peek() == '#')
      while (peek() != '\n' && peek() != endOfFile)
        ++at;
    else
      ++at;
  }
}

int64_t PgmScanner::number(const char *what, int64_t least, int64_t most) {
  skipBlanks();
  if (peek() == endOfFile)
    fail("its data are cut off");
  int64_t value = 0;
  bool anyDigit = false;
  for (int c = peek(); c >= '0' && c <= '9'; c = peek()) {
    value = std::min(value * 10 + (c - '0'), most + 1);
    anyDigit = true;
    ++at;
  }
  int after = peek();
  if (!anyDigit || !(isBlank(after) || after == '#' || after == endOfFile))
    fail("it has something that is no number at byte %lld",
         static_cast<long long>(position()));
  if (value < least || value > most)
    fail("its %s must be from %lld to %lld", what,
         static_cast<long long>(least), static_cast<long long>(most));
  return value;
}

PgmFile::PgmFile(File given) : file(std::move(given)) {
  rank = 2;
  if (file.size() == 0)
    fail("it is empty");
  char magic[2] = {};
  file.readAt(0, magic, std::min<int64_t>(file.size(), 2));
  if (magic[0] != 'P' || magic[1] < '1' || magic[1] > '7')
    fail("it is not a .pgm file");
  if (magic[1] != '2' && magic[1] != '5')
    fail("it is a P%c file, but only grey images, P2 and P5, are accepted",
         magic[1]);
  isText = magic[1] == '2';
  PgmScanner scanner(file, 2);
  constexpr int64_t most = INT32_MAX;
  extents[1] = scanner.number("width", 1, most);
  extents[0] = scanner.number("height", 1, most);
  maxval = scanner.number("maxval", 1, 65535);
  scanner.skipBlank();
  dataOffset = scanner.position();
  cells = extents[0] * extents[1];
  checkLength();
}

/// Whether the file may hold all cells, before memory is taken for them.
void PgmFile::checkLength() const {
  int64_t present = file.size() - dataOffset;
  int64_t least = isText         ? 2 * cells - 1 // a digit and a blank each
                  : maxval > 255 ? 2 * cells
                                 : cells;
  if (present < least)
    fail("its data are cut off: %lld bytes are needed, but %lld are there",
         static_cast<long long>(least), static_cast<long long>(present));
  if (!isText && present > least)
    fail("%lld bytes too many follow its data",
         static_cast<long long>(present - least));
}

double PgmFile::valueOf(int64_t index, int64_t level) const {
  if (level > maxval)
    fail("cell %s is %lld, which is more than its maxval of %lld",
         cellText(index, extents, rank).c_str(), static_cast<long long>(level),
         static_cast<long long>(maxval));
  return static_cast<double>(level) / static_cast<double>(maxval);
}

template <typename T> void PgmFile::readText(T *data) {
  PgmScanner scanner(file, dataOffset);
  for (int64_t i = 0; i < cells; ++i)
    data[i] =
        static_cast<T>(valueOf(i, scanner.number("levels", 0, INT32_MAX)));
  if (!scanner.atEnd())
    fail("more numbers follow its data");
}

template <typename T> void PgmFile::readBytes(T *data) {
  constexpr int64_t pieceCells = 1 << 16;
  int size = maxval > 255 ? 2 : 1;
  std::vector<unsigned char> piece(std::min(cells, pieceCells) * size);
  for (int64_t begin = 0; begin < cells; begin += pieceCells) {
    int64_t count = std::min(pieceCells, cells - begin);
    file.readAt(dataOffset + begin * size, piece.data(), count * size);
    for (int64_t i = 0; i < count; ++i) {
      int64_t level =
          size == 1 ? piece[i] : piece[2 * i] << 8 | piece[2 * i + 1];
      data[begin + i] = static_cast<T>(valueOf(begin + i, level));
    }
  }
}

void PgmFile::read(void *data, pde_type type) {
  if (type == PDE_F32)
    readAs(static_cast<float *>(data));
  else
    readAs(static_cast<double *>(data));
}

std::unique_ptr<InputFile> pdert::openPgm(File file, const pde_grid &) {
  return std::make_unique<PgmFile>(std::move(file));
}

std::string pdert::pgmHeader(const int64_t *sizes, int depth) {
  return format("P5\n%lld %lld\n%d\n", static_cast<long long>(sizes[1]),
                static_cast<long long>(sizes[0]), (1 << depth) - 1);
}
