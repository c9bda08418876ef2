//===- Restart.h - runs that go on from a state -----------------*- C++ -*-===//
//
// A state is what the evolutions of a run carry after some steps: of those that
// have ended, and of the one that goes on. A run that resumes it does all else
// anew, in the same order and so with the same bits: inputs, numbers, solutions
// of equations.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_RESTART_H
#define PDE_RUNTIME_RESTART_H

#include "runtime/execution/Reversal.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pdert {

/// What one evolution carries.
struct EvolutionState {
  int32_t line = 0;      ///< of the script
  int32_t ordinal = 0;   ///< among those that this line has begun
  int64_t done = 0;      ///< steps
  bool hasEnded = false; ///< by its condition
  std::vector<std::string> parts;
};

class Restart : public KeptState {
public:
  bool isSaving = false;
  int64_t every = 0; ///< steps after which a state is saved; 0: at ends only
  int64_t stopAfter = 0; ///< steps after which the run ends; 0: it does not
  bool hasStopped = false;

  /// Takes a state over, which messages call `place`. Its length in `bytes` is
  /// returned; what follows it there is the caller's.
  size_t resume(std::string_view bytes, std::string place);
  /// How long a state is whose first bytes, `headBytes` of them, are these.
  static uint64_t lengthBy(std::string_view head);
  static constexpr size_t headBytes = 28;
  /// Fails unless the run has the state's identity, parameters and sizes.
  void check(const pde_context &ctx) const;
  /// Steps of the state that is resumed.
  int64_t stepsBefore() const;
  /// Whether a state is saved or resumed at all.
  bool isAsked() const {
    return isSaving || every > 0 || stopAfter > 0 || !resumed.empty();
  }
  /// Whether what was done before the state was saved is being done anew.
  bool isBehind() const { return numResumed < resumed.size(); }
  /// Of data that were given: they are the same where a run is resumed.
  void noteInput(const pde_context &ctx, int32_t input, const void *data);

  /// These are for the functions of pde_runtime.h.
  void begin(const pde_context &ctx, int32_t line, int64_t count);
  int64_t first() const { return evolutions.back().done; }
  bool hasEnded() const { return evolutions.back().hasEnded; }
  bool isDue(int64_t done, bool ended);
  void save(pde_context &ctx);
  bool restore(int32_t part, void *data, size_t bytes) const override;
  void keep(int32_t part, const void *data, size_t bytes) override;

private:
  std::string encode(const pde_context &ctx) const;
  void checkInputs(const pde_context &ctx, int32_t input, uint64_t sum) const;
  void goOn(const pde_context &ctx, int64_t count);
  int64_t stepsInAll() const;

  std::string place; ///< of the state that is resumed; empty: none is
  std::string identity;
  int32_t type = 0;
  std::vector<pde_value> params;
  std::vector<int64_t> sizes;
  std::vector<uint64_t> inputs; ///< checksums of what was given, else 0
  std::vector<EvolutionState> resumed;
  size_t numResumed = 0; ///< of these, how many this run has begun

  std::vector<EvolutionState> evolutions; ///< that this run has begun
  std::map<int32_t, int32_t> begun;       ///< how many, by line
  std::vector<uint64_t> given;            ///< checksums of this run's inputs
  int64_t count = 0;    ///< steps of the evolution that is going on, at most
  int64_t nextSave = 0; ///< steps in all at which a state is due
};

} // namespace pdert

#endif // PDE_RUNTIME_RESTART_H
