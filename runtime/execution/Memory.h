//===- Memory.h - memory that a run owns ------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_MEMORY_H
#define PDE_RUNTIME_MEMORY_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pdert {

/// Bytes from the operating system or from malloc, by size.
struct RawBlock {
  void *base = nullptr;
  size_t length = 0; ///< bytes
  bool mapped = false;
};

/// At least `length` bytes, aligned to 64, and to 2 MiB with huge pages advised
/// when large; `base` is null if there are none.
RawBlock allocateRaw(size_t length);
void releaseRaw(const RawBlock &block);

/// The blocks of one run. Whatever was not released goes with the object, so
/// that a run may be abandoned at any point.
class Memory {
public:
  Memory() = default;
  Memory(const Memory &) = delete;
  Memory &operator=(const Memory &) = delete;
  ~Memory();

  /// `count` elements of `elementSize` bytes as pde_alloc promises them.
  /// Throws a Failure that says how much was asked for.
  void *allocate(int64_t count, size_t elementSize);

  /// Null is ignored.
  void release(void *data);

private:
  struct Header;
  Header *first = nullptr;
  std::vector<RawBlock> kept; ///< released, for the next request
  size_t keptBytes = 0;

  RawBlock takeBlock(size_t length);
  void returnBlock(const RawBlock &block);
  unsigned numMapped = 0;
};

/// Scratch memory of the workers of parallel loops; it only grows.
class Scratch {
public:
  Scratch() = default;
  Scratch(const Scratch &) = delete;
  Scratch &operator=(const Scratch &) = delete;
  ~Scratch();

  /// Makes `bytes` available to each of `workers`. Throws a Failure.
  void reserve(int workers, int64_t bytes);

  void *of(int worker) const {
    return static_cast<size_t>(worker) < blocks.size() ? blocks[worker].base
                                                       : nullptr;
  }

private:
  std::vector<RawBlock> blocks;
};

} // namespace pdert

#endif // PDE_RUNTIME_MEMORY_H
