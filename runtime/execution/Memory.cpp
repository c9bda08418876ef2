//===- Memory.cpp - memory that a run owns --------------------------------===//

#include "runtime/execution/Memory.h"
#include "runtime/system/Text.h"

#include <cstdlib>
#include <sys/mman.h>

using namespace pdert;

static constexpr size_t cacheLine = 64;
static constexpr size_t hugePage = size_t(2) << 20;
/// From here on memory is mapped, so that releasing it returns it to the
/// system at once.
static constexpr size_t smallestMapped = size_t(1) << 20;
static constexpr size_t smallestHuge = size_t(4) << 20;

static size_t roundUp(size_t value, size_t unit) {
  return (value + unit - 1) / unit * unit;
}

/// Maps `length` bytes that start at a huge page, for the kernel to back them
/// with huge pages at first touch.
static void *mapHuge(size_t length) {
  size_t reserved = length + hugePage;
  void *start = mmap(nullptr, reserved, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED)
    return nullptr;
  char *low = static_cast<char *>(start);
  char *base = reinterpret_cast<char *>(
      roundUp(reinterpret_cast<uintptr_t>(low), hugePage));
  if (base != low)
    munmap(low, base - low);
  size_t behind = low + reserved - (base + length);
  if (behind != 0)
    munmap(base + length, behind);
  madvise(base, length, MADV_HUGEPAGE); // advice only: may be unsupported
  return base;
}

RawBlock pdert::allocateRaw(size_t length) {
  RawBlock block;
  if (length < smallestMapped) {
    block.length = roundUp(length, cacheLine);
    block.base = std::aligned_alloc(cacheLine, block.length);
    return block;
  }
  block.mapped = true;
  block.length = roundUp(length, 4096);
  if (block.length >= smallestHuge) {
    block.base = mapHuge(block.length);
    return block;
  }
  block.base = mmap(nullptr, block.length, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block.base == MAP_FAILED)
    block.base = nullptr;
  return block;
}

void pdert::releaseRaw(const RawBlock &block) {
  if (block.mapped && block.base)
    munmap(block.base, block.length);
  else
    std::free(block.base);
}

/// Stands right before the readable bytes in front of the data.
struct Memory::Header {
  Header *previous, *next;
  RawBlock block;
};

/// Bytes between a header and its data, and behind the data.
static constexpr size_t guard = 64;
static constexpr size_t front = 64 + guard;

/// Blocks of these lengths are kept for the next request of the same length:
/// layers ask for the same sizes again and again, and fresh pages cost more
/// than most layers do. The C library, too, returns such blocks to the system
/// where they end its heap. Larger ones go back to it at once.
static constexpr size_t smallestKept = size_t(16) << 10;
static constexpr size_t largestKept = size_t(16) << 20;
static constexpr size_t mostKept = size_t(48) << 20, mostBlocks = 256;
/// Lengths of mapped ones are rounded, so that they meet each other.
static constexpr size_t keptUnit = size_t(64) << 10;

RawBlock Memory::takeBlock(size_t length) {
  bool isMapped = length >= smallestMapped && length <= largestKept;
  length = roundUp(length, isMapped ? keptUnit : cacheLine);
  for (size_t i = kept.size(); i-- > 0;) {
    if (kept[i].length != length)
      continue;
    RawBlock block = kept[i];
    kept.erase(kept.begin() + i);
    keptBytes -= length;
    return block;
  }
  return allocateRaw(length);
}

void Memory::returnBlock(const RawBlock &block) {
  if (block.length < smallestKept || block.length > largestKept)
    return releaseRaw(block);
  // Those that nobody has asked for go first.
  while (keptBytes + block.length > mostKept || kept.size() == mostBlocks) {
    keptBytes -= kept.front().length;
    releaseRaw(kept.front());
    kept.erase(kept.begin());
  }
  kept.push_back(block);
  keptBytes += block.length;
}

void *Memory::allocate(int64_t count, size_t elementSize) {
  static_assert(sizeof(Header) <= 64, "the header has one cache line");
  constexpr size_t slack = size_t(1) << 16;
  size_t limit = (PTRDIFF_MAX - slack - hugePage) / elementSize;
  if (count < 0 || static_cast<size_t>(count) > limit)
    fail("out of memory: a field of %lld cells was asked for",
         static_cast<long long>(count));
  size_t bytes = count * elementSize;
  // Mapped blocks all start at the same place of a page. Fields that are swept
  // together would then compete for the same cache sets, and loads would wait
  // for stores 4096 bytes apart; so each starts a little further.
  size_t shift = bytes >= smallestMapped ? numMapped++ % 12 * 320 : 0;
  RawBlock block = takeBlock(shift + front + bytes + guard);
  if (!block.base)
    fail("out of memory: a field of %s (%lld cells) was asked for",
         bytesText(static_cast<double>(bytes)).c_str(),
         static_cast<long long>(count));
  char *data = static_cast<char *>(block.base) + shift + front;
  auto *header = reinterpret_cast<Header *>(data - front);
  *header = {nullptr, first, block};
  if (first)
    first->previous = header;
  first = header;
  return data;
}

void Memory::release(void *data) {
  if (!data)
    return;
  auto *header = reinterpret_cast<Header *>(static_cast<char *>(data) - front);
  (header->previous ? header->previous->next : first) = header->next;
  if (header->next)
    header->next->previous = header->previous;
  RawBlock block = header->block; // the header goes with its block
  returnBlock(block);
}

Memory::~Memory() {
  while (first)
    release(reinterpret_cast<char *>(first) + front);
  for (const RawBlock &block : kept)
    releaseRaw(block);
}

void Scratch::reserve(int workers, int64_t bytes) {
  if (bytes <= 0)
    return;
  if (static_cast<size_t>(workers) > blocks.size())
    blocks.resize(workers);
  for (int worker = 0; worker < workers; ++worker) {
    RawBlock &block = blocks[worker];
    if (block.length >= static_cast<size_t>(bytes))
      continue;
    releaseRaw(block);
    block = RawBlock();
    // Not touched here: each worker's pages come to lie near its core.
    if (bytes <= PTRDIFF_MAX / 2)
      block = allocateRaw(bytes);
    if (!block.base) {
      block = RawBlock();
      fail("out of memory: %s of scratch memory for each of %d threads were "
           "asked for",
           bytesText(static_cast<double>(bytes)).c_str(), workers);
    }
  }
}

Scratch::~Scratch() {
  for (const RawBlock &block : blocks)
    releaseRaw(block);
}
