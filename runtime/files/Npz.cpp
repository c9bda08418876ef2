//===- Npz.cpp - NumPy's archives of arrays -------------------------------===//
//
// An .npz file is a zip archive (PKWARE's APPNOTE 6.3) of .npy files. At its
// end stands how many there are and where their list begins; each line of the
// list says where the file lies and how it is compressed, which here is not at
// all. Numbers are little-endian.
//
//===----------------------------------------------------------------------===//

#include "runtime/files/Npz.h"
#include "runtime/files/Npy.h"
#include "runtime/system/Text.h"

#include <array>
#include <cstring>

using namespace pdert;

static constexpr uint32_t localMark = 0x04034b50, listMark = 0x02014b50,
                          endMark = 0x06054b50;
static constexpr size_t localSize = 30, listSize = 46, endSize = 22;

namespace {

/// A record of the archive.
class Record {
public:
  Record() = default;
  Record(const File &file, int64_t offset, size_t length) : bytes(length, 0) {
    file.readAt(offset, bytes.data(), length);
  }

  uint32_t get(size_t at, size_t size) const {
    uint32_t value = 0;
    for (size_t i = size; i-- > 0;)
      value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
  }
  uint32_t mark() const { return get(0, 4); }
  std::string text(size_t at, size_t length) const {
    return bytes.substr(at, length);
  }

  Record &add(uint32_t value, size_t size) {
    for (size_t i = 0; i < size; ++i, value >>= 8)
      bytes += static_cast<char>(value & 255);
    return *this;
  }
  Record &add(const std::string &value) {
    bytes += value;
    return *this;
  }
  const std::string &all() const { return bytes; }

private:
  std::string bytes;
};

} // namespace

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

[[noreturn]] static void failDamaged() {
  fail("it is no .npz file, or a damaged one");
}

/// A comment of up to 64 KiB may follow the end's record.
static Record findEnd(const File &file) {
  constexpr int64_t longest = 1 << 16;
  int64_t last = file.size() - int64_t(endSize);
  for (int64_t at = last; at >= 0 && at >= last - longest; --at) {
    Record end(file, at, endSize);
    if (end.mark() == endMark)
      return end;
  }
  failDamaged();
}

/// The bytes of a file, which begin behind its own record.
static NpzEntry entryAt(const File &file, const Record &listed,
                        std::string name) {
  uint32_t length = listed.get(20, 4), place = listed.get(42, 4);
  if (listed.get(10, 2) != 0)
    fail("'%s' in it is compressed: write it by numpy.savez",
         printable(name).c_str());
  if (int64_t(place) + int64_t(localSize) > file.size())
    failDamaged();
  Record local(file, place, localSize);
  int64_t begin =
      int64_t(place) + localSize + local.get(26, 2) + local.get(28, 2);
  if (local.mark() != localMark || begin + int64_t(length) > file.size())
    failDamaged();
  if (name.size() > 4 && name.compare(name.size() - 4, 4, ".npy") == 0)
    name.resize(name.size() - 4);
  return {std::move(name), begin, int64_t(length)};
}

std::vector<NpzEntry> pdert::listNpz(const File &file) {
  Record end = findEnd(file);
  int64_t at = end.get(16, 4);
  std::vector<NpzEntry> entries;
  for (uint32_t left = end.get(10, 2); left > 0; --left) {
    if (at + int64_t(listSize) > file.size())
      failDamaged();
    Record listed(file, at, listSize);
    size_t length = listed.get(28, 2);
    size_t rest = length + listed.get(30, 2) + listed.get(32, 2);
    at += listSize;
    if (listed.mark() != listMark || at + int64_t(rest) > file.size())
      failDamaged();
    entries.push_back(
        entryAt(file, listed, Record(file, at, length).text(0, length)));
    at += rest;
  }
  return entries;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

/// The check sum of zip, bit by bit.
static uint32_t checkSum(const std::string &bytes) {
  uint32_t sum = ~0u;
  for (unsigned char byte : bytes) {
    sum ^= byte;
    for (int bit = 0; bit < 8; ++bit)
      sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
  }
  return ~sum;
}

static std::string npyOf(const NpzArray &array) {
  int64_t count = 1;
  for (int64_t extent : array.shape)
    count *= extent;
  std::string bytes =
      npyHeader(PDE_F64, array.shape.data(), array.shape.size());
  bytes.append(reinterpret_cast<const char *>(array.data), 8 * count);
  return bytes;
}

/// What a file's own record and its line in the list have in common, without
/// time: version 2.0, no flags, not compressed, 1980-01-01.
static void describe(Record &record, const std::string &name,
                     const std::string &bytes) {
  record.add(20, 2).add(0, 2).add(0, 2).add(0, 2).add(33, 2);
  record.add(checkSum(bytes), 4).add(bytes.size(), 4).add(bytes.size(), 4);
  record.add(name.size(), 2).add(0, 2);
}

void pdert::writeNpz(AtomicFile &file, const std::vector<NpzArray> &arrays) {
  std::string list;
  uint32_t place = 0;
  for (const NpzArray &array : arrays) {
    std::string name = array.name + ".npy", bytes = npyOf(array);
    Record local, listed;
    local.add(localMark, 4);
    describe(local, name, bytes);
    local.add(name).add(bytes);
    file.write(local.all().data(), local.all().size());
    listed.add(listMark, 4).add(20, 2);
    describe(listed, name, bytes);
    listed.add(0, 2).add(0, 2).add(0, 2).add(0, 4).add(place, 4).add(name);
    list += listed.all();
    place += local.all().size();
  }
  file.write(list.data(), list.size());
  Record end;
  end.add(endMark, 4).add(0, 4);
  end.add(arrays.size(), 2).add(arrays.size(), 2);
  end.add(list.size(), 4).add(place, 4).add(0, 2);
  file.write(end.all().data(), end.all().size());
}
