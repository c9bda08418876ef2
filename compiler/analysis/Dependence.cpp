//===- Dependence.cpp - how a number depends on parameters ----------------===//

#include "compiler/analysis/Dependence.h"

#include <algorithm>

namespace pdec::analysis {

Dependence Dependence::onParam(unsigned param) {
  Dependence made;
  made.powers[param] = 1;
  return made;
}

std::optional<int> Dependence::powerOf(unsigned param) const {
  auto found = powers.find(param);
  return found == powers.end() ? 0 : found->second;
}

bool Dependence::isOtherThanPowers() const {
  return std::any_of(powers.begin(), powers.end(),
                     [](const auto &power) { return !power.second; });
}

std::string Dependence::key() const {
  std::string text;
  for (const auto &[param, power] : powers)
    text += 'p' + std::to_string(param) +
            (power ? '^' + std::to_string(*power) : "?");
  return text;
}

/// `combine` makes a power of two.
template <typename Combine>
Dependence Dependence::combined(const Dependence &a, const Dependence &b,
                                const Combine &combine) {
  Dependence made;
  for (const Dependence *one : {&a, &b})
    for (const auto &entry : one->powers) {
      auto first = a.powerOf(entry.first), second = b.powerOf(entry.first);
      std::optional<int> power;
      if (first && second)
        power = combine(*first, *second);
      if (!power || *power)
        made.powers[entry.first] = power;
    }
  return made;
}

Dependence operator*(const Dependence &a, const Dependence &b) {
  return Dependence::combined(a, b, [](int x, int y) { return x + y; });
}

Dependence operator/(const Dependence &a, const Dependence &b) {
  return Dependence::combined(a, b, [](int x, int y) { return x - y; });
}

Dependence ofSum(const Dependence &a, const Dependence &b) {
  return Dependence::combined(a, b, [](int x, int y) {
    return x == y ? std::optional<int>(x) : std::nullopt;
  });
}

Dependence ofAny(const Dependence &a, const Dependence &b) {
  return Dependence::combined(a, b,
                              [](int, int) { return std::optional<int>(); });
}

} // namespace pdec::analysis
