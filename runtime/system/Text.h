//===- Text.h - formatting and reading small pieces of text -----*- C++ -*-===//

#ifndef PDE_RUNTIME_TEXT_H
#define PDE_RUNTIME_TEXT_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pdert {

/// A run that failed by the user's mistake or the machine's limits, told in
/// one sentence without a final stop.
struct Failure {
  std::string message;
};

/// A command line that cannot be understood, told in one sentence.
struct UsageError {
  std::string message;
};

std::string format(const char *pattern, ...)
    __attribute__((format(printf, 1, 2)));

/// Throws a Failure.
[[noreturn]] void fail(const char *pattern, ...)
    __attribute__((format(printf, 1, 2)));

/// Throws a Failure with the system's words for `error`, an errno.
[[noreturn]] void failWithSystemReason(int error);

/// Text from outside, made fit to stand in a message: control characters and
/// bytes that are not UTF-8 appear as \xNN, and a long text is cut.
std::string printable(std::string_view text);

/// printable() between single quotes.
std::string quoted(std::string_view text);

/// " (did you mean 'x'?)" for the candidate nearest to `name`, or nothing when
/// none is near.
std::string suggestion(std::string_view name,
                       const std::vector<std::string> &candidates);

/// How the text of a number can be wrong.
enum class NumberFault { None, NotANumber, TooLarge };

/// Reads a real number that fills all of `text`, whatever the locale says:
/// digits, point, exponent, a leading sign, nan and inf. What is too small to
/// be represented becomes 0.
NumberFault parseReal(std::string_view text, double &value);

/// Reads a decimal integer that fills all of `text`.
NumberFault parseInteger(std::string_view text, int64_t &value);

/// The shortest decimal text that reads back as `value`.
std::string shortest(double value);

/// Sizes in words: "100 cells", "64 x 48 cells".
std::string cellsText(const int64_t *sizes, int rank);

/// The shape of an array: "[24, 5, 5]".
std::string shapeText(const int64_t *extents, int32_t rank);

/// The position of element `index` of a row-major array: "17", "(3, 5)".
std::string cellText(int64_t index, const int64_t *sizes, int rank);

/// The indices of entry `index` of an array in row-major order: "[3, 5]".
std::string entryText(int64_t index, const int64_t *extents, int32_t rank);

/// A number of bytes in words: "512 bytes", "1.5 GiB".
std::string bytesText(double bytes);

} // namespace pdert

#endif // PDE_RUNTIME_TEXT_H
