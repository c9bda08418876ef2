//===- TextTest.cpp - numbers and names in messages -----------------------===//

#include "runtime/system/Text.h"

#include <gtest/gtest.h>

using namespace pdert;

static double realOf(const char *text) {
  double value = -99;
  EXPECT_EQ(parseReal(text, value), NumberFault::None) << text;
  return value;
}

static NumberFault faultOf(const char *text) {
  double value;
  return parseReal(text, value);
}

TEST(ParseReal, AcceptsWhatPeopleWrite) {
  EXPECT_EQ(realOf("1e5"), 1e5);
  EXPECT_EQ(realOf("+1.5"), 1.5);
  EXPECT_EQ(realOf("-.5"), -0.5);
  EXPECT_EQ(realOf("2."), 2.0);
  EXPECT_EQ(realOf("1E-3"), 1e-3);
}

TEST(ParseReal, RoundsTheTinyToZeroOrDenormals) {
  EXPECT_EQ(realOf("1e-400"), 0.0);
  EXPECT_EQ(realOf("1e-99999"), 0.0);
  EXPECT_EQ(realOf("5e-324"), 5e-324);
}

TEST(ParseReal, RefusesWhatIsNoNumber) {
  for (const char *text :
       {"", "+", "+-1", "++1", "1,5", "0x10", "1e", "abc", "1 ", "--1"})
    EXPECT_EQ(faultOf(text), NumberFault::NotANumber) << text;
  EXPECT_EQ(faultOf("1e400"), NumberFault::TooLarge);
  EXPECT_EQ(faultOf("-1e99999"), NumberFault::TooLarge);
}

TEST(ParseInteger, KnowsItsRange) {
  int64_t value;
  EXPECT_EQ(parseInteger("+12", value), NumberFault::None);
  EXPECT_EQ(value, 12);
  EXPECT_EQ(parseInteger("1.0", value), NumberFault::NotANumber);
  EXPECT_EQ(parseInteger("9223372036854775808", value), NumberFault::TooLarge);
}

TEST(Printable, ShowsControlCharactersAndKeepsLetters) {
  EXPECT_EQ(printable("a\nb\x1b[31m"), "a\\x0ab\\x1b[31m");
  EXPECT_EQ(printable("λ\xff"), "λ\\xff");
  EXPECT_LT(printable(std::string(5000, 'a')).size(), 300u);
}

TEST(Suggestion, NamesOnlyWhatIsNear) {
  EXPECT_EQ(suggestion("lamda", {"tau", "lambda"}),
            " (did you mean 'lambda'?)");
  EXPECT_EQ(suggestion("sigma", {"tau", "lambda"}), "");
  EXPECT_EQ(suggestion("b", {"a"}), "");
}

TEST(CellText, CountsRowMajor) {
  const int64_t sizes[] = {4, 5, 6};
  EXPECT_EQ(cellText(17, sizes, 1), "17");
  EXPECT_EQ(cellText(2 * 30 + 3 * 6 + 4, sizes, 3), "(2, 3, 4)");
}
