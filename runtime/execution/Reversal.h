//===- Reversal.h - back through the passes of a loop -----------*- C++ -*-===//
//
// A loop is gone back through from its last pass to its first, and each pass
// needs its state. Where memory does not hold all states, some are kept and the
// others are made again from these. Which ones are kept follows the binomial
// schedule of Griewank and Walther (Algorithm 799, ACM TOMS 26, 2000), which
// makes the fewest passes again for so many kept states.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_REVERSAL_H
#define PDE_RUNTIME_REVERSAL_H

#include "runtime/execution/Memory.h"
#include "runtime/pde_runtime.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace pdert {

/// What is to be done in which order. Each stage restores a kept state, or goes
/// on from the one there is; makes passes; keeps the state that these lead to;
/// and goes back through the pass that begins with it. Any part may be missing.
class ReversalSchedule {
public:
  static constexpr int64_t none = -1;
  struct Stage {
    int64_t restored = none; ///< the slot of the state to begin with
    int64_t first = 0;       ///< the pass that this state is before
    int64_t passes = 0;      ///< to be made from there
    int64_t kept = none;     ///< the slot for what they lead to
    bool goesBack = false;
  };

  /// Of `passes` passes, with room for `slots` >= 1 states.
  ReversalSchedule(int64_t passes, int64_t slots);
  /// The next stage; false after the last one.
  bool next(Stage &stage);

private:
  /// Passes that are still to be gone back through; the state before the first
  /// of them is in the slot with the span's own number.
  struct Span {
    int64_t begin, end;
  };
  std::vector<Span> spans;
  int64_t slots, passes, current = 0;
  bool isStarted = false;
};

/// How many passes of a span lie before its next kept state, where `slots`
/// states may be kept, that before the span included.
int64_t passesToNextKept(int64_t passes, int64_t slots);

/// A state, part by part: what pde_reversal stands for.
class KeptState {
public:
  virtual ~KeptState() = default;
  /// Overwrites a part of the state, if there is one to restore.
  virtual bool restore(int32_t part, void *data, size_t bytes) const = 0;
  virtual void keep(int32_t part, const void *data, size_t bytes) = 0;

  pde_reversal *handle() { return reinterpret_cast<pde_reversal *>(this); }
  static KeptState &of(pde_reversal *handle) {
    return *reinterpret_cast<KeptState *>(handle);
  }
};

/// Memory in which states have been, for those to come: a page that the system
/// clears first takes longer than most passes.
class StateBlocks {
public:
  struct Block {
    void *data;
    size_t bytes;
  };
  explicit StateBlocks(Memory &memory) : memory(memory) {}
  /// At least `least` bytes, `wanted` ones if they are new.
  Block take(size_t least, size_t wanted);
  void give(const Block &block) { free.push_back(block); }

private:
  Memory &memory;
  std::vector<Block> free;
};

/// A schedule and the states that are kept.
class Reversal : public KeptState {
public:
  /// A state has `bytes` bytes, and all states at most `room`, of `memory`.
  Reversal(StateBlocks &memory, int64_t passes, int64_t bytes, int64_t room);
  Reversal(const Reversal &) = delete;
  Reversal &operator=(const Reversal &) = delete;
  ~Reversal() override;
  bool next();
  /// The same before any pass is gone back through; false where this is next.
  bool climb();

  ReversalSchedule::Stage stage;
  /// Where the stage restores a state.
  bool restore(int32_t part, void *data, size_t bytes) const override;
  void keep(int32_t part, const void *data, size_t bytes) override;
  /// States that lie where they are made: see pde_reversal_start.
  void start(int32_t part, const void *data);
  void *source(int32_t part) const { return sources[part]; }
  void *target(int32_t part, size_t bytes, bool isLast);
  void made() { sources = targets; }
  /// What is kept, in bytes.
  int64_t size() const;

private:
  struct Part {
    void *data = nullptr;
    size_t bytes = 0;
  };
  StateBlocks &memory;
  ReversalSchedule schedule;
  std::vector<std::vector<Part>> slots;
  std::vector<void *> sources, targets;
  /// Of each part, for states that are not kept: two, since one is read where
  /// the other is made.
  std::vector<std::array<Part, 2>> others;
  /// The last pass, gone back through after a climb.
  ReversalSchedule::Stage turn;
  bool isTurning = false;
  /// States lie in blocks of many, which the system backs with huge pages: it
  /// takes longer to get small ones than to make most passes.
  std::vector<StateBlocks::Block> blocks;
  char *place = nullptr; ///< for the next part
  size_t left = 0;       ///< bytes there
  size_t expected;       ///< bytes that all states may still ask for

  Part &partOf(int64_t slot, int32_t part);
  void *allocatePart(size_t bytes);
};

/// What the states of a run may have where nobody says: half of the machine's
/// memory.
int64_t defaultKeptBytes();

} // namespace pdert

#endif // PDE_RUNTIME_REVERSAL_H
