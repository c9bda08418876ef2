//===- Text.cpp - formatting and reading small pieces of text -------------===//

#include "runtime/system/Text.h"

#include "compiler/support/EditDistance.h"
#include "compiler/support/NumberText.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <cstring>

using namespace pdert;

static std::string formatList(const char *pattern, va_list list) {
  va_list again;
  va_copy(again, list);
  int length = vsnprintf(nullptr, 0, pattern, again);
  va_end(again);
  std::string text(length > 0 ? length : 0, '\0');
  vsnprintf(text.data(), text.size() + 1, pattern, list);
  return text;
}

std::string pdert::format(const char *pattern, ...) {
  va_list list;
  va_start(list, pattern);
  std::string text = formatList(pattern, list);
  va_end(list);
  return text;
}

void pdert::fail(const char *pattern, ...) {
  va_list list;
  va_start(list, pattern);
  std::string text = formatList(pattern, list);
  va_end(list);
  throw Failure{text};
}

void pdert::failWithSystemReason(int error) {
  throw Failure{std::strerror(error)};
}

/// The length of the well-formed UTF-8 character that `text` starts with, or 0.
static size_t utf8Length(std::string_view text) {
  unsigned char lead = text[0];
  size_t length = lead < 0x80   ? 1
                  : lead < 0xC2 ? 0
                  : lead < 0xE0 ? 2
                  : lead < 0xF0 ? 3
                  : lead < 0xF5 ? 4
                                : 0;
  if (length > text.size())
    return 0;
  for (size_t i = 1; i < length; ++i)
    if ((text[i] & 0xC0) != 0x80)
      return 0;
  // U+0080 to U+009F are control characters too.
  if (length == 2 && lead == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0)
    return 0;
  return length;
}

std::string pdert::printable(std::string_view text) {
  constexpr size_t longest = 200;
  std::string result;
  for (size_t i = 0; i < text.size();) {
    if (result.size() > longest)
      return result + "...";
    size_t length = utf8Length(text.substr(i));
    unsigned char byte = text[i];
    if (length == 0 || byte < 0x20 || byte == 0x7F) {
      result += format("\\x%02x", byte);
      ++i;
      continue;
    }
    result += text.substr(i, length);
    i += length;
  }
  return result;
}

std::string pdert::quoted(std::string_view text) {
  return "'" + printable(text) + "'";
}

std::string pdert::suggestion(std::string_view name,
                              const std::vector<std::string> &candidates) {
  // A third of the letters may be wrong; a longer name than any candidate by
  // far cannot be near, and need not be measured.
  constexpr size_t longest = 100;
  if (name.size() > longest)
    return "";
  const std::string *best = nullptr;
  size_t bestCost = std::max<size_t>(1, name.size() / 3) + 1;
  for (const std::string &candidate : candidates) {
    if (candidate.size() > longest)
      continue;
    size_t cost = pdec::editDistance(name, candidate, bestCost);
    if (cost < bestCost && cost < std::max(name.size(), candidate.size())) {
      best = &candidate;
      bestCost = cost;
    }
  }
  return best ? " (did you mean " + quoted(*best) + "?)" : "";
}

/// Drops one leading '+', which from_chars does not know.
static bool dropPlus(std::string_view &text) {
  if (text.empty() || text[0] != '+')
    return true;
  text.remove_prefix(1);
  return !text.empty() && text[0] != '+' && text[0] != '-';
}

/// Reads a text that is a number and nothing else; too large tells only that it
/// is out of range.
template <typename Number>
static NumberFault parseWhole(std::string_view &text, Number &value) {
  if (!dropPlus(text))
    return NumberFault::NotANumber;
  const char *end = text.data() + text.size();
  auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error == std::errc::invalid_argument || stop != end)
    return NumberFault::NotANumber;
  return error == std::errc() ? NumberFault::None : NumberFault::TooLarge;
}

NumberFault pdert::parseReal(std::string_view text, double &value) {
  NumberFault fault = parseWhole(text, value);
  if (fault != NumberFault::TooLarge)
    return fault;
  // Out of range says not on which side; the wider type tells most cases, and
  // beyond its range the exponent's sign does.
  long double wide = 0;
  const char *end = text.data() + text.size();
  auto wideResult = std::from_chars(text.data(), end, wide);
  bool tiny = wideResult.ec == std::errc()
                  ? std::fabs(wide) < 1
                  : text.find("e-") != std::string_view::npos ||
                        text.find("E-") != std::string_view::npos;
  if (!tiny)
    return NumberFault::TooLarge;
  value = wideResult.ec == std::errc() ? static_cast<double>(wide) : 0.0;
  return NumberFault::None;
}

NumberFault pdert::parseInteger(std::string_view text, int64_t &value) {
  return parseWhole(text, value);
}

std::string pdert::shortest(double value) { return pdec::shortest(value); }

std::string pdert::cellsText(const int64_t *sizes, int rank) {
  std::string text;
  for (int axis = 0; axis < rank; ++axis)
    text += (axis ? " x " : "") + std::to_string(sizes[axis]);
  return text + (rank == 1 && sizes[0] == 1 ? " cell" : " cells");
}

std::string pdert::shapeText(const int64_t *extents, int32_t rank) {
  std::string text;
  for (int32_t i = 0; i < rank; ++i)
    text += (i ? ", " : "") + std::to_string(extents[i]);
  return "[" + text + "]";
}

/// "3, 5"
static std::string indicesText(int64_t index, const int64_t *sizes, int rank) {
  std::string text;
  for (int axis = rank - 1; axis > 0; --axis) {
    text = ", " + std::to_string(index % sizes[axis]) + text;
    index /= sizes[axis];
  }
  return std::to_string(index) + text;
}

std::string pdert::cellText(int64_t index, const int64_t *sizes, int rank) {
  std::string text = indicesText(index, sizes, rank);
  return rank == 1 ? text : "(" + text + ")";
}

std::string pdert::entryText(int64_t index, const int64_t *extents,
                             int32_t rank) {
  return "[" + indicesText(index, extents, rank) + "]";
}

std::string pdert::bytesText(double bytes) {
  static const char *const units[] = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  if (bytes < 1024)
    return format("%.0f bytes", bytes);
  int unit = -1;
  while (bytes >= 1024 && unit < 5) {
    bytes /= 1024;
    ++unit;
  }
  return format("%.1f %s", bytes, units[unit]);
}
