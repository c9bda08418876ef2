//===- ProgramOpInterfaces.td - ports and loops ------------*- tablegen -*-===//
//
// What the pde and the net dialect say alike of a program: which fields users
// hand over and get back, and how loops run. Lowerings ask for these instead of
// an operation of one dialect.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PDE_PROGRAMOPINTERFACES
#define PDEC_PDE_PROGRAMOPINTERFACES

include "mlir/IR/OpBase.td"

class Pde_ProgramOpInterface<string name> : OpInterface<name> {
  let cppNamespace = "::pdec::pde";
}

def Pde_InputOpInterface : Pde_ProgramOpInterface<"InputOpInterface"> {
  let description = "A field that the user hands over.";
  let methods = [
    InterfaceMethod<"Its name in the script.", "::llvm::StringRef", "getName">,
    InterfaceMethod<"Whether it is computed when no data are given.", "bool",
      "hasDefault">
  ];
}

def Pde_OutputOpInterface : Pde_ProgramOpInterface<"OutputOpInterface"> {
  let description = "A field handed back to the user: the only operand.";
  let methods = [
    InterfaceMethod<"Its name in the script.", "::llvm::StringRef", "getName">
  ];
}

def Pde_CountedLoopOpInterface
    : Pde_ProgramOpInterface<"CountedLoopOpInterface"> {
  let description = [{
    A loop with a count. Its block gets the pass, from 0, and the carried
    values; its end hands these to the next pass. A negative count means none.
  }];
  let methods = [
    InterfaceMethod<"How many passes there are.", "::mlir::Value", "getCount">,
    InterfaceMethod<"What the first pass gets.", "::mlir::OperandRange",
      "getInits">,
    InterfaceMethod<"Whether it is an evolution, whose progress users see.",
      "bool", "getEvolution">
  ];
}

def Pde_ConditionalLoopOpInterface
    : Pde_ProgramOpInterface<"ConditionalLoopOpInterface"> {
  let description = [{
    A loop that ends by a condition, which its block's end has: an operation
    with UntilOpInterface. The block gets the pass, from 0, and the carried
    values.
  }];
  let methods = [
    InterfaceMethod<"After how many passes it ends anyway.", "::mlir::Value",
      "getMax">,
    InterfaceMethod<"What the first pass gets.", "::mlir::OperandRange",
      "getInits">,
    InterfaceMethod<"Its number in the program.", "uint64_t", "getLoop">,
    InterfaceMethod<"Whether the last values will do without the condition.",
      "bool", "getAccept">
  ];
}

def Pde_ReversalOpInterface
    : Pde_ProgramOpInterface<"ReversalOpInterface"> {
  let description = [{
    Goes back through the passes of a loop. The first region makes states again:
    its block gets a pass, how many passes to make and a state. The second gets
    a pass, its state and the carried values, and hands these on.
  }];
  let methods = [
    InterfaceMethod<"How many passes there are.", "::mlir::Value", "getCount">,
    InterfaceMethod<"The state before the first pass.",
      "::mlir::OperandRange", "getStates">,
    InterfaceMethod<"What the last pass gets, which is gone back through first.",
      "::mlir::OperandRange", "getInits">
  ];
}

def Pde_UntilOpInterface : Pde_ProgramOpInterface<"UntilOpInterface"> {
  let description = "The end of a pass of a loop that ends by a condition.";
  let methods = [
    InterfaceMethod<"Whether the loop ends.", "::mlir::Value", "getDone">,
    InterfaceMethod<"What was measured for that.", "::mlir::Value", "getValue">,
    InterfaceMethod<"What it was compared with.", "::mlir::Value", "getBound">,
    InterfaceMethod<"What the next pass gets.", "::mlir::OperandRange",
      "getValues">
  ];
}

#endif // PDEC_PDE_PROGRAMOPINTERFACES
