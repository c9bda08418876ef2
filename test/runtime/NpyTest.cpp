//===- NpyTest.cpp - corner cases of NumPy's file format ------------------===//

#include "runtime/files/Npy.h"
#include "runtime/system/Text.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>
#include <unistd.h>

using namespace pdert;

static std::string reasonOf(const std::string &header) {
  try {
    parseNpyHeader(header);
  } catch (const Failure &failure) {
    return failure.message;
  }
  return "accepted";
}

TEST(NpyHeader, AcceptsAnyOrderAndBlanks) {
  NpyHeader header = parseNpyHeader(
      "\t{ \"shape\" : ( 3L ,4 ) ,'fortran_order':True, 'descr' : '>f4'}  \n");
  EXPECT_EQ(header.shape, (std::vector<int64_t>{3, 4}));
  EXPECT_TRUE(header.isFortran);
  EXPECT_TRUE(header.isBigEndian);
  EXPECT_EQ(header.size, 4);
}

TEST(NpyHeader, AcceptsShapesOfAnyRank) {
  auto shape = [](const std::string &text) {
    return parseNpyHeader(
               "{'descr':'|u1','fortran_order':False,'shape':" + text + "}")
        .shape;
  };
  EXPECT_TRUE(shape("()").empty());
  EXPECT_EQ(shape("(7,)"), std::vector<int64_t>{7});
  EXPECT_EQ(shape("(1, 2, 3,)").size(), 3u);
}

TEST(NpyHeader, TellsWhatIsWrong) {
  const std::string rest = "'fortran_order': False, 'shape': (1,)}";
  EXPECT_EQ(reasonOf("{'descr': '<f8', 'fortran_order': False}"),
            "its header lacks 'descr', 'fortran_order' or 'shape'");
  EXPECT_EQ(reasonOf("{'descr': '<f8', 'extra': 1, " + rest),
            "its header has an unknown key 'extra'");
  EXPECT_EQ(reasonOf("{'descr': [('a', '<f8')], " + rest),
            "its element type is a structure, but only real numbers (f2, f4, "
            "f8), integers (i1 to u8) and bool are accepted: save one of its "
            "fields, as a['x']");
  EXPECT_EQ(reasonOf("{'descr': '<c16', " + rest),
            "its element type is '<c16' (complex), but only real numbers (f2, "
            "f4, f8), "
            "integers (i1 to u8) and bool are accepted: save its real part, "
            "a.real, or its absolute value, abs(a)");
  EXPECT_EQ(reasonOf("{'descr': '<f8', 'fortran_order': False, 'shape': "
                     "(99999999999999999999,)}"),
            "its shape is too large");
}

TEST(NpyHeader, SurvivesEveryTruncationAndFlippedByte) {
  const std::string whole =
      "{'descr': '<f8', 'fortran_order': False, 'shape': (12, 34), }\n";
  for (size_t length = 0; length + 3 < whole.size(); ++length)
    EXPECT_NE(reasonOf(whole.substr(0, length)), "accepted") << length;
  for (size_t at = 0; at < whole.size(); ++at)
    for (int byte = 0; byte < 256; ++byte) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(byte);
      reasonOf(damaged); // whatever it says, it returns
    }
}

TEST(NpyHeader, IsWrittenAligned) {
  const int64_t sizes[] = {123, 4, 5};
  for (int rank = 1; rank <= 3; ++rank) {
    std::string header = npyHeader(PDE_F32, sizes, rank);
    EXPECT_EQ(header.size() % 64, 0u);
    EXPECT_EQ(header.back(), '\n');
    NpyHeader parsed = parseNpyHeader(header.substr(10));
    EXPECT_EQ(parsed.shape, std::vector<int64_t>(sizes, sizes + rank));
  }
}

//===----------------------------------------------------------------------===//
// Data
//===----------------------------------------------------------------------===//

namespace {

/// A file that lives as long as the test.
class TemporaryFile {
public:
  explicit TemporaryFile(const std::string &bytes) {
    char pattern[] = "/tmp/npy-test-XXXXXX.npy";
    int descriptor = mkstemps(pattern, 4);
    path = pattern;
    EXPECT_EQ(write(descriptor, bytes.data(), bytes.size()),
              static_cast<ssize_t>(bytes.size()));
    close(descriptor);
  }
  ~TemporaryFile() { unlink(path.c_str()); }

  std::string path;
};

} // namespace

static std::string npyBytes(const std::string &type, const std::string &shape,
                            const std::string &data, bool isFortran = false,
                            int version = 1) {
  std::string header = "{'descr': '" + type +
                       "', 'fortran_order': " + (isFortran ? "True" : "False") +
                       ", 'shape': " + shape + "}\n";
  std::string bytes = "\x93NUMPY";
  bytes += static_cast<char>(version);
  bytes += '\0';
  bytes += static_cast<char>(header.size());
  bytes += std::string(version == 1 ? 1 : 3, '\0');
  return bytes + header + data;
}

template <typename T> static std::string bytesOf(std::vector<T> values) {
  return std::string(reinterpret_cast<const char *>(values.data()),
                     values.size() * sizeof(T));
}

static std::string reversedElements(std::string bytes, size_t size) {
  for (size_t at = 0; at < bytes.size(); at += size)
    std::reverse(bytes.begin() + at, bytes.begin() + at + size);
  return bytes;
}

static pde_grid gridOf(int rank) {
  return {"X", rank, {"x", "y", "z"}, {0, 0, 0}, {1, 1, 1}, -1, {}};
}

static std::vector<double> valuesIn(const std::string &bytes, int rank) {
  TemporaryFile file(bytes);
  std::unique_ptr<InputFile> input = openNpy(File(file.path), gridOf(rank));
  const int64_t *sizes = input->sizes();
  std::vector<double> values(sizes[0] * sizes[1] * sizes[2]);
  input->read(values.data(), PDE_F64);
  return values;
}

TEST(NpyData, ConvertsEveryElementType) {
  const std::vector<double> expected = {0, 1, 3};
  auto check = [&](const char *type, const std::string &data) {
    EXPECT_EQ(valuesIn(npyBytes(type, "(3,)", data), 1), expected) << type;
  };
  check("<f8", bytesOf<double>({0, 1, 3}));
  check("<f4", bytesOf<float>({0, 1, 3}));
  check("<f2", bytesOf<uint16_t>({0, 0x3C00, 0x4200}));
  check("<i8", bytesOf<int64_t>({0, 1, 3}));
  check("<i4", bytesOf<int32_t>({0, 1, 3}));
  check("<i2", bytesOf<int16_t>({0, 1, 3}));
  check("|i1", bytesOf<int8_t>({0, 1, 3}));
  check("<u8", bytesOf<uint64_t>({0, 1, 3}));
  check("<u4", bytesOf<uint32_t>({0, 1, 3}));
  check("<u2", bytesOf<uint16_t>({0, 1, 3}));
  check("|u1", bytesOf<uint8_t>({0, 1, 3}));
  check(">f8", reversedElements(bytesOf<double>({0, 1, 3}), 8));
  check(">i4", reversedElements(bytesOf<int32_t>({0, 1, 3}), 4));
  check(">f2", reversedElements(bytesOf<uint16_t>({0, 0x3C00, 0x4200}), 2));
  EXPECT_EQ(valuesIn(npyBytes("|b1", "(3,)", std::string("\0\1\1", 3)), 1),
            (std::vector<double>{0, 1, 1}));
}

TEST(NpyData, KnowsHalfPrecision) {
  EXPECT_EQ(
      valuesIn(npyBytes("<f2", "(4,)",
                        bytesOf<uint16_t>({0xC000, 0x0001, 0x7BFF, 0x83FF})),
               1),
      (std::vector<double>{-2, 0x1p-24, 65504, -0x1.FF8p-15}));
}

TEST(NpyData, ReadsFormats2And3) {
  for (int version : {2, 3})
    EXPECT_EQ(valuesIn(npyBytes("<f8", "(2,)", bytesOf<double>({4, 5}), false,
                                version),
                       1),
              (std::vector<double>{4, 5}));
}

TEST(NpyData, TransposesFortranOrder) {
  // Cell (i, j, k) holds 100 i + 10 j + k; more than one piece is read.
  const int64_t sizes[] = {50, 60, 70};
  std::vector<double> inFile, expected;
  for (int64_t k = 0; k < sizes[2]; ++k)
    for (int64_t j = 0; j < sizes[1]; ++j)
      for (int64_t i = 0; i < sizes[0]; ++i)
        inFile.push_back(1e4 * i + 100 * j + k);
  for (int64_t i = 0; i < sizes[0]; ++i)
    for (int64_t j = 0; j < sizes[1]; ++j)
      for (int64_t k = 0; k < sizes[2]; ++k)
        expected.push_back(1e4 * i + 100 * j + k);
  EXPECT_EQ(valuesIn(npyBytes("<f8", "(50, 60, 70)", bytesOf(inFile), true), 3),
            expected);
}

TEST(NpyData, SurvivesEveryTruncation) {
  std::string whole = npyBytes("<f8", "(2,)", bytesOf<double>({4, 5}));
  for (size_t length = 0; length < whole.size(); ++length)
    EXPECT_THROW(valuesIn(whole.substr(0, length), 1), Failure) << length;
}

TEST(NpyData, RefusesOverflowOfTheSizes) {
  EXPECT_THROW(valuesIn(npyBytes("<f8", "(4294967296, 4294967296)", ""), 2),
               Failure);
  EXPECT_THROW(valuesIn(npyBytes("<f8", "(2305843009213693952,)", ""), 1),
               Failure);
}
