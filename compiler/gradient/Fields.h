//===- Fields.h - operations of derivatives ---------------------*- C++ -*-===//

#ifndef PDEC_GRADIENT_FIELDS_H
#define PDEC_GRADIENT_FIELDS_H

#include "compiler/pde/PdeDialect.h"

#include "mlir/IR/Builders.h"

namespace pdec::gradient {

/// Makes operations on fields and on numbers where its builder stands. Numbers
/// are f64.
class Fields {
public:
  Fields(mlir::OpBuilder &builder, mlir::Location loc)
      : builder(builder), loc(loc) {}

  using Value = mlir::Value;

  Value number(double value);
  Value integer(int64_t value);
  /// A constant of an element type.
  Value constant(mlir::Type type, double value);
  /// A number in the element type of fields.
  Value rounded(Value number, mlir::Type element);

  /// A field made cell by cell of others, in rows that all of them have.
  Value map(pde::FieldType type, mlir::ValueRange fields,
            llvm::function_ref<Value(mlir::ValueRange)> cell);
  Value spread(Value number, pde::FieldType type);
  /// Zero, as a number or a field.
  Value zero(mlir::Type type);
  Value add(Value a, Value b);
  Value subtract(Value a, Value b);
  Value multiply(Value a, Value b);
  Value divide(Value a, Value b);
  /// A field times a number.
  Value scale(Value field, Value number);
  /// The same field on the rows of another type: without some, or zero there.
  Value onRows(Value field, pde::FieldType type);

  Value sum(Value field);
  Value dot(Value a, Value b);
  Value largest(Value field);

private:
  mlir::OpBuilder &builder;
  mlir::Location loc;

  template <typename Op> Value make(Value a, Value b);
};

} // namespace pdec::gradient

#endif // PDEC_GRADIENT_FIELDS_H
