//===- Entries.h - entries of arrays that are known -------------*- C++ -*-===//

#ifndef PDEC_ANALYSIS_ENTRIES_H
#define PDEC_ANALYSIS_ENTRIES_H

#include "compiler/pde/PdeDialect.h"

namespace pdec::analysis {

/// The attribute of an array (pde.input) whose entries a certificate may take
/// for known: a DenseF64ArrayAttr.
inline constexpr llvm::StringLiteral entriesName = "entries";

/// The entry with these indices; nothing, if it is not known.
inline std::optional<double> knownEntry(pde::EntryOp op,
                                        llvm::ArrayRef<int64_t> indices) {
  auto array = op.getArray().getDefiningOp<pde::InputOp>();
  auto known = array
                   ? array->getAttrOfType<mlir::DenseF64ArrayAttr>(entriesName)
                   : mlir::DenseF64ArrayAttr();
  if (!known)
    return std::nullopt;
  int64_t place = 0;
  for (auto [index, extent] : llvm::zip(indices, op.getExtents())) {
    if (index < 0 || index >= extent)
      return std::nullopt;
    place = place * extent + index;
  }
  return known[place];
}

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_ENTRIES_H
