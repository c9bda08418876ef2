//===- Vti.cpp - VTK's format of regular grids ----------------------------===//

#include "runtime/files/Vti.h"
#include "runtime/files/Xml.h"
#include "runtime/system/Text.h"

#include <algorithm>

using namespace pdert;

/// The XML up to the raw data.
static std::string headOf(const Field &field) {
  std::string extent, origin, spacing;
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis) {
    const char *blank = axis ? " " : "";
    bool exists = axis < field.rank;
    const AxisPositions &positions = field.positions[axis];
    extent +=
        format("%s0 %lld", blank,
               exists ? static_cast<long long>(field.sizes[axis] - 1) : 0);
    origin += blank + shortest(exists ? positions.first : 0);
    spacing += blank + shortest(exists ? positions.spacing : 1);
  }
  std::string name = xmlText(field.name);
  return format(
      "<?xml version=\"1.0\"?>\n"
      "<VTKFile type=\"ImageData\" version=\"1.0\" "
      "byte_order=\"LittleEndian\" header_type=\"UInt64\">\n"
      "<ImageData WholeExtent=\"%s\" Origin=\"%s\" Spacing=\"%s\">\n"
      "<Piece Extent=\"%s\">\n<PointData Scalars=\"%s\">\n"
      "<DataArray type=\"%s\" Name=\"%s\" format=\"appended\" offset=\"0\"/>\n"
      "</PointData>\n</Piece>\n</ImageData>\n<AppendedData "
      "encoding=\"raw\">\n_",
      extent.c_str(), origin.c_str(), spacing.c_str(), extent.c_str(),
      name.c_str(), field.type == PDE_F32 ? "Float32" : "Float64",
      name.c_str());
}

namespace {

/// A box of cells: one range on each axis.
struct Box {
  int64_t begin[PDE_MAX_RANK], end[PDE_MAX_RANK];

  int64_t size(int axis) const { return end[axis] - begin[axis]; }
};

} // namespace

/// Copies a box of a row-major array of `sizes` so that the first axis becomes
/// the fastest.
template <typename T>
static void gather(const T *data, const int64_t *sizes, const Box &box, T *to) {
  for (int64_t x = box.begin[0]; x < box.end[0]; ++x)
    for (int64_t y = box.begin[1]; y < box.end[1]; ++y) {
      const T *from = data + (x * sizes[1] + y) * sizes[2];
      T *target = to + (y - box.begin[1]) * box.size(0) + (x - box.begin[0]);
      for (int64_t z = box.begin[2]; z < box.end[2]; ++z) {
        *target = from[z];
        target += box.size(0) * box.size(1);
      }
    }
}

template <typename T>
static void writeReordered(AtomicFile &file, const T *data,
                           const int64_t *sizes) {
  // A box is contiguous in the file: part of a line, or whole lines of a plane,
  // or whole planes.
  constexpr int64_t most = (int64_t(2) << 20) / sizeof(T);
  int64_t step[PDE_MAX_RANK], room = most;
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis) {
    step[axis] = std::clamp<int64_t>(room, 1, sizes[axis]);
    room = step[axis] == sizes[axis] ? room / sizes[axis] : 0;
  }
  std::vector<T> buffer(step[0] * step[1] * step[2]);
  Box box;
  auto place = [&](int axis, int64_t begin) {
    box.begin[axis] = begin;
    box.end[axis] = std::min(sizes[axis], begin + step[axis]);
  };
  for (int64_t z = 0; z < sizes[2]; z += step[2])
    for (int64_t y = 0; y < sizes[1]; y += step[1])
      for (int64_t x = 0; x < sizes[0]; x += step[0]) {
        place(2, z);
        place(1, y);
        place(0, x);
        gather(data, sizes, box, buffer.data());
        file.write(buffer.data(),
                   box.size(0) * box.size(1) * box.size(2) * sizeof(T));
      }
}

void pdert::writeVti(AtomicFile &file, const Field &field) {
  std::string head = headOf(field);
  int64_t sizes[PDE_MAX_RANK] = {1, 1, 1};
  std::copy(field.sizes, field.sizes + field.rank, sizes);
  uint64_t bytes = field.type == PDE_F32 ? 4 : 8;
  for (int64_t size : sizes)
    bytes *= static_cast<uint64_t>(size);
  file.write(head.data(), head.size());
  file.write(&bytes, sizeof bytes);
  withData(field, [&](auto *data) { writeReordered(file, data, sizes); });
  std::string tail = "\n</AppendedData>\n</VTKFile>\n";
  file.write(tail.data(), tail.size());
}
