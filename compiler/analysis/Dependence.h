//===- Dependence.h - how a number depends on parameters --------*- C++ -*-===//

#ifndef PDEC_ANALYSIS_DEPENDENCE_H
#define PDEC_ANALYSIS_DEPENDENCE_H

#include <map>
#include <optional>
#include <string>

namespace pdec::analysis {

/// A number as powers of parameters times a factor that is the same whatever
/// they are; of some parameters it may be any function. Parameters are told
/// apart by numbers.
class Dependence {
public:
  /// Of a number that depends on none.
  Dependence() = default;
  static Dependence onParam(unsigned param);

  bool isNone() const { return powers.empty(); }
  /// n, if it is a parameter's n-th power times a factor without it; nothing if
  /// it is any function of it.
  std::optional<int> powerOf(unsigned param) const;
  /// Whether it is any other function of a parameter than a power.
  bool isOtherThanPowers() const;
  bool contains(unsigned param) const { return powers.count(param); }
  /// For tables: different for different ones.
  std::string key() const;

  friend Dependence operator*(const Dependence &a, const Dependence &b);
  friend Dependence operator/(const Dependence &a, const Dependence &b);
  /// Of a sum: powers that both terms have are left.
  friend Dependence ofSum(const Dependence &a, const Dependence &b);
  /// Of any function of both.
  friend Dependence ofAny(const Dependence &a, const Dependence &b);

private:
  /// Nothing: any function.
  std::map<unsigned, std::optional<int>> powers;

  template <typename Combine>
  static Dependence combined(const Dependence &a, const Dependence &b,
                             const Combine &combine);
};

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_DEPENDENCE_H
