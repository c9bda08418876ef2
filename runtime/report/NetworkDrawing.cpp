//===- NetworkDrawing.cpp - a network without Graphviz --------------------===//
//
// pdec writes one node, edge, frame or label a line, and nodes in the order in
// which they are computed. So a column of them, in that order, has all edges of
// a pass downwards: neighbours are joined by a line, and everything else is an
// arc. That is no layout for large networks, but none is ever wrong.
//
//===----------------------------------------------------------------------===//

#include "runtime/report/NetworkDrawing.h"
#include "runtime/report/Html.h"
#include "runtime/system/Text.h"

#include <algorithm>
#include <map>
#include <vector>

using namespace pdert;

namespace {

struct Node {
  std::vector<std::string> lines;
  std::string color;
  double top = 0, height = 0;
};

struct Edge {
  size_t from, to;
  std::string label;
  bool isNextPass;
};

struct Group {
  std::vector<std::string> lines;
  size_t first, last; ///< nodes, of which the last is behind
  int depth;
  double top = 0, bottom = 0;
};

struct Graph {
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<Group> groups;
};

} // namespace

static constexpr double width = 250, left = 130, lineHeight = 15;

/// The value of an attribute; in quotes, or up to the next comma.
static std::string attribute(const std::string &line, const std::string &name) {
  size_t at = line.find(name + "=");
  if (at == std::string::npos)
    return "";
  at += name.size() + 1;
  bool isQuoted = line[at] == '"';
  std::string value;
  for (at += isQuoted; at < line.size(); ++at) {
    if (isQuoted ? line[at] == '"' : line[at] == ',' || line[at] == ']')
      break;
    if (line[at] == '\\' && at + 1 < line.size())
      value += line[at++];
    value += line[at];
  }
  return value;
}

/// Cuts a label at \n and takes other backslashes away.
static std::vector<std::string> linesOf(const std::string &label) {
  std::vector<std::string> lines(1);
  for (size_t i = 0; i < label.size(); ++i)
    if (label[i] == '\\' && i + 1 < label.size()) {
      char next = label[++i];
      if (next == 'n' || next == 'l' || next == 'r')
        lines.emplace_back();
      else
        lines.back() += next;
    } else {
      lines.back() += label[i];
    }
  if (lines.size() > 1 && lines.back().empty())
    lines.pop_back();
  return lines;
}

namespace {

/// Reads the lines of a graph in turn.
class Reader {
public:
  Graph graph;

  void read(const std::string &line) {
    size_t begin = line.find_first_not_of(' ');
    if (begin == std::string::npos)
      return;
    std::string text = line.substr(begin);
    std::string name = text.substr(0, text.find_first_of(" ;["));
    if (text.rfind("subgraph", 0) == 0)
      open();
    else if (text[0] == '}')
      close();
    else if (text.rfind("label=", 0) == 0 && !waiting.empty())
      graph.groups[waiting.back()].lines = linesOf(attribute(text, "label"));
    else if (text.find(" -> ") != std::string::npos)
      addEdge(text, name);
    else if (text.find("[label=") != std::string::npos)
      addNode(text, name);
  }

private:
  std::map<std::string, size_t> numbers;
  std::vector<size_t> waiting; ///< groups that are not closed

  void open() {
    int depth = static_cast<int>(waiting.size());
    waiting.push_back(graph.groups.size());
    graph.groups.push_back({{}, graph.nodes.size(), 0, depth});
  }
  void close() {
    if (waiting.empty())
      return;
    graph.groups[waiting.back()].last = graph.nodes.size();
    waiting.pop_back();
  }
  void addNode(const std::string &text, const std::string &name) {
    numbers[name] = graph.nodes.size();
    std::string color = attribute(text, "fillcolor");
    if (color.empty())
      color = "white";
    graph.nodes.push_back({linesOf(attribute(text, "label")), color});
  }
  void addEdge(const std::string &text, const std::string &name) {
    std::string target = text.substr(text.find(" -> ") + 4);
    target = target.substr(0, target.find_first_of(" ;["));
    auto from = numbers.find(name), to = numbers.find(target);
    if (from != numbers.end() && to != numbers.end())
      graph.edges.push_back({from->second, to->second, attribute(text, "label"),
                             attribute(text, "style") == "dashed"});
  }
};

} // namespace

/// Gives each node its place, and each group room above its first one for its
/// text. Returns the height of all.
static double arrange(Graph &graph) {
  double at = 10;
  for (size_t i = 0; i <= graph.nodes.size(); ++i) {
    // Inner ones end first.
    for (size_t number = graph.groups.size(); number-- > 0;)
      if (graph.groups[number].last == i)
        graph.groups[number].bottom = at += 4;
    for (Group &group : graph.groups)
      if (group.first == i) {
        group.top = at;
        at += lineHeight * static_cast<double>(group.lines.size()) + 8;
      }
    if (i == graph.nodes.size())
      break;
    Node &node = graph.nodes[i];
    node.top = at;
    node.height = lineHeight * static_cast<double>(node.lines.size()) + 10;
    at += node.height + 22;
  }
  return at;
}

static std::string drawFrame(const Group &group) {
  double inset = 12 - 4 * group.depth;
  return format(
      "<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" rx=\"8\" "
      "fill=\"none\" stroke=\"#9aa3ad\"/>\n",
      left - inset, group.top, width + 2 * inset, group.bottom - group.top);
}

/// With a white rim, since edges may lie below.
static std::string drawLabel(const Group &group) {
  std::string text;
  for (size_t i = 0; i < group.lines.size(); ++i)
    text += format("<text x=\"%.0f\" y=\"%.0f\" stroke=\"#fff\" "
                   "stroke-width=\"4\" paint-order=\"stroke\">%s</text>\n",
                   left, group.top + lineHeight * static_cast<double>(i + 1),
                   htmlText(group.lines[i]).c_str());
  return text;
}

static std::string drawNode(const Node &node) {
  std::string text =
      format("<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" "
             "rx=\"4\" fill=\"%s\" stroke=\"#4b5563\"/>\n",
             left, node.top, width, node.height, htmlText(node.color).c_str());
  for (size_t i = 0; i < node.lines.size(); ++i)
    text += format("<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">%s"
                   "</text>\n",
                   left + width / 2,
                   node.top + lineHeight * static_cast<double>(i + 1) + 2,
                   htmlText(node.lines[i]).c_str());
  return text;
}

/// Downwards to the next node, else around those between.
static std::string drawEdge(const Graph &graph, const Edge &edge) {
  const Node &from = graph.nodes[edge.from], &to = graph.nodes[edge.to];
  double start = from.top + from.height, x = left + width / 2, y = to.top - 4;
  std::string path;
  if (edge.to == edge.from + 1) {
    path = format("M%.0f %.0fV%.0f", x, start, y);
  } else {
    bool isRight = edge.isNextPass;
    double side = isRight ? left + width : left;
    double length = static_cast<double>(
        edge.from < edge.to ? edge.to - edge.from : edge.from - edge.to);
    double reach = std::min(100.0, 24 + 9 * length) * (isRight ? 1 : -1);
    start = from.top + from.height / 2;
    y = to.top + to.height / 2;
    path = format("M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f", side, start,
                  side + reach, start, side + reach, y,
                  side + (isRight ? 5 : -5), y);
    x = side + 0.75 * reach;
  }
  std::string label =
      format("<text x=\"%.0f\" y=\"%.0f\" class=\"edge\">%s</text>\n", x + 4,
             (start + y) / 2 + 4, htmlText(edge.label).c_str());
  return format("<path d=\"%s\" fill=\"none\" stroke=\"#374151\"%s "
                "marker-end=\"url(#arrow)\"/>\n",
                path.c_str(),
                edge.isNextPass ? " stroke-dasharray=\"5 4\"" : "") +
         (edge.label.empty() ? "" : label);
}

std::string pdert::drawNetwork(const std::string &graph) {
  Reader reader;
  for (size_t at = 0; at < graph.size();) {
    size_t end = std::min(graph.find('\n', at), graph.size());
    reader.read(graph.substr(at, end - at));
    at = end + 1;
  }
  Graph &found = reader.graph;
  if (found.nodes.empty())
    return "";
  double height = arrange(found), all = left + width + 120;
  std::string text =
      format("<svg width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\" "
             "font-size=\"11\" role=\"img\" aria-label=\"network\">\n"
             "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"4\" "
             "refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\">"
             "<path d=\"M0 0L8 4L0 8Z\" fill=\"#374151\"/></marker></defs>\n",
             all, height, all, height);
  for (const Group &group : found.groups)
    text += drawFrame(group);
  for (const Edge &edge : found.edges)
    text += drawEdge(found, edge);
  for (const Group &group : found.groups)
    text += drawLabel(group);
  for (const Node &node : found.nodes)
    text += drawNode(node);
  return text + "</svg>\n";
}
