//===- Freezing.h - parts of a function that are held -----------*- C++ -*-===//

#ifndef PDEC_CHECK_FREEZING_H
#define PDEC_CHECK_FREEZING_H

#include "compiler/check/Scoped.h"
#include "compiler/check/Values.h"

namespace pdec {

/// Owns what `freeze(...)` stands for while a function is evaluated.
class Freezing {
public:
  /// The values of the `freeze(...)` of a function: being noted, or given in
  /// the same order.
  struct Held {
    std::vector<Value> *noted = nullptr;
    const std::vector<Value> *given = nullptr;
    size_t next = 0;
  };
  /// Null: each `freeze(e)` is e.
  Scoped<Held *> begin(Held *values) { return {held, values}; }
  Held *current() const { return held; }
  /// freeze(value)
  Value freeze(const Value &value) const;

private:
  Held *held = nullptr;
};

} // namespace pdec

#endif // PDEC_CHECK_FREEZING_H
