//===- HostNumber.h - formulas computed at once -----------------*- C++ -*-===//

#ifndef PDEC_FUNCTIONS_HOSTNUMBER_H
#define PDEC_FUNCTIONS_HOSTNUMBER_H

#include "compiler/functions/Number.h"

#include <cmath>
#include <cstring>

namespace pdec::functions {

template <class T> struct HostBits {
  using Word = typename Format<T>::Word;
  Word value;
#define PDEC_OPERATOR(OP)                                                      \
  friend HostBits operator OP(HostBits a, HostBits b) {                        \
    return {Word(a.value OP b.value)};                                         \
  }                                                                            \
  friend HostBits operator OP(HostBits a, Word b) {                            \
    return {Word(a.value OP b)};                                               \
  }
  PDEC_OPERATOR(+)
  PDEC_OPERATOR(-)
  PDEC_OPERATOR(*)
  PDEC_OPERATOR(&)
  PDEC_OPERATOR(|)
  PDEC_OPERATOR(^)
#undef PDEC_OPERATOR
  friend HostBits operator<<(HostBits a, int b) { return {Word(a.value << b)}; }
  friend HostBits operator>>(HostBits a, int b) { return {Word(a.value >> b)}; }
  friend HostBits operator<<(HostBits a, HostBits b) {
    return {Word(a.value << b.value)};
  }
};

struct HostMask {
  bool value;
  friend HostMask operator&(HostMask a, HostMask b) {
    return {a.value && b.value};
  }
  friend HostMask operator|(HostMask a, HostMask b) {
    return {a.value || b.value};
  }
  friend HostMask operator!(HostMask a) { return {!a.value}; }
};

/// A `Number` (Number.h) that is there.
template <class T> struct HostNumber : WithConstants<HostNumber<T>, HostMask> {
  using Element = T;
  using Word = typename Format<T>::Word;
  using Bits = HostBits<T>;

  explicit HostNumber(T value) : value(value) {}
  T value;

  HostNumber of(double constant) const { return HostNumber(T(constant)); }
  Bits word(Word constant) const { return {constant}; }

#define PDEC_OPERATOR(OP)                                                      \
  friend HostNumber operator OP(HostNumber a, HostNumber b) {                  \
    return HostNumber(a.value OP b.value);                                     \
  }
  PDEC_OPERATOR(+)
  PDEC_OPERATOR(-)
  PDEC_OPERATOR(*)
  PDEC_OPERATOR(/)
#undef PDEC_OPERATOR
#define PDEC_OPERATOR(OP)                                                      \
  friend HostMask operator OP(HostNumber a, HostNumber b) {                    \
    return {a.value OP b.value};                                               \
  }
  PDEC_OPERATOR(<)
  PDEC_OPERATOR(<=)
  PDEC_OPERATOR(>)
  PDEC_OPERATOR(>=)
  PDEC_OPERATOR(==)
#undef PDEC_OPERATOR
  friend HostNumber operator-(HostNumber a) { return HostNumber(-a.value); }
  friend HostNumber fma(HostNumber a, HostNumber b, HostNumber c) {
    return HostNumber(std::fma(a.value, b.value, c.value));
  }
  friend Bits bits(HostNumber a) {
    Bits result;
    std::memcpy(&result.value, &a.value, sizeof a.value);
    return result;
  }
};

template <class T> HostNumber<T> number(HostBits<T> a) {
  T result;
  std::memcpy(&result, &a.value, sizeof result);
  return HostNumber<T>(result);
}

template <class Value> Value select(HostMask mask, Value a, Value b) {
  return mask.value ? a : b;
}

template <class T, size_t count, class Slow>
std::array<HostNumber<T>, count>
whenAll(HostMask mask, std::array<HostNumber<T>, count> fast, Slow slow) {
  return mask.value ? fast : slow();
}

inline HostNumber<double> widened(HostNumber<float> a) {
  return HostNumber<double>(a.value);
}
inline HostNumber<float> narrowed(HostNumber<double> a) {
  return HostNumber<float>(float(a.value));
}

} // namespace pdec::functions

#endif // PDEC_FUNCTIONS_HOSTNUMBER_H
