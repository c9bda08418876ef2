//===- AnimatedPng.cpp - snapshots as a moving picture --------------------===//
//
// A frame is written as a still image of its own, whose chunks are then put
// into the file: the header once, the compressed rows of the first frame as
// they are, those of the others with a number before them. How many frames
// there are stands at the beginning, where it is filled in at the end.
//
//===----------------------------------------------------------------------===//

#include "runtime/files/AnimatedPng.h"
#include "runtime/files/OutputFormats.h"
#include "runtime/system/Text.h"

#include <array>

using namespace pdert;

static constexpr size_t signatureBytes = 8;

static uint32_t readNumber(std::string_view bytes) {
  uint32_t number = 0;
  for (int i = 0; i < 4; ++i)
    number = number << 8 | static_cast<uint8_t>(bytes[i]);
  return number;
}

static std::string numberBytes(uint32_t number, int length = 4) {
  std::string bytes;
  for (int i = length; i-- > 0;)
    bytes += static_cast<char>(number >> 8 * i);
  return bytes;
}

/// The cyclic redundancy code of a chunk, as the standard of PNG defines it.
static uint32_t redundancyCode(std::string_view bytes) {
  static const auto table = [] {
    std::array<uint32_t, 256> codes;
    for (uint32_t byte = 0; byte < 256; ++byte) {
      uint32_t code = byte;
      for (int bit = 0; bit < 8; ++bit)
        code = code & 1 ? code >> 1 ^ 0xEDB88320 : code >> 1;
      codes[byte] = code;
    }
    return codes;
  }();
  uint32_t code = 0xFFFFFFFF;
  for (char byte : bytes)
    code = code >> 8 ^ table[(code ^ static_cast<uint8_t>(byte)) & 255];
  return ~code;
}

static std::string chunk(const char *type, std::string_view content) {
  std::string body = type + std::string(content);
  return numberBytes(static_cast<uint32_t>(content.size())) + body +
         numberBytes(redundancyCode(body));
}

/// How many frames there are, shown again and again.
static std::string animationChunk(uint32_t frames) {
  return chunk("acTL", numberBytes(frames) + numberBytes(0));
}

AnimatedPng::AnimatedPng(AtomicFile &file, int depth)
    : file(file), depth(depth) {
  if (!file.isRegular())
    fail("how many frames there are is known at the end, so that it needs a "
         "file of its own");
}

void AnimatedPng::writeChunk(const char *type, std::string_view content) {
  std::string bytes = chunk(type, content);
  file.write(bytes.data(), bytes.size());
}

/// Before each frame: its number, size and place, and how long it is shown.
void AnimatedPng::writeControl(const Field &entry) {
  writeChunk("fcTL", numberBytes(sequence++) +
                         numberBytes(static_cast<uint32_t>(entry.sizes[1])) +
                         numberBytes(static_cast<uint32_t>(entry.sizes[0])) +
                         numberBytes(0) + numberBytes(0) + numberBytes(1, 2) +
                         numberBytes(20, 2) + std::string(2, 0));
}

void AnimatedPng::add(int64_t, const Field &entry) {
  std::string still = greyImage(entry, depth);
  std::string_view rest = std::string_view(still).substr(signatureBytes);
  while (!rest.empty()) {
    uint32_t length = readNumber(rest);
    std::string_view type = rest.substr(4, 4), content = rest.substr(8, length);
    rest.remove_prefix(12 + length);
    if (type == "IHDR" && frames == 0) {
      begin = still.substr(0, signatureBytes + 12 + length);
      std::string first = begin + animationChunk(0);
      file.write(first.data(), first.size());
    }
    if (type == "IHDR")
      writeControl(entry);
    if (type == "IDAT" && frames == 0)
      writeChunk("IDAT", content);
    else if (type == "IDAT")
      writeChunk("fdAT", numberBytes(sequence++) + std::string(content));
  }
  ++frames;
}

void AnimatedPng::finish() {
  writeChunk("IEND", "");
  std::string first = begin + animationChunk(frames);
  file.overwrite(first.data(), first.size());
}
