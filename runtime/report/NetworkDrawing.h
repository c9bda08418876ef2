//===- NetworkDrawing.h - a network without Graphviz ------------*- C++ -*-===//

#ifndef PDE_RUNTIME_NETWORKDRAWING_H
#define PDE_RUNTIME_NETWORKDRAWING_H

#include <string>

namespace pdert {

/// A simple picture, as SVG, of a graph in the words in which pdec writes
/// networks (--emit dot): each node below all that lead to it, one a row, what
/// is skipped as an arc at the left, what goes to the next pass as a dashed arc
/// at the right, loops as frames.
std::string drawNetwork(const std::string &graph);

} // namespace pdert

#endif // PDE_RUNTIME_NETWORKDRAWING_H
