//===- Panel.h - one diagram of a plot --------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_PANEL_H
#define PDE_RUNTIME_PANEL_H

#include "runtime/execution/Convergence.h"
#include "runtime/files/Field.h"
#include "runtime/plots/ColorMap.h"
#include "runtime/plots/Envelope.h"
#include "runtime/plots/Thumbnail.h"

#include <string>
#include <vector>

namespace pdert {

/// Cells as colours, stretched over a part of a diagram.
struct PanelImage {
  double left, top, width, height;
  double first, rows, columns; ///< which pixels are seen: the rest is cut
  int64_t stride;              ///< of a row
  std::vector<Color> pixels;
};

/// A diagram with its title and axes, drawn from (0, 0) on. Its images are in
/// the SVG, too.
struct Panel {
  double width, height; ///< pixels
  std::string svg;
  std::vector<PanelImage> images = {};
};

/// A line of a diagram; outputs are drawn strong, over the light inputs.
struct Curve {
  std::string name;
  bool isOutput = false;
  std::vector<CurvePoint> points; ///< at axis positions, ascending
};

/// Several 1-D fields over one axis; a wide panel is for a page of its own.
Panel curvePanel(const std::string &title, const std::string &axisName,
                 const std::vector<Curve> &curves, bool isWide);

/// The values that the colours of an image span.
struct ColorRange {
  double low, high;
};

/// What an image shows.
struct ImageSubject {
  const pde_port &port;
  const pde_grid &grid;
  const int64_t *sizes;
  GridPositions positions;
  bool isOutput;
  bool isUpwards; ///< as a diagram, else as a matrix
  ColorRange colors;
};

/// An image of a 2-D field, or of a slice of a 3-D one, with a colour bar: the
/// last axis but one goes down, as in a matrix, the last to the right; or the
/// former goes to the right, the latter upwards. Needs the gradients of
/// colorGradients().
Panel imagePanel(const ImageSubject &subject, const Thumbnail &thumbnail);

/// Definitions that the colour bars of a page refer to.
std::string colorGradients();

/// The measure of a loop over its passes, logarithmic, with the bound.
Panel historyPanel(const pde_loop &loop, const LoopHistory &history);

/// The beginning of a text element at (x, y); `more` are further attributes.
std::string textAt(double x, double y, const std::string &content,
                   const char *more = "");

/// Frame, grid lines and numbers of a diagram.
struct Frame {
  double left, top, right, bottom;
};

/// A panel's title, and in grey what else is to be said.
std::string panelTitle(const Frame &frame, const std::string &title,
                       const std::string &note);

} // namespace pdert

#endif // PDE_RUNTIME_PANEL_H
