//===- Series.h - the course of recorded numbers ----------------*- C++ -*-===//

#ifndef PDE_RUNTIME_SERIES_H
#define PDE_RUNTIME_SERIES_H

#include "runtime/plots/Panel.h"

#include <string>
#include <vector>

namespace pdert {

/// The rows of a record of numbers, in bounded memory: of a long one the least
/// and the greatest of each number in each of some thousand stretches, as
/// computeEnvelope keeps them of a field.
class Series {
public:
  void note(int64_t step, const double *row, int columns);

  bool isEmpty() const { return rows == 0; }

  /// The numbers over the steps; over the first of several, if it grows from
  /// row to row, as times do.
  Panel panel(const std::string &name, bool isWide) const;

private:
  static constexpr size_t mostStretches = 1024;

  struct Entry {
    double step, first, value;
  };
  /// Its entries' least and greatest value, whichever comes first.
  struct Stretch {
    Entry least, greatest;

    void include(const Stretch &later);
  };

  void thin();
  bool isOverFirst() const { return numbers.size() > 1 && isGrowing; }
  Curve curveOf(const std::string &name, size_t column) const;

  std::vector<std::vector<Stretch>> numbers; ///< of each column
  int64_t rows = 0, stride = 1;              ///< rows that make a stretch
  double latest = 0;                         ///< the first number
  bool isGrowing = true;
};

} // namespace pdert

#endif // PDE_RUNTIME_SERIES_H
