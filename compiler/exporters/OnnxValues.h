//===- OnnxValues.h - what is known of a network's values -------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXVALUES_H
#define PDEC_EXPORTERS_ONNXVALUES_H

#include "compiler/exporters/OnnxBuilder.h"

#include "llvm/ADT/DenseMap.h"

#include <optional>

namespace pdec::exporters {

/// Owns what the network's values are called in the model, and the numbers that
/// are known when it is made. Where a block is written as often as it runs, the
/// number of the pass and what follows from it are constants of each copy: what
/// is known is that of the copy that is being written.
class OnnxValues {
public:
  explicit OnnxValues(OnnxBuilder &build) : build(build) {}

  Name name(mlir::Value value) const { return names.lookup(value); }
  std::vector<Name> namesOf(mlir::ValueRange values) const;
  void setName(mlir::Value value, const Name &name) { names[value] = name; }
  /// A scalar, rounded to the element type.
  Name inElement(mlir::Value scalar);

  std::optional<double> realOf(mlir::Value value) const;
  std::optional<int64_t> integerOf(mlir::Value value) const;
  std::optional<std::vector<double>>
  realsOf(llvm::ArrayRef<mlir::Value> scalars) const;

  /// A value that is a number, in this copy of its block.
  void setConstant(mlir::Value value, mlir::TypedAttr constant);
  /// What a copy of a block takes over from the one before, or from outside.
  void handOn(mlir::ValueRange from, mlir::ValueRange to);
  /// Computes an operation of known numbers, or makes a known choice; false if
  /// it is none.
  bool fold(mlir::Operation &op);

private:
  OnnxBuilder &build;
  llvm::DenseMap<mlir::Value, Name> names;
  llvm::DenseMap<mlir::Value, mlir::Attribute> constants; ///< of copies

  mlir::Attribute constantOf(mlir::Value value) const;
  void note(mlir::Value value, mlir::Attribute constant);
  Name nameOf(mlir::TypedAttr constant);
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXVALUES_H
