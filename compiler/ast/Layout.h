//===- Layout.h - documents that find their line breaks ---------*- C++ -*-===//
//
// A text with places where it may break, as in Wadler, "A prettier printer":
// a group is set on one line if it fits, else all of its own breaks are taken.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_AST_LAYOUT_H
#define PDEC_AST_LAYOUT_H

#include <string>
#include <vector>

namespace pdec::ast {

struct Doc {
  enum class Kind {
    Text,
    Remark,   ///< text that needs no room: a comment at the end of a line
    Line,     ///< a space, or a line break
    SoftLine, ///< nothing, or a line break
    HardLine, ///< a line break
    Concat,
    Group,
    Nest, ///< its line breaks are indented further
  };

  Kind kind = Kind::Concat;
  std::string text;
  int indent = 0;
  std::vector<Doc> parts;

  Doc() = default;
  Doc(std::string text) : kind(Kind::Text), text(std::move(text)) {}
  Doc(const char *text) : kind(Kind::Text), text(text) {}

  static Doc remark(std::string text);
  static Doc line() { return Doc(Kind::Line); }
  static Doc softLine() { return Doc(Kind::SoftLine); }
  static Doc hardLine() { return Doc(Kind::HardLine); }
  static Doc group(Doc content);
  static Doc nest(int indent, Doc content);

  Doc &operator<<(Doc part);

private:
  explicit Doc(Kind kind) : kind(kind) {}
};

/// The document as text, lines kept within `width` columns where breaks allow.
std::string layOut(const Doc &doc, int width = 80);

} // namespace pdec::ast

#endif // PDEC_AST_LAYOUT_H
