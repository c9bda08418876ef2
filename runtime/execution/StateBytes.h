//===- StateBytes.h - a run's state as bytes --------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_STATEBYTES_H
#define PDE_RUNTIME_STATEBYTES_H

#include "runtime/system/Text.h"

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace pdert {

/// Appends the bytes of a number, as they lie in memory.
template <typename T> void append(std::string &bytes, T value) {
  bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
}

/// Reads what was appended, from the first to the last. Throws a Failure where
/// there is not enough.
class StateReader {
public:
  explicit StateReader(std::string_view bytes) : bytes(bytes) {}

  template <typename T> T take() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  std::string_view take(size_t length) {
    if (bytes.size() < length)
      fail("it is cut off");
    std::string_view taken = bytes.substr(0, length);
    bytes.remove_prefix(length);
    return taken;
  }
  bool isAtEnd() const { return bytes.empty(); }

private:
  std::string_view bytes;
};

/// Tells damaged bytes from those that were written; goes on from `start`. Each
/// word is multiplied in, so that all of its bits reach all later ones.
inline uint64_t checksum(std::string_view bytes, uint64_t start = 0) {
  uint64_t sum = start ^ bytes.size();
  auto mix = [&](uint64_t word) {
    sum = (sum ^ word) * 0x9E3779B97F4A7C15;
    sum ^= sum >> 29;
  };
  size_t whole = bytes.size() / 8 * 8;
  for (size_t i = 0; i < whole; i += 8) {
    uint64_t word;
    std::memcpy(&word, bytes.data() + i, 8);
    mix(word);
  }
  uint64_t rest = 0;
  std::memcpy(&rest, bytes.data() + whole, bytes.size() - whole);
  mix(rest);
  return sum;
}

} // namespace pdert

#endif // PDE_RUNTIME_STATEBYTES_H
