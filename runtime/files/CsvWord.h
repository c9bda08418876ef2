//===- CsvWord.h - what a word in a text file is ----------------*- C++ -*-===//

#ifndef PDE_RUNTIME_CSVWORD_H
#define PDE_RUNTIME_CSVWORD_H

#include "runtime/system/Text.h"

namespace pdert {

/// Where something is that a text does not have.
inline constexpr size_t none = std::string_view::npos;

inline bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Whether `text` starts with a letter or an underscore.
bool startsLikeName(std::string_view text);

/// Whether `text` stands for a value that is missing or no number: NA, null and
/// others.
bool isMissingValue(std::string_view text);

/// parseReal() that knows Fortran's exponents too: 1.0D+00.
NumberFault parseCsvReal(std::string_view text, double &value);

/// Reads a number that has a comma in place of the point.
NumberFault parseDecimalComma(std::string_view text, double &value);

/// Says what is wrong with `text`, which is no number, and what would help, as
/// "has 'x' instead of a number". `separator` is the file's, as CsvScanner
/// takes it.
std::string describeFault(std::string_view text, char separator);

} // namespace pdert

#endif // PDE_RUNTIME_CSVWORD_H
