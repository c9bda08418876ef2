//===- CurvePanel.cpp - diagrams of 1-D fields ----------------------------===//

#include "runtime/files/Xml.h"
#include "runtime/plots/Panel.h"
#include "runtime/plots/PlotScale.h"
#include "runtime/system/Text.h"

#include <algorithm>

using namespace pdert;

static const char *const outputColors[] = {"#1664ab", "#c2410c", "#15803d",
                                           "#7e22ce", "#0f766e", "#be123c"};
static const char *const inputColors[] = {"#a3adb8", "#d9b38c", "#9cc7a8",
                                          "#bba9d6"};

/// Lines first, numbers above them, then the frame: later parts cover earlier
/// ones.
static std::string drawCurveAxes(const Frame &frame, const Scale &x,
                                 const Scale &y) {
  std::string grid = "<g stroke=\"#e5e7eb\">\n", text;
  forEachTick(x, [&](double value) {
    double at = x.pixel(value);
    grid +=
        format("<path d=\"M%.1f %.0fV%.0f\"/>\n", at, frame.top, frame.bottom);
    text += textAt(at, frame.bottom + 18, tickText(value, x.step),
                   "text-anchor=\"middle\"");
  });
  forEachTick(y, [&](double value) {
    double at = y.pixel(value);
    grid +=
        format("<path d=\"M%.0f %.1fH%.0f\"/>\n", frame.left, at, frame.right);
    text += textAt(frame.left - 8, at + 4, tickText(value, y.step),
                   "text-anchor=\"end\"");
  });
  return grid + "</g>\n<g fill=\"#4b5563\">\n" + text + "</g>\n" +
         format("<path d=\"M%.0f %.0fV%.0fH%.0f\" fill=\"none\" "
                "stroke=\"#6b7280\"/>\n",
                frame.left, frame.top, frame.bottom, frame.right);
}

/// The value of a curve at a place between its ends, by the line between its
/// points.
static double valueAt(const Curve &curve, double cell) {
  auto after = std::lower_bound(
      curve.points.begin(), curve.points.end(), cell,
      [](const CurvePoint &point, double at) { return point.cell < at; });
  if (after == curve.points.end())
    return curve.points.back().value;
  if (after == curve.points.begin() || after->cell == cell)
    return after->value;
  const CurvePoint &before = after[-1];
  double share = (cell - before.cell) / (after->cell - before.cell);
  return before.value + share * (after->value - before.value);
}

/// Whether half of a curve or more lies on another one, to a pixel.
static bool isCovering(const Curve &curve, const Curve &other, const Scale &y) {
  size_t near = 0;
  for (const CurvePoint &point : curve.points)
    near += std::fabs(y.pixel(point.value) -
                      y.pixel(valueAt(other, point.cell))) < 1.2;
  return 2 * near >= curve.points.size();
}

/// The gaps of each curve, through which those are seen that it lies on.
static std::vector<const char *> dashesOf(const std::vector<Curve> &curves,
                                          const Scale &y) {
  static const char *const dashes[] = {"", "14 14", "7 21", "3 25"};
  std::vector<const char *> result;
  for (size_t i = 0; i < curves.size(); ++i) {
    size_t below = 0;
    for (size_t j = 0; j < i; ++j)
      below += isCovering(curves[i], curves[j], y);
    result.push_back(dashes[std::min<size_t>(below, 3)]);
  }
  return result;
}

namespace {

/// How a curve's line looks, in the diagram and in the legend.
struct LineStyle {
  const char *color;
  const char *dashes; ///< "" for none
};

} // namespace

static std::string dashText(const LineStyle &style) {
  return *style.dashes ? format(" stroke-dasharray=\"%s\"", style.dashes) : "";
}

static std::string drawCurve(const Curve &curve, const Scale &x, const Scale &y,
                             const LineStyle &style) {
  std::string path;
  for (const CurvePoint &point : curve.points)
    path += format("%s%.1f %.1f", path.empty() ? "M" : "L", x.pixel(point.cell),
                   y.pixel(point.value));
  if (curve.points.size() == 1) // a line of no length, seen as a dot
    path += "h0";
  std::string ends =
      *style.dashes ? dashText(style) : " stroke-linecap=\"round\"";
  return format("<path d=\"%s\" fill=\"none\" stroke=\"%s\" "
                "stroke-width=\"%s\" stroke-linejoin=\"round\"%s/>\n",
                path.c_str(), style.color, curve.isOutput ? "2" : "1.2",
                ends.c_str());
}

/// Characters, not bytes: names may be Greek.
static int numCharacters(const std::string &text) {
  return static_cast<int>(std::count_if(
      text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Room for a name, estimated, since no font is known here.
static double widthOf(const std::string &name) {
  return numCharacters(name) * 8 + 4;
}

/// Above the frame, from its right end leftwards: the last curve is outermost.
/// Beside the title there may be room for the first ones only.
static std::string drawLegend(const Frame &frame, const std::string &title,
                              const std::vector<Curve> &curves,
                              const std::vector<LineStyle> &styles) {
  if (curves.size() == 1 && curves.front().name == title)
    return "";
  constexpr double sample = 44; // the line with the gaps around it
  double room = frame.right - frame.left - widthOf(title) - 30;
  size_t shown = 0;
  for (double used = 0; shown < curves.size(); ++shown) {
    used += widthOf(curves[shown].name) + sample;
    if (used > room)
      break;
  }
  std::string text;
  double at = frame.right, y = frame.top - 14;
  if (shown < curves.size()) {
    text += textAt(at - 14, y, "...", "fill=\"#111827\"");
    at -= 24;
  }
  for (size_t i = shown; i-- > 0;) {
    at -= widthOf(curves[i].name);
    text += format("<path d=\"M%.0f %.0fh20\" stroke=\"%s\" "
                   "stroke-width=\"%s\"%s/>\n",
                   at - 26, y - 4, styles[i].color,
                   curves[i].isOutput ? "2.5" : "1.5",
                   dashText(styles[i]).c_str()) +
            textAt(at, y, xmlText(curves[i].name), "fill=\"#111827\"");
    at -= sample;
  }
  return text;
}

Panel pdert::curvePanel(const std::string &title, const std::string &axisName,
                        const std::vector<Curve> &curves, bool isWide) {
  Frame frame = isWide ? Frame{72, 52, 700, 352} : Frame{72, 36, 456, 296};
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
  Scale x =
      makeScale(low[0], high[0], 0, isWide ? 8 : 5, frame.left, frame.right);
  Scale y = makeScale(low[1], high[1], 0.05, 6, frame.bottom, frame.top);
  std::string lines;
  std::vector<const char *> dashes = dashesOf(curves, y);
  std::vector<LineStyle> styles;
  int numInputs = 0, numOutputs = 0;
  for (const Curve &curve : curves) {
    const char *color = curve.isOutput ? outputColors[numOutputs++ % 6]
                                       : inputColors[numInputs++ % 4];
    styles.push_back({color, dashes[styles.size()]});
    lines += drawCurve(curve, x, y, styles.back());
  }
  std::string titleText =
      isWide ? textAt(frame.left, frame.top - 14, xmlText(title),
                      "font-size=\"15\" font-weight=\"600\" fill=\"#111827\"")
             : panelTitle(frame, title, "");
  return {frame.right + 20, frame.bottom + 53,
          titleText + drawCurveAxes(frame, x, y) + lines +
              textAt((frame.left + frame.right) / 2, frame.bottom + 40,
                     xmlText(axisName),
                     "text-anchor=\"middle\" fill=\"#111827\"") +
              drawLegend(frame, title, curves, styles)};
}
