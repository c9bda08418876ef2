//===- FourierRadius.h - spectral radii over all frequencies ----*- C++ -*-===//

#ifndef PDEC_ANALYSIS_FOURIERRADIUS_H
#define PDEC_ANALYSIS_FOURIERRADIUS_H

#include "compiler/analysis/FourierSpace.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace pdec::analysis::fourier {

using LinearMap =
    llvm::function_ref<std::vector<StateRef>(const std::vector<StateRef> &)>;

struct Radius {
  double value = 0;
  size_t set = 0; ///< the angles of the space with which it is attained
};

/// The largest spectral radius, over all angles of the space, of a linear map
/// of fields with these periods; nothing if the map gives nothing. Exact for up
/// to `most` values in all periods, else that of the map on the space of as
/// many powers of it (Arnoldi).
std::optional<Radius> spectralRadius(LinearMap map,
                                     const std::vector<Period> &periods,
                                     const Space &space, unsigned most = 16);

} // namespace pdec::analysis::fourier

#endif // PDEC_ANALYSIS_FOURIERRADIUS_H
