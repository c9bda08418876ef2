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

/// Above the frame, from its right end leftwards: the last curve is outermost.
/// The width of a name is estimated, since no font is known here.
static std::string drawLegend(const Frame &frame,
                              const std::vector<Curve> &curves,
                              const std::vector<const char *> &colors) {
  std::string text;
  double at = frame.right, y = frame.top - 14;
  for (size_t i = curves.size(); i-- > 0;) {
    at -= numCharacters(curves[i].name) * 8 + 4;
    text +=
        format("<path d=\"M%.0f %.0fh20\" stroke=\"%s\" "
               "stroke-width=\"%s\"/>\n",
               at - 26, y - 4, colors[i], curves[i].isOutput ? "2.5" : "1.5") +
        textAt(at, y, xmlText(curves[i].name), "fill=\"#111827\"");
    at -= 44;
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
  std::vector<const char *> colors;
  int numInputs = 0, numOutputs = 0;
  for (const Curve &curve : curves) {
    colors.push_back(curve.isOutput ? outputColors[numOutputs++ % 6]
                                    : inputColors[numInputs++ % 4]);
    lines += drawCurve(curve, x, y, colors.back());
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
              drawLegend(frame, curves, colors)};
}
