//===- Plot.cpp - the picture that --plot draws ---------------------------===//

#include "runtime/plots/Plot.h"
#include "runtime/files/Xml.h"
#include "runtime/system/Text.h"

#include <algorithm>
#include <cstring>

using namespace pdert;

Plot::Reduced Plot::reduce(pde_context &ctx, const pde_port &port,
                           const void *data) {
  Reduced result;
  int rank = ctx.program.grids[port.grid].rank;
  if (rank == 1)
    result.points = computeEnvelope(ctx, data, ctx.numElements(port));
  else
    result.thumbnail = makeThumbnail(ctx, data, ctx.sizesOf(port).data(), rank);
  return result;
}

bool Plot::Reduced::isConstant() const {
  auto isSame = [&](const CurvePoint &point) {
    return point.value == points.front().value;
  };
  return points.empty()
             ? std::all_of(thumbnail.pixels.begin(), thumbnail.pixels.end(),
                           [&](double pixel) {
                             return pixel == thumbnail.pixels.front();
                           })
             : std::all_of(points.begin(), points.end(), isSame);
}

bool Plot::isDrawn(const Reduced &field, bool isOutput) const {
  if (field.isEmpty())
    return false;
  bool hasOutputs =
      std::any_of(outputs.begin(), outputs.end(),
                  [](const Reduced &output) { return !output.isEmpty(); });
  return isOutput || !hasOutputs || !field.isConstant();
}

std::vector<Curve> Plot::curvesOn(int32_t grid,
                                  const GridPositions &positions) const {
  std::vector<Curve> curves;
  auto add = [&](const pde_port &port, bool isOutput, const Reduced &field) {
    if (port.grid != grid || field.points.empty() || !isDrawn(field, isOutput))
      return;
    AxisPositions axis = positionsOf(port, positions)[0];
    curves.push_back({port.name, isOutput, field.points});
    for (CurvePoint &point : curves.back().points)
      point.cell = axis.first + point.cell * axis.spacing;
  };
  for (int32_t input = 0; input < program.num_inputs; ++input)
    add(program.inputs[input], false, inputs[input]);
  for (int32_t output = 0; output < program.num_outputs; ++output)
    add(program.outputs[output], true, outputs[output]);
  return curves;
}

void Plot::addCurvePanels(const std::vector<GridPositions> &positions,
                          bool mayFill, std::vector<Panel> &panels) const {
  struct Diagram {
    std::string grid, axis;
    std::vector<Curve> curves;
  };
  std::vector<Diagram> diagrams;
  for (int32_t grid = 0; grid < program.num_grids; ++grid) {
    const AxisPositions &axis = positions[grid][0];
    std::vector<Curve> curves = curvesOn(grid, positions[grid]);
    if (!curves.empty())
      diagrams.push_back({program.grids[grid].name,
                          axis.known ? program.grids[grid].axis[0] : "cell",
                          std::move(curves)});
  }
  bool isWide = mayFill && diagrams.size() == 1;
  for (const Diagram &diagram : diagrams)
    panels.push_back(curvePanel(isWide ? program.name : diagram.grid,
                                diagram.axis, diagram.curves, isWide));
}

namespace {

/// Fields on one grid whose colours mean the same values.
struct ColorGroup {
  int32_t grid;
  ColorRange range;
  double shortest; ///< of its members' ranges

  /// They are comparable where what all span is at most twice what any does.
  bool takes(int32_t other, const ColorRange &added) const {
    ColorRange all = joined(added);
    double least = std::min(shortest, added.high - added.low);
    return grid == other && all.high - all.low <= 2 * least;
  }
  ColorRange joined(const ColorRange &added) const {
    return {std::min(range.low, added.low), std::max(range.high, added.high)};
  }
};

} // namespace

std::vector<ColorRange> Plot::colorRanges() const {
  std::vector<ColorGroup> groups;
  std::vector<int> groupOf;
  auto add = [&](const pde_port &port, const Reduced &field) {
    const std::vector<double> &pixels = field.thumbnail.pixels;
    groupOf.push_back(-1);
    if (pixels.empty())
      return;
    auto [low, high] = std::minmax_element(pixels.begin(), pixels.end());
    ColorRange range = {*low, *high};
    auto group =
        std::find_if(groups.begin(), groups.end(), [&](const ColorGroup &one) {
          return one.takes(port.grid, range);
        });
    groupOf.back() = static_cast<int>(group - groups.begin());
    if (group == groups.end()) {
      groups.push_back({port.grid, range, range.high - range.low});
      return;
    }
    group->range = group->joined(range);
    group->shortest = std::min(group->shortest, range.high - range.low);
  };
  for (size_t input = 0; input < inputs.size(); ++input)
    add(program.inputs[input], inputs[input]);
  for (size_t output = 0; output < outputs.size(); ++output)
    add(program.outputs[output], outputs[output]);
  std::vector<ColorRange> ranges;
  for (int group : groupOf)
    ranges.push_back(group < 0 ? ColorRange{0, 0} : groups[group].range);
  return ranges;
}

void Plot::addImagePanels(const pde_context &ctx,
                          const std::vector<GridPositions> &positions,
                          bool isUpwards, std::vector<Panel> &panels) const {
  std::vector<ColorRange> ranges = colorRanges();
  for (size_t i = 0; i < ranges.size(); ++i) {
    bool isOutput = i >= inputs.size();
    size_t number = isOutput ? i - inputs.size() : i;
    const Reduced &field = isOutput ? outputs[number] : inputs[number];
    const pde_port &port =
        (isOutput ? program.outputs : program.inputs)[number];
    if (field.thumbnail.pixels.empty() || !isDrawn(field, isOutput))
      continue;
    auto sizes = ctx.sizesOf(port);
    panels.push_back(imagePanel({port, program.grids[port.grid], sizes.data(),
                                 positionsOf(port, positions[port.grid]),
                                 isOutput, isUpwards, ranges[i]},
                                field.thumbnail));
  }
}

/// Inner iterations of the library, which compare other values, would crowd the
/// page.
static bool isCourseDrawn(const pde_loop &loop) {
  return std::strcmp(loop.measure, "change") == 0 ||
         std::strcmp(loop.measure, "residual") == 0;
}

void Plot::addHistoryPanels(const std::vector<LoopHistory> &histories,
                            std::vector<Panel> &panels) const {
  for (size_t loop = 0; loop < histories.size(); ++loop)
    if (histories[loop].numRuns() > 0 && isCourseDrawn(program.loops[loop]))
      panels.push_back(historyPanel(program.loops[loop], histories[loop]));
}

static bool isNoted(const Series &series) { return !series.isEmpty(); }

void Plot::addSeriesPanels(bool mayFill, std::vector<Panel> &panels) const {
  bool isWide =
      mayFill && std::count_if(series.begin(), series.end(), isNoted) == 1;
  for (size_t record = 0; record < series.size(); ++record)
    if (isNoted(series[record]))
      panels.push_back(
          series[record].panel(program.records[record].port.name, isWide));
}

namespace {

/// Panels side by side, in rows that a screen has room for.
class Page {
public:
  explicit Page(double top) : height(top) {}

  void place(const Panel &panel) {
    if (x > 0 && x + panel.width > widest)
      endRow();
    content += format("<g transform=\"translate(%.0f %.0f)\">\n", x, height) +
               panel.svg + "</g>\n";
    for (PanelImage image : panel.images) {
      image.left += x;
      image.top += height;
      images.push_back(std::move(image));
    }
    x += panel.width;
    width = std::max(width, x);
    rowHeight = std::max(rowHeight, panel.height);
  }
  void endRow() {
    height += rowHeight;
    x = rowHeight = 0;
  }

  double height, width = 0;
  std::string content;
  std::vector<PanelImage> images;

private:
  static constexpr double widest = 1400;
  double x = 0, rowHeight = 0;
};

} // namespace

std::vector<Panel> Plot::panels(const pde_context &ctx,
                                const std::vector<GridPositions> &positions,
                                const std::vector<LoopHistory> &histories,
                                bool isUpwards) const {
  std::vector<Panel> panels;
  addImagePanels(ctx, positions, isUpwards, panels);
  addCurvePanels(positions, /*mayFill=*/false, panels);
  addSeriesPanels(/*mayFill=*/false, panels);
  addHistoryPanels(histories, panels);
  return panels;
}

Panel Plot::draw(const pde_context &ctx,
                 const std::vector<GridPositions> &positions,
                 const std::vector<LoopHistory> &histories,
                 bool isUpwards) const {
  std::vector<Panel> fields, courses;
  addImagePanels(ctx, positions, isUpwards, fields);
  bool needsColors = !fields.empty();
  addHistoryPanels(histories, courses);
  bool isBare = fields.empty() && courses.empty();
  bool hasSeries = std::any_of(series.begin(), series.end(), isNoted);
  addCurvePanels(positions, isBare && !hasSeries, fields);
  addSeriesPanels(isBare && fields.empty(), fields);
  // A diagram that fills the page has the page's title.
  bool isAlone = fields.size() == 1 && courses.empty() && !needsColors;
  Page page(isAlone ? 0 : 44);
  for (const Panel &panel : fields)
    page.place(panel);
  page.endRow();
  for (const Panel &panel : courses)
    page.place(panel);
  page.endRow();
  page.width = std::max(page.width, 200.0);
  std::string title =
      isAlone ? ""
              : textAt(24, 32, xmlText(program.name),
                       "font-size=\"16\" font-weight=\"600\" fill=\"#111827\"");
  std::string svg =
      format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" "
             "height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
             "font-family=\"system-ui, -apple-system, 'Segoe UI', "
             "Helvetica, Arial, sans-serif\" font-size=\"13\">\n",
             page.width, page.height, page.width, page.height) +
      (needsColors ? "<defs>\n" + colorGradients() + "</defs>\n" : "") +
      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n" + title +
      page.content + "</svg>\n";
  return {page.width, page.height, svg, std::move(page.images)};
}
