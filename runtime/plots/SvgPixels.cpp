//===- SvgPixels.cpp - the pictures of plots as pixels --------------------===//

#include "runtime/plots/SvgPixels.h"
#include "runtime/plots/StrokeFont.h"

#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>

using namespace pdert;

using Attributes = std::map<std::string, std::string>;

namespace {

/// What an element has from those around it.
struct Style {
  double x = 0, y = 0; ///< where its own origin lies
  std::optional<Color> stroke, fill = Color{0, 0, 0};
  double fontSize = 13;
  bool isBold = false;
};

} // namespace

static double number(const Attributes &attributes, const char *name,
                     double otherwise = 0) {
  auto found = attributes.find(name);
  return found == attributes.end()
             ? otherwise
             : std::strtod(found->second.c_str(), nullptr);
}

static std::string word(const Attributes &attributes, const char *name) {
  auto found = attributes.find(name);
  return found == attributes.end() ? "" : found->second;
}

/// "#rrggbb"; nothing for "none".
static std::optional<Color> color(const std::string &text) {
  if (text.size() != 7 || text[0] != '#')
    return std::nullopt;
  auto value = std::strtoul(text.c_str() + 1, nullptr, 16);
  return Color{static_cast<uint8_t>(value >> 16),
               static_cast<uint8_t>(value >> 8 & 255),
               static_cast<uint8_t>(value & 255)};
}

static std::string unescaped(const std::string &text) {
  static const std::map<std::string, char> names = {
      {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}};
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    size_t end = text[i] == '&' ? text.find(';', i) : std::string::npos;
    auto name = end == std::string::npos
                    ? names.end()
                    : names.find(text.substr(i + 1, end - i - 1));
    if (name == names.end()) {
      result += text[i];
    } else {
      result += name->second;
      i = end;
    }
  }
  return result;
}

/// The lines of a path's commands M, L, H, V, h, v and Z.
static std::vector<Polyline> pathLines(const std::string &path) {
  std::vector<Polyline> lines;
  Point at = {0, 0};
  const char *text = path.c_str();
  auto read = [&] {
    char *end;
    double value = std::strtod(text, &end);
    text = end;
    return value;
  };
  while (*text) {
    char command = *text++;
    if (command == 'M' || command == 'L') {
      at.x = read();
      at.y = read();
    } else if (command == 'H' || command == 'h') {
      at.x = command == 'h' ? at.x + read() : read();
    } else if (command == 'V' || command == 'v') {
      at.y = command == 'v' ? at.y + read() : read();
    } else if (command == 'Z' && !lines.empty()) {
      at = lines.back().front();
    } else {
      continue;
    }
    if (command == 'M')
      lines.emplace_back();
    if (!lines.empty())
      lines.back().push_back(at);
  }
  return lines;
}

namespace {

/// Goes through the tags of a picture.
class Painter {
public:
  Painter(Canvas &canvas, double scale) : canvas(canvas), scale(scale) {}

  void paint(const std::string &svg) {
    std::string content;
    for (size_t i = 0; i < svg.size();) {
      size_t end = svg[i] == '<' ? svg.find('>', i) : svg.find('<', i);
      end = std::min(end, svg.size());
      if (svg[i] == '<') {
        tag(svg.substr(i + 1, end - i - 1));
        i = end + 1;
      } else {
        say(svg.substr(i, end - i));
        i = end;
      }
    }
  }

private:
  /// A piece of a text in one size.
  struct Piece {
    std::string text;
    double size, dx, dy;
    bool isBold;
    Color color;
  };

  Canvas &canvas;
  double scale;
  std::vector<Style> styles = {Style()};
  std::vector<Piece> pieces; ///< of the text that is open
  Attributes textAttributes;
  bool isInText = false, isInDefinitions = false;
  double dx = 0, dy = 0; ///< of the next piece

  void tag(const std::string &tag);
  void open(const std::string &name, const Attributes &attributes);
  void close(const std::string &name);
  void say(const std::string &text);
  void paintText();
  void paintRectangle(const Attributes &attributes, const Style &style);
  void paintPath(const Attributes &attributes, const Style &style);
  std::vector<Polyline> placed(std::vector<Polyline> lines,
                               const Style &style) const;
};

} // namespace

/// The style of an element within another.
static Style inner(Style style, const Attributes &attributes) {
  if (attributes.count("stroke"))
    style.stroke = color(word(attributes, "stroke"));
  if (attributes.count("fill"))
    style.fill = color(word(attributes, "fill"));
  style.fontSize = number(attributes, "font-size", style.fontSize);
  style.isBold |= word(attributes, "font-weight") == "600";
  return style;
}

void Painter::tag(const std::string &tag) {
  size_t end = tag.find_first_of(" />", tag[0] == '/');
  std::string name = tag.substr(0, end);
  if (name[0] == '/')
    return close(name.substr(1));
  Attributes attributes;
  while (end != std::string::npos) {
    size_t begin = tag.find_first_not_of(" /\n", end);
    size_t equals = tag.find("=\"", end);
    if (begin == std::string::npos || equals == std::string::npos)
      break;
    size_t quote = std::min(tag.find('"', equals + 2), tag.size());
    attributes[tag.substr(begin, equals - begin)] =
        tag.substr(equals + 2, quote - equals - 2);
    end = quote + 1;
  }
  open(name, attributes);
  if (!tag.empty() && tag.back() == '/')
    close(name);
}

void Painter::open(const std::string &name, const Attributes &attributes) {
  Style style = inner(styles.back(), attributes);
  if (name == "defs")
    isInDefinitions = true;
  if (name == "g" && attributes.count("transform")) {
    // translate(x y)
    const char *text = attributes.at("transform").c_str() + 10;
    char *next;
    style.x += std::strtod(text, &next);
    style.y += std::strtod(next, nullptr);
  }
  if (name == "text") {
    isInText = true;
    textAttributes = attributes;
  }
  if (name == "tspan") {
    dx += number(attributes, "dx");
    dy += number(attributes, "dy");
  }
  if (name == "path")
    paintPath(attributes, style);
  if (name == "rect")
    paintRectangle(attributes, style);
  styles.push_back(style);
}

void Painter::close(const std::string &name) {
  if (name == "defs")
    isInDefinitions = false;
  if (name == "text") {
    paintText();
    pieces.clear();
    isInText = false;
    dx = dy = 0;
  }
  if (styles.size() > 1)
    styles.pop_back();
}

void Painter::say(const std::string &text) {
  if (!isInText)
    return;
  const Style &style = styles.back();
  pieces.push_back({unescaped(text), style.fontSize, dx, dy, style.isBold,
                    style.fill.value_or(Color{0, 0, 0})});
  dx = 0;
}

/// From units around an origin to pixels.
std::vector<Polyline> Painter::placed(std::vector<Polyline> lines,
                                      const Style &style) const {
  for (Polyline &line : lines)
    for (Point &point : line)
      point = {(style.x + point.x) * scale, (style.y + point.y) * scale};
  return lines;
}

void Painter::paintText() {
  double length = 0;
  for (const Piece &piece : pieces)
    length += piece.dx + textWidth(piece.text, piece.size) + piece.size / 8;
  std::string anchor = word(textAttributes, "text-anchor");
  double at = anchor == "middle" ? -length / 2 : anchor == "end" ? -length : 0;
  // translate(x y) rotate(-90), or x and y
  std::string turned = word(textAttributes, "transform");
  Style place = styles.back();
  if (turned.empty()) {
    place.x += number(textAttributes, "x");
    place.y += number(textAttributes, "y");
  } else {
    char *next;
    place.x += std::strtod(turned.c_str() + 10, &next);
    place.y += std::strtod(next, nullptr);
  }
  for (const Piece &piece : pieces) {
    at += piece.dx;
    std::vector<Polyline> lines = textLines(piece.text, piece.size);
    for (Polyline &line : lines)
      for (Point &point : line) {
        point = {point.x + at, point.y + piece.dy};
        if (!turned.empty())
          point = {point.y, -point.x};
      }
    canvas.stroke(placed(lines, place),
                  piece.size * scale * (piece.isBold ? 0.13 : 0.085),
                  piece.color);
    at += textWidth(piece.text, piece.size) + piece.size / 8;
  }
}

void Painter::paintRectangle(const Attributes &attributes, const Style &style) {
  std::string width = word(attributes, "width");
  if (isInDefinitions || width.find('%') != std::string::npos)
    return; // the ground is white
  double left = (style.x + number(attributes, "x")) * scale;
  double top = (style.y + number(attributes, "y")) * scale;
  double right = left + number(attributes, "width") * scale;
  double bottom = top + number(attributes, "height") * scale;
  std::string fill = word(attributes, "fill");
  ColorMap map = fill == "url(#signed-colors)" ? ColorMap::Diverging
                                               : ColorMap::Sequential;
  // A colour bar: its highest value is on top.
  for (double y = top; fill.rfind("url(", 0) == 0 && y < bottom; ++y)
    canvas.fill(left, y, right, std::min(y + 1, bottom),
                mapColor(map, (bottom - y) / (bottom - top)));
  if (style.stroke)
    canvas.stroke({{{left, top},
                    {right, top},
                    {right, bottom},
                    {left, bottom},
                    {left, top}}},
                  scale, *style.stroke);
}

void Painter::paintPath(const Attributes &attributes, const Style &style) {
  if (isInDefinitions || !style.stroke)
    return;
  std::vector<Polyline> lines = pathLines(word(attributes, "d"));
  std::string dashes = word(attributes, "stroke-dasharray");
  if (!dashes.empty()) {
    char *next;
    double mark = std::strtod(dashes.c_str(), &next);
    lines = dashed(lines, {mark, std::strtod(next, nullptr)});
  }
  canvas.stroke(placed(lines, style),
                number(attributes, "stroke-width", 1) * scale, *style.stroke);
}

void pdert::paintSvg(Canvas &canvas, const std::string &svg, double scale) {
  Painter(canvas, scale).paint(svg);
}
