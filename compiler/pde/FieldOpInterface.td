//===- FieldOpInterface.td - what makes fields -------------*- tablegen -*-===//
//
// What passes ask operations that make a field, so that a new one is not a case
// in each pass.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PDE_FIELDOPINTERFACE
#define PDEC_PDE_FIELDOPINTERFACE

include "mlir/IR/OpBase.td"

def Pde_FieldOpInterface : OpInterface<"FieldOpInterface"> {
  let cppNamespace = "::pdec::pde";
  let description = [{
    An operation that makes one field, each row from rows of other fields. It
    may be part of a sweep. The defaults are those of a pointwise one.
  }];
  let methods = [
    InterfaceMethod<"Whether a row depends on the same rows of fields only.",
      "bool", "isPointwise", (ins), "", "return true;">,
    InterfaceMethod<"Whether it reads a field of another grid.",
      "bool", "isTransfer", (ins), "", "return false;">,
    InterfaceMethod<[{
        The fields of which each row is made; rows at sides may read others,
        too.
      }],
      "::llvm::SmallVector<::mlir::Value>", "getArguments", (ins), "",
      "return $_op.getReads();">,
    InterfaceMethod<"How many rows of an argument one row is made of.",
      "unsigned", "getReadsPerRow", (ins), "", "return 1;">,
    InterfaceMethod<[{
        Rough cycles for a row, besides those for what it reads.
      }],
      "double", "getCost", (ins)>,
    InterfaceMethod<[{
        How far around a row an argument is read, where no side is near.
      }],
      "::pdec::pde::Reach", "getReach", (ins "unsigned":$axis), "",
      "return {};">,
    InterfaceMethod<[{
        The same next to sides. Cells inside that one beyond is made of lie on
        the other side of the row.
      }],
      "::pdec::pde::Reach", "getReachAtSides", (ins "unsigned":$axis), "",
      "return $_op.getReach(axis);">,
    InterfaceMethod<[{
        How many rows next to a side are made by its rule though the argument
        have all that is read; 0 for none.
      }],
      "int64_t", "getFoldedRows", (ins "unsigned":$axis, "bool":$high), "",
      "return 0;">
  ];
  let extraClassDeclaration = [{
    /// The grid of the field. The module has been verified.
    ::pdec::pde::GridOp getGrid();
  }];
  let extraSharedClassDeclaration = [{
    /// The field's type.
    ::pdec::pde::FieldType getMadeType() {
      return ::llvm::cast<::pdec::pde::FieldType>(
          $_op->getResult(0).getType());
    }
    /// All fields that it reads.
    ::llvm::SmallVector<::mlir::Value> getReads() {
      ::llvm::SmallVector<::mlir::Value> fields;
      for (::mlir::Value operand : $_op->getOperands())
        if (::llvm::isa<::pdec::pde::FieldType>(operand.getType()))
          fields.push_back(operand);
      return fields;
    }
  }];
}

def Pde_SidedOpInterface : OpInterface<"SidedOpInterface"> {
  let cppNamespace = "::pdec::pde";
  let description = [{
    An application of an operator with a rule at each side.
  }];
  let methods = [
    InterfaceMethod<[{
        The field that the rules act beyond, at sides without extra rows of it.
      }],
      "::pdec::pde::FieldType", "getInner">,
    InterfaceMethod<"The field whose rows are those of the operator.",
      "::pdec::pde::FieldType", "getOuter">,
    InterfaceMethod<"The rules that it names itself, or null.",
      "::mlir::ArrayAttr", "getOwnSides">,
    InterfaceMethod<"Whether sides have values, besides weights.",
      "bool", "takesValues">
  ];
  let extraClassDeclaration = [{
    /// The operator that it applies. The module has been verified.
    ::pdec::pde::StencilOp getOperator();
  }];
}

#endif // PDEC_PDE_FIELDOPINTERFACE
