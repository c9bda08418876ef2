//===- Series.cpp - the course of recorded numbers ------------------------===//

#include "runtime/plots/Series.h"

#include <cmath>

using namespace pdert;

void Series::Stretch::include(const Stretch &later) {
  if (later.least.value < least.value)
    least = later.least;
  if (later.greatest.value > greatest.value)
    greatest = later.greatest;
}

void Series::note(int64_t step, const double *row, int columns) {
  numbers.resize(columns);
  isGrowing = isGrowing && (rows == 0 || row[0] > latest);
  latest = row[0];
  bool begins = rows++ % stride == 0;
  if (begins && numbers[0].size() == mostStretches)
    thin();
  for (int column = 0; column < columns; ++column) {
    Entry entry = {static_cast<double>(step), row[0], row[column]};
    if (begins)
      numbers[column].push_back({entry, entry});
    else
      numbers[column].back().include({entry, entry});
  }
}

/// Makes one stretch of each two.
void Series::thin() {
  for (std::vector<Stretch> &stretches : numbers) {
    for (size_t i = 0; i < mostStretches / 2; ++i) {
      stretches[i] = stretches[2 * i];
      stretches[i].include(stretches[2 * i + 1]);
    }
    stretches.resize(mostStretches / 2);
  }
  stride *= 2;
}

Curve Series::curveOf(const std::string &name, size_t column) const {
  Curve curve = {numbers.size() == 1 ? name : "." + std::to_string(column),
                 /*isOutput=*/true,
                 {}};
  auto add = [&](const Entry &entry) {
    curve.points.push_back(
        {isOverFirst() ? entry.first : entry.step, entry.value});
  };
  for (const Stretch &stretch : numbers[column]) {
    bool isLeastFirst = stretch.least.step <= stretch.greatest.step;
    add(isLeastFirst ? stretch.least : stretch.greatest);
    if (stretch.least.step != stretch.greatest.step)
      add(isLeastFirst ? stretch.greatest : stretch.least);
  }
  return curve;
}

Panel Series::panel(const std::string &name, bool isWide) const {
  std::vector<Curve> curves;
  for (size_t column = isOverFirst() ? 1 : 0; column < numbers.size(); ++column)
    curves.push_back(curveOf(name, column));
  return curvePanel(name, isOverFirst() ? name + ".0" : "step", curves, isWide);
}
