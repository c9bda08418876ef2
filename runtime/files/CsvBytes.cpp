//===- CsvBytes.cpp - the bytes of a text file, line by line --------------===//

#include "runtime/files/CsvBytes.h"
#include "runtime/system/Text.h"

#include <cstring>

using namespace pdert;

CsvBytes::CsvBytes(const File &file) : file(file), buffer(1 << 18) {
  skipMark();
}

/// Reads on behind the bytes that are left; whether there are any then.
bool CsvBytes::fill() {
  std::memmove(buffer.data(), buffer.data() + at, filled - at);
  filled -= at;
  at = 0;
  while (filled < leastAhead) {
    size_t count =
        file.readSomeAt(offset, buffer.data() + filled, buffer.size() - filled);
    if (count == 0)
      break;
    filled += count;
    offset += static_cast<int64_t>(count);
  }
  return filled > 0;
}

void CsvBytes::skipMark() {
  std::string_view start = ahead().substr(0, 4);
  auto startsWith = [&](std::string_view mark) {
    return start.substr(0, mark.size()) == mark;
  };
  // Without a mark, the zero bytes of digits tell UTF-16 and UTF-32.
  if (startsWith("\xFF\xFE") || startsWith("\xFE\xFF") ||
      start.substr(0, 2).find('\0') != std::string_view::npos)
    fail("it is not UTF-8 text but UTF-16, UTF-32 or binary: save it as 'CSV "
         "UTF-8'");
  if (startsWith("\xEF\xBB\xBF"))
    skip(3);
}

bool CsvBytes::skipBlanks() {
  bool any = false;
  for (; isBlank(peek()); skip())
    any = true;
  return any;
}

void CsvBytes::skipLine() {
  for (int c = peek(); !isLineEnd(c) && c != endOfFile; c = peek())
    skip();
}

void CsvBytes::endLine() {
  std::string_view rest = ahead();
  // CR CR LF is what a program writes that turns LF into CR LF twice.
  for (std::string_view end : {"\r\r\n", "\r\n", "\r", "\n"})
    if (rest.substr(0, end.size()) == end) {
      skip(end.size());
      ++lineNumber;
      return;
    }
}
