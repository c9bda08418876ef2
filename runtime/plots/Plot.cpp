//===- Plot.cpp - the picture that --plot draws ---------------------------===//

#include "runtime/plots/Plot.h"
#include "runtime/files/Xml.h"
#include "runtime/plots/ColorMap.h"
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

std::vector<Curve> Plot::curvesOn(int32_t grid,
                                  const GridPositions &positions) const {
  std::vector<Curve> curves;
  auto add = [&](const pde_port &port, bool isOutput, const Reduced &field) {
    if (port.grid != grid || field.points.empty())
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

void Plot::addImagePanels(const pde_context &ctx,
                          const std::vector<GridPositions> &positions,
                          bool areOutputs, std::vector<Panel> &panels) const {
  const std::vector<Reduced> &fields = areOutputs ? outputs : inputs;
  const pde_port *ports = areOutputs ? program.outputs : program.inputs;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].thumbnail.pixels.empty())
      continue;
    int32_t grid = ports[i].grid;
    auto sizes = ctx.sizesOf(ports[i]);
    panels.push_back(
        imagePanel({ports[i], program.grids[grid], sizes.data(),
                    positionsOf(ports[i], positions[grid]), areOutputs},
                   fields[i].thumbnail));
  }
}

/// Inner iterations of the library, which compare other values, would crowd the
/// page.
static bool isDrawn(const pde_loop &loop) {
  return std::strcmp(loop.measure, "change") == 0 ||
         std::strcmp(loop.measure, "residual") == 0;
}

void Plot::addHistoryPanels(const std::vector<LoopHistory> &histories,
                            std::vector<Panel> &panels) const {
  for (size_t loop = 0; loop < histories.size(); ++loop)
    if (histories[loop].numRuns() > 0 && isDrawn(program.loops[loop]))
      panels.push_back(historyPanel(program.loops[loop], histories[loop]));
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

private:
  static constexpr double widest = 1400;
  double x = 0, rowHeight = 0;
};

} // namespace

std::string Plot::draw(const pde_context &ctx,
                       const std::vector<GridPositions> &positions,
                       const std::vector<LoopHistory> &histories) const {
  std::vector<Panel> fields, courses;
  addImagePanels(ctx, positions, false, fields);
  addImagePanels(ctx, positions, true, fields);
  bool needsColors = !fields.empty();
  addHistoryPanels(histories, courses);
  addCurvePanels(positions, fields.empty() && courses.empty(), fields);
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
  return format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" "
                "height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
                "font-family=\"system-ui, -apple-system, 'Segoe UI', "
                "Helvetica, Arial, sans-serif\" font-size=\"13\">\n",
                page.width, page.height, page.width, page.height) +
         (needsColors ? "<defs>\n" + colorGradient(colorBarId) + "</defs>\n"
                      : "") +
         "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n" + title +
         page.content + "</svg>\n";
}
