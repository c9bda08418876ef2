//===- CsvNumbers.cpp - the numbers of a text file ------------------------===//

#include "runtime/files/CsvNumbers.h"
#include "runtime/files/CsvThousands.h"
#include "runtime/files/CsvWord.h"

#include <cmath>

using namespace pdert;

/// Decimal commas are certain only where others separate values.
static bool mayHaveDecimalCommas(char separator) {
  return separator != ',' && separator != 0;
}

static NumberFault parse(std::string_view text, char separator, double &value) {
  if (mayHaveDecimalCommas(separator) && text.find(',') != none)
    return parseDecimalComma(text, value);
  return parseCsvReal(text, value);
}

bool pdert::holdsNumber(const CsvCell &cell, char separator) {
  double value;
  return parse(cell.text, separator, value) != NumberFault::NotANumber;
}

/// Whether it has a zero in front that no number needs, as in 1,05.
static bool looksLikeFraction(std::string_view text) {
  return text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
}

/// Notes the sign of a number: `first` is where its kind was seen first,
/// `other` where the other one was.
void CsvNumbers::noteSign(const CsvCell &cell, char sign, std::string &first,
                          const std::string &other) {
  if (!other.empty())
    fail("%s, but %s: use a point as the only decimal sign, and no thousands "
         "separators",
         cell.shown().c_str(), other.c_str());
  // An integer with thousands set off may be meant.
  anyDecimal = anyDecimal || groupedNumber(cell.text, sign).groups <= 1;
  if (first.empty())
    first = cell.shown();
}

/// Reads what is not written as numbers usually are.
double CsvNumbers::readOther(const CsvCell &cell) {
  if (cell.text.empty())
    fail("%s is blank: fill in a number", cell.place().c_str());
  double value = 0;
  NumberFault fault = parse(cell.text, separator, value);
  if (fault == NumberFault::TooLarge)
    fail("%s has %s, which is too large", cell.place().c_str(),
         printable(cell.text.substr(0, 40)).c_str());
  if (fault == NumberFault::NotANumber)
    fail("%s %s", cell.place().c_str(),
         describeFault(cell.text, separator).c_str());
  if (cell.text.find(',') != none)
    noteSign(cell, ',', firstComma, firstPoint);
  return value;
}

double CsvNumbers::read(const CsvCell &cell) {
  double value = 0;
  if (parseReal(cell.text, value) != NumberFault::None)
    value = readOther(cell);
  if (!std::isfinite(value))
    fail("%s is %s, but all values must be finite", cell.place().c_str(),
         std::isnan(value) ? "nan"
         : value < 0       ? "-inf"
                           : "inf");
  if (separator == ',') {
    if (cell.column > 1 && looksLikeFraction(cell.text))
      fail("%s, which may be the digits behind a decimal comma: write "
           "decimal points, and integers without zeros in front",
           cell.shown().c_str());
  } else if (separator && cell.text.find('.') != none)
    noteSign(cell, '.', firstPoint, firstComma);
  return value;
}

void CsvNumbers::finish() const {
  if (anyDecimal)
    return;
  if (!firstComma.empty())
    fail("%s, where the comma may be a decimal sign or set off thousands: "
         "write it with a decimal point or without thousands separators",
         firstComma.c_str());
  // Where points set off thousands, ';' separates values.
  if (separator == ';' && !firstPoint.empty())
    fail("%s, where the point may be a decimal sign or set off thousands: "
         "separate values by ',' or write no thousands separators",
         firstPoint.c_str());
}
