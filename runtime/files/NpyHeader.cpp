//===- NpyHeader.cpp - the header of NumPy's file format ------------------===//
//
// A header is a Python dictionary in ASCII (UTF-8 in format 3.0), such as
//   {'descr': '<f8', 'fortran_order': False, 'shape': (100,), }
//
//===----------------------------------------------------------------------===//

#include "runtime/files/Npy.h"
#include "runtime/system/Text.h"

using namespace pdert;

namespace {

/// Reads the few kinds of Python literals that a header consists of.
class HeaderParser {
public:
  explicit HeaderParser(std::string_view text) : text(text) {}

  NpyHeader parse() {
    expect('{');
    while (!accept('}')) {
      std::string_view key = string();
      expect(':');
      entry(key);
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skipBlanks();
    if (at != text.size())
      malformed();
    if (!hasType || !hasOrder || !hasShape)
      fail("its header lacks 'descr', 'fortran_order' or 'shape'");
    return header;
  }

private:
  [[noreturn]] void malformed() {
    fail("its header is malformed at byte %zu", at);
  }

  void skipBlanks() {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' ||
                                text[at] == '\n' || text[at] == '\r'))
      ++at;
  }

  bool accept(char wanted) {
    skipBlanks();
    if (at >= text.size() || text[at] != wanted)
      return false;
    ++at;
    return true;
  }

  void expect(char wanted) {
    if (!accept(wanted))
      malformed();
  }

  std::string_view string() {
    skipBlanks();
    char quote = at < text.size() ? text[at] : 0;
    if (quote != '\'' && quote != '"')
      malformed();
    size_t end = text.find(quote, at + 1);
    if (end == std::string_view::npos)
      malformed();
    std::string_view content = text.substr(at + 1, end - at - 1);
    at = end + 1;
    return content;
  }

  bool word(std::string_view wanted) {
    skipBlanks();
    if (text.substr(at, wanted.size()) != wanted)
      return false;
    at += wanted.size();
    return true;
  }

  void once(bool &has) {
    if (has)
      malformed();
    has = true;
  }

  void entry(std::string_view key) {
    if (key == "descr") {
      once(hasType);
      elementType();
    } else if (key == "fortran_order") {
      once(hasOrder);
      header.isFortran = word("True");
      if (!header.isFortran && !word("False"))
        malformed();
    } else if (key == "shape") {
      once(hasShape);
      shape();
    } else {
      fail("its header has an unknown key %s", quoted(key).c_str());
    }
  }

  void elementType() {
    skipBlanks();
    if (at < text.size() && text[at] == '[')
      refuseType("a structure", "save one of its fields, as a['x']");
    std::string_view name = string();
    std::string_view code = name;
    bool isBig = !code.empty() && code[0] == '>';
    if (!code.empty() &&
        std::string_view("<>|=").find(code[0]) != std::string_view::npos)
      code.remove_prefix(1);
    static const char *const known[] = {"f2", "f4", "f8", "i1", "i2", "i4",
                                        "i8", "u1", "u2", "u4", "u8", "b1"};
    for (const char *type : known)
      if (code == type) {
        header.kind = code[0];
        header.size = code[1] - '0';
        header.isBigEndian = isBig;
        return;
      }
    refuseOther(quoted(name.substr(0, 40)), code.empty() ? 0 : code[0]);
  }

  /// Refuses a type of NumPy's that `kind` begins the code of.
  [[noreturn]] void refuseOther(const std::string &name, char kind) {
    switch (kind) {
    case 'c':
      refuseType(name + " (complex)",
                 "save its real part, a.real, or its absolute value, abs(a)");
    case 'f':
      refuseType(name + " (long double)", "save a.astype('f8')");
    case 'O':
      refuseType(name + " (Python objects)", "save a.astype('f8')");
    case 'U':
    case 'S':
      refuseType(name + " (strings)", "save a.astype('f8')");
    case 'M':
    case 'm':
      refuseType(name + " (dates or times)", "save a.astype('i8')");
    case 'V':
      refuseType(name + " (bare bytes)",
                 "save one of its fields, as a['x'], or a.astype('f4')");
    default:
      refuseType(name, "save a.astype('f8')");
    }
  }

  [[noreturn]] void refuseType(const std::string &name, const char *help) {
    fail("its element type is %s, but only real numbers (f2, f4, f8), "
         "integers (i1 to u8) and bool are accepted: %s",
         name.c_str(), help);
  }

  void shape() {
    expect('(');
    while (!accept(')')) {
      skipBlanks();
      size_t end = at;
      while (end < text.size() && text[end] >= '0' && text[end] <= '9')
        ++end;
      int64_t size = 0;
      NumberFault fault = parseInteger(text.substr(at, end - at), size);
      if (fault == NumberFault::TooLarge)
        fail("its shape is too large");
      if (fault != NumberFault::None)
        malformed();
      at = end;
      accept('L'); // as Python 2 wrote long integers
      header.shape.push_back(size);
      if (header.shape.size() > 64)
        fail("its shape has more axes than NumPy knows");
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
  }

  std::string_view text;
  size_t at = 0;
  NpyHeader header;
  bool hasType = false, hasOrder = false, hasShape = false;
};

} // namespace

NpyHeader pdert::parseNpyHeader(std::string_view text) {
  return HeaderParser(text).parse();
}

std::string pdert::npyHeader(pde_type type, const int64_t *sizes, int rank,
                             size_t least) {
  std::string shape;
  for (int axis = 0; axis < rank; ++axis)
    shape += (axis ? ", " : "") + std::to_string(sizes[axis]);
  if (rank == 1)
    shape += ",";
  std::string text = format("{'descr': '%s', 'fortran_order': False, "
                            "'shape': (%s), }",
                            type == PDE_F32 ? "<f4" : "<f8", shape.c_str());
  // Magic, version and length take 10 bytes; NumPy wants the data at a multiple
  // of 64.
  size_t total = std::max(least, (10 + text.size() + 1 + 63) / 64 * 64);
  text.resize(total - 10 - 1, ' ');
  text += '\n';
  std::string head("\x93NUMPY\x01\x00", 8);
  head += static_cast<char>(text.size() & 0xFF);
  head += static_cast<char>(text.size() >> 8);
  return head + text;
}
