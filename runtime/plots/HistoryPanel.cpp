//===- HistoryPanel.cpp - diagrams of convergence -------------------------===//

#include "runtime/plots/Panel.h"
#include "runtime/plots/PlotScale.h"
#include "runtime/system/Text.h"

#include <algorithm>

using namespace pdert;

/// What a logarithm can show.
static bool isShown(double measure) {
  return measure > 0 && std::isfinite(measure);
}

/// The range of powers of ten that the measures and the bound span.
static Scale powerScale(const std::vector<IterationPoint> &points, double bound,
                        const Frame &frame) {
  double low = INFINITY, high = -INFINITY;
  auto include = [&](double measure) {
    if (!isShown(measure))
      return;
    low = std::min(low, std::log10(measure));
    high = std::max(high, std::log10(measure));
  };
  for (const IterationPoint &point : points)
    include(point.measure);
  include(bound);
  if (!(low <= high))
    low = high = 0;
  low = std::floor(low);
  high = std::max(std::ceil(high), low + 1);
  double step = std::max(1.0, std::ceil((high - low) / 7));
  return {low, high, step, frame.bottom, frame.top};
}

static std::string drawHistoryAxes(const Frame &frame, const Scale &passes,
                                   const Scale &powers) {
  std::string grid = "<g stroke=\"#e5e7eb\">\n", text;
  forEachTick(powers, [&](double power) {
    double at = powers.pixel(power);
    grid +=
        format("<path d=\"M%.0f %.1fH%.0f\"/>\n", frame.left, at, frame.right);
    text += textAt(frame.left - 8, at + 4,
                   format("10<tspan dy=\"-5\" font-size=\"10\">%s%.0f</tspan>",
                          power < 0 ? "\xE2\x88\x92" : "", std::fabs(power)),
                   "text-anchor=\"end\"");
  });
  forEachTick(passes, [&](double pass) {
    text += textAt(passes.pixel(pass), frame.bottom + 18,
                   tickText(pass, passes.step), "text-anchor=\"middle\"");
  });
  return grid + "</g>\n<g fill=\"#4b5563\">\n" + text + "</g>\n" +
         format("<path d=\"M%.0f %.0fV%.0fH%.0f\" fill=\"none\" "
                "stroke=\"#6b7280\"/>\n",
                frame.left, frame.top, frame.bottom, frame.right);
}

static std::string drawBound(const Frame &frame, const Scale &powers,
                             double bound) {
  if (!isShown(bound))
    return "";
  double at = powers.pixel(std::log10(bound));
  return format("<path d=\"M%.0f %.1fH%.0f\" stroke=\"#c2410c\" "
                "stroke-dasharray=\"6 4\"/>\n",
                frame.left, at, frame.right) +
         textAt(frame.left + 6, at - 6, "below " + shortest(bound),
                "fill=\"#c2410c\" font-size=\"12\"");
}

static std::string drawCourse(const std::vector<IterationPoint> &points,
                              const Scale &passes, const Scale &powers) {
  std::string path;
  bool isPenDown = false; // lifted where there is nothing to show
  int shown = 0;
  for (const IterationPoint &point : points) {
    if (isShown(point.measure)) {
      path += format("%s%.1f %.1f", isPenDown ? "L" : "M",
                     passes.pixel(static_cast<double>(point.pass)),
                     powers.pixel(std::log10(point.measure)));
      ++shown;
    }
    isPenDown = isShown(point.measure);
  }
  if (shown == 1) // a line of no length, seen as a dot
    path += "h0";
  return format("<path d=\"%s\" fill=\"none\" stroke=\"#1664ab\" "
                "stroke-width=\"%s\" stroke-linejoin=\"round\" "
                "stroke-linecap=\"round\"/>\n",
                path.c_str(), shown == 1 ? "4" : "1.6");
}

Panel pdert::historyPanel(const pde_loop &loop, const LoopHistory &history) {
  Frame frame = {74, 36, 374, 236};
  std::vector<IterationPoint> points = history.points();
  Scale powers = powerScale(points, history.bound(), frame);
  double last = static_cast<double>(points.back().pass);
  Scale passes = makeScale(0, last, 0, 5, frame.left, frame.right);
  passes.step = std::max(1.0, passes.step);
  std::string note = loop.measure;
  if (history.numRuns() > 1)
    note += format(", the last of %lld runs",
                   static_cast<long long>(history.numRuns()));
  return {frame.right + 20, frame.bottom + 53,
          panelTitle(frame, std::string("iteration for ") + loop.what, note) +
              drawHistoryAxes(frame, passes, powers) +
              drawBound(frame, powers, history.bound()) +
              drawCourse(points, passes, powers) +
              textAt((frame.left + frame.right) / 2, frame.bottom + 40, "pass",
                     "text-anchor=\"middle\" fill=\"#111827\"")};
}
