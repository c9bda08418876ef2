//===- Plot.cpp - pictures of 1-D fields ----------------------------------===//

#include "Plot.h"
#include "Text.h"
#include "Xml.h"

#include <algorithm>
#include <cmath>

using namespace pdert;

// The picture and its frame, in pixels.
static constexpr double width = 720, height = 405;
static constexpr double left = 72, right = 700, top = 52, bottom = 352;

static const char *const outputColors[] = {"#1664ab", "#c2410c", "#15803d",
                                           "#7e22ce", "#0f766e", "#be123c"};
static const char *const inputColors[] = {"#a3adb8", "#d9b38c", "#9cc7a8",
                                          "#bba9d6"};

namespace {

/// One axis: the values at its ends, and ticks at multiples of `step`.
struct Scale {
  double low, high, step;
  double from, to; ///< pixels

  double pixel(double value) const {
    // Halved, since the difference of two finite numbers may overflow.
    return from + (value / 2 - low / 2) / (high / 2 - low / 2) * (to - from);
  }
};

} // namespace

/// The step of about `wanted` ticks: 1, 2 or 5 times a power of ten.
static double tickStep(double low, double high, int wanted) {
  double rough = high / wanted - low / wanted;
  double power = std::pow(10.0, std::floor(std::log10(rough)));
  double digit = rough / power;
  return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
}

/// Widens [low, high] by `share` of its length, and to a visible length.
static Scale makeScale(double low, double high, double share, int wanted,
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

/// A tick's text, with as many digits as tell it from its neighbours.
static std::string tickText(double value, double step) {
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

template <typename Tick>
static void forEachTick(const Scale &scale, const Tick &tick) {
  double first = std::ceil(scale.low / scale.step - 1e-9);
  for (int i = 0; i < 30; ++i) {
    double value = (first + i) * scale.step;
    if (!(value <= scale.high + scale.step * 1e-9))
      return;
    tick(value);
  }
}

static std::string drawAxes(const Scale &x, const Scale &y) {
  std::string grid = "<g stroke=\"#e5e7eb\">\n", text;
  forEachTick(x, [&](double value) {
    double at = x.pixel(value);
    grid += format("<path d=\"M%.1f %.0fV%.0f\"/>\n", at, top, bottom);
    text += format("<text x=\"%.1f\" y=\"%.0f\" "
                   "text-anchor=\"middle\">%s</text>\n",
                   at, bottom + 18, tickText(value, x.step).c_str());
  });
  forEachTick(y, [&](double value) {
    double at = y.pixel(value);
    grid += format("<path d=\"M%.0f %.1fH%.0f\"/>\n", left, at, right);
    text += format("<text x=\"%.0f\" y=\"%.1f\" "
                   "text-anchor=\"end\">%s</text>\n",
                   left - 8, at + 4, tickText(value, y.step).c_str());
  });
  return grid + "</g>\n<g fill=\"#4b5563\">\n" + text + "</g>\n" +
         format("<path d=\"M%.0f %.0fV%.0fH%.0f\" fill=\"none\" "
                "stroke=\"#6b7280\"/>\n",
                left, top, bottom, right);
}

static std::string drawCurve(const Curve &curve, const Scale &x, const Scale &y,
                             const char *color) {
  std::string path;
  for (const CurvePoint &point : curve.points)
    path += format("%s%.1f %.1f", path.empty() ? "M" : "L", x.pixel(point.cell),
                   y.pixel(point.value));
  if (curve.points.size() == 1) // a line of no length, seen as a dot
    path += "h0";
  return format("<path d=\"%s\" fill=\"none\" stroke=\"%s\" "
                "stroke-width=\"%s\" stroke-linejoin=\"round\" "
                "stroke-linecap=\"round\"/>\n",
                path.c_str(), color, curve.isOutput ? "2" : "1.2");
}

/// Characters, not bytes: names may be Greek.
static int numCharacters(const std::string &text) {
  return static_cast<int>(std::count_if(
      text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

static std::string drawLegend(const std::vector<Curve> &curves,
                              const std::vector<const char *> &colors) {
  std::string text;
  double at = right;
  for (size_t i = curves.size(); i-- > 0;) {
    at -= numCharacters(curves[i].name) * 8 + 4;
    text += format("<path d=\"M%.0f 34h20\" stroke=\"%s\" "
                   "stroke-width=\"%s\"/>\n<text x=\"%.0f\" y=\"38\" "
                   "fill=\"#111827\">%s</text>\n",
                   at - 26, colors[i], curves[i].isOutput ? "2.5" : "1.5", at,
                   xmlText(curves[i].name).c_str());
    at -= 44;
  }
  return text;
}

std::string pdert::drawPlot(const std::string &title,
                            const std::string &axisName,
                            const std::vector<Curve> &curves) {
  double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
  for (const Curve &curve : curves)
    for (const CurvePoint &point : curve.points)
      for (int axis = 0; axis < 2; ++axis) {
        double value = axis ? point.value : point.cell;
        low[axis] = std::min(low[axis], value);
        high[axis] = std::max(high[axis], value);
      }
  if (!(low[0] <= high[0])) // nothing to draw but the axes
    low[0] = low[1] = 0, high[0] = high[1] = 1;
  Scale x = makeScale(low[0], high[0], 0, 8, left, right);
  Scale y = makeScale(low[1], high[1], 0.05, 6, bottom, top);
  std::string lines;
  std::vector<const char *> colors;
  int numInputs = 0, numOutputs = 0;
  for (const Curve &curve : curves) {
    colors.push_back(curve.isOutput ? outputColors[numOutputs++ % 6]
                                    : inputColors[numInputs++ % 4]);
    lines += drawCurve(curve, x, y, colors.back());
  }
  return format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" "
                "height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
                "font-family=\"system-ui, -apple-system, 'Segoe UI', "
                "Helvetica, Arial, sans-serif\" font-size=\"13\">\n",
                width, height, width, height) +
         "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n" +
         format("<text x=\"%.0f\" y=\"38\" font-size=\"15\" "
                "font-weight=\"600\" fill=\"#111827\">%s</text>\n",
                left, xmlText(title).c_str()) +
         drawAxes(x, y) + lines +
         format("<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\" "
                "fill=\"#111827\">%s</text>\n",
                (left + right) / 2, bottom + 40, xmlText(axisName).c_str()) +
         drawLegend(curves, colors) + "</svg>\n";
}
