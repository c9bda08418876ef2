//===- Ports.h - where a run's data come from and go to ---------*- C++ -*-===//

#ifndef PDE_RUNTIME_PORTS_H
#define PDE_RUNTIME_PORTS_H

#include "runtime/pde_runtime.h"

#include <string>

namespace pdert {

/// The world outside a run: files and terminal for a command line, memory for a
/// host program. Members may throw a Failure.
class Ports {
public:
  virtual ~Ports() = default;

  /// Fills `data`, room for all cells of the input's grid. Returns false, with
  /// `data` untouched, when the input was not given.
  virtual bool isGiven(int32_t input) = 0;
  virtual void read(pde_context &ctx, int32_t input, void *data) = 0;

  /// Takes the values of an output, which are finite.
  virtual void write(pde_context &ctx, int32_t output, const void *data) = 0;

  /// The same of an output that is a number.
  virtual void writeNumber(pde_context &ctx, int32_t output, double value) = 0;
  /// An entry of a record: a field or its numbers.
  virtual void record(pde_context & /*ctx*/, int32_t /*record*/,
                      int64_t /*step*/, const void * /*data*/) {}

  /// The state of the run after a step.
  virtual void saveState(pde_context & /*ctx*/, const std::string & /*state*/) {
  }

  /// The values of an input, wherever they came from.
  virtual void noteInput(pde_context &, int32_t /*input*/,
                         const void * /*data*/) {}
  virtual void setAxis(int32_t /*grid*/, int32_t /*axis*/, double /*first*/,
                       double /*spacing*/) {}
  virtual void noteIteration(int32_t /*loop*/, int64_t /*pass*/,
                             double /*measure*/, double /*bound*/) {}
  /// The steps of the evolution in a line are so many times as long as what is
  /// certified.
  virtual void noteLongSteps(pde_context &, int32_t /*line*/,
                             double /*multiple*/) {}
  virtual void progress(int64_t /*done*/, int64_t /*total*/) {}
  /// Comes from the run's own thread several times a second while it computes.
  virtual void pulse() {}
};

} // namespace pdert

#endif // PDE_RUNTIME_PORTS_H
