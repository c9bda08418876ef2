//===- PlotScale.cpp - values, pixels and ticks along an axis -------------===//

#include "runtime/plots/PlotScale.h"
#include "runtime/system/Text.h"

#include <algorithm>

using namespace pdert;

/// The step of about `wanted` ticks: 1, 2 or 5 times a power of ten.
static double tickStep(double low, double high, int wanted) {
  double rough = high / wanted - low / wanted;
  double power = std::pow(10.0, std::floor(std::log10(rough)));
  double digit = rough / power;
  return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
}

Scale pdert::makeScale(double low, double high, double share, int wanted,
                       double from, double to) {
  double least = std::max(std::fabs(low), std::fabs(high)) * 1e-12;
  least = std::max(least, 1e-300);
  if (!(high / 2 - low / 2 > least)) {
    double room = low == 0 && high == 0 ? 1 : std::fabs(low) * 0.1 + least;
    low -= room;
    high += room;
  }
  double room = (high / 2 - low / 2) * 2 * share;
  if (std::isfinite(room) && std::isfinite(low - room) &&
      std::isfinite(high + room)) {
    low -= room;
    high += room;
  }
  return {low, high, tickStep(low, high, wanted), from, to};
}

std::string pdert::tickText(double value, double step) {
  if (std::fabs(value) < step * 1e-6)
    return "0";
  int digits = static_cast<int>(std::floor(std::log10(std::fabs(value))) -
                                std::floor(std::log10(step)));
  std::string text = format("%.*g", std::clamp(digits + 1, 1, 15), value);
  // %g writes 1e+02 where plain digits are as short.
  if (std::fabs(value) >= 1 && std::fabs(value) < 1e6)
    text = shortest(std::strtod(text.c_str(), nullptr));
  if (text.find('e') != std::string::npos && std::fabs(value) < 1e6 &&
      std::fabs(value) >= 1)
    text = format("%.0f", value);
  return text;
}
