//===- FourierRadius.cpp - spectral radii over all frequencies ------------===//
//
// Arnoldi's iteration, for all angles at once: each has its own vectors, which
// are orthogonal by themselves.
//
//===----------------------------------------------------------------------===//

#include "compiler/analysis/FourierRadius.h"

#include "llvm/ADT/STLExtras.h"

#include <Eigen/Eigenvalues>

namespace pdec::analysis::fourier {

using Fields = std::vector<StateRef>;
using Complex = std::complex<double>;

namespace {

class Arnoldi {
public:
  Arnoldi(LinearMap map, const std::vector<Period> &periods, const Space &space,
          unsigned most);

  std::optional<Radius> radius();

private:
  LinearMap map;
  const std::vector<Period> &periods;
  const Space &space;
  size_t numSets;
  unsigned most;
  std::vector<Fields> basis;
  /// For each angle: the map on its basis, and how long that is.
  std::vector<Eigen::MatrixXcd> hessenberg;
  std::vector<Eigen::Index> sizes;

  Fields random() const;
  std::vector<Complex> dot(const Fields &a, const Fields &b) const;
  Fields plus(const Fields &a, const std::vector<Complex> &factors,
              const Fields &b) const;
  void orthogonalise(Fields fields, unsigned step);
};

} // namespace

Arnoldi::Arnoldi(LinearMap map, const std::vector<Period> &periods,
                 const Space &space, unsigned most)
    : map(map), periods(periods), space(space), numSets(space.numAngles()) {
  size_t size = 0;
  for (const Period &period : periods)
    size += period.numCells();
  this->most = unsigned(std::min<size_t>(size, most));
  hessenberg.assign(numSets,
                    Eigen::MatrixXcd::Zero(this->most + 1, this->most + 1));
  sizes.assign(numSets, this->most);
}

/// The same in each run.
Fields Arnoldi::random() const {
  std::minstd_rand generator(1);
  std::uniform_real_distribution<double> numbers(-1, 1);
  Fields made;
  for (const Period &period : periods) {
    auto field = std::make_shared<State>(space.sizeOf(period));
    for (size_t place = 0; place < field->real.size(); ++place) {
      field->real[place] = numbers(generator);
      field->imag[place] = numbers(generator);
    }
    made.push_back(field);
  }
  return made;
}

/// a'b, for each angle.
std::vector<Complex> Arnoldi::dot(const Fields &a, const Fields &b) const {
  std::vector<Complex> made(numSets);
  for (auto [left, right] : llvm::zip(a, b))
    for (size_t place = 0; place < left->real.size(); ++place)
      made[place % numSets] +=
          Complex(left->real[place] * right->real[place] +
                      left->imag[place] * right->imag[place],
                  left->real[place] * right->imag[place] -
                      left->imag[place] * right->real[place]);
  return made;
}

/// a + factor*b, with a factor for each angle.
Fields Arnoldi::plus(const Fields &a, const std::vector<Complex> &factors,
                     const Fields &b) const {
  Fields made;
  for (auto [left, right] : llvm::zip(a, b)) {
    auto field = std::make_shared<State>(*left);
    for (size_t place = 0; place < field->real.size(); ++place) {
      const Complex &factor = factors[place % numSets];
      double real = right->real[place], imag = right->imag[place];
      field->real[place] += factor.real() * real - factor.imag() * imag;
      field->imag[place] += factor.real() * imag + factor.imag() * real;
    }
    made.push_back(field);
  }
  return made;
}

/// Takes off what lies in the basis, twice for the sake of rounding, and adds
/// the rest to it. Where nothing is left the basis is complete.
void Arnoldi::orthogonalise(Fields fields, unsigned step) {
  std::vector<Complex> before = dot(fields, fields);
  for (int pass = 0; pass < 2; ++pass)
    for (unsigned j = 0; j < basis.size(); ++j) {
      std::vector<Complex> parts = dot(basis[j], fields);
      for (size_t set = 0; set < numSets; ++set) {
        if (step > 0)
          hessenberg[set](j, step - 1) += parts[set];
        parts[set] = -parts[set];
      }
      fields = plus(fields, parts, basis[j]);
    }
  std::vector<Complex> factors = dot(fields, fields);
  for (size_t set = 0; set < numSets; ++set) {
    double length = std::sqrt(factors[set].real());
    bool isNew = length > 1e-12 * std::sqrt(before[set].real());
    if (step > 0 && isNew)
      hessenberg[set](step, step - 1) = length;
    if (step > 0 && !isNew)
      sizes[set] = std::min<Eigen::Index>(sizes[set], step);
    // The fields themselves are added to nothing below.
    factors[set] = isNew ? 1 / length : 0;
  }
  Fields nothing;
  for (const Period &period : periods)
    nothing.push_back(space.zero(period));
  basis.push_back(plus(nothing, factors, fields));
}

std::optional<Radius> Arnoldi::radius() {
  orthogonalise(random(), 0);
  for (unsigned step = 1; step <= most; ++step) {
    Fields next = map(basis.back());
    if (next.empty())
      return std::nullopt;
    orthogonalise(std::move(next), step);
  }
  Radius largest;
  for (size_t set = 0; set < numSets; ++set) {
    Eigen::ComplexEigenSolver<Eigen::MatrixXcd> solver(
        hessenberg[set].topLeftCorner(sizes[set], sizes[set]),
        /*computeEigenvectors=*/false);
    if (solver.info() != Eigen::Success)
      return std::nullopt;
    double value = solver.eigenvalues().cwiseAbs().maxCoeff();
    if (value > largest.value)
      largest = {value, set};
  }
  return largest;
}

std::optional<Radius> spectralRadius(LinearMap map,
                                     const std::vector<Period> &periods,
                                     const Space &space, unsigned most) {
  return Arnoldi(map, periods, space, most).radius();
}

} // namespace pdec::analysis::fourier
