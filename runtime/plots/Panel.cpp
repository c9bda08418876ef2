//===- Panel.cpp - what the diagrams of a plot share ----------------------===//

#include "runtime/plots/Panel.h"
#include "runtime/files/Xml.h"
#include "runtime/system/Text.h"

using namespace pdert;

std::string pdert::textAt(double x, double y, const std::string &content,
                          const char *more) {
  return format("<text x=\"%.1f\" y=\"%.1f\"%s%s>%s</text>\n", x, y,
                *more ? " " : "", more, content.c_str());
}

std::string pdert::panelTitle(const Frame &frame, const std::string &title,
                              const std::string &note) {
  double y = frame.top - 14;
  if (note.empty())
    return textAt(frame.left, y, xmlText(title),
                  "font-weight=\"600\" fill=\"#111827\"");
  return textAt(frame.left, y,
                format("<tspan font-weight=\"600\" fill=\"#111827\">%s</tspan>"
                       "<tspan dx=\"8\" fill=\"#6b7280\">%s</tspan>",
                       xmlText(title).c_str(), xmlText(note).c_str()));
}
