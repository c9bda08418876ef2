//===- SvgPixels.h - the pictures of plots as pixels ------------*- C++ -*-===//

#ifndef PDE_RUNTIME_SVGPIXELS_H
#define PDE_RUNTIME_SVGPIXELS_H

#include "runtime/plots/Canvas.h"

#include <string>

namespace pdert {

/// Paints SVG as this room writes it: groups that are moved, rectangles, lines,
/// texts. Images in it are left out: whoever made them paints them before,
/// since nothing lies below them. Each unit of the picture has `scale` pixels.
void paintSvg(Canvas &canvas, const std::string &svg, double scale);

} // namespace pdert

#endif // PDE_RUNTIME_SVGPIXELS_H
