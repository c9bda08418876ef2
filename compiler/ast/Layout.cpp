//===- Layout.cpp - documents that find their line breaks -----------------===//

#include "compiler/ast/Layout.h"

#include "compiler/support/Utf8.h"

using namespace pdec;
using namespace pdec::ast;

Doc Doc::remark(std::string text) {
  Doc result(std::move(text));
  result.kind = Kind::Remark;
  return result;
}

Doc Doc::group(Doc content) {
  Doc result(Kind::Group);
  result.parts.push_back(std::move(content));
  return result;
}

Doc Doc::nest(int indent, Doc content) {
  Doc result(Kind::Nest);
  result.indent = indent;
  result.parts.push_back(std::move(content));
  return result;
}

Doc &Doc::operator<<(Doc part) {
  parts.push_back(std::move(part));
  return *this;
}

namespace {

/// A document still to be set, and how.
struct Pending {
  const Doc *doc;
  int indent;
  bool flat;
};

void pushParts(std::vector<Pending> &stack, const Pending &item, bool flat) {
  int indent = item.indent + item.doc->indent;
  for (size_t i = item.doc->parts.size(); i > 0; --i)
    stack.push_back({&item.doc->parts[i - 1], indent, flat});
}

/// Whether `next` on one line, with what follows it up to the first possible
/// line break, leaves the line within `room` columns.
bool fits(const Pending &next, const std::vector<Pending> &rest, int room) {
  std::vector<Pending> stack = {next};
  size_t following = rest.size();
  while (room >= 0) {
    if (stack.empty()) {
      if (following == 0)
        return true;
      stack.push_back(rest[--following]);
    }
    Pending item = stack.back();
    stack.pop_back();
    switch (item.doc->kind) {
    case Doc::Kind::Text:
      room -= int(countCodePoints(item.doc->text));
      break;
    case Doc::Kind::Remark:
      break;
    case Doc::Kind::HardLine:
      // Inside the group it forces the breaks; after the group it ends a line.
      return !item.flat;
    case Doc::Kind::Line:
    case Doc::Kind::SoftLine:
      if (!item.flat)
        return true;
      room -= item.doc->kind == Doc::Kind::Line;
      break;
    case Doc::Kind::Concat:
    case Doc::Kind::Group:
    case Doc::Kind::Nest:
      pushParts(stack, item, item.flat);
      break;
    }
  }
  return false;
}

/// Starts a new line, leaving no blanks at the end of the old one.
void breakLine(std::string &out, int indent) {
  while (!out.empty() && out.back() == ' ')
    out.pop_back();
  out += '\n';
  out.append(indent, ' ');
}

int columnOf(const std::string &out) {
  size_t newline = out.rfind('\n');
  size_t start = newline == std::string::npos ? 0 : newline + 1;
  return int(countCodePoints(std::string_view(out).substr(start)));
}

} // namespace

std::string pdec::ast::layOut(const Doc &doc, int width) {
  std::string out;
  std::vector<Pending> stack = {{&doc, 0, false}};
  while (!stack.empty()) {
    Pending item = stack.back();
    stack.pop_back();
    switch (item.doc->kind) {
    case Doc::Kind::Text:
    case Doc::Kind::Remark:
      out += item.doc->text;
      break;
    case Doc::Kind::Line:
    case Doc::Kind::SoftLine:
      if (!item.flat)
        breakLine(out, item.indent);
      else if (item.doc->kind == Doc::Kind::Line)
        out += ' ';
      break;
    case Doc::Kind::HardLine:
      breakLine(out, item.indent);
      break;
    case Doc::Kind::Concat:
    case Doc::Kind::Nest:
      pushParts(stack, item, item.flat);
      break;
    case Doc::Kind::Group: {
      Pending flat = {&item.doc->parts[0], item.indent, true};
      bool isFlat = item.flat || fits(flat, stack, width - columnOf(out));
      stack.push_back({&item.doc->parts[0], item.indent, isFlat});
      break;
    }
    }
  }
  return out;
}
