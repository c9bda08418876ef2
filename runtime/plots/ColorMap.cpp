//===- ColorMap.cpp - colours that stand for values -----------------------===//

#include "runtime/plots/ColorMap.h"
#include "runtime/system/Text.h"

#include <algorithm>
#include <cmath>

using namespace pdert;

/// A channel of linear light as the byte of sRGB.
static uint8_t encode(double light) {
  light = std::clamp(light, 0.0, 1.0);
  double value = light <= 0.0031308 ? 12.92 * light
                                    : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
  return static_cast<uint8_t>(value * 255 + 0.5);
}

/// A colour of Oklab, a space in which distances are as eyes see them.
static Color fromOklab(double lightness, double a, double b) {
  double l = lightness + 0.3963377774 * a + 0.2158037573 * b;
  double m = lightness - 0.1055613458 * a - 0.0638541728 * b;
  double s = lightness - 0.0894841775 * a - 1.2914855480 * b;
  l *= l * l;
  m *= m * m;
  s *= s * s;
  return {encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
          encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
          encode(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

static constexpr double degree = 3.14159265358979323846 / 180;

static Color sequentialColor(double value) {
  // Lightness and hue go evenly; blue and green carry less colour than the
  // ends.
  double lightness = 0.26 + 0.69 * value;
  double hue = (310 - 203 * value) * degree;
  double chroma = 0.13 - 0.02 * std::sin(180 * degree * value) + 0.03 * value;
  return fromOklab(lightness, chroma * std::cos(hue), chroma * std::sin(hue));
}

static Color divergingColor(double value) {
  double distance = std::fabs(2 * value - 1);
  double hue = (value < 0.5 ? 255 : 35) * degree;
  double lightness = 0.95 - 0.5 * distance, chroma = 0.15 * distance;
  return fromOklab(lightness, chroma * std::cos(hue), chroma * std::sin(hue));
}

Color pdert::mapColor(ColorMap map, double value) {
  return map == ColorMap::Sequential ? sequentialColor(value)
                                     : divergingColor(value);
}

std::string pdert::colorGradient(ColorMap map, const char *id) {
  std::string text = format("<linearGradient id=\"%s\" x1=\"0\" y1=\"1\" "
                            "x2=\"0\" y2=\"0\">\n",
                            id);
  constexpr int last = 16;
  for (int stop = 0; stop <= last; ++stop) {
    Color color = mapColor(map, static_cast<double>(stop) / last);
    text += format("<stop offset=\"%.4g\" stop-color=\"#%02x%02x%02x\"/>\n",
                   static_cast<double>(stop) / last, color.red, color.green,
                   color.blue);
  }
  return text + "</linearGradient>\n";
}
