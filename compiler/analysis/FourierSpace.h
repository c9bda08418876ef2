//===- FourierSpace.h - fields of a few frequencies -------------*- C++ -*-===//
//
// On an infinite grid an operator with constant coefficients, or with ones that
// repeat every n cells, maps functions with u(i + n) = exp(I*phi)*u(i) to such
// functions: those that are made of the frequencies (phi + 2*pi*k)/n, the
// harmonics that such operators, and transfers between grids, couple. So a
// field is the values of one block of n cells an axis, and what lies beyond the
// block is a value within, turned by the angle phi. The coarser grids of a
// hierarchy have smaller blocks, and the same angles.
//
// All angles that are looked at are computed together.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_FOURIERSPACE_H
#define PDEC_ANALYSIS_FOURIERSPACE_H

#include "compiler/analysis/FourierData.h"

#include <complex>

namespace pdec::analysis::fourier {

/// The cells of a grid's block.
struct Period {
  Cell size = {1, 1, 1};

  size_t numCells() const { return size_t(size[0] * size[1] * size[2]); }
  /// Its cells in order, the last axis first.
  Cell cell(size_t index) const;
  size_t index(const Cell &cell) const {
    return size_t((cell[0] * size[1] + cell[1]) * size[2] + cell[2]);
  }
};

/// The values of a field, for each cell and then for each angle.
struct State {
  std::vector<double> real, imag;
  explicit State(size_t size) : real(size), imag(size) {}
};
using StateRef = std::shared_ptr<const State>;

using Angles = std::array<double, maxRank>;

class Space {
public:
  /// `angles` are the phi of each axis, one an axis and a set.
  explicit Space(std::vector<Angles> angles) : angles(std::move(angles)) {}

  size_t numAngles() const { return angles.size(); }
  const Angles &anglesOf(size_t set) const { return angles[set]; }
  size_t sizeOf(const Period &period) const {
    return period.numCells() * numAngles();
  }
  StateRef zero(const Period &period) const {
    return std::make_shared<State>(sizeOf(period));
  }
  StateRef apply(const Taps &taps, const Period &from, const Period &to,
                 const State &field);
  /// Adds factor_c * field to a sum, where the factors are those of each cell.
  void add(State &sum, llvm::ArrayRef<double> factors,
           const State &field) const;
  /// The part of a field whose frequencies are not representable on a grid that
  /// is coarsened by two along some axes: those with pi/2 <= |theta| along one.
  StateRef high(const Period &period,
                const std::array<bool, maxRank> &coarsened,
                const State &field) const;

private:
  std::vector<Angles> angles;
  /// exp(I*phi*k) for numbers of blocks k.
  struct Turn {
    std::vector<double> real, imag;
  };
  std::map<Cell, Turn> turns;

  const Turn &turnOf(const Cell &blocks);
};

} // namespace pdec::analysis::fourier

#endif // PDEC_ANALYSIS_FOURIERSPACE_H
