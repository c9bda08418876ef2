//===- Noise.cpp - reproducible noise -------------------------------------===//

#include "runtime/pde_runtime.h"

/// The first number of the generator SplitMix64 that starts from `state`.
static uint64_t splitMix64(uint64_t state) {
  uint64_t z = state + 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

double pde_noise(int64_t seed, int64_t index) {
  uint64_t state = static_cast<uint64_t>(seed) * 0x9E3779B97F4A7C15u +
                   static_cast<uint64_t>(index);
  // 53 bits as a multiple of 2^-52, less 1: exact in double.
  return static_cast<double>(splitMix64(state) >> 11) * 0x1p-52 - 1.0;
}
