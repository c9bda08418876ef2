//===- FourierSpace.cpp - fields of a few frequencies ---------------------===//

#include "compiler/analysis/FourierSpace.h"

#include "llvm/ADT/STLExtras.h"

namespace pdec::analysis::fourier {

Cell Period::cell(size_t index) const {
  auto place = int64_t(index);
  return {place / (size[1] * size[2]), place / size[2] % size[1],
          place % size[2]};
}

const Space::Turn &Space::turnOf(const Cell &blocks) {
  auto [place, isNew] = turns.try_emplace(blocks);
  Turn &turn = place->second;
  if (isNew)
    for (const Angles &phi : angles) {
      double angle = 0;
      for (unsigned axis = 0; axis < maxRank; ++axis)
        angle += phi[axis] * double(blocks[axis]);
      turn.real.push_back(std::cos(angle));
      turn.imag.push_back(std::sin(angle));
    }
  return turn;
}

/// Which block a cell lies in; the cell becomes the same one of the first
/// block.
static Cell wrap(Cell &cell, const Period &period) {
  Cell blocks;
  for (unsigned axis = 0; axis < maxRank; ++axis) {
    int64_t size = period.size[axis];
    int64_t within = (cell[axis] % size + size) % size;
    blocks[axis] = (cell[axis] - within) / size;
    cell[axis] = within;
  }
  return blocks;
}

StateRef Space::apply(const Taps &taps, const Period &from, const Period &to,
                      const State &field) {
  size_t count = numAngles();
  auto made = std::make_shared<State>(sizeOf(to));
  for (size_t target = 0; target < to.numCells(); ++target) {
    double *outReal = &made->real[target * count];
    double *outImag = &made->imag[target * count];
    for (size_t tap = 0; tap < taps.offsets.size(); ++tap) {
      auto source = taps.source(to.cell(target), tap);
      if (!source)
        continue;
      Cell blocks = wrap(*source, from);
      const double *inReal = &field.real[from.index(*source) * count];
      const double *inImag = &field.imag[from.index(*source) * count];
      double weight = taps.weights[tap].value;
      if (blocks == Cell{0, 0, 0}) {
        for (size_t k = 0; k < count; ++k) {
          outReal[k] += weight * inReal[k];
          outImag[k] += weight * inImag[k];
        }
        continue;
      }
      const Turn &turn = turnOf(blocks);
      for (size_t k = 0; k < count; ++k) {
        double c = turn.real[k], s = turn.imag[k];
        outReal[k] += weight * (c * inReal[k] - s * inImag[k]);
        outImag[k] += weight * (c * inImag[k] + s * inReal[k]);
      }
    }
  }
  return made;
}

void Space::add(State &sum, llvm::ArrayRef<double> factors,
                const State &field) const {
  size_t count = numAngles();
  for (size_t cell = 0; cell < sum.real.size() / count; ++cell) {
    double factor = factors[factors.size() == 1 ? 0 : cell];
    if (factor == 0)
      continue;
    size_t begin = cell * count;
    for (size_t k = begin; k < begin + count; ++k) {
      sum.real[k] += factor * field.real[k];
      sum.imag[k] += factor * field.imag[k];
    }
  }
}

//===----------------------------------------------------------------------===//
// High frequencies
//===----------------------------------------------------------------------===//

/// Whether a frequency is representable on the coarser grid as well.
static bool isLow(const std::array<double, maxRank> &theta,
                  const std::array<bool, maxRank> &coarsened) {
  for (unsigned axis = 0; axis < maxRank; ++axis) {
    double within = std::remainder(theta[axis], 2 * M_PI);
    if (coarsened[axis] && std::abs(within) >= M_PI / 2 - 1e-9)
      return false;
  }
  return true;
}

StateRef Space::high(const Period &period,
                     const std::array<bool, maxRank> &coarsened,
                     const State &field) const {
  size_t count = numAngles(), cells = period.numCells();
  auto made = std::make_shared<State>(field);
  for (size_t set = 0; set < count; ++set)
    for (size_t harmonic = 0; harmonic < cells; ++harmonic) {
      Cell number = period.cell(harmonic);
      std::array<double, maxRank> theta;
      for (unsigned axis = 0; axis < maxRank; ++axis)
        theta[axis] = (angles[set][axis] + 2 * M_PI * double(number[axis])) /
                      double(period.size[axis]);
      if (!isLow(theta, coarsened))
        continue;
      std::vector<std::complex<double>> waves(cells);
      std::complex<double> part = 0;
      for (size_t at = 0; at < cells; ++at) {
        Cell place = period.cell(at);
        double angle = 0;
        for (unsigned axis = 0; axis < maxRank; ++axis)
          angle += theta[axis] * double(place[axis]);
        waves[at] = std::polar(1.0, angle);
        part += std::conj(waves[at]) *
                std::complex<double>(field.real[at * count + set],
                                     field.imag[at * count + set]);
      }
      for (size_t at = 0; at < cells; ++at) {
        std::complex<double> low = part * waves[at] / double(cells);
        made->real[at * count + set] -= low.real();
        made->imag[at * count + set] -= low.imag();
      }
    }
  return made;
}

} // namespace pdec::analysis::fourier
