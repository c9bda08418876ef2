//===- Scoped.h - values that hold for a while ------------------*- C++ -*-===//

#ifndef PDEC_CHECK_SCOPED_H
#define PDEC_CHECK_SCOPED_H

#include <utility>

namespace pdec {

/// Gives a place another value while it lives.
template <typename T> class Scoped {
public:
  Scoped(T &place, T value)
      : place(place), before(std::exchange(place, std::move(value))) {}
  ~Scoped() { place = std::move(before); }
  Scoped(const Scoped &) = delete;

private:
  T &place;
  T before;
};

} // namespace pdec

#endif // PDEC_CHECK_SCOPED_H
