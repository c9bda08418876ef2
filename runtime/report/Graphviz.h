//===- Graphviz.h - pictures that another program draws ---------*- C++ -*-===//

#ifndef PDE_RUNTIME_GRAPHVIZ_H
#define PDE_RUNTIME_GRAPHVIZ_H

#include <string>

namespace pdert {

/// What `dot -Tsvg` makes of a graph, from <svg on; empty where there is no
/// such program, or it fails.
std::string drawWithGraphviz(const std::string &graph);

} // namespace pdert

#endif // PDE_RUNTIME_GRAPHVIZ_H
