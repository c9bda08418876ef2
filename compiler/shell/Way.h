//===- Way.h - what a way to lower programs says of fields ------*- C++ -*-===//

#ifndef PDEC_SHELL_WAY_H
#define PDEC_SHELL_WAY_H

#include "compiler/pde/PdeDialect.h"
#include "compiler/shell/Code.h"

namespace pdec::shell {

/// What the kernel way and the network way do differently: what a field is at
/// run time, a pointer in any case, who owns its memory, how it is computed.
class Way : public Code {
public:
  virtual ~Way() = default;

protected:
  using Code::Code;

  virtual bool isField(Value value) = 0;
  /// Lowers what computes fields, or of fields; false if `op` does not.
  virtual bool lowerComputation(mlir::Operation &op) = 0;
  /// Whether `op` is lowered where its only reader is, an input's default.
  virtual bool isDeferred(mlir::Operation &) { return false; }

  /// The field of an input's data.
  virtual Value takeInput(pde::InputOpInterface, Value data) { return data; }
  /// The field that an input without data is.
  virtual Value makeDefault(pde::InputOpInterface op) = 0;
  /// Makes the code that uses the data of a field in memory.
  virtual void withData(Location, Value field,
                        llvm::function_ref<void(Value)> use) {
    use(field);
  }

  /// What a loop's next pass gets of `field`. If it `isFree`, nothing else will
  /// need it: its memory may be disowned and handed on.
  virtual Value handOn(Location loc, Value field, bool isFree) = 0;
  virtual void release(Location loc, Value field) = 0;

  /// The bytes of a field that is gone back to.
  virtual Value bytesOf(Location loc, Value field) = 0;
  /// A field, given as what it has become, as the part of a state that the
  /// runtime keeps, and what it is after a state was restored.
  virtual void keepPart(Location loc, Value reversal, unsigned part,
                        Value field, Value given) = 0;
  virtual Value restorePart(Location loc, Value reversal, unsigned part,
                            Value field, Value given) = 0;

  /// The builder enters a loop's body, is at the end of a pass, has left it.
  virtual void enterLoop(mlir::Operation *) {}
  virtual void endPass() {}
  virtual void leaveLoop() {}
  /// Tells the profile what an evolution of so many steps did.
  virtual void countWork(mlir::Operation *, Value) {}
};

} // namespace pdec::shell

#endif // PDEC_SHELL_WAY_H
