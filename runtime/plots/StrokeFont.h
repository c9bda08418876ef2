//===- StrokeFont.h - letters as lines --------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_STROKEFONT_H
#define PDE_RUNTIME_STROKEFONT_H

#include "runtime/plots/Canvas.h"

#include <string>
#include <vector>

namespace pdert {

/// The lines of a text in UTF-8 that begins at (0, 0), its base line, with y
/// downwards; capitals are 0.75 of `size` high. Letters beyond ASCII, but for
/// the Greek ones and the minus, are boxes.
std::vector<Polyline> textLines(const std::string &text, double size);

/// How far the text reaches.
double textWidth(const std::string &text, double size);

} // namespace pdert

#endif // PDE_RUNTIME_STROKEFONT_H
