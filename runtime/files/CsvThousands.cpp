//===- CsvThousands.cpp - numbers with their thousands set off ------------===//

#include "runtime/files/CsvThousands.h"
#include "runtime/files/CsvWord.h"

using namespace pdert;

/// More groups of three digits than a double has are several numbers.
static constexpr int mostGroups = 6;

static size_t countDigits(std::string_view text) {
  size_t count = 0;
  while (count < text.size() && isDigit(text[count]))
    ++count;
  return count;
}

static void dropSign(std::string_view &text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+'))
    text.remove_prefix(1);
}

/// Whether `text` is a point and digits, or nothing.
static bool isFraction(std::string_view text) {
  return text.empty() ||
         (text[0] == '.' && countDigits(text.substr(1)) == text.size() - 1);
}

Grouped pdert::groupedNumber(std::string_view text, char mark) {
  dropSign(text);
  size_t digits = countDigits(text);
  bool isZero = text.substr(0, 1) == "0";
  if (digits == 0 || digits > 3 || (isZero && digits > 1))
    return {};
  Grouped result = {1, digits == 3};
  text.remove_prefix(digits);
  for (; !text.empty() && text[0] == mark; ++result.groups) {
    if (countDigits(text.substr(1)) != 3 || isZero)
      return {};
    text.remove_prefix(4);
  }
  result.isPlain &= text.empty();
  return isFraction(text) && result.groups <= mostGroups ? result : Grouped{};
}
