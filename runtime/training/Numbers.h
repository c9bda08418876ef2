//===- Numbers.h - an array of a program's element type ---------*- C++ -*-===//

#ifndef PDE_RUNTIME_NUMBERS_H
#define PDE_RUNTIME_NUMBERS_H

#include "runtime/pde_runtime.h"

#include <cstring>
#include <vector>

namespace pdert {

class Numbers {
public:
  Numbers(int32_t type, int64_t count)
      : isSingle(type == PDE_F32), bytes(count * (isSingle ? 4 : 8)) {}

  void *data() { return bytes.data(); }
  const void *data() const { return bytes.data(); }
  int64_t size() const { return int64_t(bytes.size()) / (isSingle ? 4 : 8); }

  double get(int64_t i) const {
    return isSingle ? double(at<float>(i)) : at<double>(i);
  }
  void set(int64_t i, double value) {
    if (isSingle)
      put(i, float(value));
    else
      put(i, value);
  }

private:
  bool isSingle;
  std::vector<char> bytes;

  template <typename T> T at(int64_t i) const {
    T value;
    std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
    return value;
  }
  template <typename T> void put(int64_t i, T value) {
    std::memcpy(bytes.data() + i * sizeof(T), &value, sizeof(T));
  }
};

} // namespace pdert

#endif // PDE_RUNTIME_NUMBERS_H
